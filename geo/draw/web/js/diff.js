// What differs between two tables comes with the data, classes, signs and sentences too: one table cannot give them.
// The functions down to `csvRows` take the place of those of the same name, which stand before them.

const changed = data.change;

function classUnits() {
  return new Map(Object.entries(changed.classes));
}

function visibleGroups() {
  return [];
}

function signOf(key, code) {
  return changed.signs[code];
}

function describeUnit(code) {
  return changed.lines[code];
}

function summarise() {
  return changed.summary;
}

function sortKey(key) {
  return [changed.legend.findIndex((row) => row.key === key)];
}

function legendRows(view, classes) {
  const count = (key) => [...classes.values()].filter((each) => each === key).length;
  return changed.legend.map(({ key, label }) => ({ key, label, count: count(key) }));
}

function csvRows() {
  const rows = [["code", "pcode", words.noun, "change", "group", "group_name", "was", "now", "instead", "older_sources", "newer_sources", "changed_date", "changed_reason"]];
  const older = new Map(changed.old.records.map((record) => [record.number, record]));
  const newer = (number) => data.records[number - 1];
  const name = (code) => [code, unitByCode.get(code)?.pcode, unitByCode.get(code)?.name];
  const who = (ids) => [ids.join("; "), ids.map((id) => changed.names[id]).join("; ")];
  const cite = (records) => [...new Set(records.map((record) => record.source).filter(Boolean))].join("; ");
  for (const { kind, group, units: codes, was = [], now = [], instead, old: before, new: after } of changed.changes) {
    const sides = [cite(before.map((number) => older.get(number))), cite(after.map(newer))];
    for (const code of codes) rows.push([...name(code), kind, ...who([group]), was.join("; "), now.join("; "), instead, ...sides]);
  }
  for (const { groups, units: codes, old: before, new: after, changed: { date, reason } } of changed.corrections) {
    const sides = [cite(before ? [older.get(before)] : []), cite(after ? [newer(after)] : [])];
    for (const code of codes.length ? codes : [""]) rows.push([...name(code), "corrected", ...who(groups), "", "", "", ...sides, date, reason]);
  }
  return rows;
}

// What differs in a unit, as the list of changes has it, with the evidence of both tables.
function describeChanges(code) {
  const items = [...document.querySelectorAll("#changes li[data-units]")].filter((item) => item.dataset.units.split(" ").includes(code));
  const copies = items.map((item) => {
    const copy = item.cloneNode(true);
    copy.prepend(make("strong", { textContent: item.dataset.label }));
    return copy;
  });
  const list = copies.length ? make("ul", { className: "changes" }, ...copies) : make("p", { textContent: changed.lines[code].join(words.semicolon) });
  const { here, newer } = changed.headings;
  return [make("h3", { textContent: here }), list, make("h3", { textContent: newer })];
}
