// Where names stand: boxes in, places out. Nothing here knows the page or Leaflet; tests/scripts tries it on made-up units.
//
// A name stands in its unit where it has room there. One that must be read and has none goes into a column beside the
// units, with a leader to a dot in its unit; the others give way, or are left out.

const cellSide = 3;
// Names are as large as the reader has set text: 1 where the browser is as it comes.
const grown = Math.min(2, parseFloat(globalThis.getComputedStyle?.(document.documentElement).fontSize) / 16 || 1);
const rowHeight = Math.max(21, 17 * grown);
const frameEdge = 5;
const [nameHeight, signGap] = [16 * grown, 10];
// A sign nearer than a line to another's name would be read as that one's.
const signRoom = 13;

function overlap(a, b, across = 0, down = across) {
  return a.left - across < b.right && b.left - across < a.right && a.top - down < b.bottom && b.top - down < a.bottom;
}

function isInside(box, frame, edge = 0) {
  return box.left >= frame.left + edge && box.right <= frame.right - edge && box.top >= frame.top + edge && box.bottom <= frame.bottom - edge;
}

const holds = (frame, { x, y }, edge = 0) => isInside({ left: x, right: x, top: y, bottom: y }, frame, edge);

function surround(boxes) {
  const ends = (least, most) => [Math.min(...boxes.map((box) => box[least])), Math.max(...boxes.map((box) => box[most]))];
  const [[left, right], [top, bottom]] = [ends("left", "right"), ends("top", "bottom")];
  return { left, top, right, bottom };
}

// The frame as a raster of small cells, each with the number of the unit that its middle lies in, 0 for none; `near` has
// those that a unit with something to show reaches into at all, so that a speck is hidden by no other's name.
function rasterise(frame, units) {
  const [columns, rows] = [frame.right - frame.left, frame.bottom - frame.top].map((size) => Math.max(1, Math.ceil(size / cellSide)));
  const grid = { frame, columns, rows, own: new Int16Array(columns * rows), near: new Int16Array(columns * rows), isLoud: [false, ...units.map(({ isLoud }) => isLoud)], spots: units.map(() => []), mine: new Map() };
  units.forEach((unit, id) => {
    fillRings(grid, unit.rings, (cell) => (grid.own[cell] = id + 1));
    if (unit.isLoud) traceRings(grid, unit.rings, (cell) => (grid.near[cell] = grid.near[cell] && grid.near[cell] !== id + 1 ? -1 : id + 1));
  });
  for (let cell = 0; cell < grid.own.length; cell += 1) if (grid.own[cell]) grid.spots[grid.own[cell] - 1].push(cell);
  return grid;
}

// Rings are flat lists of x and y. What lies in an odd number of them lies in the unit: holes need no word of their own.
function fillRings({ frame, columns, rows }, rings, mark) {
  const crossings = [];
  for (const ring of rings) {
    for (let at = 0, last = ring.length - 2; at < ring.length; last = at, at += 2) {
      const [x1, y1, x2, y2] = [ring[last], ring[last + 1], ring[at], ring[at + 1]];
      const first = Math.max(0, Math.ceil((Math.min(y1, y2) - frame.top) / cellSide - 0.5));
      const end = Math.min(rows, Math.ceil((Math.max(y1, y2) - frame.top) / cellSide - 0.5));
      for (let row = first; row < end; row += 1) {
        const y = frame.top + (row + 0.5) * cellSide;
        (crossings[row] ??= []).push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
      }
    }
  }
  crossings.forEach((places, row) => {
    places.sort((a, b) => a - b);
    for (let index = 0; index + 1 < places.length; index += 2) {
      const [first, end] = [places[index], places[index + 1]].map((x) => Math.ceil((x - frame.left) / cellSide - 0.5));
      for (let column = Math.max(0, first); column < Math.min(columns, end); column += 1) mark(row * columns + column);
    }
  });
}

