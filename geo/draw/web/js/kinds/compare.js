// Footprints compared: figures, small maps, the pair's ties; all pairs and combinations lead to the map.
// The same figures stand in geo/join/overlap.py and geo/draw/wording/compare.py; a browser test compares them.

function unitsOf(id, whatIf) {
  const footprint = footprints.get(id);
  if (!footprint) return new Set();
  return new Set([...footprint.named.keys(), ...(whatIf ? footprint.region : [])]);
}

function addUp(codes, measure) {
  return [...codes].reduce((sum, code) => sum + (unitByCode.get(code)[measure] ?? NaN), 0);
}

function compareGroups(ids, whatIf) {
  const sets = ids.map((id) => unitsOf(id, whatIf));
  const union = new Set(sets.flatMap((set) => [...set]));
  const shared = new Set([...union].filter((code) => sets.every((set) => set.has(code))));
  const only = sets.map((set, place) => [...set].filter((code) => sets.every((other, at) => at === place || !other.has(code))));
  return { sets, union, shared, only, smallest: Math.min(...sets.map((set) => set.size)) };
}

function writeFraction(part, whole) {
  return whole ? `${writeNumber(part)}/${writeNumber(whole)} = ${writeNumber((part / whole).toFixed(2))}` : words.undefined;
}

// What all of two or three groups are called, and any of them.
function sayTogether(ids) {
  return ids.length < 3 ? { all: words.both, any: words.either } : { all: words.all_three, any: words.any_of_three };
}

const nameShared = (ids) => fill(words.measure_shared, sayTogether(ids));

// In whole per cent, never a little as nothing or most of it as all.
function writeShare(share) {
  if (share > 0 && share < 0.01) return words.share_under;
  if (share > 0.99 && share < 1) return words.share_over;
  return writeNumber((share * 100).toFixed(0)) + words.percent;
}

function sayShareOf(ids, { shared, union }, measure, what, forms) {
  const share = addUp(shared, measure) / addUp(union, measure);
  if (!Number.isFinite(share)) return words.undefined;
  return fill(forms[union.size === 1 ? 0 : 1], { share: writeShare(share), what, n: union.size, ...sayTogether(ids) });
}

// Key of a row of #measures -> what stands in it.
function measureGroups(ids, whatIf) {
  const found = compareGroups(ids, whatIf);
  const together = sayTogether(ids);
  const shares = [["area", words.measure_area, words.the_area]];
  if (data.units.some((unit) => unit.population)) shares.push(["population", words.measure_population, words.the_people]);
  return [
    ["shared", nameShared(ids), writeNumber(found.shared.size)],
    ...ids.map((id, place) => ["only:" + id, fill(words.measure_only, { group: groupById.get(id).name }), writeNumber(found.only[place].length)]),
    ...shares.map(([measure, label, what]) => [measure, label, sayShareOf(ids, found, measure, what, whatIf ? words.share_of_if : words.share_of)]),
    ["jaccard", fill(words.measure_jaccard, together), writeFraction(found.shared.size, found.union.size)],
    ["coefficient", fill(words.measure_coefficient, together), writeFraction(found.shared.size, found.smallest)],
  ];
}

// As write_comparison_headline in geo/draw/wording/compare.py says it.
function writeComparisonHeadline(ids) {
  const { shared, union: { size: total } } = compareGroups(ids, false);
  const n = shared.size;
  const groups = list(ids.map((id) => groupById.get(id).name));
  if (!total) return fill(words.headline_compare_empty, { groups });
  const said = n === total ? words.headline_compare_same[n === 1 ? 0 : 1] : n ? words.headline_compare : words.headline_compare_none;
  const units = data.units.filter(({ code }) => shared.has(code));
  return hedge(fill(said, { groups, n, total, ...sayTogether(ids) }), units, ids, ids, total);
}

function countUnits(id, place, { size: n }) {
  const group = groupById.get(id).name;
  if (!n) return fill(place ? words.compare_next_none : words.compare_first_none, { group });
  const said = footprints.get(id).isOpen ? fill(words.at_least_in, { places: n }) : n;
  return fill(place ? words.compare_next : words.compare_first[n === 1 ? 0 : 1], { group, n: said });
}

// Units that all groups are named in by name; of more than so many only how many.
function writeComparison(ids, most = Infinity) {
  const { sets, shared, union } = compareGroups(ids, false);
  const counts = ids.map((id, place) => countUnits(id, place, sets[place])).join(words.comma);
  const where = shared.size > most ? writeNumber(shared.size) : nameUnits(shared);
  let said = union.size ? fill(shared.size ? words.compare_together : words.compare_apart, { counts, where, ...sayTogether(ids) }) : counts;
  for (const [test, forms] of [[isClaimed, words.compare_claimed], [isDisputed, words.summary_disputed]]) {
    said += sayAny(forms, [...union].filter((code) => ids.some((id) => test(id, code))).length);
  }
  const old = data.units.filter(({ code }) => !union.has(code) && !ids.some((id) => isRegion(id, code)) && ids.some((id) => isStale(id, code))).length;
  return fill(words.stop, { said: said + sayAny(words.compare_stale, old) + sayOpen(ids) });
}

