// Lists the public pages that this device kept, the last read first.
const list = document.getElementById("gardees");
const title = async (cache, request) => {
  const text = await (await cache.match(request)).text();
  const found = new DOMParser().parseFromString(text, "text/html").title.split(" · ")[0];
  return found || new URL(request.url).pathname;
};

const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
for (const name of names) {
  const cache = await caches.open(name);
  for (const request of (await cache.keys()).reverse()) {
    const link = document.createElement("a");
    link.href = request.url;
    link.textContent = await title(cache, request);
    list.append(document.createElement("li"));
    list.lastElementChild.append(link);
  }
}
list.parentElement.hidden = !list.children.length;
