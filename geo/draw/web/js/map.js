// The Leaflet map: neighbours behind, units that keyboard and ear can reach, labels that do not collide.

const arcs = decodeArcs(data.geometry);
const shapeByCode = new Map(data.geometry.objects.units.geometries.map((shape) => [shape.id, shape]));
const unitLayers = new Map();
const units = L.featureGroup();
// Of each unit its rings, the box around them and its label point as the map projects them at zoom 0: all that is asked
// of places on the map is asked of these, for a box in degrees is none there.
const outlines = new Map();

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

// By itself Leaflet rounds to whole pixels and leaves out corners in between, which on a phone takes a tenth off the
// area of a small unit; in eighths, and with all corners, it is within half a per cent.
const exact = { smoothFactor: 0 };
const fineness = 8;

function buildUnits(map) {
  map.latLngToLayerPoint = (at) => map.project(at).subtract(map.getPixelOrigin()).multiplyBy(fineness).round().divideBy(fineness);
  for (const { code } of data.units) {
    const shape = shapeByCode.get(code);
    const layer = L.polygon(polygonsOf(shape, arcs), { ...exact, className: "unit", fillOpacity: 1, weight: 1, color: data.colours.paper });
    unitLayers.set(code, layer.addTo(units));
    const [lon, lat] = shape.properties.label;
    const label = map.project([lat, lon], 0);
    const rings = layer.getLatLngs().flat().map((ring) => ring.map((at) => map.project(at, 0)));
    outlines.set(code, { rings, label, box: L.bounds(rings[0] ? rings.flat() : [label]) });
  }
}

function drawUnits(map) {
  map.getContainer().setAttribute("role", "group");
  map.getContainer().setAttribute("aria-label", words.map);
  units.addTo(map);
  const borders = sortArcs([...shapeByCode.values()], arcs);
  L.polyline(borders.inner, { ...exact, className: "border", interactive: false }).addTo(map);
  L.polyline(borders.outer, { ...exact, className: "outline", interactive: false }).addTo(map);
  for (const [code, layer] of unitLayers) {
    const path = layer.getElement();
    path.dataset.code = code;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
  }
  labelUnits();
}

function labelUnits() {
  for (const [code, layer] of unitLayers) layer.getElement().setAttribute("aria-label", unitByCode.get(code).name + ": " + kind.describeUnit(code).join(words.semicolon));
}

function paintUnits(classes) {
  signStill(classes);
  for (const [code, { fill: paint }] of classes) {
    const still = document.querySelector(`#static path[data-code="${code}"]`);
    for (const path of [unitLayers.get(code).getElement(), still]) {
      path.setAttribute("fill", paint);
      path.classList.toggle("disputed", kind.isDisputed(code));
    }
  }
}

// The signs on the static picture, which is what gets printed, follow the switches as its fills do.
function signStill(classes) {
  for (const sign of document.querySelectorAll("#static [data-sign]")) sign.textContent = kind.signOf(classes.get(sign.dataset.sign), sign.dataset.sign) || "";
}

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// The unit that an arrow key leads to: the nearest one that way, where what lies aside counts double.
function findNext(code, [east, north]) {
  const far = (each) => {
    const { x: dx, y: down } = outlines.get(each).label.subtract(outlines.get(code).label);
    const dy = -down;
    const [ahead, aside] = [dx * east + dy * north, Math.abs(dx * north) + Math.abs(dy * east)];
    return ahead * 2 > aside ? ahead + 2 * aside : Infinity;
  };
  return [...unitLayers.keys()].filter((each) => far(each) < Infinity).sort((a, b) => far(a) - far(b))[0];
}

