// Names on the live map, and what stands with them; where, arrange.js says. A name that a record gives is always read:
// in its unit, beside the units at the end of a leader, or in an inset; the others give way.

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

function measure(text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

// What has nothing to show: no record names it, or none that counts here.
const nothingToShow = ["none", "na", "other"];

// What stands with a name: a text, or chips in one row, under a name in two where there are many.
function readSign(given, family) {
  if (!given?.length) return null;
  if (Array.isArray(given)) {
    return { ...rowChips(given, countAcross(given)), flat: rowChips(given, given.length) };
  }
  return { width: measure(given, `700 ${12 * grown}px ${family}`), height: 14 * grown, draw: () => make("b", { textContent: given }) };
}

function rowChips(chips, across) {
  const [width, height] = [across, Math.ceil(chips.length / across)].map((number) => number * chipStep - chipStep + chipSide);
  const draw = () => {
    const row = svg("svg", { class: "chips", width, height, "aria-hidden": "true" });
    row.append(...layChips(chips, across));
    return row;
  };
  return { width, height, draw };
}

// Lines of a shape at zoom 0, projected once: at each zoom they are only stretched and moved.
const projected = new Map();

function layLines(map, key, findLines) {
  if (!projected.has(key)) {
    const flatten = (line) => Float64Array.from(line.map((at) => map.project(at, 0)).flatMap(({ x, y }) => [x, y]));
    projected.set(key, findLines().map(flatten));
  }
  const [stretch, origin] = [map.getZoomScale(map.getZoom(), 0), map.getPixelOrigin()];
  return projected.get(key).map((line) => line.map((value, place) => value * stretch - (place % 2 ? origin.y : origin.x)));
}

const layRings = (map, key, shape) => layLines(map, key, () => polygonsOf(shape, arcs).flat());
const layOutline = (map) => layLines(map, "outline", () => sortArcs([...shapeByCode.values()], arcs).outer);

function listLabels(classes, countries) {
  const size = (code) => {
    const { x, y } = outlines.get(code).box.getSize();
    return x * y;
  };
  const own = [...unitLayers.keys()].map((code) => {
    const shown = classes.get(code);
    const sign = kind.signOf(shown, code);
    return { code, text: unitByCode.get(code).name, sign, isLoud: Boolean(sign?.length) || !nothingToShow.includes(shown.gap), fill: shown.fill, order: shown, size: size(code), className: "province" };
  });
  // From step to step a name stays where it is as long as it can.
  own.sort((a, b) => b.isLoud - a.isLoud || (data.steps ? 0 : compareClasses(a.order, b.order)) || b.size - a.size);
  return [...own, ...countries.map((country) => ({ ...country, className: "country" }))];
}

const isNarrow = (map) => map.getSize().x < 640;
const isHome = (map) => map.getZoom() < map.getMinZoom() + 0.8;

// What may not be written over: controls, and what else of the page lies on the map.
function listTaken(map) {
  const [{ left, top, width, height }, { x, y }] = [map.getContainer().getBoundingClientRect(), map.containerPointToLayerPoint([0, 0])];
  const found = [...map.getContainer().closest(".stage").querySelectorAll("[data-avoid]"), ...map.getContainer().querySelectorAll(".leaflet-control, .basemap-credit")];
  return found.map((each) => each.getBoundingClientRect()).filter((box) => box.width && box.height && box.right > left && box.left < left + width && box.bottom > top && box.top < top + height).map((box) => {
    return { left: box.left - left + x - 4, right: box.right - left + x + 4, top: box.top - top + y - 4, bottom: box.bottom - top + y + 4 };
  });
}

// What cannot be placed lies in the corner of the map where it covers the least of the units; the zoom has the fourth.
function findCorner(note, frame, units) {
  const grid = rasterise(frame, units);
  const { any } = sumCells(grid);
  const cover = (corner) => {
    const left = corner === "left" ? frame.left + 16 : frame.right - 16 - note.offsetWidth;
    const top = corner === "top" ? frame.top + 16 : frame.bottom - 16 - note.offsetHeight;
    return weighCover(grid, any, { left, top, right: left + note.offsetWidth, bottom: top + note.offsetHeight });
  };
  return ["right", "left", "top"].sort((a, b) => cover(a) - cover(b))[0];
}

// What was found for the same names in the same frame, which most steps in time share.
const arranged = new Map();

function arrangeOnce(key, find) {
  if (!arranged.has(key)) {
    if (arranged.size > 40) arranged.clear();
    arranged.set(key, find());
  }
  return arranged.get(key);
}

function placeLabels(map, pane, labels, select) {
  const [{ x, y }, size, { fontFamily: family }] = [map.containerPointToLayerPoint([0, 0]), map.getSize(), getComputedStyle(pane)];
  if (!size.x || !size.y) return;
  const frame = { left: x, top: y, right: x + size.x, bottom: y + size.y };
  const own = labels.filter(({ code }) => code).map((label) => ({ ...label, ...measureLabel(label, family) }));
  const lay = () => own.map((label) => ({ ...label, at: pointAt(map, shapeByCode.get(label.code).properties.label), rings: layRings(map, label.code, shapeByCode.get(label.code)) }));
  const note = byId("off-map");
  const around = [frame, map.getZoom(), map.getPixelOrigin()];
  if (note && isHome(map) && getComputedStyle(note).position === "absolute") {
    note.dataset.corner = arrangeOnce(JSON.stringify([around, note.offsetWidth, note.offsetHeight]), () => findCorner(note, frame, lay()));
  }
  const taken = listTaken(map);
  const sizeOf = (sign) => sign && [sign.width, sign.height, sign.flat?.width];
  const key = JSON.stringify([around, taken, own.map(({ code, width, isLoud, sign }) => [code, width, isLoud, sizeOf(sign)])]);
  const { inset, places, grounds, specks } = arrangeOnce(key, () => arrangeNames(map, { frame, taken, units: lay(), countries: labels.filter(({ code }) => !code), family }));
  const held = new Set(inset?.ids);
  const leaders = drawLeaders(places);
  pane.replaceChildren(leaders, ...places.inside.map((place) => drawInside(own[place.id], place)), ...places.beside.flatMap((row) => drawBeside(own[row.id], row, select)), ...grounds);
  const painted = inset && { ...inset, units: inset.units.map((unit) => ({ ...unit, fill: own[unit.id].fill, sign: own[unit.id].sign })) };
  drawInset(map, painted, frame, inset && layOutline(map), leaders, select);
  const read = new Set([...places.inside, ...places.beside, ...(inset?.inside || [])].filter(({ id, hasSign }) => hasSign || !own[id].sign).map(({ id }) => id));
  sayUnseen(own.filter((label, id) => label.isLoud && (((places.inView.has(id) || held.has(id)) && !read.has(id)) || specks.has(id))));
}

function arrangeNames(map, { frame, taken, units, countries, family }) {
  // On a narrow map names stand out over the edges of their units a little more, and none but those that must be read is led.
  const rules = isNarrow(map) ? { mostCover: 12, mostLed: 0, least: 0.55, most: 0.15 } : {};
  const inset = isNarrow(map) && isHome(map) ? findInset(frame, taken, units, rules) : null;
  const held = new Set(inset?.ids);
  // Whoever is named in the inset needs no name on the map, but its unit is there and nobody else's name covers it.
  const { inside, beside, columns, inView, ...left } = arrange({ frame, taken: inset ? [...taken, inset.box] : taken, lines: inset?.edges, units: units.map((unit, id) => ({ ...unit, isHeld: held.has(id) })), ...rules });
  const grounds = placeCountries(map, countries, left, family);
  return { inset, places: { inside, beside, columns, inView }, grounds, specks: new Set([...units.keys()].filter((id) => isSpeck(units[id]))) };
}

function measureLabel({ text, sign, isLoud }, family) {
  return { width: measure(text, isLoud ? `600 ${12.5 * grown}px ${family}` : `${12 * grown}px ${family}`) + 2, sign: readSign(sign, family) };
}

const pointAt = (map, [east, north]) => map.latLngToLayerPoint([north, east]);

// Of so small a unit nobody sees what it is filled with.
function isSpeck({ rings }) {
  const along = (axis) => {
    const values = rings.flatMap((ring) => [...ring].filter((_, place) => place % 2 === axis));
    return Math.max(...values) - Math.min(...values);
  };
  return rings.every((ring) => ring.length < 400) && Math.max(along(0), along(1)) < 6;
}

function sayUnseen(labels) {
  const names = labels.slice(0, 3).map(({ text }) => text);
  if (labels[3]) names.push("…");
  byId("unseen").textContent = labels[0] ? fill(words.unseen[labels[1] ? 1 : 0], { n: labels.length, names: names.join(words.comma) }) : "";
}

// White on a dark fill needs no halo: a solid one on which it has the contrast of small text.
function isDark(paint) {
  if (!/^#[0-9a-f]{6}$/i.test(paint)) return false;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(paint.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5;
}

// In a style sheet checkers of HTML take it for a mistake.
function makeLabel(className, text) {
  const label = make("div", { className: "label " + className }, text);
  label.style.paintOrder = "stroke";
  return label;
}

function drawInside({ text, sign, isLoud, className, fill: paint }, { x, y, hasSign, isWhole: lies }) {
  const look = [className, ...(isLoud ? [] : ["quiet"]), ...(lies && isDark(paint) ? ["on-dark"] : [])];
  const label = makeLabel(look.join(" "), text);
  if (hasSign) label.append(sign.draw());
  label.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
  return label;
}

function drawBeside({ code, text, sign, isLoud, className }, { parts: [name, mark] }, select) {
  const label = makeLabel(`beside ${className}${isLoud ? "" : " quiet"}`, text);
  label.style.transform = `translate(${name.left}px, ${(name.top + name.bottom) / 2}px) translate(0, -50%)`;
  if (mark) {
    const drawn = (sign.flat ?? sign).draw();
    drawn.style.left = mark.left - name.left + "px";
    label.append(drawn);
  }
  label.addEventListener("click", () => select(code));
  return label;
}

// A leader with a white edge, that shows on every fill, and the dot in its unit; under names that lie over units a ground.
function drawLeaders({ beside, columns }) {
  const line = ({ leader: { from, to } }, look) => svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: look });
  const dot = ({ leader: { from } }) => svg("circle", { cx: from.x, cy: from.y, r: 2.6, class: "leader-dot" });
  const grounds = columns.filter(({ box, cover }) => cover * cellSide ** 2 > 0.04 * area(box)).map(({ box }) => svg("rect", { x: box.left - 5, y: box.top, width: box.right - box.left + 10, height: box.bottom - box.top, rx: 3, class: "leader-ground" }));
  const drawn = svg("svg", { class: "leaders", width: 1, height: 1, "aria-hidden": "true" });
  drawn.append(...beside.map((row) => line(row, "leader-edge")), ...grounds, ...beside.map((row) => line(row, "leader")), ...beside.map(dot));
  return drawn;
}

