// The Leaflet map: neighbours behind, units that keyboard and ear can reach, labels that do not collide.

const arcs = decodeArcs(data.geometry);
const shapeByCode = new Map(data.geometry.objects.units.geometries.map((shape) => [shape.id, shape]));
const unitLayers = new Map();
const units = L.featureGroup();

function drawNeighbours(map) {
  map.createPane("neighbours").style.zIndex = 250;
  const renderer = L.svg({ pane: "neighbours", padding: 0.5 });
  const neighbours = data.geometry.objects.neighbours.geometries;
  for (const shape of neighbours) {
    L.polygon(polygonsOf(shape, arcs), { className: "neighbour", interactive: false, pane: "neighbours", renderer }).addTo(map);
  }
  return neighbours.filter((shape) => shape.properties.name).map((shape) => ({ text: shape.properties.name, at: shape.properties.label }));
}

// On request only. Whoever gives the tiles wants to know which site shows them.
function layBasemap(map) {
  const { url, credit, failed } = data.basemap;
  const note = make("p", { className: "basemap-credit", textContent: credit });
  const tiles = L.tileLayer(url, { maxZoom: 19, referrerPolicy: "strict-origin-when-cross-origin" });
  tiles.once("tileerror", () => note.append(" · " + failed));
  map.getContainer().classList.add("on-basemap");
  map.getContainer().append(note);
  tiles.addTo(map);
}

function buildUnits() {
  for (const { code } of data.units) {
    const layer = L.polygon(polygonsOf(shapeByCode.get(code), arcs), { className: "unit", fillOpacity: 1, weight: 1, color: "#fff" });
    unitLayers.set(code, layer.addTo(units));
  }
}

function drawUnits(map) {
  map.getContainer().setAttribute("role", "group");
  map.getContainer().setAttribute("aria-label", words.map);
  units.addTo(map);
  const borders = sortArcs([...shapeByCode.values()], arcs);
  L.polyline(borders.inner, { className: "border", interactive: false }).addTo(map);
  L.polyline(borders.outer, { className: "outline", interactive: false }).addTo(map);
  for (const [code, layer] of unitLayers) {
    const path = layer.getElement();
    path.dataset.code = code;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
  }
  labelUnits();
}

function labelUnits() {
  for (const [code, layer] of unitLayers) layer.getElement().setAttribute("aria-label", unitByCode.get(code).name + ": " + describeUnit(code).join(words.semicolon));
}

function paintUnits(classes, visible) {
  signStill(classes);
  for (const [code, key] of classes) {
    const path = unitLayers.get(code).getElement();
    path.setAttribute("fill", fillOf(key));
    const still = document.querySelector(`#static path[data-code="${code}"]`);
    still.setAttribute("fill", fillOf(key));
    for (const each of [path, still]) each.classList.toggle("disputed", visible.some((id) => isDisputed(id, code)));
  }
}

// The signs on the static picture, which is what gets printed, follow the switches as its fills do.
function signStill(classes) {
  for (const sign of document.querySelectorAll("#static [data-sign]")) sign.textContent = signOf(classes.get(sign.dataset.sign), sign.dataset.sign) || "";
}

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// The unit that an arrow key leads to: the nearest one that way, where what lies aside counts double.
function findNext(code, [east, north]) {
  const at = (each) => shapeByCode.get(each).properties.label;
  const far = (each) => {
    const [dx, dy] = at(each).map((degrees, axis) => degrees - at(code)[axis]);
    const [ahead, aside] = [dx * east + dy * north, Math.abs(dx * north) + Math.abs(dy * east)];
    return ahead * 2 > aside ? ahead + 2 * aside : Infinity;
  };
  return [...unitLayers.keys()].filter((each) => far(each) < Infinity).sort((a, b) => far(a) - far(b))[0];
}

// A ring around one unit, drawn above all: the unit's own border is half hidden by its neighbours.
function makeRing(map, className) {
  const under = L.polygon([], { className: className + " ring-under", interactive: false, fill: false }).addTo(map);
  const over = L.polygon([], { className: className + " ring-over", interactive: false, fill: false }).addTo(map);
  return (code) => {
    const shape = code ? polygonsOf(shapeByCode.get(code), arcs) : [];
    under.setLatLngs(shape);
    over.setLatLngs(shape);
  };
}

const pen = document.createElement("canvas").getContext("2d");