// A ring around one unit, drawn above all: the unit's own border is half hidden by its neighbours.
function makeRing(map, className) {
  const under = L.polygon([], { ...exact, className: className + " ring-under", interactive: false, fill: false }).addTo(map);
  const over = L.polygon([], { ...exact, className: className + " ring-over", interactive: false, fill: false }).addTo(map);
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

function overlap(a, b, line = 0) {
  return a.left < b.right && b.left < a.right && a.top - line < b.bottom && b.top - line < a.bottom;
}

// Places labels, most important first: every sign before any name, for it carries the meaning; then each name goes
// above its sign, or alone, where it touches no other label, stands no nearer to another's sign than a line, as if
// that were its own, and, having no sign, covers no unit that has one. What has no room is left out.
function placeLabels(map, pane, labels) {
  const placed = new Map();
  const signed = labels.filter(({ number }) => number);
  const near = (name, sign) => name && sign && overlap(name, sign, 13);
  const isFree = (label, box) => [...placed].every(([other, { box: taken }]) => {
    return other === label || !(overlap(box, taken) || near(box.name, taken.sign) || near(taken.name, box.sign));
  });
  // A name may stand out over its unit's edge by half its length, no more.
  const hasRoom = ({ code }, { width }) => !code || width <= frameOf(map, code).getSize().x * 1.5;
  const hidesNone = ({ number }, box) => number || !signed.some(({ code }) => isUnder(map, code, box));
  const place = (label, form) => {
    const box = boxOf(map, form);
    if (hasRoom(label, box) && isFree(label, box) && hidesNone(label, box)) placed.set(label, { form, box });
  };
  for (const label of signed) place(label, { ...label, text: "" });
  for (const label of [...signed, ...labels.filter(({ number }) => !number)]) {
    place(label, label);
    if (!placed.has(label)) place(label, { ...label, number: null });
  }
  pane.replaceChildren(...[...placed.values()].map(({ form }) => drawLabel(map.latLngToLayerPoint([form.at[1], form.at[0]]), form)));
  sayUnseen(signed.filter((label) => {
    const { x, y } = frameOf(map, label.code).getSize();
    return !placed.get(label)?.form.number || Math.max(x, y) < 6;
  }));
}

function sayUnseen(labels) {
  const names = labels.slice(0, 3).map(({ text }) => text);
  if (labels[3]) names.push("…");
  byId("unseen").textContent = labels[0] ? fill(words.unseen[labels[1] ? 1 : 0], { n: labels.length, names: names.join(words.comma) }) : "";
}

function boxOf(map, { text, number, at, className }) {
  const { x, y } = map.latLngToLayerPoint([at[1], at[0]]);
  const name = className === "country" ? measure(text.toUpperCase(), "10px sans-serif") * 1.25 : measure(text, "11px sans-serif");
  const sign = number ? measure(number, "bold 11px sans-serif") : 0;
  const width = Math.max(name, sign);
  const down = text && number ? 13 : 7;
  const part = (wide, top, bottom) => ({ left: x - wide / 2 - 1, right: x + wide / 2 + 1, top: y + top, bottom: y + bottom });
  return { width, ...part(width, -down, down), name: text && part(name, -down, 14 - down), sign: number && part(sign, down - 14, down) };
}

const toLayerPoint = (map, point) => point.multiplyBy(2 ** map.getZoom()).subtract(map.getPixelOrigin());

function frameOf(map, code) {
  const { min, max } = outlines.get(code).box;
  return L.bounds(toLayerPoint(map, min), toLayerPoint(map, max));
}

// Whether a unit reaches into a box: by the area of what is cut out of its rings, of which holes run the other way.
function isUnder(map, code, { left, top, right, bottom }) {
  const box = L.bounds([left, top], [right, bottom]);
  if (!frameOf(map, code).intersects(box)) return false;
  let area = 0;
  for (const ring of outlines.get(code).rings) {
    const cut = L.PolyUtil.clipPolygon(ring.map((at) => toLayerPoint(map, at).subtract(box.min)), L.bounds([0, 0], box.getSize()));
    cut.forEach(({ x, y }, index) => (area += x * cut.at(index - 1).y - y * cut.at(index - 1).x));
  }
  return Math.abs(area) > 0.1;
}

function drawLabel(point, { text, number, className }) {
  const label = make("div", { className: "label " + className }, text);
  if (number) label.append(make("b", { textContent: number }));
  label.style.transform = `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px) translate(-50%, -50%)`;
  return label;
}

function listLabels(classes, countries) {
  const size = (code) => {
    const { x, y } = outlines.get(code).box.getSize();
    return x * y;
  };
  const order = [...unitLayers.keys()].sort((a, b) => compareClasses(classes.get(a), classes.get(b)) || size(b) - size(a));
  const own = order.map((code) => {
    return { text: unitByCode.get(code).name, number: kind.signOf(classes.get(code), code), at: shapeByCode.get(code).properties.label, className: "province", code };
  });
  return [...own, ...countries.map((country) => ({ ...country, className: "country" }))];
}

const edge = 14;

// A box at zoom 0 as bounds of Leaflet, which projects their corners: these are the box's own.
function boundsOf(map, { min, max }) {
  const [southWest, southEast, northWest, northEast] = [[min.x, max.y], [max.x, max.y], [min.x, min.y], [max.x, min.y]].map((at) => map.unproject(at, 0));
  const corners = { getSouthWest: () => southWest, getSouthEast: () => southEast, getNorthWest: () => northWest, getNorthEast: () => northEast };
  return Object.assign(L.latLngBounds([southWest, southEast, northWest, northEast]), corners);
}

// Whether all of a unit is within the window of the map.
function isSeen(map, code) {
  const { min, max } = outlines.get(code).box;
  const size = 2 ** map.getZoom();
  return map.getPixelBounds().contains(L.bounds(min.multiplyBy(size), max.multiplyBy(size)));
}

function fitUnits(map) {
  // On paper, or in a tab not shown, the map has no size to fit anything into.
  if (Math.min(map.getSize().x, map.getSize().y) <= 2 * edge) return;
  map.setMinZoom(0);
  const box = L.bounds([...outlines.values()].flatMap(({ box: { min, max } }) => [min, max]));
  const free = box.getSize().multiplyBy(0.35);
  map.fitBounds(boundsOf(map, box), { padding: [edge, edge], animate: false });
  map.setMinZoom(map.getZoom() - 0.5);
  map.setMaxBounds(boundsOf(map, L.bounds(box.min.subtract(free), box.max.add(free))));
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
