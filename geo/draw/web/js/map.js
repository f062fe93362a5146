// The Leaflet map: neighbours behind, units that keyboard and ear can reach.

const arcs = decodeArcs(data.geometry);
const shapeByCode = new Map(data.geometry.objects.units.geometries.map((shape) => [shape.id, shape]));
const unitLayers = new Map();
const units = L.featureGroup();
// Of each unit its rings, the box around them and its label point as the map projects them at zoom 0: all that is asked
// of places on the map is asked of these, for a box in degrees is none there.
const outlines = new Map();

function drawNeighbours(map) {
  const pane = map.createPane("neighbours");
  pane.style.zIndex = 250;
  pane.setAttribute("aria-hidden", "true");
  const look = { interactive: false, pane: "neighbours", renderer: L.svg({ pane: "neighbours", padding: 0.5 }) };
  const neighbours = data.geometry.objects.neighbours.geometries;
  const seas = neighbours.filter(({ id }) => id === "SEA");
  L.polygon(seas.flatMap((shape) => polygonsOf(shape, arcs)), { ...look, className: "sea" }).addTo(map);
  // Lines only where two of them meet: where our knowledge of them ends, nothing ends.
  L.polyline(sortArcs(neighbours, arcs).inner, { ...look, className: "neighbour" }).addTo(map);
  return neighbours.filter((shape) => shape.properties.name).map((shape) => ({ text: shape.properties.name, at: shape.properties.label, shape }));
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
  disputes = disputeLooks.map((className) => L.polygon([], { ...exact, className, interactive: false, fill: false }).addTo(map));
  for (const [code, layer] of unitLayers) {
    const path = layer.getElement();
    path.dataset.code = code;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
  }
  labelUnits();
}

// Above all units, each with a white edge: a neighbour that is drawn later would hide half of the broken line.
const disputeLooks = ["disputed-edge", "disputed-line"];
let disputes = [];

function drawDisputes(codes) {
  for (const layer of disputes) layer.setLatLngs(codes.flatMap((code) => polygonsOf(shapeByCode.get(code), arcs)));
  const still = codes.map((code) => document.querySelector(`#static path[data-code="${code}"]`).getAttribute("d"));
  byId("static-disputed").replaceChildren(...disputeLooks.flatMap((className) => still.map((d) => svg("path", { d, class: className }))));
}

function labelUnits() {
  for (const [code, layer] of unitLayers) layer.getElement().setAttribute("aria-label", unitByCode.get(code).name + ": " + kind.describeUnit(code).join(words.semicolon));
}

function paintUnits(classes) {
  signStill(classes);
  drawDisputes([...classes.keys()].filter((code) => kind.isDisputed(code)));
  for (const [code, { fill: paint }] of classes) {
    const still = document.querySelector(`#static path[data-code="${code}"]`);
    for (const path of [unitLayers.get(code).getElement(), still]) {
      path.setAttribute("fill", paint);
      path.classList.toggle("disputed", kind.isDisputed(code));
    }
  }
}

// A sign where chips stand first: in the middle of them.
function writeStill(sign) {
  const text = svg("text", { x: (countAcross(data.choices.groups) * chipStep) / 2, y: 10, "text-anchor": "middle", "font-weight": "bold", "paint-order": "stroke", stroke: data.colours.paper, "stroke-width": 3 });
  text.textContent = sign;
  return text;
}

// The signs on the static picture, which is what gets printed, follow the switches as its fills do.
function signStill(classes) {
  for (const row of document.querySelectorAll("#static [data-chips]")) {
    const chips = kind.signOf(classes.get(row.dataset.chips), row.dataset.chips);
    row.replaceChildren(...(Array.isArray(chips) ? layChips(chips, countAcross(chips)) : chips ? [writeStill(chips)] : []));
  }
  for (const sign of document.querySelectorAll("#static [data-sign]")) {
    const given = kind.signOf(classes.get(sign.dataset.sign), sign.dataset.sign);
    sign.textContent = typeof given === "string" ? given : "";
  }
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
  const whole = boundsOf(map, box);
  map.fitBounds(whole, { padding: [edge, edge], animate: false });
  // On a narrow map what is left over of its height is kept in one piece, for an inset.
  if (isNarrow(map)) map.panBy([0, Math.max(0, map.latLngToContainerPoint(whole.getNorthWest()).y - edge)], { animate: false });
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