function measure(text, font) {
  pen.font = font;
  return pen.measureText(text).width;
}

function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// Places labels, most important first: every sign before any name, for it carries the meaning; then each name goes
// above its sign, or alone, where it touches no other label. What has no room is left out.
function placeLabels(map, pane, labels) {
  const placed = new Map();
  const place = (label, form) => {
    const box = boxOf(map, form);
    const others = [...placed].filter(([other]) => other !== label).map(([, { box: taken }]) => taken);
    if (fits(map, form, box, others)) placed.set(label, { form, box });
  };
  for (const label of labels) if (label.number) place(label, { ...label, text: "" });
  for (const label of labels) {
    place(label, label);
    if (!placed.has(label)) place(label, { ...label, number: null });
  }
  pane.replaceChildren(...[...placed.values()].map(({ form }) => drawLabel(map.latLngToLayerPoint([form.at[1], form.at[0]]), form)));
}

function boxOf(map, { text, number, at, className }) {
  const point = map.latLngToLayerPoint([at[1], at[0]]);
  const name = className === "country" ? measure(text.toUpperCase(), "10px sans-serif") * 1.25 : measure(text, "11px sans-serif");
  const width = Math.max(name, number ? measure(number, "bold 11px sans-serif") : 0);
  const [across, down] = [width / 2 + 1, text && number ? 13 : 7];
  return { width, left: point.x - across, right: point.x + across, top: point.y - down, bottom: point.y + down };
}

function fits(map, { room }, box, taken) {
  return !(room && box.width > room(map)) && !taken.some((other) => overlap(box, other));
}

function drawLabel(point, { text, number, className }) {
  const label = make("div", { className: "label " + className }, text);
  if (number) label.append(make("b", { textContent: number }));
  label.style.transform = `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px) translate(-50%, -50%)`;
  return label;
}

// A name may stand out over its unit's edge by half its length, no more.
function roomIn(layer) {
  return (map) => {
    const bounds = layer.getBounds();
    return (map.latLngToLayerPoint(bounds.getNorthEast()).x - map.latLngToLayerPoint(bounds.getSouthWest()).x) * 1.5;
  };
}

// What stands under a name: the number of groups, or codes of groups or of a level, so that no meaning hangs on hue.
function signOf(key) {
  if (key.startsWith("level:")) return levelById.get(key.slice(6)).code;
  const number = key.match(/^(?:n|many):(\d+)$/);
  if (number || key.includes(":")) return number && writeNumber(number[1]);
  const frame = { "": ["", ""], "~": ["(", ")"], "!": ["[", "]"] };
  return splitKey(key).map(({ id, mark }) => frame[mark].join(groupById.get(id).code)).join(" ");
}

function listLabels(classes, countries) {
  const size = (code) => {
    const bounds = unitLayers.get(code).getBounds();
    return (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth());
  };
  const order = [...unitLayers.keys()].sort((a, b) => compareKeys(classes.get(a), classes.get(b)) || size(b) - size(a));
  const own = order.map((code) => {
    return { text: unitByCode.get(code).name, number: signOf(classes.get(code), code), at: shapeByCode.get(code).properties.label, className: "province", room: roomIn(unitLayers.get(code)) };
  });
  return [...own, ...countries.map((country) => ({ ...country, className: "country" }))];
}

const edge = 14;

function fitUnits(map) {
  // On paper, or in a tab not shown, the map has no size to fit anything into.
  if (Math.min(map.getSize().x, map.getSize().y) <= 2 * edge) return;
  map.setMinZoom(0);
  map.fitBounds(units.getBounds(), { padding: [edge, edge], animate: false });
  map.setMinZoom(map.getZoom() - 0.5);
  map.setMaxBounds(units.getBounds().pad(0.35));
}

// On a touch screen one finger scrolls the page until the reader has zoomed in; a wheel zooms once the map has focus.
function tameGestures(map) {
  const home = () => map.getMinZoom() + 0.6;
  const settle = () => {
    if (!window.matchMedia("(pointer: coarse)").matches) return;
    map.dragging[map.getZoom() > home() ? "enable" : "disable"]();
  };
  map.on("zoomend", settle);
  map.on("click focus", () => map.scrollWheelZoom.enable());
  map.on("mouseout blur", () => map.scrollWheelZoom.disable());
  settle();
}
