// A commune set apart gets its boxes at once, ticked as the common choice is. Without this, a button asks for them.
const form = document.querySelector("form.proposal");
const boxes = document.getElementById("takes");

function show(own) {
  const row = own.closest("li");
  if (!own.checked || row.querySelector("fieldset")) return;
  const made = boxes.content.cloneNode(true);
  made.querySelector("legend span").textContent = own.parentElement.lastElementChild.lastChild.textContent;
  for (const box of made.querySelectorAll("[name=takes]")) {
    const slug = box.value.slice(1);
    box.checked = Boolean(form.querySelector(`[name=modules][value="${slug}"]:checked`));
    box.value = own.value + box.value;
  }
  row.append(made);
}

const showAll = () => form.querySelectorAll("[name=own]:checked").forEach(show);

// One number for each commune: its n-th bit says whether the n-th module is taken.
function bits(own, slugs) {
  const taken = new Set([...own.closest("li").querySelectorAll("[name=takes]:checked")].map((box) => box.value));
  return slugs.reduce((sum, slug, rank) => sum + (taken.has(`${own.value}.${slug}`) ? 2 ** rank : 0), 0);
}

form.addEventListener("change", (event) => event.target.name === "own" && show(event.target), true);
form.addEventListener("htmx:configRequest", ({ detail }) => {
  const own = [...form.querySelectorAll("[name=own]:checked")];
  if (!own.length) return;
  const slugs = [...form.querySelectorAll("[name=modules]")].map((box) => box.value);
  detail.parameters.among = slugs.join(".");
  detail.parameters.own = own.map((each) => `${each.value}.${bits(each, slugs)}`);
});
addEventListener("pageshow", showAll); // back in history, boxes are ticked as they were left
