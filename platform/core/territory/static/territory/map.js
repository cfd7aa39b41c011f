// Makes the drawn map move. Without this script the server's drawing stays, and an area is typed point by point.
const FRAME = [24, 24];
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

// Leaflet came with the page, or comes when its map is unfolded.
const leaflet = () =>
  window.L ??
  new Promise((done) => {
    const script = document.createElement("script");
    script.src = document.querySelector("script[data-leaflet]").dataset.leaflet;
    script.addEventListener("load", () => done(window.L));
    document.head.append(script);
  });

const unfolded = (figure) => {
  const details = figure.closest("details:not([open])");
  return details && new Promise((done) => details.addEventListener("toggle", done, { once: true }));
};

for (const figure of document.querySelectorAll("[data-map]")) {
  make(figure);
}

async function make(figure) {
  await unfolded(figure);
  const L = await leaflet();
  const { contour, areas, tiles, zooms } = JSON.parse(figure.dataset.map);
  const canvas = document.createElement("div");
  canvas.className = "map-canvas";
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", figure.dataset.label);
  figure.querySelector(":scope > svg, :scope > p")?.replaceWith(canvas);

  const map = L.map(canvas, {
    zoomControl: false,
    attributionControl: false,
    minZoom: zooms[0],
    maxZoom: zooms[1],
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
  });
  L.control.zoom({ zoomInTitle: "Rapprocher", zoomOutTitle: "Éloigner" }).addTo(map);
  if (tiles) {
    L.tileLayer("/tuiles/{z}/{x}/{y}.png", { minZoom: zooms[0], maxZoom: zooms[1] }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(figure.dataset.attribution).addTo(map);
  }

  const drawn = L.featureGroup().addTo(map);
  if (contour.length) L.polygon(contour.map((polygon) => [polygon]), { className: "map-outline", interactive: false }).addTo(drawn);
  for (const { name, rings } of areas) {
    const zone = L.polygon(rings, { className: "map-zone", interactive: !figure.dataset.outline }).addTo(drawn);
    const label = document.createElement("span");
    label.textContent = name;
    zone.bindTooltip(label, { sticky: true });
  }

  // Leaflet draws nothing before it has a view.
  map.setView([46.6, 2.4], zooms[0]);
  if (drawn.getBounds().isValid()) map.fitBounds(drawn.getBounds(), { padding: FRAME, animate: false });
  figure.dispatchEvent(new CustomEvent("map:ready", { bubbles: true, detail: map }));
}
