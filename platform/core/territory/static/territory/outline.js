// Drawing an outline on a map, by touch, mouse or keyboard. The text field is the truth: it is what the form sends.
const DECIMALS = 6;
const MOST = 500;
const FRAME = [24, 24];
const MOVES = { ArrowUp: [0, -8], ArrowDown: [0, 8], ArrowLeft: [-8, 0], ArrowRight: [8, 0] };

const read = (text) =>
  text
    .split("\n")
    .map((line) => line.trim().split(/\s*;\s*|,\s+|\s+|,(?=[^,]*$)/).map((part) => Number.parseFloat(part.replace(",", "."))))
    .filter((pair) => pair.length === 2 && pair.every(Number.isFinite) && Math.abs(pair[0]) <= 90 && Math.abs(pair[1]) <= 180);

const written = ([latitude, longitude]) => `${latitude.toFixed(DECIMALS)}, ${longitude.toFixed(DECIMALS)}`;

document.addEventListener("map:ready", ({ target: figure, detail: map }) => {
  const field = document.getElementById(figure.dataset.outline ?? "");
  if (!field) return;
  const L = window.L;
  const tools = figure.querySelector("[data-tools]");
  const status = tools.querySelector("[role=status]");
  const button = (name) => tools.querySelector(`[data-tool=${name}]`);
  const shape = L.polygon([], { className: "map-own", bubblingMouseEvents: false }).addTo(map);
  const radius = document.getElementById(figure.dataset.radius ?? "");
  const circle = L.circle([0, 0], { className: "map-own", interactive: false });
  const handles = L.layerGroup().addTo(map);
  let points = read(field.value);
  let chosen = -1;

  const say = () => {
    status.textContent = chosen < 0 ? `${status.dataset.points} ${points.length}` : `${status.dataset.point} ${chosen + 1} / ${points.length}`;
    button("remove").disabled = chosen < 0;
    button("clear").disabled = !points.length;
  };

  const choose = (index) => {
    chosen = index;
    handles.getLayers().forEach((handle, place) => handle.getElement()?.classList.toggle("map-chosen", place === index));
    say();
  };

  const show = () => {
    shape.setLatLngs(points);
    if (radius && points.length === 1) circle.setLatLng(points[0]).setRadius(Number(radius.value)).addTo(map);
    else circle.remove();
  };

  const keep = () => {
    field.value = points.map(written).join("\n");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };

  const move = (index, place) => {
    points[index] = [place.lat, place.lng];
    keep();
  };

  const remove = (index) => {
    points.splice(index, 1);
    draw();
    keep();
    choose(points.length ? Math.min(index, points.length - 1) : -1);
    handles.getLayers()[chosen]?.getElement().focus();
  };

  const insert = (index, place) => {
    if (points.length >= MOST) return;
    points.splice(index, 0, [place.lat, place.lng]);
    draw();
    keep();
    choose(index);
  };

  const handle = (point, index) => {
    const icon = L.divIcon({ className: "map-point", iconSize: [36, 36] });
    const marker = L.marker(point, { icon, draggable: true, alt: `${status.dataset.point} ${index + 1}` }).addTo(handles);
    const element = marker.getElement();
    element.setAttribute("aria-label", `${status.dataset.point} ${index + 1}`);
    element.addEventListener("focus", () => choose(index));
    element.addEventListener("keydown", (event) => {
      const step = MOVES[event.key];
      if (!step && event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      event.stopPropagation();
      if (!step) return remove(index);
      marker.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(marker.getLatLng()).add(step)));
      move(index, marker.getLatLng());
    });
    marker.on("click", () => choose(index));
    marker.on("dragstart", () => choose(index));
    marker.on("drag", () => move(index, marker.getLatLng()));
  };

  const draw = () => {
    handles.clearLayers();
    points.forEach(handle);
    show();
    chosen = -1;
    say();
  };

  // The side that is nearest to where the shape was touched.
  const nearestSide = (place) => {
    const touched = map.latLngToLayerPoint(place);
    const corners = points.map((point) => map.latLngToLayerPoint(point));
    const distances = corners.map((corner, index) => L.LineUtil.pointToSegmentDistance(touched, corner, corners[(index + 1) % corners.length]));
    return distances.indexOf(Math.min(...distances)) + 1;
  };

  map.on("click", (event) => insert(points.length, event.latlng));
  shape.on("click", (event) => insert(nearestSide(event.latlng), event.latlng));
  field.addEventListener("input", () => {
    points = read(field.value);
    draw();
  });
  field.addEventListener("restored", () => {
    points = read(field.value);
    draw();
  });
  for (const event of ["change", "restored"]) radius?.addEventListener(event, show);
  button("add").addEventListener("click", () => insert(points.length, map.getCenter()));
  button("remove").addEventListener("click", () => remove(chosen));
  button("clear").addEventListener("click", () => {
    points = [];
    draw();
    keep();
  });
  tools.hidden = false;
  draw();
  if (points.length > 2) map.fitBounds(points, { padding: FRAME, animate: false });
});