function traceRings({ frame, columns, rows }, rings, mark) {
  for (const ring of rings) {
    for (let at = 0, last = ring.length - 2; at < ring.length; last = at, at += 2) {
      const [x1, y1, x2, y2] = [ring[last], ring[last + 1], ring[at], ring[at + 1]];
      if (Math.max(x1, x2) < frame.left || Math.min(x1, x2) > frame.right || Math.max(y1, y2) < frame.top || Math.min(y1, y2) > frame.bottom) continue;
      const steps = Math.ceil((3 * Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1))) / cellSide) || 1;
      for (let step = 0; step < steps; step += 1) {
        const column = Math.floor((x1 + ((x2 - x1) * step) / steps - frame.left) / cellSide);
        const row = Math.floor((y1 + ((y2 - y1) * step) / steps - frame.top) / cellSide);
        if (column >= 0 && column < columns && row >= 0 && row < rows) mark(row * columns + column);
      }
    }
  }
}

// Sums over the raster from its corner, so that any box is weighed in four steps: of cells of units with something to
// show, of those and what is near them, and of these and any unit.
function sumCells({ columns, rows, own, near, isLoud }) {
  const wide = columns + 1;
  const [shown, loud, any] = [0, 0, 0].map(() => new Int32Array(wide * (rows + 1)));
  for (let row = 0, cell = 0, above = 1; row < rows; row += 1, above += 1) {
    let [inShown, inLoud, inAny] = [0, 0, 0];
    for (let column = 0; column < columns; column += 1, cell += 1, above += 1) {
      const number = own[cell];
      if (isLoud[number]) inShown += 1;
      if (isLoud[number] || near[cell]) inLoud += 1;
      if (number || near[cell]) inAny += 1;
      shown[above + wide] = shown[above] + inShown;
      loud[above + wide] = loud[above] + inLoud;
      any[above + wide] = any[above] + inAny;
    }
  }
  const part = { left: 0, top: 0, right: columns, bottom: rows, wide };
  return { shown: { ...part, sums: shown }, loud: { ...part, sums: loud }, any: { ...part, sums: any } };
}

function countCells({ left, top, right, bottom, wide, sums }, x1, y1, x2, y2) {
  const from = Math.max(left, Math.min(right, x1)) - left;
  const to = Math.max(left, Math.min(right, x2)) - left;
  const first = (Math.max(top, Math.min(bottom, y1)) - top) * wide;
  const last = (Math.max(top, Math.min(bottom, y2)) - top) * wide;
  return sums[last + to] - sums[last + from] - sums[first + to] + sums[first + from];
}

// The same of the cells of one unit, where they lie: if it gives way, of those that are near no other.
function sumMine({ columns, own, near, isLoud, spots, mine }, id) {
  if (mine.has(id)) return mine.get(id);
  const cells = spots[id];
  let [left, right] = [columns, 0];
  for (const cell of cells) {
    left = Math.min(left, cell % columns);
    right = Math.max(right, (cell % columns) + 1);
  }
  const [top, bottom] = cells.length ? [Math.floor(cells[0] / columns), Math.floor(cells[cells.length - 1] / columns) + 1] : [0, 0];
  const part = { left, top, right: Math.max(left, right), bottom, wide: Math.max(0, right - left) + 1 };
  part.sums = new Int32Array(part.wide * (bottom - top + 1));
  for (let row = top, above = 1; row < bottom; row += 1, above += 1) {
    let line = 0;
    for (let cell = row * columns + left; cell < row * columns + right; cell += 1, above += 1) {
      if (own[cell] === id + 1 && (isLoud[id + 1] || !near[cell])) line += 1;
      part.sums[above + part.wide] = part.sums[above] + line;
    }
  }
  mine.set(id, part);
  return part;
}

// The cells that a box covers; what gives way keeps clear of cells that it only touches.
function findCells({ frame, columns, rows }, box, isLoud) {
  const first = isLoud ? Math.round : Math.floor;
  const last = isLoud ? Math.round : Math.ceil;
  const left = first((box.left - frame.left) / cellSide);
  const top = first((box.top - frame.top) / cellSide);
  const right = Math.min(columns, Math.max(left + 1, last((box.right - frame.left) / cellSide)));
  const bottom = Math.min(rows, Math.max(top + 1, last((box.bottom - frame.top) / cellSide)));
  return { left: Math.max(0, left), top: Math.max(0, top), right, bottom };
}

