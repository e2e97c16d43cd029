// Shows what a choice opens only while it is chosen. Without this it is always there.
for (const control of document.querySelectorAll("[data-reveals]")) {
  const opened = document.getElementById(control.dataset.reveals);
  const show = () => { opened.hidden = !control.checked; };
  const group = control.form ?? document;
  group.addEventListener("change", (event) => { if (event.target.name === control.name) show(); });
  window.addEventListener("pageshow", show);
  show();
}
