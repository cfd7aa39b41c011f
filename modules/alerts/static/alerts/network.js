// A form that must arrive: when the network is away the page says so, keeps everything, and tries again by itself.
// Without this script the browser says it, and the server still takes each form once.
const PATIENCE = 8000;
const AGAIN = 5000;

class Arriving {
  constructor(form) {
    Object.assign(this, { form, note: form.querySelector("[data-unsent]"), timer: 0, passing: false, trying: false, back: false });
    // Before the scripts that take the form for sent.
    form.addEventListener("submit", (event) => this.submitted(event), true);
    this.note.addEventListener("click", ({ target }) => {
      if (target.closest("[data-again]")) this.attempt();
      if (target.closest("[data-stop]")) this.stop();
    });
    addEventListener("online", () => {
      if (this.trying) this.back = true;
      else if (this.waiting) this.attempt();
    });
  }

  get waiting() {
    return !this.note.hidden;
  }

  submitted(event) {
    if (this.passing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.submitter = event.submitter;
    this.attempt();
  }

  async attempt() {
    clearTimeout(this.timer);
    if (this.trying) return;
    this.trying = true;
    this.form.setAttribute("aria-busy", "true");
    const arrived = await (this.form.dataset.then ? this.post() : this.asked());
    this.form.removeAttribute("aria-busy");
    this.trying = false;
    if (!arrived) return this.missed();
    if (this.form.dataset.then) return location.assign(this.form.dataset.then);
    this.forget();
    this.passing = true;
    this.form.requestSubmit(this.submitter);
  }

  // The same decision twice is one decision: it may be sent again when its answer was lost.
  async post() {
    const body = new URLSearchParams(new FormData(this.form));
    const answer = await this.reach(this.form.action, { method: "POST", body, redirect: "manual" });
    return Boolean(answer) && answer.status < 500;
  }

  async asked() {
    return Boolean(await this.reach("/healthz", { method: "HEAD", cache: "no-store" }));
  }

  reach(address, how) {
    return fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...how }).catch(() => null);
  }

  missed() {
    if (!this.waiting) {
      this.note.hidden = false;
      this.note.scrollIntoView({ block: "nearest" });
      this.form.dispatchEvent(new Event("change")); // what is typed is kept in this browser
    }
    this.timer = setTimeout(() => this.attempt(), this.back ? 0 : AGAIN);
    this.back = false; // the network that came back while it was tried
  }

  stop() {
    clearTimeout(this.timer);
    this.note.hidden = true;
  }

  // A text that this browser alone kept, and that leaves now.
  forget() {
    const { owner, draft } = this.form.querySelector("[data-here-only]")?.dataset ?? {};
    if (draft) try { localStorage.removeItem(`draft ${owner} ${draft}`); } catch { /* it was never kept */ }
  }
}

for (const form of document.querySelectorAll("form[data-network]")) new Arriving(form);
