// Draws the space with the choices of the form, before they are kept. Without it, « Voir l’aperçu » does the same.
const form = document.querySelector("form[data-preview]");
const proof = document.getElementById("apercu");
let waiting;
let running;

async function draw() {
  running?.abort();
  running = new AbortController();
  const choices = new URLSearchParams(new FormData(form));
  choices.delete("csrfmiddlewaretoken");
  try {
    const answer = await fetch(`${form.dataset.preview}?${choices}`, { signal: running.signal });
    if (answer.ok) proof.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") ask.hidden = false;
  }
}

const ask = form.querySelector("[name=apercu]");
ask.hidden = true;
form.addEventListener("input", (event) => {
  if (event.target.name === "accent") form.querySelector("[name=tint][value=other]").checked = true;
  clearTimeout(waiting);
  waiting = setTimeout(draw, 120);
});
