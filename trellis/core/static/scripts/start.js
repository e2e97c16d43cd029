// Wakes what a page holds. Everything works without it.
import { createAll, Button, CharacterCount, ErrorSummary, PasswordInput, SkipLink } from "../govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[Button, CharacterCount, ErrorSummary, PasswordInput, SkipLink].forEach((component) => createAll(component));

// What was typed and not saved (draft.js) is gone once it is too old, or somebody else is here.
const { person } = document.body.dataset;
forgetDrafts((draft) => !(draft.until > Date.now()) || (person && draft.person !== person));

const present = (selector) => document.querySelector(selector) !== null;
if (present("form[data-autosave]")) import("./autosave.js");
if (present("form[data-unsaved]")) import("./unsaved.js");
if (present("[data-progress]")) import("./progress.js");
if (present("[data-print]")) import("./print.js");
if (present("[data-reveals]")) import("./reveal.js");

// Whoever signs out leaves nothing behind on the device.
document.querySelectorAll("form[data-sign-out]").forEach((form) => form.addEventListener("submit", () => forgetDrafts(() => true)));

function forgetDrafts(which) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith("trellis-draft:"));
    for (const key of keys) if (which(draftOf(key))) localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function draftOf(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}
