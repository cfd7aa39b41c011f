// A form under way says so, and is not sent twice. Without this, the server still takes each once.
const LONGEST = 8000; // an answer that is a file leaves the page where it is

function free(form) {
  form.removeAttribute("aria-busy");
  form.querySelector("[data-pressed]")?.removeAttribute("data-pressed");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.getAttribute("aria-busy") === "true") return event.preventDefault();
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("data-pressed", "");
  setTimeout(free, LONGEST, form);
});

// Back in history, the page returns as it was left: it is free again.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[aria-busy]").forEach(free);
});
