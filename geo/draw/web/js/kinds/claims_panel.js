// Beside the map of claims: switches, the claims of one unit, the state in an address, the download.

Object.assign(state, { shown: [...data.choices.groups], compared: data.choices.compared || [] });
const inSlotOrder = (ids) => locatedGroups.map((group) => group.id).filter((id) => ids.includes(id));
const shownNow = () => (state.view === "compare" ? inSlotOrder(state.compared) : state.shown);

function drawClaimSwitches(form, onChange) {
  for (const input of groupSwitches()) if (input.type === "radio") input.value = "level:" + input.value;
  const inRows = new Set([...groupSwitches()].map(({ value }) => value));
  const apart = [...views].filter(([view]) => !inRows.has(view));
  const [ones, all] = [true, false].map((isOne) => apart.filter(([, { group }]) => Boolean(group) === isOne));
  if (views.size > 1) form.append(...all.map(([view, { label }]) => makeSwitch(view, label, view === state.view)));
  if (ones.length) form.querySelector("label:nth-of-type(2)").after(chooseOne(ones));
  for (const input of groupSwitches()) input.style.accentColor = groupById.get(input.closest("tr").dataset.of).colour;
  byId("view").addEventListener("change", ({ target }) => {
    if (!target.matches("input[name=view], [data-group], #one-group")) return;
    readSwitches(target);
    onChange();
  });
}

const groupSwitches = () => document.querySelectorAll("#groups-shown input");

function readSwitches(target) {
  if (target.id === "one-group") state.view = target.value || data.view;
  else if (target.name === "view") state.view = target.value;
  const boxes = [...document.querySelectorAll("#groups-shown [type=checkbox]")];
  if (boxes.length) state.shown = boxes.filter(({ checked }) => checked).map(({ value }) => value);
}

function showClaimSwitches() {
  for (const input of document.querySelectorAll("input[name=view]")) input.checked = input.value === state.view;
  if (byId("one-group")) byId("one-group").value = views.get(state.view).group ? state.view : "";
  byId("pair")?.toggleAttribute("hidden", state.view !== "compare");
  for (const input of document.querySelectorAll("#groups-shown [type=checkbox]")) {
    input.checked = state.shown.includes(input.value);
    input.disabled = state.view !== "overlay";
  }
}

// What no map can show of the groups that are shown stands beside it, with what each rests on.
const offMap = byId("off-map");
const offMapAsWritten = { class: offMap?.className, nodes: [...(offMap?.childNodes ?? [])] };

function renewOffMap() {
  if (!offMap) return;
  const { class: className, nodes } = offMapAsWritten;
  if (kind.isAsWritten() && byId("claims")) {
    offMap.className = className;
    offMap.replaceChildren(...nodes);
    return;
  }
  const items = listOffMap(state.view, shownNow()).map(({ text, record }) => make("li", {}, text + " ", linkRecord(record)));
  const said = items.length ? make("ul", {}, ...items) : make("p", { textContent: kind.sayNoneOffMap() });
  offMap.className = items.length || nodes[2] ? "" : "nothing";
  offMap.replaceChildren(nodes[0], said, ...nodes.slice(2));
}

function linkRecord(index) {
  const number = index + 1;
  if (!byId("record-" + number)) return findEvidence(data.records[index]);
  return make("a", { href: "#record-" + number, textContent: fill(words.record_number, { n: number }) });
}

// A filled chip says its group's colour; the faint one of a group that no record names is told with the others.
const selfEvident = ["chip.named", "chip.silent"];

// The figures beside the groups, and what their chips look like.
function renewGroupRows() {
  renewOffMap();
  const looks = hasChips(shownNow()) ? listChipLooks(shownNow()) : [];
  const items = looks.map(([key, look]) => make("li", {}, svg("svg", { width: chipSide, height: chipSide, "aria-hidden": "true" }, drawChip({ colour: data.colours.outline, ...look }, 0, 0)), make("span", { textContent: words[key] })));
  byId("chip-key").replaceChildren(...items);
  byId("chip-key").hidden = !looks.length || !(isCrowded(state.view, state.shown) || looks.some(([key]) => !selfEvident.includes(key)));
  const counts = countGroupRows(shownNow());
  for (const cell of document.querySelectorAll("#groups-shown [data-count]")) {
    const [{ of: id }, { count }] = [cell.parentElement.dataset, cell.dataset];
    cell.textContent = count === "named" ? writeNamed(id, counts.get(id).named) : writeNumber(counts.get(id)[count]);
  }
}

const recordNumbers = new Map(data.records.map((record, index) => [record, index + 1]));

