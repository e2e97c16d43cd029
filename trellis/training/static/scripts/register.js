// An open register: each mark is sent by itself, kept on this device while there is no connection, and sent once.
//
//   <form data-register="/where/to" data-key="register 1b2c"> … <div data-cell="p1-…" data-part="…"> … </div> … </form>
//
// What waits lies under the same name as what was typed and not saved (draft.js), so that start.js forgets it at sign-out,
// when it is too old, and as soon as somebody else is signed in. Each mark has a name of its own: the server knows one that
// it has had. A mark that somebody else changed meanwhile is shown and left alone until a person decides.
const form = document.querySelector("form[data-register]");
const { person = "", sessionSeconds = "0" } = document.body.dataset;
const KEY = `trellis-draft:${form?.dataset.key}`;
const PAUSE = 700;
const RETRY = 8000;
const waiting = new Map(); // the name of a cell → its mark
const conflicts = new Map();
const unfinished = new Set(); // late or left early, and nobody has said yet by how much: no mark, and never called saved
let timer = 0;
let sending = false;
let lastSent = 0;
let refused = "";
let unreachable = false;
let signedOut = false;
let leaving = false;
let otherPerson = false;

const status = form?.querySelector("[data-register-status]");
const undo = form?.querySelector("[data-undo]");
const why = form?.querySelector("[data-register-why]"); // asked of a past day, and only when a mark that is there changes
const field = (name, what) => form.querySelector(`[name="${name}-${what}"]`);
const cellOf = (name) => form.querySelector(`[data-part][data-cell="${name}"]`);
const who = (name) => cellOf(name).closest("[data-place]");
const nameOf = (name) => `${who(name).querySelector("legend").textContent.trim()}, ${cellOf(name).dataset.label.toLowerCase()}`;
const count = (number) => `${number} ${number === 1 ? "mark" : "marks"}`;
const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true }).replace(/\s/g, "");

