// Keeps a form while it is filled, on the server and, when that cannot be reached, in this browser.
const SOON = 3000;
const AGAIN = 15000;

// Hidden fields say what the page read; only the list of chosen files is what somebody did.
const counts = (name, form) => {
  if (name === "csrfmiddlewaretoken") return false;
  if (name.endsWith("-assets")) return true;
  return [...form.elements].some((each) => each.name === name && each.type !== "hidden" && each.type !== "file");
};

const filled = (form) => {
  const fields = new Map();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && counts(name, form)) fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
};

const plain = (fields) => JSON.stringify([...fields].map(([name, values]) => [name, values.map((each) => each.replace(/\r\n/g, "\n"))])
  .filter(([, values]) => values.some(Boolean)).sort(([a], [b]) => (a < b ? -1 : 1)));

class Keeping {
  constructor(root) {
    Object.assign(this, { root, form: root.closest("form"), version: root.dataset.version, sent: false, busy: false, over: false });
    this.said = root.querySelector("[role=status]");
    this.offer = root.querySelector("[data-offer]");
    this.here = `draft ${root.dataset.owner} ${root.dataset.draft}`;
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", () => this.soon());
    this.form.addEventListener("submit", () => { this.sent = true; clearTimeout(this.timer); this.stop?.abort(); });
    // Come back by the button of the browser: it goes on.
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.sent = false; });
    window.addEventListener("online", () => this.late && this.keep());
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.timer) this.keep(); });
    this.offer.addEventListener("click", (event) => this.answer(event.target.closest("button")?.dataset.do));
    this.known();
  }

  soon() {
    if (this.sent || this.over) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), SOON);
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.sent || this.over) return;
    if (this.busy) return this.soon();
    this.busy = true;
    const fields = filled(this.form);
    const body = new URLSearchParams();
    for (const [name, values] of fields) for (const value of values) body.append(name, value);
    const answer = await this.ask("POST", body);
    this.busy = false;
    if (this.sent) return;
    if (answer?.ok) {
      const kept = await answer.json();
      this.version = kept.version;
      this.late = false;
      this.say(kept.said);
      this.store(null);
    } else if (answer && answer.status < 500 && answer.status !== 429) {
      this.over = true;
      this.store(fields);
      if (answer.headers.get("Content-Type")?.startsWith("text/plain")) this.say(await answer.text());
    } else {
      this.late = true;
      this.store(fields);
      this.say(this.root.dataset.offline);
      if (!("hereOnly" in this.root.dataset)) this.timer = setTimeout(() => this.keep(), AGAIN);
    }
  }

  async ask(method, body) {
    if ("hereOnly" in this.root.dataset) return null;
    this.stop = new AbortController();
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "X-Draft-Version": String(this.version) };
    return fetch(this.root.dataset.draft, { method, headers, body, credentials: "same-origin", signal: this.stop.signal }).catch(() => null);
  }

  say(sentence) {
    this.said.textContent = sentence;
  }

  store(fields) {
    try {
      if (fields) localStorage.setItem(this.here, JSON.stringify([...fields]));
      else localStorage.removeItem(this.here);
    } catch { /* it stays in the page */ }
  }

  stored() {
    try { return JSON.parse(localStorage.getItem(this.here)); } catch { return null; }
  }

  // What was kept is offered when it is not what the page shows; files come as the server shows them.
  async known() {
    const now = plain(filled(this.form));
    const answer = this.root.dataset.version === "0" ? null : await this.ask("GET");
    const kept = answer?.ok ? await answer.json() : { fields: [], assets: {} };
    const fields = new Map(this.stored() ?? kept.fields.filter(([name]) => counts(name, this.form)));
    if (!fields.size) return;
    if (plain(fields) === now) return this.store(null);
    this.kept = { fields, assets: kept.assets };
    this.offer.hidden = false;
  }

  async answer(name) {
    if (name === "take") this.take();
    if (name === "drop") {
      this.store(null);
      await this.ask("DELETE");
      this.version = "0";
    }
    if (name) {
      this.offer.hidden = true;
      (this.form.querySelector("input:not([type=hidden]), select, [role=textbox]") ?? this.form).focus();
    }
  }

  take() {
    const { fields, assets } = this.kept;
    for (const [name, values] of fields) if (name.endsWith("-assets")) this.choose(name.slice(0, -7), values, assets);
    for (const field of this.form.elements) {
      if (!field.name || field.disabled || field.type === "hidden" || field.type === "file") continue;
      const values = fields.get(field.name) ?? [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") for (const each of field.options) each.selected = values.includes(each.value);
      else field.value = values[0] ?? "";
      field.dispatchEvent(new Event("restored"));
    }
    this.soon();
  }

  choose(name, keys, assets) {
    const list = this.form.querySelector(`.assets[data-field="${CSS.escape(name)}"] > .chosen`);
    if (!list) return;
    for (const item of [...list.children]) {
      const key = item.querySelector("input[type=hidden]")?.value;
      if (!keys.includes(key)) item.remove();
      else assets[key] = item;
    }
    for (const key of keys) {
      const shown = assets[key];
      if (!shown) continue;
      list.append(typeof shown === "string" ? new DOMParser().parseFromString(shown, "text/html").querySelector("li") : shown);
    }
  }
}

for (const root of document.querySelectorAll(".draft:not([data-ready])")) {
  root.dataset.ready = "";
  new Keeping(root);
}
