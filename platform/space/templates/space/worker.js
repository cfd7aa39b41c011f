// The commune's app without a network: its look, the public pages that were read last, and a page that says so.
// What is made for one person is never kept: the server says `private` or `no-store` of it.
const BUILD = {{ build|safe }};
const SHELL = `shell-${BUILD.version}`;
const PAGES = `pages-${BUILD.pages}`;
const ASSETS = "assets";
const KEPT_PAGES = 30;
const KEPT_ASSETS = 60;
const PATIENCE = 6000; // milliseconds, after which a page that was kept is better than waiting

self.addEventListener("install", (event) => {
  event.waitUntil(fillShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (url.pathname === BUILD.signOut) event.waitUntil(caches.delete(PAGES));
  } else if (request.mode === "navigate") {
    event.respondWith(page(event, url));
  } else if (isAsset(url)) {
    event.respondWith(asset(event));
  }
});

self.addEventListener("push", (event) => {
  const said = event.data.json();
  const shown = { body: `${said.body}\n${said.sender}`, tag: said.tag, icon: BUILD.icon, lang: "fr", data: said.url };
  event.waitUntil(self.registration.showNotification(said.title, shown).then(() => acknowledge(said.receipt)));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data, self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});

// That it was shown, and nothing of who sees it: no cookie, a number drawn for this once.
async function acknowledge(receipt) {
  if (!receipt) return;
  const body = new URLSearchParams({ receipt });
  await fetch(BUILD.shown, { method: "POST", body, credentials: "omit", keepalive: true }).catch(() => {});
}

async function fillShell() {
  const cache = await caches.open(SHELL);
  // Without cookies: the page without a network is everybody's, whoever is signed in now.
  await Promise.all(
    BUILD.shell.map(async (path) => {
      const response = await fetch(path, { credentials: "omit", cache: "no-cache" });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      await cache.put(path, response);
    }),
  );
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => ![SHELL, PAGES, ASSETS].includes(name)).map((name) => caches.delete(name)));
}

async function page(event, url) {
  const known = await caches.match(event.request, { cacheName: PAGES, ignoreVary: true });
  const answer = fetch(event.request);
  event.waitUntil(answer.then((response) => note(event.request, url, response.clone())).catch(() => {}));
  try {
    return await (known ? Promise.race([answer, late()]) : answer);
  } catch {
    return known || (await offline());
  }
}

async function note(request, url, response) {
  if (response.status === 404 || response.status === 410) {
    const cache = await caches.open(PAGES);
    await cache.delete(request, { ignoreVary: true });
  } else if (isPublic(url, response)) {
    await keep(PAGES, request, response, KEPT_PAGES);
  }
}

function isPublic(url, response) {
  const type = response.headers.get("Content-Type") || "";
  const kept = response.headers.get("Cache-Control") || "";
  return (
    response.status === 200 &&
    response.type === "basic" &&
    !response.redirected &&
    type.startsWith("text/html") &&
    !/private|no-store/.test(kept) &&
    !BUILD.personal.some((path) => url.pathname.startsWith(path))
  );
}

function isAsset(url) {
  return url.pathname.startsWith(BUILD.assets) || BUILD.shell.includes(url.pathname + url.search);
}

async function asset(event) {
  try {
    const response = await fetch(event.request);
    if (response.status === 200) event.waitUntil(keep(ASSETS, event.request, response.clone(), KEPT_ASSETS));
    return response;
  } catch (failure) {
    const known = await caches.match(event.request, { ignoreVary: true });
    if (known) return known;
    throw failure;
  }
}

// The one read last goes to the end of the line; the first of the line leaves.
async function keep(name, request, response, most) {
  const cache = await caches.open(name);
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
}

async function offline() {
  const known = await caches.match(BUILD.offline, { cacheName: SHELL });
  return known ? new Response(known.body, { status: 503, headers: known.headers }) : Response.error();
}

function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
}
