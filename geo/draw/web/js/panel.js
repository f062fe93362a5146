// What stands beside the map: switches, legend, the claims of one unit, and the table as a download.

const byId = (id) => document.getElementById(id);

function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

// A figure, and to the ear what it counts.
function drawCount(n) {
  return [make("b", { textContent: writeNumber(n) }), make("i", { className: "visually-hidden", textContent: words.counted[n === 1 ? 0 : 1] })];
}

function drawLegend(view, classes) {
  const rows = legendRows(view, classes).map(({ key, label, count }) => {
    const row = make("li", { className: "legend-row" }, drawSwatch(key), make("span", { textContent: label }), ...drawCount(count));
    row.dataset.key = key;
    row.addEventListener("pointerenter", () => dimOthers(classes, key));
    row.addEventListener("pointerleave", () => dimOthers(classes, null));
    return row;
  });
  const disputed = data.units.filter(({ code }) => unitLayers.get(code).getElement().classList.contains("disputed")).length;
  if (disputed) {
    const box = svg("svg", { class: "swatch", width: 30, height: 16, "aria-hidden": "true" }, svg("rect", { x: 1, y: 1, width: 28, height: 14, class: "disputed", fill: "none" }));
    const row = make("li", { className: "legend-row" }, box, make("span", { textContent: words.class_disputed }), ...drawCount(disputed));
    row.dataset.key = "disputed";
    rows.push(row);
  }
  byId("legend").replaceChildren(...rows);
}

function dimOthers(classes, key) {
  for (const [code, each] of classes) unitLayers.get(code).getElement().classList.toggle("dim", key !== null && each !== key);
}

function makeSwitch(type, value, label, colour, checked) {
  const input = make("input", { type, name: type === "radio" ? "view" : "", value, checked });
  if (type === "checkbox") input.dataset.group = value;
  const swatch = svg("svg", { class: "swatch", width: 12, height: 12, "aria-hidden": "true" }, svg("rect", { width: 12, height: 12, fill: colour || "none" }));
  return make("label", {}, input, ...(colour ? [swatch] : []), make("span", { textContent: label }));
}

function drawSwitches(state, onChange) {
  const form = byId("switches");
  const views = data.views.filter((view) => view !== "level").map((view) => [view, words["view_" + view]]);
  if (data.views.includes("level")) views.push(...locatedGroups.map((group) => ["level:" + group.id, fill(words.view_level, { group: group.name })]));
  if (views.length > 1) form.append(...views.map(([view, label]) => makeSwitch("radio", view, label, null, view === state.view)));
  if (data.views.includes("overlay")) {
    const switches = locatedGroups.map((group) => makeSwitch("checkbox", group.id, group.name, group.colour, state.shown.includes(group.id)));
    form.append(make("div", { id: "group-switches" }, ...switches));
  }
  form.hidden = !form.querySelector("input");
  form.addEventListener("change", onChange);
}

function readSwitches(state) {
  for (const input of byId("switches").querySelectorAll("input")) {
    if (input.type === "radio" && input.checked) state.view = input.value;
  }
  const groups = byId("group-switches");
  if (groups) {
    state.shown = [...groups.querySelectorAll("input:checked")].map((input) => input.value);
    groups.hidden = state.view !== "overlay";
  }
}

function showSwitches(state) {
  for (const input of byId("switches").querySelectorAll("input")) {
    input.checked = input.type === "radio" ? input.value === state.view : state.shown.includes(input.value);
  }
  const groups = byId("group-switches");
  if (groups) groups.hidden = state.view !== "overlay";
  if (data.views.includes("compare")) showPair(state.compared);
}

const recordNumbers = new Map(data.records.map((record, index) => [record, index + 1]));

function findEvidence(record) {
  const written = document.querySelector(`#record-${recordNumbers.get(record)} .evidence`);
  if (!written) return describeEvidence(record);
  const copy = written.cloneNode(true);
  // The list speaks of the table's day; at an earlier step the record was not out of date yet.
  if (data.steps && !record.stale) copy.querySelector(".stale")?.parentElement.remove();
  return copy;
}

function describeClaim(record, id) {
  const group = groupById.get(id);
  const level = levelById.get(record.level).name;
  const finding = record.finding ? words["finding_" + record.finding] : "";
  const what = make("p", { className: "what" }, group.name + ": ", make("strong", { textContent: finding || level }));
  if (finding) what.append(` (${level})`);
  const item = make("li", { className: record.place === "region" ? "from-region" : "" }, what);
  item.style.borderColor = group.colour || "";
  if (record.place === "region") item.append(make("p", { className: "region-note", textContent: fill(words.claim_region, { region: record.region }) }));
  item.append(findEvidence(record));
  return item;
}