// How much of a box lies in a unit, how much in it or in none, and how much in others with something to show: for a name
// that gives way, near them.
function readCells(grid, sums, id, box) {
  const isLoud = grid.isLoud[id + 1];
  const { left, top, right, bottom } = findCells(grid, box, isLoud);
  if (left >= right || top >= bottom) return { share: 0, fit: 0, others: 0 };
  const cells = (right - left) * (bottom - top);
  const mine = countCells(sumMine(grid, id), left, top, right, bottom);
  const none = cells - countCells(sums.any, left, top, right, bottom);
  const others = countCells(isLoud ? sums.shown : sums.loud, left, top, right, bottom) - (isLoud ? mine : 0);
  return { share: mine / cells, fit: (mine + none) / cells, others: others / cells };
}

// Name and sign around a middle; the sign stands under the name.
function standAt({ width, sign }, x, y, hasSign = true) {
  const part = (wide, top, height, kind) => ({ kind, left: x - wide / 2, right: x + wide / 2, top, bottom: top + height });
  if (!sign || !hasSign) return [part(width, y - nameHeight / 2, nameHeight, "name")];
  const top = y - (nameHeight + sign.height) / 2;
  return [part(width, top, nameHeight - 1, "name"), part(sign.width, top + nameHeight - 1, sign.height, "sign")];
}

// What is taken, by bands of the frame, so that whoever asks looks at few.
function makeRoom(taken = []) {
  const band = 32;
  const bands = new Map();
  const lines = [];
  const add = (parts) => {
    for (const part of parts) {
      for (let at = Math.floor(part.top / band); at <= Math.floor(part.bottom / band); at += 1) {
        if (bands.has(at)) bands.get(at).push(part);
        else bands.set(at, [part]);
      }
    }
  };
  const isApart = (part, other) => {
    const isRead = part.kind && other.kind && part.kind !== other.kind;
    return !overlap(part, other, 2, isRead ? signRoom : part.kind && other.kind ? 2 : 0);
  };
  const isAlone = (part) => {
    for (let at = Math.floor((part.top - signRoom) / band); at <= Math.floor((part.bottom + signRoom) / band); at += 1) {
      for (const other of bands.get(at) || []) if (!isApart(part, other)) return false;
    }
    return !lines.some((line) => strikes(line, part));
  };
  add(taken);
  return { add, addLeader: (leader) => lines.push(leader), isFree: (parts) => parts.every(isAlone) };
}

// Whether a line runs through a box. Asked very often: nothing is made here.
function strikes({ from, to }, { left, top, right, bottom }) {
  if ((from.x < left && to.x < left) || (from.x > right && to.x > right) || (from.y < top && to.y < top) || (from.y > bottom && to.y > bottom)) return false;
  const [across, down] = [to.x - from.x, to.y - from.y];
  const away = across * from.y - down * from.x;
  // On which side of the line each corner lies.
  const [a, b, c, d] = [across * top - down * left - away, across * top - down * right - away, across * bottom - down * left - away, across * bottom - down * right - away];
  return !((a > 0 && b > 0 && c > 0 && d > 0) || (a < 0 && b < 0 && c < 0 && d < 0));
}