// Whether claims speak of each of some units, and none of them of any of these groups.
function areOfOthers(ids, codes) {
  const speaks = ({ touched, able, absent, inconclusive }, code) => [touched, able, absent, inconclusive].some((each) => each.has(code));
  const own = ids.flatMap((id) => footprints.get(id) ?? []);
  return codes.every((code) => [...footprints.values()].some((each) => speaks(each, code)) && !own.some((each) => speaks(each, code)));
}

function comparedRows(view, classes) {
  const rows = legendRows(view, classes);
  const left = [...classes.keys()].filter((code) => classes.get(code).gap === "other");
  if (view !== "compare" || !areOfOthers(state.compared, left)) return rows;
  return rows.map((row) => (row.gap === "other" ? { ...row, label: words.compare_others } : row));
}

function drawMeasures(ids) {
  const whatIf = measureGroups(ids, true);
  const rows = measureGroups(ids, false).map(([key, label, value], place) => {
    const row = make("tr", {}, make("th", { scope: "row", textContent: label }), make("td", { textContent: value }), make("td", { textContent: whatIf[place][2] }));
    row.dataset.measure = key;
    return row;
  });
  document.querySelector("#measures tbody").replaceChildren(...rows);
}

function nameUnits(codes) {
  return list([...codes].map((code) => unitByCode.get(code).name).sort());
}

function countNamed(id) {
  const { named, region, stale } = footprints.get(id) ?? {};
  const codes = [...(named?.keys() ?? [])];
  const hedges = [[isClaimed, words.summary_claimed], [isDisputed, words.summary_disputed]];
  const more = [
    region?.size ? fill(words.small_region, { n: region.size }) : "",
    stale?.size ? fill(words.summary_stale, { n: stale.size }) : "",
    ...hedges.map(([test, forms]) => sayAny(forms, codes.filter((code) => test(id, code)).length)),
  ].join("");
  return make("p", { className: "region-note", textContent: fill(words.small_named, { n: writeNamed(id, named?.size ?? 0), total: data.units.length }) + more });
}

// What is reported of a group that no map can show stands below its small map.
function noteOffMap(figure, id) {
  const items = offMapNow().filter((item) => item.groups.map(findRoot).includes(id)).map((item) => item.text);
  if (items.length) figure.append(make("p", { className: "region-note", textContent: fill(words.compare_off_map, { items: items.join(words.semicolon) }) }));
  return figure;
}

const bare = "url(#fill-none)";

function paintFootprint(id) {
  return (code) => (isNamed(id, code) || isRegion(id, code) ? fillGroups([{ id, standing: standingOf(id, code) }]) : bare);
}

function drawSmallMaps(ids, choose) {
  const { shared } = compareGroups(ids, false);
  const each = ids.map((id) => {
    const figure = drawSmallMap(groupById.get(id).name, nameUnits(unitsOf(id)), paintFootprint(id), choose);
    figure.append(countNamed(id));
    return noteOffMap(figure, id);
  });
  // In ink, as the bars of the combinations: bands would blur at this size.
  const both = drawSmallMap(nameShared(ids), nameUnits(shared), (code) => (shared.has(code) ? data.colours.outline : bare), choose);
  both.append(make("p", { className: "region-note", textContent: fill(words.small_named, { n: shared.size, total: data.units.length }) }));
  byId("small-maps").replaceChildren(...each, both);
}

function drawTiesBetween(ids) {
  const between = [...document.querySelectorAll("#ties [data-groups]")].filter((item) => {
    const ends = item.dataset.groups.split(",");
    return ids.filter((id) => ends.includes(id)).length > 1;
  });
  const heading = make("h3", { textContent: between.length ? words.ties_between : words.ties_none });
  byId("ties-between").replaceChildren(heading, make("ul", {}, ...between.map((item) => make("li", {}, ...[...item.cloneNode(true).childNodes]))));
}

function showUnits(codes) {
  for (const [code, layer] of unitLayers) layer.getElement().classList.toggle("dim", codes.length > 0 && !codes.includes(code));
}

function markChosen(ids) {
  const same = (wanted) => wanted.length === ids.length && wanted.every((id) => ids.includes(id));
  for (const button of document.querySelectorAll("#matrix [data-pair]")) button.setAttribute("aria-pressed", String(same(button.dataset.pair.split(","))));
}

