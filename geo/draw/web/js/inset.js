// On a narrow map: an inset in its emptiest corner that enlarges where units with something to show are too small for
// their names. Ears have the map itself.

const insetEdge = 8;
const leastStretch = 1.35;
const insetWidths = [0.3, 0.34, 0.38, 0.42, 0.46, 0.5, 0.54, 0.58, 0.62];
const insetHeights = [0.64, 0.6, 0.56, 0.52, 0.48, 0.44, 0.4, 0.36, 0.32, 0.28];

// Boxes in corners that cover no unit with something to show and nothing taken: of each width the highest, small ones first.
function listCorners(frame, taken, grid) {
  const { loud, any } = sumCells(grid);
  const isFree = (box) => !taken.some((other) => overlap(box, other)) && !weighCover(grid, loud, box) && weighCover(grid, any, box) * cellSide ** 2 < 0.02 * area(box);
  const corners = ["right bottom", "left bottom", "right top", "left top"];
  const boxes = corners.flatMap((corner) => insetWidths.map((across) => insetHeights.map((down) => standInCorner(frame, corner, across, down)).find(isFree)));
  return boxes.filter(Boolean).sort((a, b) => area(a) - area(b));
}

function standInCorner(frame, corner, across, down) {
  const [width, height] = [(frame.right - frame.left) * across, (frame.bottom - frame.top) * down].map(Math.round);
  const left = corner.includes("left") ? frame.left + insetEdge : frame.right - insetEdge - width;
  const top = corner.includes("top") ? frame.top + insetEdge : frame.bottom - insetEdge - height;
  return { left, top, right: left + width, bottom: top + height };
}

function boundRings({ rings }) {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      bounds.left = Math.min(bounds.left, ring[at]);
      bounds.right = Math.max(bounds.right, ring[at]);
      bounds.top = Math.min(bounds.top, ring[at + 1]);
      bounds.bottom = Math.max(bounds.bottom, ring[at + 1]);
    }
  }
  return bounds;
}

// What of the map a box shows: the bounds of some units, made as wide or as high as the box is.
function findSource(bounds, box) {
  const all = surround(bounds);
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const stretch = Math.min(width / (all.right - all.left + 8), height / (all.bottom - all.top + 8));
  const [x, y] = [(all.left + all.right) / 2, (all.top + all.bottom) / 2];
  const [aside, down] = [width / stretch / 2, height / stretch / 2];
  return { stretch, left: x - aside, right: x + aside, top: y - down, bottom: y + down };
}

function stretchInto(source, box, { rings, at, ...unit }) {
  const across = (x) => (x - source.left) * source.stretch + box.left;
  const down = (y) => (y - source.top) * source.stretch + box.top;
  return { ...unit, at: { x: across(at.x), y: down(at.y) }, rings: rings.map((ring) => ring.map((value, place) => (place % 2 ? down : across)(value))) };
}

// The largest group of units that fail on the map and have room for all their names in a corner.
function findInset(frame, taken, units, rules) {
  const trial = arrange({ frame, taken, units: units.map((unit) => ({ ...unit, isHeld: !unit.isLoud })), hasColumns: false, ...rules });
  const named = new Set(trial.inside.map(({ id }) => id));
  const failing = trial.left.filter((id) => !named.has(id));
  const boxes = failing.length > 1 ? listCorners(frame, taken, trial.grid) : [];
  const bounds = units.map(boundRings);
  for (let group = failing; group.length > 1 && group.length < mostFailing && boxes.length; group = dropOutermost(group, bounds)) {
    const around = group.map((id) => bounds[id]);
    const stretched = boxes.map((box) => ({ box, source: findSource(around, box) })).filter(({ box, source }) => source.stretch >= leastStretch && !overlap(source, box));
    // Boxes that enlarge more than that are only larger.
    const enlarge = ({ source }) => Math.min(source.stretch, 2.4);
    stretched.sort((a, b) => enlarge(b) - enlarge(a));
    for (const { box, source } of stretched.slice(0, 2)) {
      const found = fillInset(box, source, group, units, bounds);
      if (found) return found;
    }
  }
  return null;
}

