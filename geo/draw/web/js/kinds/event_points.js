// The places of recorded events as circles, gathered in a grid that stands on the ground, so that panning changes none.
// They are hidden from the ear, which has the table, and take the pointer from the units only where they are.

const cellSize = 64;
const [smallest, largest] = [10, 25];
const nearest = 14;
const spots = readSpots(data.events.places);
let pointLayer = null;

// Differences to columns, degrees to ten-thousandths; `startSpots` adds x and y as the map projects them at zoom 0.
function readSpots({ lat, lon, at, view, step: steps, events }) {
  const sum = (gaps) => {
    let total = 0;
    return Float64Array.from(gaps, (gap) => (total += gap));
  };
  return { lat: sum(lat), lon: sum(lon), at: sum(at), view, steps, events };
}

// Cell -> events, their middle, the last place met and how many places; rows come ordered by place.
function gatherSpots(zoom, only = listSteps()) {
  const { x, y, at, view, steps, events } = spots;
  const [wanted, size, cells] = [viewNumber(state.view), 2 ** zoom, new Map()];
  for (let row = 0; row < at.length; row += 1) {
    if (view[row] !== wanted || (only[0] && !only.includes(steps[row]))) continue;
    const [px, py, n] = [x[at[row]] * size, y[at[row]] * size, events[row]];
    const key = Math.floor(px / cellSize) * 2 ** 24 + Math.floor(py / cellSize);
    const cell = cells.get(key);
    if (!cell) cells.set(key, { n, x: px * n, y: py * n, last: at[row], places: 1 });
    else {
      cell.n += n;
      cell.x += px * n;
      cell.y += py * n;
      if (cell.last !== at[row]) cell.places += 1;
      cell.last = at[row];
    }
  }
  return [...cells.values()];
}

// By area, so that the eye adds up what it sees; none so small that its number has no room.
function sizeSpot(n, most) {
  return Math.sqrt(smallest ** 2 + ((largest ** 2 - smallest ** 2) * n) / most);
}

// Circles are as large as they would be beside those of the whole time, so that their sizes compare from step to step.
const mosts = new Map();

function countMost(zoom) {
  const key = `${zoom} ${state.view}`;
  if (!mosts.has(key)) mosts.set(key, gatherSpots(zoom, [0]).reduce((max, { n }) => Math.max(max, n), 1));
  return mosts.get(key);
}

function drawSpots(map) {
  const cells = gatherSpots(map.getZoom());
  const [origin, bounds] = [map.getPixelOrigin(), map.getPixelBounds()];
  const seen = { left: bounds.min.x - largest, top: bounds.min.y - largest, right: bounds.max.x + largest, bottom: bounds.max.y + largest };
  const most = countMost(map.getZoom());
  const drawn = cells.map((cell) => ({ ...cell, x: cell.x / cell.n, y: cell.y / cell.n })).filter(({ x, y }) => x > seen.left && x < seen.right && y > seen.top && y < seen.bottom);
  const at = { x: seen.left - origin.x, y: seen.top - origin.y, width: seen.right - seen.left, height: seen.bottom - seen.top };
  for (const [key, value] of Object.entries({ width: at.width, height: at.height, viewBox: `${at.x} ${at.y} ${at.width} ${at.height}` })) pointLayer.setAttribute(key, value);
  pointLayer.style.transform = `translate3d(${at.x}px, ${at.y}px, 0)`;
  // Greater ones first, so that no circle lies hidden under another.
  pointLayer.replaceChildren(...drawn.sort((a, b) => b.n - a.n).map((cell) => drawSpot(map, cell, origin, most)));
}

function drawSpot(map, cell, origin, most) {
  const [cx, cy] = [cell.x - origin.x, cell.y - origin.y].map((pixel) => pixel.toFixed(1));
  const count = svg("text", { x: cx, y: cy, dy: ".35em" }, writeNumber(cell.n));
  const spot = svg("g", { class: "spot", "data-events": cell.n, "data-places": cell.places }, svg("circle", { cx, cy, r: sizeSpot(cell.n, most).toFixed(1) }), count);
  const said = fill(words[cell.places > 1 ? "events_cluster" : "events_place"], { places: writeNumber(cell.places), n: writeNumber(cell.n) });
  const tell = (event) => tellSpot(said, event);
  spot.addEventListener("pointermove", tell);
  spot.addEventListener("pointerleave", hideTip);
  spot.addEventListener("click", (event) => {
    if (map.dragging.moved()) return;
    if (cell.places < 2 || map.getZoom() >= nearest) return tell(event);
    hideTip();
    map.setView(map.unproject([cell.x, cell.y], map.getZoom()), Math.min(map.getZoom() + 1.5, nearest), { animate: !reduced.matches });
  });
  return spot;
}

function tellSpot(said, event) {
  const tip = byId("tip");
  const when = state.period ? [whenNow().text] : [];
  tip.replaceChildren(...[said, viewNames.get(state.view), ...when].map((textContent) => make("span", { textContent })));
  tip.dataset.code = "";
  tip.hidden = false;
  placeTip(event);
}

function startSpots(map) {
  const points = Array.from(spots.lat, (lat, place) => map.project([lat / 1e4, spots.lon[place] / 1e4], 0));
  for (const axis of ["x", "y"]) spots[axis] = Float64Array.from(points, (point) => point[axis]);
  const pane = map.createPane("points");
  pointLayer = svg("svg", { class: "leaflet-zoom-hide", "aria-hidden": "true" });
  pane.append(pointLayer);
  map.on("moveend resize", () => byId("points").checked && drawSpots(map));
}

// Draws or takes away the circles, and says how many events at how many places they show.
function showPoints() {
  const [map, note, isOn] = [window.map_presence, byId("points-said"), byId("points").checked];
  if (!pointLayer) startSpots(map);
  note.hidden = !isOn;
  map.getContainer().classList.toggle("with-points", isOn);
  if (!isOn) return pointLayer.replaceChildren();
  const { view, steps, at, events } = spots;
  const [wanted, places, shown] = [viewNumber(state.view), new Set(), listSteps()];
  let n = 0;
  view.forEach((each, row) => {
    if (each !== wanted || (state.period && !shown.includes(steps[row]))) return;
    n += events[row];
    places.add(at[row]);
  });
  note.textContent = fill(words.events_points_said, { n: writeNumber(n), places: writeNumber(places.size) });
  drawSpots(map);
}
