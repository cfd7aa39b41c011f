// Sends chosen files by themselves, in parts, and goes on after a cut (tus 1.0.0). Without it the form sends them whole.
const PART = 4 * 1024 * 1024;
const WAITS = [1000, 2000, 5000, 10000, 20000];
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const pause = (time) => new Promise((done) => setTimeout(done, time));

class Refusal extends Error {}

const request = async (address, method, field, headers = {}, body = undefined, signal = undefined) => {
  const token = field.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
  const all = { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers };
  return fetch(address, { method, headers: all, body, signal, credentials: "same-origin" });
};

const memory = {
  name: (field, file) => `upload ${field.dataset.kinds} ${file.name} ${file.size} ${file.lastModified}`,
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* it will only not resume */ } },
  drop: (name) => { try { localStorage.removeItem(name); } catch { /* as above */ } },
};

class Transfer {
  constructor(field, file) {
    Object.assign(this, { field, file, stop: new AbortController(), over: false, name: memory.name(field, file) });
    this.item = document.createElement("li");
    this.item.className = "asset";
    this.item.dataset.sending = "";
    const said = document.createElement("div");
    said.className = "said";
    const title = document.createElement("b");
    title.textContent = file.name;
    this.bar = document.createElement("progress");
    this.bar.max = Math.max(1, file.size);
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `${field.dataset.sending} : ${file.name}`);
    this.state = document.createElement("p");
    this.state.setAttribute("role", "status");
    this.button = document.createElement("button");
    Object.assign(this.button, { type: "button", className: "button soft", textContent: field.dataset.cancel });
    this.button.addEventListener("click", () => this.cancel());
    said.append(title, this.bar, this.state, this.button);
    this.item.append(said);
  }

  async run() {
    try {
      await this.send();
    } catch (error) {
      if (error instanceof Refusal) this.refuse(error.message);
    } finally {
      this.over = true;
    }
  }

  async send() {
    let offset = await this.begin();
    for (let lost = 0; ;) {
      try {
        if (offset < this.file.size) offset = await this.part(offset);
        if (offset >= this.file.size) return await this.finish();
        lost = 0;
      } catch (error) {
        if (error instanceof Refusal || this.stop.signal.aborted) throw error;
        this.state.textContent = this.field.dataset.waiting;
        await pause(WAITS[Math.min(lost++, WAITS.length - 1)]);
        offset = await this.where().catch((failure) => { if (failure instanceof Refusal) throw failure; return offset; });
      }
    }
  }

  async begin() {
    this.address = memory.get(this.name);
    if (this.address) {
      const known = await this.where().catch(() => null);
      if (known !== null) return known;
    }
    const told = `filename ${base64(this.file.name)},kinds ${base64(this.field.dataset.kinds)}`;
    const headers = { "Upload-Length": String(this.file.size), "Upload-Metadata": told };
    for (let lost = 0; ; lost++) {
      const answer = await request(this.field.dataset.upload, "POST", this.field, headers).catch(() => null);
      if (answer?.status === 201) {
        this.address = answer.headers.get("Location");
        memory.set(this.name, this.address);
        return 0;
      }
      if (answer && answer.status < 500) throw new Refusal(await answer.text());
      this.state.textContent = this.field.dataset.waiting;
      await pause(WAITS[Math.min(lost, WAITS.length - 1)]);
      if (this.stop.signal.aborted) throw new DOMException("", "AbortError");
    }
  }

  async where() {
    const answer = await request(this.address, "HEAD", this.field, {}, undefined, this.stop.signal);
    if (answer.status === 404) { memory.drop(this.name); throw new Refusal(this.field.dataset.waiting); }
    if (!answer.ok) throw new Error(answer.status);
    return this.show(Number(answer.headers.get("Upload-Offset")));
  }

  async part(offset) {
    this.state.textContent = "";
    const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    const end = Math.min(offset + PART, this.file.size);
    if (end === this.file.size) this.state.textContent = this.field.dataset.checking;
    const body = this.file.slice(offset, end);
    const answer = await request(this.address, "PATCH", this.field, headers, body, this.stop.signal);
    if (answer.status === 422) { memory.drop(this.name); throw new Refusal(await answer.text()); }
    if (answer.status !== 204) throw new Error(answer.status);
    return this.show(Number(answer.headers.get("Upload-Offset")));
  }

  show(offset) {
    this.bar.value = offset;
    return offset;
  }

  async finish() {
    const several = "several" in this.field.dataset ? "&several" : "";
    const answer = await request(`${this.address}?field=${this.field.dataset.field}${several}`, "GET", this.field);
    if (answer.status === 422) { memory.drop(this.name); throw new Refusal(await answer.text()); }
    if (!answer.ok) throw new Error(answer.status);
    memory.drop(this.name);
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("li");
    if (!("several" in this.field.dataset)) {
      for (const other of this.field.querySelectorAll(".chosen > li")) if (other !== this.item) other.remove();
    }
    this.item.replaceWith(parsed);
    arrange(this.field);
    parsed.querySelector("input:not([type=hidden])")?.focus();
  }

  refuse(sentence) {
    this.bar.remove();
    this.state.textContent = `${this.file.name} : ${sentence}`;
    this.state.className = "error";
    this.state.setAttribute("role", "alert");
    this.button.textContent = this.field.dataset.remove;
  }

  cancel() {
    this.stop.abort();
    this.over = true;
    if (this.address) request(this.address, "DELETE", this.field).catch(() => null);
    memory.drop(this.name);
    this.item.remove();
  }
}

// Places follow what is seen; buttons move a file where the plain form asks for its number.
const arrange = (field) => {
  const items = [...field.querySelectorAll(".chosen > li:not([data-sending])")];
  items.forEach((item, index) => {
    const place = item.querySelector("input[name$='-place']");
    if (!place) return;
    place.value = index + 1;
    if (item.querySelector("[data-moves]")) return;
    const moves = document.createElement("p");
    moves.className = "buttons";
    moves.dataset.moves = "";
    for (const [label, move] of [["up", () => item.previousElementSibling?.before(item)],
                                 ["down", () => item.nextElementSibling?.after(item)]]) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button soft", textContent: field.dataset[label] });
      button.setAttribute("aria-label", `${field.dataset[label]} : ${item.querySelector("b").textContent}`);
      button.addEventListener("click", () => { move(); arrange(field); button.focus(); });
      moves.append(button);
    }
    place.closest("p").hidden = true;
    place.closest("p").after(moves);
  });
};

for (const field of document.querySelectorAll(".assets:not([data-ready])")) {
  field.dataset.ready = "";
  const input = field.querySelector("input[type=file]");
  const unsent = field.querySelector(":scope > .unsent");
  const transfers = [];
  if (unsent) unsent.hidden = true;
  arrange(field);
  input.addEventListener("change", () => {
    for (const file of input.files) {
      const transfer = new Transfer(field, file);
      transfers.push(transfer);
      field.querySelector(".chosen").append(transfer.item);
      transfer.run();
    }
    input.value = "";
  });
  field.closest("form").addEventListener("submit", (event) => {
    const running = transfers.find((each) => !each.over);
    if (!running) return;
    event.preventDefault();
    running.state.textContent = field.dataset.busy;
    running.button.focus();
  });
}