// Names of countries last, where their own land is free: wholly on it, near its middle.
function placeCountries(map, countries, { grid, room }, family) {
  const { frame, columns, rows, own } = grid;
  const step = 4;
  return countries.flatMap(({ text, at, shape, className }) => {
    const land = { ...grid, own: new Int16Array(columns * rows), near: grid.near, isLoud: [false, false] };
    fillRings(land, layRings(map, "country " + text, shape), (cell) => !own[cell] && (land.own[cell] = 1));
    const wide = measure(text.toUpperCase(), `${12 * grown}px ${family}`) + text.length * 1.44 * grown + 4;
    const middle = pointAt(map, at);
    let best = null;
    for (let row = 0; row < rows; row += step) {
      for (let column = 0; column < columns; column += step) {
        if (!land.own[row * columns + column]) continue;
        const [x, y] = [frame.left + column * cellSide, frame.top + row * cellSide];
        const far = Math.hypot(x - middle.x, y - middle.y);
        const parts = [{ kind: "name", left: x - wide / 2, right: x + wide / 2, top: y - 9, bottom: y + 9 }];
        if ((best && far >= best.far) || !isInside(parts[0], frame, frameEdge) || !holdsAll(land, (cell) => land.own[cell], parts[0]) || !room.isFree(parts)) continue;
        best = { x, y, far, parts };
      }
    }
    if (!best) return [];
    room.add(best.parts);
    return [drawInside({ text, isLoud: true, className }, best)];
  });
}
