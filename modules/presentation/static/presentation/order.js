// Blocks are put in order by dragging their handle, or with the keyboard: space grabs, arrows move, space drops, escape
// gives up. The whole order goes in one request. Without this, each block has its buttons.
const list = document.querySelector("ol[data-order]");
const words = list.dataset;
const blocks = () => [...list.children];
const keys = () => blocks().map((block) => block.dataset.key);
const live = document.createElement("p");
live.className = "sr";
live.setAttribute("aria-live", "assertive");
list.before(live);
let held = null;
let before = [];
let pointer = null;

const say = (sentence, block) => {
  const place = blocks().indexOf(block) + 1;
  live.textContent = sentence.replace("%p", place).replace("%n", blocks().length).replace("%b", block.dataset.label);
};

const number = () => blocks().forEach((block, at) => { block.querySelector("[data-place]").textContent = at + 1; });

function grab(block) {
  held = block;
  before = blocks();
  block.dataset.held = "";
  say(words.held, block);
}

function release() {
  const block = held;
  delete block.dataset.held;
  held = null;
  return block;
}

function giveUp() {
  list.append(...before);
  number();
  const block = release();
  say(words.givenUp, block);
  block.querySelector(".grip").focus();
}

async function drop() {
  const block = release();
  block.querySelector(".grip").focus();
  if (before.every((each, at) => blocks()[at] === each)) return say(words.dropped, block);
  say(words.dropped, block);
  const sent = new URLSearchParams(keys().map((key) => ["ordre", key]));
  sent.set("read", words.read);
  sent.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const headers = { Accept: "application/json" };
  const answer = await fetch(words.order, { method: "POST", body: sent, headers, credentials: "same-origin" }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  if (answer?.ok && told) {
    words.read = told.read;
    return;
  }
  list.append(...before);
  number();
  alertly(told?.said ?? words.lost, answer?.status === 409);
}

function alertly(sentence, stale) {
  const note = document.createElement("p");
  note.className = "note warn";
  note.setAttribute("role", "alert");
  note.append(`${sentence} `);
  if (stale) {
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = words.again;
    note.append(link);
  }
  list.before(note);
  note.scrollIntoView({ block: "center" });
}

function step(by) {
  const at = blocks().indexOf(held);
  const other = blocks()[at + by];
  if (!other) return;
  if (by < 0) other.before(held); else other.after(held);
  number();
  held.querySelector(".grip").focus();
  held.scrollIntoView({ block: "nearest" });
  say(words.moved, held);
}

function follow(event) {
  const under = document.elementsFromPoint(event.clientX, event.clientY).find((each) => each.parentElement === list);
  if (under && under !== held) {
    const box = under.getBoundingClientRect();
    const down = held.compareDocumentPosition(under) & Node.DOCUMENT_POSITION_FOLLOWING;
    const past = down ? event.clientY > box.top + box.height / 3 : event.clientY < box.bottom - box.height / 3;
    if (past && down) under.after(held);
    else if (past) under.before(held);
    number();
  }
  if (event.clientY < 90) scrollBy(0, -24);
  if (event.clientY > innerHeight - 90) scrollBy(0, 24);
}

for (const block of blocks()) {
  const grip = block.querySelector(".grip");
  grip.hidden = false;
  grip.addEventListener("pointerdown", (event) => {
    if (event.button || held) return;
    event.preventDefault();
    grip.focus();
    pointer = event.pointerId;
    grab(block);
  });
  grip.addEventListener("keydown", (event) => {
    if (pointer !== null) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (held === block) drop(); else if (!held) grab(block);
    } else if (held === block && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      step(event.key === "ArrowUp" ? -1 : 1);
    } else if (held === block && event.key === "Escape") giveUp();
  });
  grip.addEventListener("blur", () => setTimeout(() => {
    if (held === block && pointer === null && document.activeElement !== grip) drop();
  }, 0));
}

// On the document: a block that changes places leaves it for an instant, and would lose the pointer.
document.addEventListener("pointermove", (event) => { if (held && event.pointerId === pointer) follow(event); });
document.addEventListener("pointerup", (event) => {
  if (!held || event.pointerId !== pointer) return;
  pointer = null;
  drop();
});
document.addEventListener("pointercancel", (event) => {
  if (!held || event.pointerId !== pointer) return;
  pointer = null;
  giveUp();
});
