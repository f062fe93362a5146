// From data to shapes and fills: TopoJSON arcs to coordinates, classes to colours and SVG patterns.

const svgSpace = "http://www.w3.org/2000/svg";
const patterns = document.getElementById("patterns");

function svg(name, attributes, ...children) {
  const element = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const longestEdge = 2;

// Arcs of quantised differences to [latitude, longitude] in degrees, as Leaflet wants them. An edge longer than so many
// degrees, straight in degrees and bent on the map, gets points in between, as in geo/draw/topology/arcs.py.
function decodeArcs({ transform: { scale, translate }, arcs }) {
  return arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.flatMap(([dx, dy], index) => {
      const parts = index ? Math.ceil(Math.max(1, Math.abs(dx * scale[0]) / longestEdge, Math.abs(dy * scale[1]) / longestEdge)) : 1;
      const from = [x, y];
      [x, y] = [x + dx, y + dy];
      return Array.from({ length: parts }, (_, part) => [1, 0].map((axis) => (from[axis] + ([dx, dy][axis] * (part + 1)) / parts) * scale[axis] + translate[axis]));
    });
  });
}

function joinRing(ring, arcs) {
  return ring.flatMap((index, place) => {
    const points = index < 0 ? [...arcs[~index]].reverse() : arcs[index];
    return place ? points.slice(1) : points;
  });
}

function polygonsOf(shape, arcs) {
  const polygons = shape.type === "Polygon" ? [shape.arcs] : shape.arcs;
  return polygons.map((rings) => rings.map((ring) => joinRing(ring, arcs)));
}

// Arcs that only one unit uses make the outer border, the others the borders between units.
function sortArcs(shapes, arcs) {
  const uses = new Map();
  for (const index of shapes.flatMap((shape) => shape.arcs.flat(Infinity))) {
    const arc = index < 0 ? ~index : index;
    uses.set(arc, (uses.get(arc) || 0) + 1);
  }
  const used = (wanted) => [...uses].filter(([, count]) => (count === 1) === wanted).map(([arc]) => arcs[arc]);
  return { outer: used(true), inner: used(false) };
}

const bandWidth = 7;
// How much of its colour is left in what only a group itself claims.
const tint = 0.48;

function drawBand(band, colour, standing) {
  const y = band * bandWidth;
  const box = { y, width: bandWidth * 2, height: bandWidth };
  if (standing === "named") return [svg("rect", { ...box, fill: colour })];
  const paper = svg("rect", { ...box, fill: data.colours.paper });
  if (standing === "claimed") return [paper, svg("rect", { ...box, fill: colour, "fill-opacity": tint })];
  if (standing === "stale") return [paper, svg("rect", { ...box, y: y + 2.5, height: 2, fill: colour })];
  return [paper, ...[3.5, 10.5].map((cx) => svg("circle", { cx, cy: y + bandWidth / 2, r: 2, fill: colour }))];
}

// Equal bands, one a group; the same picture as geo/draw/marks/textures.py draws for the page without script.
function addBands(id, standings) {
  const bands = standings.flatMap(({ id: group, standing }, index) => drawBand(index, groupById.get(group).colour, standing));
  const frame = { id, width: bandWidth * 2, height: bandWidth * standings.length, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)" };
  patterns.append(svg("pattern", frame, ...bands));
}

function fillGroups(standings) {
  if (standings.length === 1 && standings[0].standing === "named") return groupById.get(standings[0].id).colour;
  const suffix = { named: "", claimed: "c", region: "r", stale: "s" };
  const id = "bands" + standings.map(({ id: group, standing }) => "-" + groupById.get(group).slot + suffix[standing]).join("");
  if (!document.getElementById(id)) addBands(id, standings);
  return `url(#${id})`;
}

const [chipSide, chipStep] = [11, 14];

// A group in a unit, by how it stands there; the same picture as geo/draw/marks/chips.py draws.
function drawChip({ colour, edge = colour, state: standing, isDisputed: isStruck, isAble, kind: what }, x, y) {
  const box = (attributes) => svg("rect", { x: 1, y: 1, width: chipSide - 2, height: chipSide - 2, rx: 1.5, ...attributes });
  const path = (d, attributes) => svg("path", { d, fill: "none", ...attributes });
  const outline = { fill: data.colours.paper, stroke: edge, "stroke-width": 1.6 };
  const looks = {
    named: () => [edge === colour ? svg("rect", { width: chipSide, height: chipSide, rx: 2, fill: colour }) : box({ ...outline, fill: colour })],
    claimed: () => [box(outline), box({ fill: colour, "fill-opacity": tint })],
    region: () => [box({ ...outline, "stroke-dasharray": "2 1.6" })],
    stale: () => [box(outline)],
    able: () => [svg("circle", { cx: 5.5, cy: 5.5, r: 3.5, fill: "none", stroke: edge, "stroke-width": 1.6 })],
    absent: () => [path("M2.5 2.5l6 6m0 -6l-6 6", { class: "chip-sign" })],
    inconclusive: () => [svg("text", { x: 5.5, y: 9.5, "text-anchor": "middle", class: "chip-text" })],
    silent: () => [svg("circle", { cx: 5.5, cy: 5.5, r: 1, class: "chip-dot" })],
  };
  const drawn = looks[standing]();
  if (standing === "inconclusive") drawn[0].textContent = "?";
  if (["named", "claimed"].includes(standing) && what === "coalition") drawn.push(path("M5.5 2.5v6m-3 -3h6", { class: "chip-mark" }));
  if (["named", "claimed"].includes(standing) && what === "population") drawn.push(svg("circle", { cx: 5.5, cy: 5.5, r: 2, class: "chip-point" }));
  if (isAble) drawn.push(svg("circle", { cx: 8, cy: 3, r: 2.4, class: "chip-ring" }));
  if (isStruck) drawn.push(path("M0 11l11 -11", { class: "chip-edge" }), path("M0 11l11 -11", { class: "chip-slash" }));
  return svg("g", { transform: `translate(${x} ${y})`, "data-state": standing }, ...drawn);
}

const countAcross = (chips) => (chips.length > 4 ? Math.ceil(chips.length / 2) : chips.length);
const layChips = (chips, across) => chips.map((chip, place) => drawChip(chip, (place % across) * chipStep, Math.floor(place / across) * chipStep));

// One fill, or several side by side.
function drawSwatch(fill) {
  const parts = [fill].flat().map((paint, place, { length }) => svg("rect", { ...(place && { x: (30 / length) * place }), width: 30 / length, height: 16, fill: paint }));
  return svg("svg", { class: "swatch", width: 30, height: 16, "aria-hidden": "true" }, ...parts);
}
