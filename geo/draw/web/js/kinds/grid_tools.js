// The table of units to search, filter and sort.

let gridSort = { column: 0, isDown: true };
let gridBodies = [];

// The stronger the lower: named at a high level, then the states in their order, then no record.
function weighCell(id, code) {
  const place = gridStates.indexOf(gridCell(id, code).state);
  return (place < 0 ? gridStates.length : place) * 1e6 - (isNamed(id, code) ? Math.max(-1, rankOf(strongestLevel(id, code))) : 0);
}

function weighRow(row, column) {
  if (column > gridWidth) return -(column === gridWidth + 1 ? row.groups : row.sources);
  return gridWidth === gridGroups.length ? weighCell(gridGroups[column - 1], row.code) : listGridGroups(row.cells);
}

// By the first column they stand by region again.
function sortGrid() {
  const { column, isDown } = gridSort;
  const table = byId("units");
  for (const [body, rows] of gridBodies) body.append(...rows);
  table.classList.toggle("flat", column > 0);
  table.querySelectorAll("thead th").forEach((header, place) => {
    if (place && place === column) header.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    else header.removeAttribute("aria-sort");
  });
  if (!column) return;
  const places = findGridRows();
  const weighed = gridRows().map((row) => [weighRow(row, column), places.get(row.code)]);
  weighed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (isDown ? 1 : -1));
  table.tBodies[0].append(...weighed.map(([, row]) => row));
}

function filterGrid() {
  const [text, group, level] = [fold(byId("filter-text").value), byId("filter-group").value, byId("filter-level").value];
  const fits = (record, code) =>
    record.units && record.units.includes(code) && (!group || record.groups.map(findRoot).includes(group)) && (!level || record.level === level);
  let shown = 0;
  for (const [code, row] of findGridRows()) {
    row.hidden = !fold(row.textContent).includes(text) || ((group || level) && !current.some((record) => fits(record, code)));
    shown += row.hidden ? 0 : 1;
  }
  for (const body of byId("units").tBodies) body.hidden = !body.querySelector("tr:not([hidden]) a");
  byId("filter-count").textContent = fill(words.table_shown, { n: shown, total: data.units.length });
}

const isFiltered = () => ["filter-text", "filter-group", "filter-level"].some((id) => byId(id).value);

function wireGridTools() {
  gridBodies = [...byId("units").tBodies].map((body) => [body, [...body.rows]]);
  for (const id of ["filter-text", "filter-group", "filter-level"]) byId(id).addEventListener("input", filterGrid);
  document.querySelectorAll("#units thead th").forEach((header, column) => {
    const button = make("button", { type: "button", className: "sort" }, ...header.childNodes);
    button.addEventListener("click", () => {
      gridSort = { column, isDown: column !== gridSort.column || !gridSort.isDown };
      sortGrid();
      filterGrid();
    });
    header.replaceChildren(button);
  });
}

const { repaint: repaintGrid, wire: wireCells } = kinds.claims;
Object.assign(kinds.claims, {
  repaint(select) {
    const before = gridOf;
    repaintGrid(select);
    if (gridOf === before) return;
    if (gridSort.column) sortGrid();
    if (isFiltered()) filterGrid();
  },
  wire(page) {
    wireCells(page);
    wireGridTools();
  },
});
