// Asks the browser for its push address when the person presses the button, and sends it with the form they filled in.
const form = document.getElementById("prevenir");
const stop = document.getElementById("arreter");
let former = null;
const say = (name, shown = true) => { document.getElementById(name).hidden = !shown; };

if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) await offer();

async function offer() {
  say("impossible", false);
  form.hidden = false;
  say("refuse", Notification.permission === "denied");
  form.addEventListener("submit", ask);
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  if (!known) return;
  if (location.hash === "#prevenir") { // to be made anew: it was told and showed nothing
    former = known;
    return;
  }
  stop.hidden = false;
  stop.elements.endpoint.value = known.endpoint;
  remember(known.endpoint);
  stop.addEventListener("submit", async (event) => {
    event.preventDefault();
    await known.unsubscribe().catch(() => {});
    stop.submit();
  });
}

// Shows what this device chose before; what does not answer leaves the form as the page came.
async function remember(endpoint) {
  const said = new FormData(form);
  said.set("endpoint", endpoint);
  const answer = await fetch(form.dataset.kept, { method: "POST", body: new URLSearchParams(said) }).catch(() => null);
  const kept = answer?.ok ? await answer.json() : { ticked: [] };
  if (!kept.ticked.length) return;
  for (const box of form.querySelectorAll("[type=checkbox]")) {
    box.checked = box.name === "areas" ? kept.areas.includes(box.value) : kept.ticked.includes(box.id);
  }
}

async function ask(event) {
  if (!form.querySelector(":checked")) return; // the page that follows says what lacks
  event.preventDefault();
  try {
    if ((await Notification.requestPermission()) !== "granted") return say("refuse");
    if (former) await replace();
    const { endpoint, keys } = (await subscribe()).toJSON();
    Object.assign(form.elements.endpoint, { value: endpoint });
    Object.assign(form.elements.p256dh, { value: keys.p256dh });
    Object.assign(form.elements.auth, { value: keys.auth });
    form.submit();
  } catch {
    say("rate");
    form.removeAttribute("aria-busy");
  }
}

async function replace() {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "former", value: former.endpoint }));
  await former.unsubscribe();
  former = null;
}

async function subscribe() {
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) };
  try {
    return await pushManager.subscribe(options);
  } catch (failure) {
    const former = await pushManager.getSubscription(); // made with a key that the platform no longer has
    if (!former) throw failure;
    await former.unsubscribe();
    return pushManager.subscribe(options);
  }
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}
