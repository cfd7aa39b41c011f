// Suggestions under the search box while one types. Without this script the form leads to the page of answers.
const WAIT = 120;

for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const box = form.querySelector("input[type=search]");
  const list = form.querySelector(".suggestions");
  const status = form.querySelector("[role=status]");
  let timer;
  let asked = new AbortController();

  const close = () => {
    clearTimeout(timer);
    asked.abort(); // an answer on its way does not open the list again
    list.hidden = true;
    status.textContent = "";
  };

  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const typed = box.value.trim();
    if (typed.length < 2) return close();
    try {
      const where = new URL(form.dataset.suggestions, location.href);
      where.searchParams.set("q", typed);
      const answer = await fetch(where, { signal: asked.signal });
      if (!answer.ok) return close();
      list.innerHTML = await answer.text();
    } catch {
      return; // a newer question was asked, or the network is down: the form still works
    }
    const count = list.querySelectorAll("li").length;
    list.hidden = !list.textContent.trim();
    const { one, many, none } = status.dataset;
    status.textContent = count === 0 ? none : count === 1 ? one : `${count} ${many}`;
  };

  // Rows are walked with the arrows, the two links of a row with Tab.
  const rows = () => [...list.querySelectorAll("li")];
  const walk = (step) => {
    const all = rows();
    const now = all.findIndex((row) => row.contains(document.activeElement));
    const next = now + step;
    if (next < 0) box.focus();
    else all[Math.min(next, all.length - 1)]?.querySelector("a")?.focus();
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("focus", () => {
    if (list.childElementCount && box.value.trim().length > 1) list.hidden = false;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      box.focus();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!form.contains(event.target)) close();
  });
}