// A unit chosen on the map marks its combination, and the small maps follow.
function markUnit(code) {
  for (const row of listCombinations()) {
    const isHere = Boolean(code) && row.dataset.units.split(",").includes(code);
    row.classList.toggle("here", isHere);
    if (isHere && row.closest("details")) row.closest("details").open = true;
  }
  for (const path of document.querySelectorAll("figure path[data-code]")) path.classList.toggle("chosen", path.dataset.code === code);
}

const listCombinations = () => document.querySelectorAll("#combinations [data-units]");

function drawComparison(ids, choose) {
  byId("comparison").textContent = writeComparison(ids);
  drawMeasures(ids);
  drawSmallMaps(ids, choose);
  drawTiesBetween(ids);
  markChosen(ids);
  showUnits([]);
}

function readPair() {
  return [...new Set([...document.querySelectorAll("#pair select")].map((select) => select.value).filter(Boolean))];
}

function showPair(ids) {
  document.querySelectorAll("#pair select").forEach((select, place) => (select.value = ids[place] || ""));
}

// What a cell or a row says becomes a button: without a script it would do nothing.
function makeButton(cell) {
  const button = make("button", { type: "button" }, ...cell.childNodes);
  button.setAttribute("aria-pressed", "false");
  cell.append(button);
  return button;
}

// Of many groups the matrix is to be read: thousands of buttons would stand in the way of the keyboard.
function wireMatrix(onPair) {
  const rows = [...document.querySelectorAll("#matrix:not(.large) tbody tr")];
  rows.forEach((row, at) => rows.forEach((other, column) => {
    if (at === column) return;
    const cell = row.cells[column + 1];
    const pair = [row.dataset.of, other.dataset.of];
    const label = pair.map((id) => groupById.get(id).name).join(words.comma) + ": " + cell.textContent;
    const button = makeButton(cell);
    button.dataset.pair = pair;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => onPair(pair));
  }));
}

function wireComparison(onPair) {
  byId("pair").addEventListener("change", () => readPair().length > 1 && onPair(readPair()));
  wireMatrix(onPair);
  const buttons = new Map([...listCombinations()].map((row) => [makeButton(row.lastElementChild ?? row), row]));
  for (const [button, row] of buttons) {
    button.addEventListener("click", () => {
      const pressed = button.getAttribute("aria-pressed") !== "true";
      for (const other of buttons.keys()) other.setAttribute("aria-pressed", String(pressed && other === button));
      showUnits(pressed ? row.dataset.units.split(",") : []);
      byId("view").scrollIntoView({ block: "nearest" });
    });
  }
}

// Whether the link asked for groups that this table does not locate.
let isAmiss = false;

// A kind that compares as well: the report, and the page of comparisons alone.
const comparing = (other) => ({
  ...other,
  headline: () => (state.view === "compare" ? writeComparisonHeadline(state.compared) : other.headline()),
  summarise: () => (state.view === "compare" ? writeComparison(state.compared, mostNames) : other.summarise()),
  isAsWritten: () => (state.view === "compare" ? data.view === "compare" && state.compared.join() === data.choices.compared.join() : other.isAsWritten()),
  legendRows: comparedRows,
  sayNoneOffMap: () => (state.view === "compare" ? words.all_on_map_chosen : other.sayNoneOffMap()),
  read(asked) {
    other.read(asked);
    const wanted = (asked.get("compare") || "").split(",").filter(Boolean);
    isAmiss = wanted.length > 1 && wanted.some((id) => !locatedGroups.some((group) => group.id === id));
  },
  *states() {
    yield* other.states();
    const ids = locatedGroups.slice(0, 8).map(({ id }) => id);
    const after = (id) => ids.slice(ids.indexOf(id) + 1);
    const pairs = ids.flatMap((id) => after(id).map((other) => [id, other]));
    const trios = pairs.flatMap((pair) => after(pair[1]).map((third) => [...pair, third]));
    for (const compared of [...pairs, ...trios]) yield { view: "compare", compared };
  },
  showSwitches() {
    other.showSwitches();
    showPair(state.compared);
    byId("pair-note").textContent = isAmiss ? fill(words.compare_gone, { groups: list(state.compared.map((id) => groupById.get(id).name)) }) : "";
    // The figures beside groups that are not compared are of no use here.
    for (const row of document.querySelectorAll("#groups-shown tr[data-of]")) row.hidden = state.view === "compare" && !state.compared.includes(row.dataset.of);
  },
  repaint(select) {
    other.repaint?.(select);
    drawComparison(state.compared, select);
  },
  mark: markUnit,
  wire(page) {
    other.wire?.(page);
    wireComparison((compared) => {
      isAmiss = false;
      Object.assign(state, { view: "compare", compared });
      page.refresh();
    });
  },
});

kinds.compare = comparing(kinds.claims);
