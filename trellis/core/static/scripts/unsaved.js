// Asks before someone leaves a form with work in it that they did not send: words in a large box, or several answers.
const SEVERAL = 3;

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  const answered = new Set();
  let written = false;
  form.addEventListener("input", ({ target }) => {
    answered.add(target.name);
    written ||= target.matches("textarea");
  });
  form.addEventListener("submit", () => { answered.clear(); written = false; });
  window.addEventListener("beforeunload", (event) => { if (written || answered.size >= SEVERAL) event.preventDefault(); });
}