function describeClaims(code) {
  const here = current.filter((record) => record.units && record.units.includes(code));
  const claims = here.flatMap((record) => record.groups.map((id) => ({ record, id })));
  const order = (claim) => (claim.record.place === "region" ? 1000 : 0) + data.groups.indexOf(groupById.get(claim.id));
  return claims.sort((a, b) => order(a) - order(b)).map(({ record, id }) => describeClaim(record, id));
}

function listNationwide() {
  return current.filter((record) => record.place === "nationwide" && !record.finding).flatMap((record) => record.groups);
}

function showDetail(code, close) {
  const unit = unitByCode.get(code);
  const local = unit.name_fa ? [make("bdi", { textContent: unit.name_fa, lang: "fa", dir: "rtl" }), " · "] : [];
  const heading = make("h2", { tabIndex: -1, id: "detail-name", textContent: unit.name });
  const shut = make("button", { type: "button", className: "close", textContent: "×" });
  shut.setAttribute("aria-label", words.close);
  shut.addEventListener("click", close);
  const claims = describeClaims(code);
  const body = claims.length ? make("ul", { className: "claims" }, ...claims) : make("p", { textContent: findBeside(code) === "other" ? words.class_other : words.detail_silence });
  const codes = make("p", { className: "codes" }, ...local, [unit.code, unit.pcode].filter(Boolean).join(" · "));
  byId("detail").replaceChildren(shut, heading, codes, ...(data.change ? describeChanges(code) : []), body);
  const country = listNationwide();
  if (country.length) {
    const names = list([...new Set(country)].map((id) => groupById.get(id).name));
    byId("detail").append(make("p", { className: "aside", textContent: fill(words.detail_nationwide, { groups: names }) }));
  }
}

function hideDetail() {
  byId("detail").replaceChildren(make("p", { className: "aside", textContent: words.detail_empty }));
}

// A cell that a spreadsheet would take for a formula is quoted; some take wide signs for narrow ones.
function csvCell(value) {
  const text = String(value ?? "");
  const safe = /^'*[=+\-@＝＋－＠\t\r]/.test(text) ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

// The columns of `presence export --of units`; here a unit without a record has a row too.
function csvRows() {
  const said = ["grade", "confidence", "note", "quote", "page", "as_written", "region"];
  const rows = [["code", "pcode", words.noun, "status", "group", "group_name", "level", "level_name", "finding", "trend", "observed", "basis", "source", "source_title", "via", "via_title", ...said, "count_low", "count_best", "count_high", "record", "changed_date", "changed_reason"]];
  const place = { in: "named", region: "region-only" };
  const nameOf = (id) => groupById.get(id).own_name || groupById.get(id).name;
  const title = (source) => data.sources.find(({ id }) => id === source)?.title;
  const add = (unit, { count = {}, changed = {}, source, via, ...record }, id) =>
    rows.push([unit.code, unit.pcode, unit.name, place[record.place] || record.place, id, nameOf(id), record.level, levelById.get(record.level).name, record.finding || "present", record.trend, record.observed, record.basis || "reported", source, title(source), via, title(via), ...said.map((key) => record[key]), count.low, count.best, count.high, record.id, changed.date, changed.reason]);
  for (const unit of data.units) {
    const before = rows.length;
    for (const record of data.records) if (record.units && record.units.includes(unit.code)) record.groups.forEach((id) => add(unit, record, id));
    if (rows.length === before) rows.push([unit.code, unit.pcode, unit.name, findBeside(unit.code) === "other" ? "not counted" : "no record"]);
  }
  for (const record of data.records) if (!record.units) record.groups.forEach((id) => add({}, record, id));
  return rows;
}

function downloadTable() {
  const text = "\ufeff" + csvRows().map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: `${data.file || "presence"}-${data.hash.slice(0, 8)}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// A frame that holds more than it shows says so, at its edge and in words.
function wireFrame(frame) {
  const hint = make("p", { className: "scroll-hint", textContent: words.scroll_hint, hidden: true });
  const look = () => {
    const rest = frame.scrollWidth - frame.clientWidth;
    hint.hidden = rest < 2;
    frame.classList.toggle("more", rest - Math.abs(frame.scrollLeft) > 1);
  };
  frame.before(hint);
  frame.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(frame);
}