function findEvidence(record) {
  const written = document.querySelector(`#record-${recordNumbers.get(record)} .evidence`);
  if (!written) return kind.describeEvidence(record);
  const copy = written.cloneNode(true);
  // The list speaks of the table's day; at an earlier step, or as of another, the record was not out of date yet.
  const old = copy.querySelector(".stale");
  if (!record.stale) old?.parentElement.remove();
  else if (!old) copy.prepend(make("p", { textContent: levelById.get(record.level).stale }));
  return copy;
}

// What a source does not say, or looked for and did not find, comes first; the level of a presence only where there is one.
function describeClaim({ record, ids }) {
  const evidence = findEvidence(record);
  const level = levelById.get(record.level).name;
  const names = list(ids.map((id) => groupById.get(id).name));
  const denied = record.finding ? words["class_" + record.finding] : isCapability(record.level) ? words.class_capability : "";
  const item = make("li", {});
  if (record.place === "region") {
    const region = fill(words.claim_region_name, { region: record.region });
    const said = record.as_written ? [make("q", { textContent: record.as_written, dir: "auto" }), ` (${region})`] : [region];
    item.append(make("p", {}, make("strong", { textContent: words.claim_region }), " ", ...said));
    if (record.as_written) [...evidence.children].find(({ textContent }) => textContent.includes(record.as_written))?.remove();
  }
  const isLed = denied || record.place !== "region";
  if (isLed) item.append(make("p", {}, make("strong", { textContent: denied || level })));
  item.append(make("p", { textContent: record.finding || (isLed && !denied) ? names : fill(words.unit_named, { group: names, levels: level }) }), evidence);
  if (!denied) item.style.borderImage = stripe(ids.map((id) => groupById.get(id).colour || data.colours.outline), record.place === "region");
  return item;
}

// The colours of groups one below the other, in dots where only a region is named.
function stripe(colours, isDotted) {
  const stops = colours.map((colour, place) => (isDotted ? `${colour} ${place * 8}px ${place * 8 + 4}px, transparent 0 ${place * 8 + 8}px` : `${colour} 0 ${(100 * (place + 1)) / colours.length}%`));
  return `repeating-linear-gradient(${stops.join()}) 1`;
}

// Claims that differ in nothing but their group are one.
function joinClaims(records) {
  const claims = new Map();
  for (const record of records) {
    const { groups, units, id, ...rest } = record;
    const same = JSON.stringify([rest, findEvidence(record).innerHTML]);
    claims.set(same, { record, ids: [...(claims.get(same)?.ids ?? []), ...groups] });
  }
  const placeOf = (id) => data.groups.indexOf(groupById.get(id));
  const order = ({ record, ids }) => (record.place === "region" ? 1000 : 0) + Math.min(...ids.map(placeOf));
  return [...claims.values()].sort((a, b) => order(a) - order(b));
}

const describeRecords = (records) => joinClaims(records).map(describeClaim);
const describeClaims = (code) => describeRecords(current.filter((record) => record.units?.includes(code)));

// What is said of no unit by name may be meant of any; which kind of page says that elsewhere, says none here.
function listAsides(code) {
  const country = [...new Set(listNationwide())].map((id) => groupById.get(id).name);
  const anywhere = findBeside(code) === "na" ? [] : offMapNow().filter(({ record }) => data.records[record].place === "unlocated").map(({ text }) => text);
  return [
    ...(country.length ? [fill(words.detail_nationwide, { groups: list(country) })] : []),
    ...(anywhere.length ? [fill(words.detail_unlocated, { items: anywhere.join(words.semicolon) })] : []),
  ];
}

function listNationwide() {
  return current.filter((record) => record.place === "nationwide" && !record.finding && !isCapability(record.level)).flatMap((record) => record.groups);
}

function drawClaims(code) {
  const claims = kind.describeClaims(code);
  const stated = describeStatements(code);
  const silence = stated.length ? words.class_none : words.detail_silence;
  const none = () => make("p", { textContent: { other: words.class_other, na: words.class_na }[findBeside(code)] ?? silence });
  const body = claims.length ? make("ul", { className: "claims" }, ...claims) : none();
  return [body, ...stated, ...kind.listAsides(code).map((textContent) => make("p", { className: "aside", textContent }))];
}

// What the list of groups says in a statement that speaks of the unit.
function describeStatements(code) {
  const here = (data.statements || []).map((statement, place) => ({ ...statement, written: byId("statement-" + (place + 1)) })).filter((statement) => statement.units.includes(code) && isSaid(statement) && kind.isKnown(statement));
  if (!here.length) return [];
  const items = here.map(({ group, written }) => make("li", {}, make("strong", { textContent: groupById.get(group).name }), ": ", ...written.cloneNode(true).childNodes));
  return [make("p", { className: "aside", textContent: words.detail_stated }), make("ul", { className: "claims" }, ...items)];
}

