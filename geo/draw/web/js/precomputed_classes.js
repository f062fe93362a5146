// A view whose classes are given with the page. Of two functions of one name the later holds: these, not claims.js.

const writtenSummary = document.getElementById("summary").textContent;

function classUnits() {
  return new Map(data.units.map(({ code }) => [code, data.given.classes[code]]));
}

function sortKey(key) {
  return [data.given.rows.findIndex((row) => row.key === key)];
}

function legendRows(view, classes) {
  return data.given.rows.map((row) => ({ ...row, count: [...classes.values()].filter((key) => key === row.key).length }));
}

// Of which a unit has a broken outline where one source says present and another absent.
function visibleGroups(view, shown) {
  return view === "count" ? shown.filter((id) => groupById.get(id).kind === "group") : [];
}

function summarise() {
  return writtenSummary;
}