function isCrossed({ from: a, to: b }, { from: c, to: d }) {
  const side = (p, q, r) => (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

// Middles of the cells of a unit, nearest to its middle first, and that itself: not all where there are very many. They
// are sorted ring by ring, for few names stand far from there.
function* listSpots({ grid: { columns, spots }, frame, units, seen }, id) {
  if (!seen.has(id)) {
    const { at } = units[id];
    const every = Math.max(1, Math.ceil(spots[id].length / 400));
    const rings = [[{ ...at, far: 0 }]];
    for (let index = 0; index < spots[id].length; index += every) {
      const cell = spots[id][index];
      const x = frame.left + ((cell % columns) + 0.5) * cellSide;
      const y = frame.top + (Math.floor(cell / columns) + 0.5) * cellSide;
      const far = Math.hypot(x - at.x, y - at.y);
      (rings[Math.floor(far / 16)] ??= []).push({ x, y, far });
    }
    seen.set(id, { rings, sorted: 0 });
  }
  const found = seen.get(id);
  for (let place = 0; place < found.rings.length; place += 1) {
    if (!found.rings[place]) continue;
    if (place >= found.sorted) found.rings[place].sort((a, b) => a.far - b.far);
    found.sorted = Math.max(found.sorted, place + 1);
    yield* found.rings[place];
  }
}

const awry = 150;

// The best place of a name in its unit: near the middle, and as far as possible wholly inside. `share` of it must
// lie there, `least` there or over no unit, and `most` may lie over others with something to show.
function findInside(desk, id, hasSign, { share: leastShare = 0.5, least, most = 0 }) {
  const { grid, sums, room, units, frame } = desk;
  const unit = units[id];
  const wanted = unit.width * nameHeight;
  if (grid.spots[id].length * cellSide ** 2 < leastShare * wanted) return null;
  let best = null;
  for (const { x, y, far } of listSpots(desk, id)) {
    if (best && far >= best.cost) break;
    const parts = standAt(unit, x, y, hasSign);
    let [share, fit, others] = [1, 1, 0];
    for (const part of parts) {
      const seen = readCells(grid, sums, id, part);
      share = Math.min(share, seen.share);
      fit = Math.min(fit, seen.fit);
      others = Math.max(others, seen.others);
      if (share < leastShare || fit < least || others > most) break;
    }
    const cost = far + (1 - share + others) * awry;
    if (share < leastShare || fit < least || others > most || (best && cost >= best.cost)) continue;
    if (parts.every((part) => isInside(part, frame, frameEdge)) && room.isFree(parts)) best = { cost, x, y, parts };
  }
  return best && { id, x: best.x, y: best.y, parts: best.parts, hasSign: hasSign && Boolean(unit.sign), isWhole: isWhole(grid, id, best.parts[0]) };
}

function isWhole(grid, id, { left, top, right, bottom }) {
  return holdsAll(grid, (cell) => grid.own[cell] === id + 1, { left: left - cellSide, top, right: right + cellSide, bottom });
}

// Whether a box lies wholly in cells of a kind.
function holdsAll(grid, isCounted, box) {
  const { left, top, right, bottom } = findCells(grid, box, true);
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) if (!isCounted(row * grid.columns + column)) return false;
  }
  return left < right && top < bottom;
}

// So many cells of a unit whose middle is out of view are a unit in view.
const leastSeen = 60;

// Where the leader of a unit begins: in its middle, or, where that is out of view, in what is seen of it.
function findDot(desk, id) {
  const { at } = desk.units[id];
  if (holds(desk.frame, at, 3)) return at;
  if (desk.grid.spots[id].length < leastSeen) return null;
  for (const spot of listSpots(desk, id)) if (holds(desk.frame, spot, 3)) return spot;
  return null;
}

function weighCover({ frame }, sums, { left, top, right, bottom }) {
  const across = (x) => Math.round((x - frame.left) / cellSide);
  const down = (y) => Math.round((y - frame.top) / cellSide);
  return countCells(sums, across(left), down(top), across(right), down(bottom));
}

// So near to names at the end of leaders no other may stand: it would be read as one of them.
const keepOff = ({ left, top, right, bottom }) => ({ left: left - 16, top: top - 11, right: right + 16, bottom: bottom + 11 });