// The columns of `presence export --of units`; here a unit without a record has a row too.
function listClaimRows() {
  const said = ["grade", "confidence", "note", "quote", "page", "as_written", "region"];
  const rows = [["code", "pcode", words.noun, "status", "group", "group_name", "level", "level_name", "finding", "trend", "observed", "basis", "source", "source_title", "via", "via_title", ...said, "count_low", "count_best", "count_high", "record", "changed_date", "changed_reason", "open_list"]];
  const place = { in: "named", region: "region-only" };
  const nameOf = (id) => groupById.get(id).own_name || groupById.get(id).name;
  const title = (source) => data.sources.find(({ id }) => id === source)?.title;
  const add = (unit, { count = {}, changed = {}, source, via, ...record }, id) =>
    rows.push([unit.code, unit.pcode, unit.name, record.units && isCapability(record.level) ? "capability" : place[record.place] || record.place, id, nameOf(id), record.level, levelById.get(record.level).name, record.finding || "present", record.trend, record.observed, record.basis || "reported", source, title(source), via, title(via), ...said.map((key) => record[key]), count.low, count.best, count.high, record.id, changed.date, changed.reason, record.open_list && "true"]);
  for (const unit of data.units) {
    const before = rows.length;
    for (const record of data.records) if (record.units && record.units.includes(unit.code)) record.groups.forEach((id) => add(unit, record, id));
    if (rows.length === before) rows.push([unit.code, unit.pcode, unit.name, findBeside(unit.code) === "other" ? "not counted" : "no record"]);
  }
  for (const record of data.records) if (!record.units) record.groups.forEach((id) => add({}, record, id));
  return rows;
}

function readClaimState(asked) {
  const known = new Set(locatedGroups.map((group) => group.id));
  if (asked.has("groups") && views.has("overlay")) state.shown = inSlotOrder(asked.get("groups").split(","));
  const view = asked.get("view");
  if (views.has(view) && view !== "compare") state.view = view;
  const compared = [...new Set((asked.get("compare") || "").split(","))].filter((id) => known.has(id)).slice(0, 3);
  if (views.has("compare") && compared.length > 1) Object.assign(state, { view: "compare", compared });
}

function writeClaimState() {
  const ids = (each) => each.map(encodeURIComponent).join(",");
  return [
    ...(state.view === "overlay" ? ["groups=" + ids(state.shown)] : []),
    ...(state.view === "compare" ? ["compare=" + ids(state.compared)] : []),
    ...(state.view !== "compare" && data.views.length > 1 ? ["view=" + encodeURIComponent(state.view)] : []),
  ];
}

// What a reader can switch to, for the room that the head of the page needs; of many groups, or units, the likely choices.
function* listStates() {
  const ids = locatedGroups.map(({ id }) => id);
  const some = ids.slice(0, 2e5 / data.units.length / ids.length);
  const any = () => [...Array(2 ** ids.length).keys()].map((bits) => ids.filter((_, place) => (bits >> place) & 1));
  const chosen = ids.length > mostBands ? [ids, ...some.map((id) => [id]), ...some.map((id) => ids.filter((other) => other !== id))] : any();
  for (const view of views.keys()) {
    if (view !== "overlay") yield { view };
    else for (const shown of chosen) yield { view, shown };
  }
}

// A long list of records is folded where other sections follow it, but not on paper; whatever leads into it opens it.
const longList = document.querySelector("body:not(.tabbed) #claims details");
if (longList) {
  longList.open = false;
  matchMedia("print").addEventListener("change", ({ matches }) => (longList.open = matches));
}

kinds.claims = {
  noDetail: words.detail_empty,
  classUnits: () => classUnits(state.view, shownNow()),
  legendRows,
  isInRow: (_, key, each) => each.key === key || (key === "alone" && isAlone(each)),
  isDisputed: (code) => [views.get(state.view).group ?? shownNow()].flat().some((id) => isDisputed(id, code)),
  signOf: signClaims,
  describeUnit,
  headline: () => writeHeadline(state.view, state.shown),
  // Where the table has a headline of its own, ours begins what is said below it.
  summarise: () => (data.own_headline && kind.isAsWritten() ? data.own_headline + " " : "") + sumUp(state.view, state.shown, false),
  repaint: renewGroupRows,
  states: listStates,
  isAsWritten: () => state.view === data.view && state.shown.join() === data.choices.groups.join(),
  detail: drawClaims,
  describeClaims,
  isKnown: () => true,
  describeEvidence: () => make("div"),
  sayNoneOffMap: () => words.all_on_map_chosen,
  listAsides,
  rows: listClaimRows,
  drawSwitches: drawClaimSwitches,
  showSwitches: showClaimSwitches,
  read: readClaimState,
  write: writeClaimState,
};
