// What stands beside the map, whatever it shows: the legend, the head of one unit, the table as a download.

// A figure, and to the ear what it counts.
function drawCount(n) {
  return [make("b", { textContent: writeNumber(n) }), make("i", { className: "visually-hidden", textContent: words.counted[n === 1 ? 0 : 1] })];
}

function drawLegend(view, classes) {
  const rows = kind.legendRows(view, classes).map(({ key, label, fill: paint, count }) => {
    const row = make("li", { className: "legend-row" }, drawSwatch(paint), make("span", { textContent: label }), ...drawCount(count));
    row.dataset.key = key;
    row.addEventListener("pointerenter", () => dimOthers(classes, key));
    row.addEventListener("pointerleave", () => dimOthers(classes, null));
    return row;
  });
  const disputed = data.units.filter(({ code }) => kind.isDisputed(code)).length;
  if (disputed) {
    const box = svg("svg", { class: "swatch", width: 30, height: 16, "aria-hidden": "true" }, svg("rect", { x: 1, y: 1, width: 28, height: 14, class: "disputed", fill: "none" }));
    const row = make("li", { className: "legend-row" }, box, make("span", { textContent: words.class_disputed }), ...drawCount(disputed));
    row.dataset.key = "disputed";
    rows.push(row);
  }
  byId("legend").replaceChildren(...rows);
}

function dimOthers(classes, key) {
  const isInRow = kind.isInRow ?? ((_, own, each) => each.key === own);
  for (const [code, each] of classes) unitLayers.get(code).getElement().classList.toggle("dim", key !== null && !isInRow(code, key, each));
}

function makeSwitch(value, label, checked) {
  return make("label", {}, make("input", { type: "radio", name: "view", value, checked }), make("span", { textContent: label }));
}

function showDetail(code, close) {
  const unit = unitByCode.get(code);
  const local = unit.name_fa ? [make("bdi", { textContent: unit.name_fa, lang: "fa", dir: "rtl" }), " · "] : [];
  const heading = make("h2", { tabIndex: -1, id: "detail-name", textContent: unit.name });
  const shut = make("button", { type: "button", className: "close", textContent: "×" });
  shut.setAttribute("aria-label", words.close);
  shut.addEventListener("click", close);
  const codes = make("p", { className: "codes" }, ...local, [unit.code, unit.pcode].filter(Boolean).join(" · "));
  byId("detail").replaceChildren(shut, heading, codes, ...kind.detail(code));
}

function hideDetail() {
  byId("detail").replaceChildren(make("p", { className: "aside", textContent: kind.noDetail }));
}

// A cell that a spreadsheet would take for a formula is quoted; some take wide signs for narrow ones.
function csvCell(value) {
  const text = String(value ?? "");
  const safe = /^'*[=+\-@＝＋－＠\t\r]/.test(text) ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

function downloadTable() {
  const text = "\ufeff" + kind.rows().map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
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