// A column of names on one side of their dots: near them, over no other units if that can be helped, `mostCover` cells a
// row at most, and never over those with something to show or over what is taken.
function findColumn(desk, ids, side) {
  const { grid, room, units, frame, sums, mostCover } = desk;
  const dots = ids.map((id) => ({ id, ...desk.dots[id] })).sort((a, b) => a.y - b.y);
  const flat = ids.map((id) => units[id].sign?.flat ?? units[id].sign).filter(Boolean);
  const nameWide = Math.max(...ids.map((id) => units[id].width));
  const signWide = flat.length ? signGap + Math.max(...flat.map(({ width }) => width)) : 0;
  const [width, height] = [nameWide + signWide, ids.length * rowHeight];
  const [nearest, furthest] = side === "right" ? [Math.max(...dots.map(({ x }) => x)) + 24, frame.right - frameEdge - width] : [frame.left + frameEdge, Math.min(...dots.map(({ x }) => x)) - 24 - width];
  const aside = dots.reduce((sum, { x }) => sum + x, 0);
  const found = [];
  let least = Infinity;
  for (let top = frame.top + frameEdge; top + height <= frame.bottom - frameEdge; top += 10) {
    const down = 0.7 * dots.reduce((sum, { y }, index) => sum + Math.abs(top + (index + 0.5) * rowHeight - y), 0);
    if (down > 2 * least) continue;
    for (let left = nearest; left <= furthest; left += 10) {
      const box = { left, top, right: left + width, bottom: top + height };
      const far = down + (side === "right" ? ids.length * left - aside : aside - ids.length * box.right);
      if (far > 2 * least) continue;
      const cover = weighCover(grid, sums.any, box);
      if (far + 3 * cover > 2 * least || cover > mostCover * ids.length || (cover && weighCover(grid, sums.loud, box))) continue;
      const cost = far + 3 * cover + weighCover(grid, sums.any, { left: left - 18, top: top - 4, right: box.right + 18, bottom: box.bottom + 4 });
      least = Math.min(least, cost);
      if (cost <= 2 * least) found.push({ box, cover, cost, side });
    }
  }
  found.sort((a, b) => a.cost - b.cost);
  let best = null;
  let tried = 0;
  for (const column of found) {
    if ((best && column.cost >= best.cost) || tried > 12) break;
    if (!room.isFree([keepOff(column.box)])) continue;
    tried += 1;
    const leaders = untangle(dots, column);
    if (leaders.some((leader) => desk.taken.some((box) => strikes(leader, box)))) continue;
    const struck = leaders.reduce((sum, leader) => sum + desk.inside.filter(({ parts }) => parts.some((part) => strikes(leader, part))).length, 0);
    const cost = column.cost + 150 * struck;
    if (!best || cost < best.cost) best = { ...column, cost, leaders, nameWide };
  }
  return best;
}

// One row for each dot so that no two leaders cross: whoever swaps two that do makes both shorter together, so it ends.
function untangle(dots, { box, side }) {
  const [x, gap] = side === "right" ? [box.left, -6] : [box.right, 6];
  const leaders = dots.map((dot, row) => ({ id: dot.id, from: { x: dot.x, y: dot.y }, to: { x: x + gap, y: box.top + (row + 0.5) * rowHeight } }));
  for (let isTangled = true; isTangled; ) {
    isTangled = false;
    for (let one = 0; one < leaders.length; one += 1) {
      for (let other = one + 1; other < leaders.length; other += 1) {
        if (!isCrossed(leaders[one], leaders[other])) continue;
        [leaders[one].to, leaders[other].to] = [leaders[other].to, leaders[one].to];
        isTangled = true;
      }
    }
  }
  return leaders;
}

// One column or, where that is shorter or there are more names than it holds, one on each side.
function layColumns(desk, ids) {
  if (!ids.length) return [];
  const across = [...ids].sort((a, b) => desk.dots[a].x - desk.dots[b].x);
  const most = Math.floor((desk.frame.bottom - desk.frame.top - 2 * frameEdge) / rowHeight);
  const splits = [0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1].map((part) => Math.round(across.length * part));
  const tries = [...new Set(splits)].filter((split) => split <= most && across.length - split <= most).map((split) => {
    const sides = [["left", across.slice(0, split)], ["right", across.slice(split)]].filter(([, each]) => each.length);
    const columns = sides.map(([side, each]) => findColumn(desk, each, side));
    return { columns, cost: columns.reduce((sum, column) => sum + (column ? column.cost + 400 : Infinity), 0) };
  });
  const best = tries.filter(({ cost }) => cost < Infinity).sort((a, b) => a.cost - b.cost)[0];
  return best ? best.columns : null;
}

