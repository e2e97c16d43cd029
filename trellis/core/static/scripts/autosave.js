// Saves a form card by card while someone works on it, and keeps what could not be saved on this device.
//
//   <form method="post" data-autosave="/where/to" data-draft="person and page">  …  <fieldset data-card> … </fieldset>
//
// Each card ([data-card]; the whole form when there are none) is posted with the form’s fields outside cards.
// The server answers 2xx with JSON: {"message": "Saved", "fields": {"name": "new value of a hidden field"}}; with
// {"beside": {"name": "words"}} a [data-beside="name"] says something about what was saved in that field, or no longer.
// 409 means that someone else changed it: {"url"} leads on; without it the form is sent as a page, which shows both.
// 4xx with {"message"} says what to correct. Only a 2xx with fields is ever called saved, and only it forgets the draft.
// An answer that leads to sign-in, 401 or 403 means signed out: what was typed stays, and is sent as soon as the same
// person is signed in again, in whichever tab.
// A [data-autosave-status] in the form shows how things stand; a [data-card-status] in a card, what was said of it.
import { draftWasSent, keepDraft, restoreDraft, timeOf } from "./draft.js";
import { renewToken } from "./token.js";

const PAUSE = 900;
const RETRY = 15000;
const SIGNED_OUT = "Not saved: you are signed out. What you typed is kept here. Sign in again in another tab, then come back to this one.";

function autosave(form) {
  const cards = form.querySelectorAll("[data-card]").length ? [...form.querySelectorAll("[data-card]")] : [form];
  const changed = new Set();
  const refused = new Set();
  const edits = new Map();
  let timer = 0;
  let sending = false;
  let leaving = false;
  let signedOut = false;

  const status = form.querySelector("[data-autosave-status]") ?? placeFor(form).appendChild(document.createElement("p"));
  status.className = "app-autosave";
  status.setAttribute("role", "status");
  const say = (text, state) => { status.textContent = text; status.dataset.state = state; };
  const sayOf = (card, text) => { const place = card.querySelector("[data-card-status]"); if (place) place.textContent = text; };

  const touch = (card, wait, quiet = false) => {
    if (card.hasAttribute("data-hold")) return; // a person decides first: see the two buttons in the card
    changed.add(card);
    refused.delete(card);
    edits.set(card, (edits.get(card) ?? 0) + 1);
    keepDraft(form, changed);
    if (!quiet) say("Not saved yet", "waiting");
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  async function send() {
    const card = [...changed].find((each) => !refused.has(each));
    if (sending || leaving || !card) return;
    sending = true;
    say("Saving…", "waiting");
    const again = await post(card, edits.get(card)).catch(() => offline());
    sending = false;
    if (changed.size && again) timer = setTimeout(send, again);
  }

  async function post(card, edit) {
    if (signedOut && !(await renewToken(form))) return unknown();
    const answer = await fetch(form.dataset.autosave, { method: "POST", redirect: "manual", body: partOf(form, card), headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    const told = isJson ? await answer.json() : {};
    if (answer.ok && told.fields) return saved(card, edit, told);
    if (answer.status === 409) return conflict(told);
    if (answer.status >= 500) return offline();
    if (!isJson || answer.ok || [401, 403].includes(answer.status)) return signedOut ? unknown() : again(card, edit);
    refused.add(card);
    if (told.message) sayOf(card, told.message);
    say(told.message ?? "Not saved: something here needs correcting", "failed");
    return changed.size > refused.size ? PAUSE : 0;
  }

  // Signed out, or in again meanwhile: then a fresh token is all it takes.
  function again(card, edit) {
    signedOut = true;
    return post(card, edit);
  }

  function unknown() {
    say(SIGNED_OUT, "failed");
    return RETRY;
  }

  function saved(card, edit, told) {
    signedOut = false;
    for (const [name, value] of Object.entries(told.fields ?? {})) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) field.value = value;
    }
    for (const [name, words] of Object.entries(told.beside ?? {})) {
      const place = card.querySelector(`[data-beside="${CSS.escape(name)}"]`);
      if (place && place.textContent !== words) place.textContent = words;
    }
    if (edits.get(card) === edit) changed.delete(card);
    keepDraft(form, changed);
    sayOf(card, told.message ?? "Saved");
    if (changed.size === 0) say(`Saved at ${timeOf(Date.now())}`, "saved");
    return 1;
  }

  function conflict(told) {
    leaving = true;
    draftWasSent(form);
    if (told.url) window.location.assign(told.url);
    else HTMLFormElement.prototype.submit.call(form);
  }

  function offline() {
    say("Not saved: there is no connection. What you typed is kept and will be sent again.", "failed");
    return RETRY;
  }

  // Whoever is signed out would lose the page by sending it.
  async function sendOnceSignedIn(event) {
    event.preventDefault();
    if (!(await renewToken(form).catch(() => false))) return unknown();
    signedOut = false;
    form.requestSubmit(event.submitter);
  }

  const cardOf = (event) => event.target.closest("[data-card]") ?? form;
  form.addEventListener("input", (event) => touch(cardOf(event), PAUSE));
  form.addEventListener("change", (event) => { if (changed.has(cardOf(event))) touch(cardOf(event), 50); });
  form.addEventListener("submit", (event) => {
    if (signedOut) return sendOnceSignedIn(event);
    leaving = true;
    draftWasSent(form);
  });
  window.addEventListener("online", send);
  window.addEventListener("beforeunload", (event) => { if (changed.size && !leaving) event.preventDefault(); });
  document.addEventListener("visibilitychange", send);

  for (const card of restoreDraft(form, cards, say)) touch(card, 4 * PAUSE, true);
}

// With the buttons when they stay in sight, so that neither hides the other; else at the end of the form.
function placeFor(form) {
  return [...form.querySelectorAll(".govuk-button-group")].find((bar) => getComputedStyle(bar).position === "sticky") ?? form;
}

// What one card holds, with what belongs to the whole form: the protection and the hidden fields outside cards.
function partOf(form, card) {
  const part = new FormData(form);
  for (const field of [...form.elements]) {
    const itsCard = field.closest("[data-card]");
    if (field.name && itsCard && itsCard !== card && card !== form) part.delete(field.name);
  }
  return part;
}

document.querySelectorAll("form[data-autosave]").forEach(autosave);