// Of more names than that an inset would hold any few.
const mostFailing = 40;

// Without that unit the others lie closest together.
function dropOutermost(group, bounds) {
  const size = (ids) => {
    const { left, right, top, bottom } = surround(ids.map((id) => bounds[id]));
    return (right - left) * (bottom - top);
  };
  return group.map((_, at) => group.filter((__, place) => place !== at)).sort((a, b) => size(a) - size(b))[0];
}

function fillInset(box, source, group, units, bounds) {
  if (group.reduce((sum, id) => sum + units[id].width * nameHeight, 0) > 0.6 * area(box)) return null;
  const shown = [...units.keys()].filter((id) => overlap(bounds[id], source));
  const wanted = new Set(group);
  // The smallest first: the others can make room for them.
  const order = shown.sort((a, b) => wanted.has(b) - wanted.has(a) || area(bounds[a]) - area(bounds[b]));
  const own = order.map((id) => stretchInto(source, box, units[id]));
  const held = own.map((unit, place) => ({ ...unit, isHeld: !unit.isLoud || !holds(source, units[order[place]].at) }));
  const loose = { frame: box, hasColumns: false, share: 0.34, least: 0.4, most: 0.6 };
  for (const tried of [held, held.map((unit) => ({ ...unit, sign: null }))]) {
    const places = arrange({ ...loose, units: tried }).inside.map((place) => ({ ...place, id: order[place.id] }));
    const ids = places.map(({ id }) => id);
    if (group.every((id) => ids.includes(id))) return { box, source, ids, inside: places, units: order.map((id, place) => ({ ...own[place], id })), edges: listEdges(source) };
  }
  return null;
}

function listEdges(source) {
  const side = (name, more) => ({ ...source, [name]: more });
  return [side("right", source.left + 1), side("left", source.right - 1), side("bottom", source.top + 1), side("top", source.bottom - 1)];
}

const area = ({ left, top, right, bottom }) => (right - left) * (bottom - top);

const tracePath = (rings, end) => rings.map((ring) => "M" + Array.from({ length: ring.length / 2 }, (_, at) => `${ring[at * 2].toFixed(1)} ${ring[at * 2 + 1].toFixed(1)}`).join("L") + end).join("");

let insetNow = null;

function drawInset(map, inset, frame, outlines, leaders, select) {
  insetNow?.element.remove();
  insetNow = null;
  if (!inset) return;
  const { box, source } = inset;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const picture = svg("svg", { width, height, viewBox: `${box.left} ${box.top} ${width} ${height}` });
  const paths = new Map(inset.units.map(({ code, rings, fill: paint }) => {
    const path = svg("path", { d: tracePath(rings, "z"), fill: paint, class: kind.isDisputed(code) ? "inset-unit disputed" : "inset-unit" });
    path.addEventListener("click", () => select(code));
    return [code, path];
  }));
  const lines = stretchInto(source, box, { at: source, rings: outlines }).rings;
  picture.append(...paths.values(), svg("path", { d: tracePath(lines, ""), class: "outline" }));
  const names = inset.inside.map((place) => drawInside(inset.units.find(({ id }) => id === place.id), { ...place, x: place.x - box.left, y: place.y - box.top }));
  const element = make("div", { className: "inset" }, picture, ...names);
  element.setAttribute("aria-hidden", "true");
  Object.assign(element.style, { left: box.left - frame.left + "px", top: box.top - frame.top + "px", width: width + "px", height: height + "px" });
  L.DomEvent.disableClickPropagation(element);
  map.getContainer().append(element);
  leaders.append(svg("rect", { x: source.left, y: source.top, width: source.right - source.left, height: source.bottom - source.top, class: "inset-source" }));
  insetNow = { element, picture, paths };
  markInset(state.unit);
}

// The chosen unit has its ring in the inset too.
function markInset(code) {
  insetNow?.picture.querySelectorAll(".ring-selected").forEach((ring) => ring.remove());
  const path = insetNow?.paths.get(code);
  if (!path) return;
  for (const look of ["ring-under", "ring-over"]) insetNow.picture.append(svg("path", { d: path.getAttribute("d"), class: `ring-selected ${look}` }));
}
