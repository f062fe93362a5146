// The report: one section at a time, and one small map a group.

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

function sayLevels(classes) {
  const found = [...new Set(classes.values())].filter(({ level }) => level).sort(compareClasses);
  return found.map((each) => `${nameClass(each)}: ${nameUnits([...classes.keys()].filter((code) => classes.get(code) === each))}`).join(words.semicolon);
}

function drawMultiples(choose) {
  const found = new Set([gapOf("region"), gapOf("none")]);
  const maps = locatedGroups.map((group) => {
    const classes = classUnits("level:" + group.id, []);
    for (const each of classes.values()) found.add(each);
    const figure = drawSmallMap(group.name, sayLevels(classes), (code) => classes.get(code).fillSmall ?? classes.get(code).fill, choose);
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

// The tab and the view go together: the comparison's tab shows the comparison on the map.
function turnTo(tab) {
  const active = showTab(tab);
  if (active === "compare") state.view = "compare";
  else if (state.view === "compare") state.view = "overlay";
  if (active === "multiples") drawn.renew();
}

// A comparison of one group, or a time line of one step, says nothing.
const compared = views.has("compare") ? comparing(kinds.claims) : kinds.claims;
// Small maps speak of the step that is shown and of the records chosen, as all that is drawn of them.
let multiplesOf = null;
const drawn = {
  ...compared,
  renew() {
    if (multiplesOf !== footprints) drawMultiples((code) => (location.hash = "#unit=" + code));
    multiplesOf = footprints;
  },
};
const reporting = data.steps ? timed(drawn) : drawn;

kinds.report = {
  ...reporting,
  turnTo,
  findTab,
  tabNow: () => (state.view === "compare" ? "compare" : "view"),
  wire(page) {
    reporting.wire?.(page);
    drawn.renew();
  },
};
