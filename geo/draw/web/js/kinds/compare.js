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

function writeShare(found, measure) {
  const share = addUp(found.shared, measure) / addUp(found.union, measure);
  return Number.isFinite(share) ? writeNumber((share * 100).toFixed(1)) + words.percent : words.undefined;
}

// Key of a row of #measures -> what stands in it.
function measureGroups(ids, whatIf) {
  const found = compareGroups(ids, whatIf);
  return [
    ["shared", words.measure_shared, writeNumber(found.shared.size)],
    ...ids.map((id, place) => ["only:" + id, fill(words.measure_only, { group: groupById.get(id).name }), writeNumber(found.only[place].length)]),
    ["jaccard", words.measure_jaccard, writeFraction(found.shared.size, found.union.size)],
    ["coefficient", words.measure_coefficient, writeFraction(found.shared.size, found.smallest)],
    ["area", words.measure_area, writeShare(found, "area")],
    ...(data.units.some((unit) => unit.population) ? [["population", words.measure_population, writeShare(found, "population")]] : []),
  ];
}

function writeComparison(ids) {
  const found = compareGroups(ids, false);
  const counts = list(ids.map((id, place) => fill(words.compare_count, { group: groupById.get(id).name, n: found.sets[place].size })));
  return fill(found.shared.size ? words.compare_shared : words.compare_nothing, { counts, n: found.shared.size, names: nameUnits(found.shared) });
}

// With what is reported of these groups that is on no map, so that a footprint is not taken for all there is.
function summariseComparison(ids) {
  const items = offMapNow().filter((item) => item.groups.map(findRoot).some((id) => ids.includes(id))).map((item) => item.text);
  return writeComparison(ids) + (items.length ? " " + fill(words.compare_off_map, { items: items.join(words.semicolon) }) : "");
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

// A small map: the outlines of the static picture, each unit filled by what `paint` gives for its code.
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
  const each = ids.map((id) => noteOffMap(drawSmallMap(groupById.get(id).name, nameUnits(unitsOf(id)), paintFootprint(id), choose), id));
  // In ink, as the bars of the combinations: bands would blur at this size.
  const both = drawSmallMap(words.measure_shared, nameUnits(shared), (code) => (shared.has(code) ? data.colours.outline : bare), choose);
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
  for (const button of document.querySelectorAll("#combinations [data-units]")) {
    button.closest("tr").classList.toggle("here", Boolean(code) && button.dataset.units.split(",").includes(code));
  }
  for (const path of document.querySelectorAll("figure path[data-code]")) path.classList.toggle("chosen", path.dataset.code === code);
}

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

function wireComparison(onPair) {
  byId("pair").addEventListener("change", () => readPair().length > 1 && onPair(readPair()));
  for (const button of document.querySelectorAll("#matrix [data-pair]")) button.addEventListener("click", () => onPair(button.dataset.pair.split(",")));
  for (const button of document.querySelectorAll("#combinations [data-units]")) {
    button.addEventListener("click", () => {
      const pressed = button.getAttribute("aria-pressed") !== "true";
      for (const other of document.querySelectorAll("#combinations [data-units]")) other.setAttribute("aria-pressed", String(pressed && other === button));
      showUnits(pressed ? button.dataset.units.split(",") : []);
      byId("view").scrollIntoView({ block: "nearest" });
    });
  }
}

// A kind that compares as well: the report, and the page of comparisons alone.
const comparing = (other) => ({
  ...other,
  summarise: () => (state.view === "compare" ? summariseComparison(state.compared) : other.summarise()),
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
  },
  repaint(select) {
    other.repaint?.(select);
    drawComparison(state.compared, select);
  },
  mark: markUnit,
  wire(page) {
    other.wire?.(page);
    wireComparison((compared) => {
      Object.assign(state, { view: "compare", compared });
      page.refresh();
    });
  },
});

kinds.compare = comparing(kinds.claims);
