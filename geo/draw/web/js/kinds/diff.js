// What differs between two tables: the changes of a unit above its claims, and all of them as a download.

const changed = data.change;

function listChangeRows() {
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
  const list = copies.length ? make("ul", { className: "changes" }, ...copies) : make("p", { textContent: given.lines[code].join(words.semicolon) });
  const { here, newer } = changed.headings;
  return [make("h3", { textContent: here }), list, make("h3", { textContent: newer })];
}

kinds.diff = {
  ...kinds.fixed,
  // A row of a sign counts whoever bears it, whatever the colour.
  isInRow: (code, key, each) => (changed.signs[key] ? given.signs[code]?.split(" ").includes(changed.signs[key]) : each.key === key),
  describeUnit: (code) => given.lines[code],
  detail: (code) => [...describeChanges(code), ...drawClaims(code)],
  rows: listChangeRows,
};
