// The table of units: the cells that geo/draw/sections/grid.py writes, of what counts now.

const gridGroups = locatedGroups.map(({ id }) => id);
const isGridListed = gridGroups.length > mostChips;
const filledStates = ["named", "claimed", "region", "stale"];
const gridStates = [...filledStates, "able", "absent", "inconclusive", "other"];

function gridCell(id, code) {
  const state = stateOf(id, code);
  const { named, able, touched } = footprints.get(id) ?? {};
  const say = (levels) => levels.map(({ short, name }) => short ?? name).join(" + ");
  const can = able?.get(code);
  if (state === "able") return { state, text: "○ " + say(data.levels.filter((level) => can.has(level.id))) };
  if (state === "silent") return touched?.has(code) ? { state: "other", text: words["grid.other"] } : { state, text: "" };
  const here = named?.get(code);
  const levels = here ? [...data.levels].sort((a, b) => rankOf(b) - rankOf(a) || 0).filter((level) => here.has(level.id)) : [];
  const said = here ? [say(levels.filter(({ rank }, place) => !place || rank === undefined))] : [];
  if (state !== "named") said.push(words["grid." + state]);
  if (can) said.push("○");
  if (isDisputed(id, code)) said.push("≠");
  return { state, text: said.join(" ") };
}

function gridRows() {
  const sources = new Map(data.units.map(({ code }) => [code, new Set()]));
  for (const { units, source } of current) if (source) for (const code of units ?? []) sources.get(code).add(source);
  const counted = gridGroups.filter((id) => groupById.get(id).kind === "group");
  return data.units.map(({ code }) => {
    const cells = gridGroups.map((id) => gridCell(id, code));
    const gap = findBeside(code);
    const besides = gap !== "none" && !cells.some(({ text }) => text) ? words["class_" + gap] : "";
    return { code, cells, groups: counted.filter((id) => isNamed(id, code)).length, sources: sources.get(code).size, besides };
  });
}

// Of very many groups those that stand there, those alike together.
function listGridGroups(cells) {
  const alike = new Map();
  cells.forEach(({ state, text }, place) => text && alike.set(text, { state, text, names: [...(alike.get(text)?.names ?? []), groupById.get(gridGroups[place]).short] }));
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const found = [...alike.values()].sort((a, b) => gridStates.indexOf(a.state) - gridStates.indexOf(b.state) || compare(a.text, b.text));
  return found.map(({ text, names }) => fill(words.summary_one, { group: text, rest: names.sort(compare).join(words.comma) })).join(words.semicolon);
}

function drawGridCell({ state, text }) {
  const struck = text.endsWith("≠");
  const looks = [filledStates.includes(state) && state, struck && "disputed"].filter(Boolean);
  const heard = struck ? [make("i", { textContent: " " + words.hedge_disputed })] : [];
  return make("td", looks.length ? { className: looks.join(" ") } : {}, text, ...heard);
}

function drawGridRow({ cells, groups, sources, besides }) {
  const one = (textContent) => make("td", { textContent, colSpan: isGridListed ? 1 : cells.length });
  const drawn = besides ? [one(besides)] : isGridListed ? [one(listGridGroups(cells))] : cells.map(drawGridCell);
  return [...drawn, ...[groups, sources].map((number) => make("td", { textContent: writeNumber(number) }))];
}

const keepGrid = () => new Map(gridRows().map((row) => [row.code, JSON.stringify(row)]));
let [gridOf, gridNow] = [footprints, keepGrid()];
const findGridRows = () => new Map([...document.querySelectorAll("#units tbody a")].map((link) => [link.getAttribute("href").slice(6), link.closest("tr")]));

// Whatever changed what counts calls this; it writes the rows that say something else now.
function renewGrid() {
  if (gridOf === footprints) return false;
  gridOf = footprints;
  const [rows, places] = [gridRows(), findGridRows()];
  for (const row of rows) {
    const said = JSON.stringify(row);
    if (gridNow.get(row.code) !== said) places.get(row.code).replaceChildren(places.get(row.code).firstChild, ...drawGridRow(row));
    gridNow.set(row.code, said);
  }
  const found = new Set(rows.flatMap(({ cells }) => cells.flatMap(({ state, text }) => [state, text.includes("≠") && "disputed", text.includes("○") && "able"])));
  for (const { named, able } of footprints.values()) for (const levels of [...named.values(), ...able.values()]) for (const id of levels) found.add("level:" + id);
  for (const item of document.querySelectorAll("#grid-key [data-key]")) item.hidden = !found.has(item.dataset.key);
  if (byId("grid-when")) byId("grid-when").textContent = fill(words.grid_when, { when: data.steps[step].text });
  return true;
}

const repaintClaims = kinds.claims.repaint;
kinds.claims.repaint = (select) => {
  repaintClaims(select);
  renewGrid();
};
kinds.claims.wire = () => byId("units").addEventListener("click", ({ target }) => target.closest("td")?.parentElement.querySelector("th a").click());
