// What was typed and not yet saved, kept on this device for whoever typed it, as long as their session would last.
// start.js forgets it at sign-out, after that time, and as soon as somebody else is signed in.
const { person = "", sessionSeconds = "0" } = document.body.dataset;
const PREFIX = "trellis-draft:";
const SKIP = new Set(["csrfmiddlewaretoken"]);

const keyOf = (form) => (form.dataset.draft ? PREFIX + form.dataset.draft : "");
const fieldsOf = (card) => [...card.querySelectorAll("input, select, textarea")].filter((field) => field.name && !SKIP.has(field.name) && !["file", "password"].includes(field.type));
// A time of day as our pages write it: 2:30pm.
export const timeOf = (moment) => new Date(moment).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true }).replace(/\s/g, "");

const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const valueOf = (field) => (isTick(field) ? field.checked : field.value);
const nameOf = (field) => (isTick(field) ? `${field.name}=${field.value}` : field.name);

// Keeps the changed cards of a form, or forgets the draft when there are none.
export function keepDraft(form, cards) {
  const key = keyOf(form);
  if (!key) return;
  const values = {};
  for (const card of cards) for (const field of fieldsOf(card)) values[nameOf(field)] = valueOf(field);
  if (cards.size) write(key, { at: Date.now(), until: Date.now() + sessionSeconds * 1000, person, values });
  else localStorage.removeItem(key);
}

// Notes that the whole form went to the server as a page. Whether it arrived, the next page’s hidden fields tell.
export function draftWasSent(form) {
  const draft = read(keyOf(form));
  if (draft) write(keyOf(form), { ...draft, sent: true });
}

// Puts a kept draft back, says so, and returns the cards that it changed.
export function restoreDraft(form, cards, say) {
  const draft = read(keyOf(form));
  if (!draft) return [];
  const hidden = (field) => field.type === "hidden";
  const arrived = (card) => draft.sent && fieldsOf(card).some((field) => hidden(field) && differs(field, draft.values));
  const lost = (card) => fieldsOf(card).some((field) => !hidden(field) && differs(field, draft.values));
  const restored = cards.filter((card) => lost(card) && !arrived(card));
  if (restored.length === 0) localStorage.removeItem(keyOf(form));
  for (const card of restored) for (const field of fieldsOf(card)) put(field, draft.values);
  if (restored.length) say(`What you typed at ${timeOf(draft.at)} is back on this page`, "waiting");
  return restored;
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A full or forbidden store keeps nothing: saving itself is not touched by that.
  }
}

function read(key) {
  try {
    const draft = key && JSON.parse(localStorage.getItem(key) ?? "null");
    if (draft && draft.person === person) return draft;
  } catch {
    // What cannot be read is as good as not there.
  }
  return null;
}

const differs = (field, values) => nameOf(field) in values && values[nameOf(field)] !== valueOf(field);

function put(field, values) {
  if (!(nameOf(field) in values)) return;
  if (isTick(field)) field.checked = values[nameOf(field)];
  else field.value = values[nameOf(field)];
}
