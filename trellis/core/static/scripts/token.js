// Gives a form the protection of the session that its person has now: after signing in again, the old one counts no more.
export async function renewToken(form) {
  const answer = await fetch(window.location.href, { redirect: "manual" });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const same = [...page.querySelectorAll("form[data-autosave]")].find((each) => each.dataset.draft === form.dataset.draft);
  if (!same) return false;
  tokenOf(form).value = tokenOf(same).value;
  return true;
}

const tokenOf = (form) => form.querySelector("[name=csrfmiddlewaretoken]");