function identity() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// A mark is made as soon as it can be one: somebody who was late missed some minutes.
function note(name) {
  if (why && Number(field(name, "version").value) > 0) why.hidden = false;
  const state = field(name, "status").value;
  const withMinutes = ["late", "left_early"].includes(state);
  const typed = Number.parseInt(field(name, "minutes").value, 10) || 0;
  if (withMinutes && typed < 1) {
    waiting.delete(name);
    unfinished.add(name);
    who(name).querySelector("details").open = true;
    keep();
    tell();
    return;
  }
  unfinished.delete(name);
  waiting.set(name, {
    id: identity(),
    place: who(name).dataset.place,
    part: cellOf(name).dataset.part,
    status: state,
    missed: withMinutes ? typed : 0,
    reason: ["late", "left_early", "apologised", "absent"].includes(state) ? field(name, "reason").value : "",
    base: Number(field(name, "version").value),
    waited: unreachable || signedOut,
  });
  keep();
  tell();
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

async function send() {
  clearTimeout(timer);
  if (sending || leaving || waiting.size === 0) return;
  const marks = [...waiting];
  sending = true;
  let again = RETRY;
  try {
    again = await post(marks);
  } catch {
    unreachable = true;
  }
  if (unreachable || signedOut) for (const [, mark] of marks) mark.waited = true;
  sending = false;
  keep();
  tell();
  if (waiting.size && again) timer = setTimeout(send, again);
}

async function post(marks) {
  if (signedOut) await renew();
  if (otherPerson) {
    refused = "Somebody else is signed in here, so nothing is sent in their name. Sign in as yourself and open the register again";
    return 0;
  }
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("because", form.querySelector("[name=because]")?.value ?? "");
  body.set("marks", JSON.stringify(marks.map(([, mark]) => mark)));
  const answer = await fetch(form.dataset.register, { method: "POST", redirect: "manual", body, headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
  unreachable = answer.status >= 500;
  if (unreachable) return RETRY;
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  const told = isJson ? await answer.json() : {};
  signedOut = !told.marks && !told.message;
  if (signedOut) return RETRY;
  refused = told.marks ? "" : told.message;
  if (refused) {
    if (why && told.field === "because") why.hidden = false;
    if (told.field) form.querySelector(`[name="${told.field}"]`)?.focus();
    return 0;
  }
  const sent = new Map(marks);
  for (const each of told.marks) settle(each, sent.get(each.name));
  if (told.undo) {
    undo.value = told.undo;
    undo.hidden = false;
  }
  lastSent = Date.now();
  return PAUSE;
}

// What became of one mark. Whoever changed it again meanwhile sends the newer one.
function settle(each, mine) {
  const newer = waiting.get(each.name);
  const isSame = newer && mine && newer.id === mine.id;
  if (isSame) waiting.delete(each.name);
  if (each.result === "conflict") {
    if (isSame) showConflict(each, mine);
    return;
  }
  field(each.name, "version").value = each.version;
  if (newer && !isSame) newer.base = each.version;
}

function showConflict(each, mine) {
  conflicts.get(each.name)?.remove();
  const box = document.createElement("div");
  box.className = "app-register__conflict";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = `Somebody else marked meanwhile. ${nameOf(each.name)}: ${each.told}. Yours is not saved.`;
  const button = (text, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary";
    made.textContent = text;
    made.addEventListener("click", () => {
      box.remove();
      conflicts.delete(each.name);
      field(each.name, "version").value = each.version;
      act();
      tell();
      field(each.name, "status").focus();
    });
    return made;
  };
  const mineAgain = () => {
    put(each.name, mine);
    note(each.name);
  };
  box.append(words, button("Keep theirs", () => put(each.name, each)), button("Put mine in its place", mineAgain));
  who(each.name).append(box);
  conflicts.set(each.name, box);
}

function put(name, mark) {
  field(name, "status").value = mark.status;
  field(name, "minutes").value = mark.missed || "";
  field(name, "reason").value = mark.reason;
}

function tell() {
  const parts = [...unfinished].map((name) => `${nameOf(name)} is not saved yet: enter how many minutes they missed`);
  if (waiting.size && signedOut) parts.push(`${count(waiting.size)} not sent: you are signed out. They are kept here. Sign in again in another tab`);
  else if (waiting.size && refused) parts.push(`${count(waiting.size)} not saved: ${refused}`);
  else if (waiting.size && unreachable) parts.push(`No connection. ${count(waiting.size)} kept on this device, sent as soon as there is one`);
  else if (waiting.size) parts.push("Saving…");
  else if (lastSent && !conflicts.size && !unfinished.size) parts.push(`All marks are saved, the last at ${clock(lastSent)}`);
  if (conflicts.size) parts.push(`${count(conflicts.size)} to decide, see above`);
  say(parts.join(". "));
}

function say(text) {
  if (status.textContent !== text) status.textContent = text;
  const isWrong = refused || signedOut || conflicts.size || unfinished.size;
  status.dataset.state = isWrong ? "failed" : waiting.size ? "waiting" : "saved";
}

function keep() {
  try {
    const marks = Object.fromEntries(waiting);
    if (waiting.size) localStorage.setItem(KEY, JSON.stringify({ person, until: Date.now() + sessionSeconds * 1000, marks }));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing still sends what it can.
  }
}

function restore() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (!kept || kept.person !== person || !(kept.until > Date.now())) return;
    for (const [name, mark] of Object.entries(kept.marks)) {
      if (!cellOf(name)) continue;
      waiting.set(name, mark);
      put(name, mark);
    }
  } catch {
    // What cannot be read is as good as not there.
  }
  send();
}

// After signing in again the old protection counts no more.
async function renew() {
  const answer = await fetch(window.location.href, { redirect: "manual" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  otherPerson = (page.body.dataset.person ?? "") !== "" && page.body.dataset.person !== person;
  const token = page.querySelector("form[data-register] [name=csrfmiddlewaretoken]");
  if (token) form.querySelector("[name=csrfmiddlewaretoken]").value = token.value;
}

function everybodyElse(position) {
  for (const cell of form.querySelectorAll(`[data-position="${position}"]`)) {
    const select = field(cell.dataset.cell, "status");
    if (select.value !== "unmarked") continue;
    select.value = "present";
    note(cell.dataset.cell);
  }
}

function wake() {
  if (why) why.hidden = !why.querySelector("input").value && !why.querySelector(".govuk-error-message");
  form.addEventListener("change", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (event.target.name === "because") refused = "";
    if (cell && !conflicts.has(cell.dataset.cell)) note(cell.dataset.cell);
    else send();
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "undo" && !waiting.size && navigator.onLine) {
      leaving = true;
      return;
    }
    event.preventDefault();
    const [first] = unfinished;
    if (first && !button?.name) field(first, "minutes").focus();
    if (button?.name === "all_present") everybodyElse(button.value);
    send();
    if (button?.name === "undo") say("Wait until all marks are sent, then take back");
    else tell();
  });
  window.addEventListener("online", send);
  window.addEventListener("offline", () => {
    unreachable = true;
    tell();
  });
  document.addEventListener("visibilitychange", send);
  window.addEventListener("beforeunload", (event) => {
    if ((waiting.size || unfinished.size) && !leaving) event.preventDefault();
  });
  restore();
}

if (form) wake();
