// All or none at once, and how many are ticked. Without this, boxes are ticked one by one.
for (const list of document.querySelectorAll("[data-ticking]")) {
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  const tools = document.getElementById(list.dataset.ticking);
  const status = tools.querySelector("[role=status]");
  const { one, many, none } = status.dataset;

  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    status.textContent = ticked === 0 ? none : ticked === 1 ? one : `${ticked} ${many}`;
  };

  tools.addEventListener("click", (event) => {
    const { tick } = event.target.dataset;
    if (!tick) return;
    for (const box of boxes) box.checked = tick === "all";
    count();
  });
  list.addEventListener("change", count);
  addEventListener("pageshow", count); // back in history, boxes are as they were left
  tools.hidden = false;
}
