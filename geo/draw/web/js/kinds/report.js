// The report: one section at a time, one small map a group, and a table to search, filter and sort.

const sections = () => [...document.querySelectorAll("main > section")];

// The map stands above the comparison too; every other tab shows its own section.
function showTab(id) {
  const known = sections().some((section) => section.id === id);
  const active = known ? id : "view";
  byId("view").classList.toggle("away", !["view", "compare"].includes(active));
  for (const section of sections()) if (section.id !== "view") section.classList.toggle("away", section.id !== active);
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === "#" + active) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  return active;
}

// Anybody can write a fragment: one that is no address is taken as it stands.
function decodeFragment(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

// Which tab a fragment means: a section, something inside one, or, for a state, the map.
function findTab(fragment) {
  const target = /[=&]/.test(fragment) ? null : byId(decodeFragment(fragment));
  const section = target && target.closest("main > section");
  return section ? section.id : /(^|&)compare=/.test(fragment) ? "compare" : "view";
}

function countNamed(id) {
  const { named, region } = footprints.get(id) ?? { named: new Map(), region: new Set() };
  const more = region.size ? fill(words.small_region, { n: region.size }) : "";
  return make("p", { className: "region-note", textContent: fill(words.small_named, { n: named.size, total: data.units.length }) + more });
}

function sayLevels(classes) {
  const found = [...new Set(classes.values())].filter(({ level }) => level).sort(compareClasses);
  return found.map((each) => `${nameClass(each)}: ${nameUnits([...classes.keys()].filter((code) => classes.get(code) === each))}`).join(words.semicolon);
}

function drawMultiples(choose) {
  const found = new Set([gapOf("region"), gapOf("none")]);
  const maps = locatedGroups.map((group) => {
    const classes = classUnits("level:" + group.id, []);
    for (const each of classes.values()) found.add(each);
    const figure = drawSmallMap(group.name, sayLevels(classes), (code) => classes.get(code).fill, choose);
    figure.firstChild.after(countNamed(group.id));
    return noteOffMap(figure, group.id);
  });
  const rows = [...found].sort(compareClasses).map((each) => {
    const row = make("li", { className: "legend-row" }, drawSwatch(each.fill), make("span", { textContent: nameClass(each) }));
    row.dataset.key = each.key;
    return row;
  });
  byId("multiples-maps").replaceChildren(...maps);
  byId("multiples-legend").replaceChildren(...rows);
}

function rowOf(code) {
  return document.querySelector(`#units a[href="#unit=${code}"]`).closest("tr");
}

function filterTable() {
  const [text, group, level] = [fold(byId("filter-text").value), byId("filter-group").value, byId("filter-level").value];
  const fits = (record, code) =>
    record.units && record.units.includes(code) && (!group || record.groups.map(findRoot).includes(group)) && (!level || record.level === level);
  let shown = 0;
  for (const { code } of data.units) {
    const row = rowOf(code);
    row.hidden = !fold(row.textContent).includes(text) || ((group || level) && !data.records.some((record) => fits(record, code)));
    shown += row.hidden ? 0 : 1;
  }
  byId("filter-count").textContent = fill(words.table_shown, { n: shown, total: data.units.length });
}

function sortTable(column, header) {
  const downwards = header.getAttribute("aria-sort") === "ascending";
  for (const each of header.parentElement.children) each.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", downwards ? "descending" : "ascending");
  const body = document.querySelector("#units tbody");
  const text = (row) => row.children[column].textContent;
  const rows = [...body.children].sort((a, b) => text(a).localeCompare(text(b), "en", { numeric: true }) * (downwards ? -1 : 1));
  body.append(...rows);
}

function wireTable() {
  for (const id of ["filter-text", "filter-group", "filter-level"]) byId(id).addEventListener("input", filterTable);
  document.querySelectorAll("#units thead th").forEach((header, column) => {
    const button = make("button", { type: "button", className: "sort", textContent: header.textContent });
    button.addEventListener("click", () => sortTable(column, header));
    header.replaceChildren(button);
  });
}

// The tab and the view go together: the comparison's tab shows the comparison on the map.
function turnTo(tab) {
  const active = showTab(tab);
  if (active === "compare") state.view = "compare";
  else if (state.view === "compare") state.view = "overlay";
  kind.leaveMap?.(active === "view");
}

// A comparison of one group, or a time line of one step, says nothing.
const compared = views.has("compare") ? comparing(kinds.claims) : kinds.claims;
const drawn = { ...compared, renew: () => drawMultiples((code) => (location.hash = "#unit=" + code)) };
const reporting = data.steps ? timed(drawn) : drawn;

kinds.report = {
  ...reporting,
  turnTo,
  findTab,
  tabNow: () => (state.view === "compare" ? "compare" : "view"),
  wire(page) {
    reporting.wire?.(page);
    drawn.renew();
    wireTable();
  },
};
