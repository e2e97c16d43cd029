// Follows a running job: asks how far it is, shows it, and reads the page anew when it is done or looks different.
const FIRST_WAIT = 1500;
const LONGEST_WAIT = 15000;

async function look(part, wait) {
  try {
    const answer = await fetch(part.dataset.progress, { headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
    const job = await answer.json();
    if (job.finished || (job.percent !== null && !part.querySelector("progress"))) return window.location.reload();
    show(part, job);
    setTimeout(() => look(part, FIRST_WAIT), FIRST_WAIT);
  } catch {
    setTimeout(() => look(part, Math.min(wait * 2, LONGEST_WAIT)), wait);
  }
}

function show(part, job) {
  const write = (selector, text) => { const place = part.querySelector(selector); if (place && place.textContent !== text) place.textContent = text; };
  write("[data-progress-note]", job.note);
  if (job.percent === null) return;
  write("[data-progress-percent]", `${job.percent}%`);
  part.querySelector("progress").value = job.percent;
}

document.querySelectorAll("[data-progress]").forEach((part) => setTimeout(() => look(part, FIRST_WAIT), FIRST_WAIT));
