// The table of units: the cells that geo/draw/sections/grid.py writes, of what counts now.

const gridGroups = locatedGroups.map(({ id }) => id);
const filledStates = ["named", "claimed", "region", "stale"];
const gridStates = [...filledStates, "able", "absent", "inconclusive", "other"];

function gridCell(id, code) {
  const state = stateOf(id, code);
  const { named, able, touched } = footprints.get(id) ?? {};
  if (state === "silent") return touched?.has(code) ? { state: "other", text: words["grid.other"] } : { state, text: "" };
  const say = (levels) => levels.map(({ short, name }) => short ?? name).join(" + ");
  const [here, can] = [named?.get(code), able?.get(code)];
  const all = here ? orderLevels(id, code) : [];
  const told = all.filter(({ rank }, place) => !place || rank === undefined);
  const abilities = state === "able" ? data.levels.filter((level) => can.has(level.id)) : [];
  const said = [
    say(told),
    words["grid." + state],
    can && "○",
    say(abilities),
    isDisputed(id, code) && "≠",
  ];
  const title = told.length < all.length ? all.map(({ name }) => name).join(words.comma) : "";
  return { state, text: said.filter(Boolean).join(" "), levels: [...told, ...abilities].map((level) => level.id), title };
}

function gridRows() {
  const sources = new Map(data.units.map(({ code }) => [code, new Set()]));
  for (const { units, source } of current) if (source) for (const code of units ?? []) sources.get(code).add(source);
  const counted = gridGroups.filter(isGroup);
  return data.units.map(({ code }) => {
    const cells = gridGroups.map((id) => gridCell(id, code));
    const gap = findBeside(code);
    const besides = gap !== "none" && !cells.some(({ text }) => text) ? words["class_" + gap] : "";
    return { code, cells, groups: counted.filter((id) => isNamed(id, code)).length, sources: sources.get(code).size, besides };
  });
}

const listLooks = ({ state, text }) => [state, ...(text.endsWith("≠") ? ["disputed"] : []), ...(text.includes("○") ? ["able"] : [])];

function drawGridCell({ state, text, title }) {
  const struck = text.endsWith("≠");
  const looks = [filledStates.includes(state) && state, struck && "disputed"].filter(Boolean);
  const heard = struck ? [make("small", { textContent: " " + words.hedge_disputed })] : [];
  return make("td", { ...(looks.length && { className: looks.join(" ") }), ...(title && { title }) }, text, ...heard);
}

// A column for each group, or else one.
let gridWidth = gridGroups.length;
let drawGridCells = (cells) => cells.map(drawGridCell);

function drawGridRow({ cells, groups, sources, besides }) {
  const drawn = besides ? [make("td", { textContent: besides, colSpan: gridWidth })] : drawGridCells(cells);
  return [...drawn, ...[groups, sources].map((number) => make("td", { textContent: writeNumber(number) }))];
}

let gridOf = footprints;
const findGridRows = () => new Map([...document.querySelectorAll("#units tbody a")].map((link) => [link.getAttribute("href").slice(6), link.closest("tr")]));

// Whatever changed what counts calls this; where that stayed as it was, nothing is written.
function renewGrid() {
  if (gridOf === footprints) return;
  gridOf = footprints;
  const [rows, places] = [gridRows(), findGridRows()];
  for (const row of rows) places.get(row.code).replaceChildren(places.get(row.code).firstChild, ...drawGridRow(row));
  const cells = rows.flatMap((row) => row.cells);
  const there = new Set(cells.flatMap(listLooks));
  const told = new Set(cells.flatMap(({ levels }) => levels ?? []));
  for (const item of document.querySelectorAll("#grid-key span")) {
    item.hidden = !(item.dataset.level ? told.has(item.dataset.level) : there.has(item.dataset.look));
  }
}

const repaintClaims = kinds.claims.repaint;
kinds.claims.repaint = (select) => {
  repaintClaims(select);
  renewGrid();
};
kinds.claims.wire = () => byId("units").addEventListener("click", ({ target }) => target.closest("td")?.parentElement.querySelector("th a").click());
