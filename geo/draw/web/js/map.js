// The Leaflet map: neighbours behind, units that keyboard and ear can reach.

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
  return neighbours.filter((shape) => shape.properties.name).map((shape) => ({ text: shape.properties.name, at: shape.properties.label, shape }));
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
    const layer = L.polygon(polygonsOf(shapeByCode.get(code), arcs), { className: "unit", fillOpacity: 1, weight: 1, color: data.colours.paper });
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
  for (const sign of document.querySelectorAll("#static [data-sign]")) {
    const given = kind.signOf(classes.get(sign.dataset.sign), sign.dataset.sign);
    sign.textContent = typeof given === "string" ? given : "";
  }
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

const edge = 14;

function fitUnits(map) {
  // On paper, or in a tab not shown, the map has no size to fit anything into.
  if (Math.min(map.getSize().x, map.getSize().y) <= 2 * edge) return;
  map.setMinZoom(0);
  map.fitBounds(units.getBounds(), { padding: [edge, edge], animate: false });
  // On a narrow map what is left over of its height is kept in one piece, for an inset.
  if (isNarrow(map)) map.panBy([0, Math.max(0, map.latLngToContainerPoint(units.getBounds().getNorthWest()).y - edge)], { animate: false });
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
