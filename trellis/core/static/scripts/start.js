// Wakes what a page holds. Everything works without it.
import { createAll, Button, CharacterCount, ErrorSummary, PasswordInput, SkipLink } from "../govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[Button, CharacterCount, ErrorSummary, PasswordInput, SkipLink].forEach((component) => createAll(component));

const present = (selector) => document.querySelector(selector) !== null;
if (present("form[data-autosave]")) import("./autosave.js");
if (present("form[data-unsaved]")) import("./unsaved.js");
if (present("[data-progress]")) import("./progress.js");
if (present("[data-print]")) import("./print.js");
if (present("[data-reveals]")) import("./reveal.js");

// Whoever signs out leaves nothing behind on the device.
document.querySelectorAll("form[data-sign-out]").forEach((form) => form.addEventListener("submit", forgetDrafts));

function forgetDrafts() {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith("trellis-draft:")).forEach((key) => localStorage.removeItem(key));
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