// Names and signs of a column each have their own line down, so that no name stands under the sign of the row above.
function listRows(desk, { box, side, leaders, nameWide }) {
  const signs = leaders.map(({ id }) => desk.units[id].sign?.flat ?? desk.units[id].sign);
  const nameRight = signs.some(Boolean) ? box.left + nameWide : box.right;
  return leaders.map((leader, row) => {
    const { id, to: { y } } = leader;
    const [{ width }, sign] = [desk.units[id], signs[row]];
    const left = side === "right" ? box.left : nameRight - width;
    const parts = [{ kind: "name", left, right: left + width, top: y - nameHeight / 2, bottom: y + nameHeight / 2 }];
    if (sign) parts.push({ kind: "sign", left: nameRight + signGap, right: nameRight + signGap + sign.width, top: y - sign.height / 2, bottom: y + sign.height / 2 });
    return { id, side, parts, hasSign: Boolean(sign), leader };
  });
}

// `taken` are boxes that nothing may run over, `lines` those that only leaders may; `units` in the order in which they are placed: `rings`, the middle `at`, `width` of the name, `sign` (`width`, `height`,
// and `flat` where it is another in a row of a column), `isLoud` where the name must be read, `isHeld` where it is read
// elsewhere. Gives what stands `inside`, the rows `beside`, the boxes of `columns`, and which are `left`: without a place,
// or without one for the sign.
function arrange({ frame, taken = [], lines = [], units, hasColumns = true, mostCover = Infinity, mostLed = 16, share = 0.5, least = 0.85, most = 0, quietLeast = 0.6 }) {
  const grid = rasterise(frame, units);
  const desk = { grid, sums: sumCells(grid), frame, units, taken, lines, mostCover, seen: new Map(), room: makeRoom([...taken, ...lines]), inside: [], dots: {} };
  const inView = [...units.keys()].filter((id) => !units[id].isHeld && (desk.dots[id] = findDot(desk, id)));
  const loud = inView.filter((id) => units[id].isLoud && !settle(desk, findInside(desk, id, true, { share, least, most })));
  const quiet = inView.filter((id) => !units[id].isLoud);
  const finish = (laid) => {
    standBeside(laid);
    if (hasColumns) leadAlone(laid, inView);
    const led = new Set(laid.beside.map(({ id }) => id));
    const rest = quiet.filter((id) => !led.has(id) && !settle(laid, findInside(laid, id, true, { least: quietLeast })));
    return { ...laid, led, rest };
  };
  let done = finish((hasColumns && layClear(desk, loud, findColumns)) || { ...copyDesk(desk), columns: [] });
  // Those that give way are led too, if that is a short list, `mostLed` at most, that covers no units to speak of.
  for (let wider = done; hasColumns && wider.rest.length && wider.led.size + wider.rest.length <= mostLed; ) {
    const laid = layClear(desk, [...wider.led, ...wider.rest], layColumns);
    if (!laid || laid.columns.some(({ cover, leaders }) => cover > 20 * leaders.length)) break;
    wider = finish(laid);
    if (wider.rest.length < done.rest.length) done = wider;
  }
  const named = new Set([...done.led, ...done.inside.map(({ id }) => id)]);
  const bare = inView.filter((id) => units[id].isLoud && !named.has(id)).filter((id) => !settle(done, findInside(done, id, true, { share, least, most })));
  // A name is worth more than what stands with it: what has no place yet goes without its sign and, of few, at the end of a
  // leader that may cross another.
  const plain = { ...done, units: units.map((unit) => ({ ...unit, sign: null })) };
  for (const id of bare) {
    if (settle(done, findInside(done, id, false, { share, least, most }))) continue;
    const row = hasColumns && (findAlone(plain, id) ?? (bare.length <= mostCrossing && findAlone(plain, id, true)));
    if (row) settleBeside(done, row);
  }
  return { inside: done.inside, beside: done.beside, columns: done.columns, left: [...bare, ...done.rest], inView: new Set(inView), room: done.room, grid };
}

const copyDesk = (desk, inside = desk.inside) => ({ ...desk, inside: [...inside], room: makeRoom([...desk.taken, ...desk.lines, ...inside.flatMap(({ parts }) => parts)]) });

// Columns whose leaders strike no name: a name in the way is led away too, and where that finds no end its striker is not.
function layClear(desk, ids, lay) {
  const without = (led) => copyDesk(desk, desk.inside.filter(({ id }) => !led.includes(id)));
  let led = ids;
  for (let round = 0; round < 12; round += 1) {
    const now = without(led);
    const columns = lay(now, led);
    if (!columns) return null;
    const leaders = columns.flatMap((column) => column.leaders);
    const isStruck = (leader, { parts }) => parts.some((part) => strikes(leader, part));
    const struck = now.inside.filter((place) => leaders.some((leader) => isStruck(leader, place))).map(({ id }) => id);
    if (!struck.length) return { ...now, columns };
    if (round < 5 && leaders.length === led.length) led = [...led, ...struck];
    else led = leaders.filter((leader) => !now.inside.some((place) => isStruck(leader, place))).map(({ id }) => id);
  }
  return null;
}

function settle(desk, place) {
  if (!place) return false;
  desk.room.add(place.parts);
  desk.inside.push(place);
  return true;
}

// As many as have room, the first ones of the order.
function findColumns(desk, ids) {
  for (let number = ids.length; number > 0; number = Math.floor(number * 0.9)) {
    const columns = layColumns(desk, ids.slice(0, number));
    if (columns) return columns;
  }
  return [];
}

function standBeside(desk) {
  desk.beside = [];
  for (const { box: { left, right, ...box } } of desk.columns) desk.room.add([{ ...box, left: left - 16, right: right + 16 }]);
  for (const row of desk.columns.flatMap((column) => listRows(desk, column))) settleBeside(desk, row);
}

function settleBeside(desk, row) {
  desk.room.add(row.parts);
  desk.room.addLeader(row.leader);
  desk.beside.push(row);
}

const mostCrossing = 6;

// Names that must be read and that no column took, each where it is free, nearest to its dot: of many this would be hay.
function leadAlone(desk, ids) {
  const named = new Set([...desk.inside, ...desk.beside].map(({ id }) => id));
  const rest = ids.filter((id) => desk.units[id].isLoud && !named.has(id));
  for (const id of rest.length > 12 ? [] : rest) {
    const row = findAlone(desk, id);
    if (row) settleBeside(desk, row);
  }
}

function findAlone(desk, id, mayCross = false) {
  const { grid, frame, units, dots, sums, room } = desk;
  const [{ width, sign }, { x, y }] = [units[id], dots[id]];
  const flat = sign?.flat ?? sign;
  const wide = width + (flat ? signGap + flat.width : 0);
  const found = [];
  for (let top = frame.top + frameEdge; top + rowHeight <= frame.bottom - frameEdge; top += 7) {
    for (let left = frame.left + frameEdge; left + wide <= frame.right - frameEdge; left += 10) {
      const box = { left, top, right: left + wide, bottom: top + rowHeight };
      if ((left < x + 12 && box.right > x - 12) || weighCover(grid, sums.any, box)) continue;
      const side = left > x ? "right" : "left";
      const far = Math.hypot((side === "right" ? left : box.right) - x, top + rowHeight / 2 - y);
      found.push({ box, side, far });
    }
  }
  found.sort((a, b) => a.far - b.far);
  const taken = [...desk.inside, ...desk.beside].flatMap(({ parts }) => parts).concat(desk.taken);
  for (const { box, side } of found) {
    const [row] = listRows(desk, { box, side, leaders: untangle([{ id, x, y }], { box, side }), nameWide: width });
    const isClear = !taken.some((other) => strikes(row.leader, other)) && (mayCross || !desk.beside.some(({ leader }) => isCrossed(leader, row.leader)));
    if (isClear && room.isFree([keepOff(box), ...row.parts])) return row;
  }
  return null;
}
