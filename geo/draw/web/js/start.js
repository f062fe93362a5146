// Holds the state of the page and wires map and panel together.

const state = {
  view: data.view,
  shown: [...data.choices.groups],
  compared: data.choices.compared || [],
  unit: null,
};
const has = (view) => data.views.includes(view);
const inSlotOrder = (ids) => locatedGroups.map((group) => group.id).filter((id) => ids.includes(id));
const shownNow = () => (state.view === "compare" ? inSlotOrder(state.compared) : state.shown);

// "#groups=a,b" is a state of the page, "#groups" one of its sections.
function readFragment(fragment = location.hash.slice(1)) {
  const asked = new URLSearchParams(fragment.includes("=") ? fragment : "");
  const known = new Set(locatedGroups.map((group) => group.id));
  if (asked.has("groups") && has("overlay")) {
    const wanted = asked.get("groups").split(",");
    state.shown = locatedGroups.map((group) => group.id).filter((id) => wanted.includes(id));
  }
  const view = asked.get("view") || "";
  if ((has(view) && view !== "compare") || (has("level") && view.startsWith("level:") && known.has(view.slice(6)))) state.view = view;
  if (data.steps && asked.has("as_of")) takeDate(asked.get("as_of"));
  const compared = (asked.get("compare") || "").split(",").filter((id) => known.has(id));
  if (has("compare") && compared.length > 1) Object.assign(state, { view: "compare", compared });
  return unitByCode.has(asked.get("unit")) ? asked.get("unit") : null;
}

function writeFragment() {
  const parts = [];
  if (state.unit) parts.push("unit=" + encodeURIComponent(state.unit));
  if (state.view === "overlay") parts.push("groups=" + state.shown.map(encodeURIComponent).join(","));
  if (state.view === "compare") parts.push("compare=" + state.compared.map(encodeURIComponent).join(","));
  if (data.steps) parts.push("as_of=" + dateNow());
  if (state.view !== "compare" && data.views.length > 1) parts.push("view=" + encodeURIComponent(state.view));
  return location.href.split("#")[0] + "#" + parts.join("&");
}

function start(map) {
  map.attributionControl && map.attributionControl.remove();
  document.documentElement.classList.add("live");
  map.invalidateSize();
  // The frame first, so that everything is projected and drawn once.
  buildUnits();
  fitUnits(map);
  const countries = drawNeighbours(map);
  if (data.basemap) layBasemap(map);
  drawUnits(map);
  const labelPane = map.createPane("labels");
  const [showSelected, showFocused] = [makeRing(map, "ring-selected"), makeRing(map, "ring-focused")];
  const [headline, first] = [byId("headline").textContent, JSON.stringify([data.view, shownNow()])];
  const isAsWritten = () => JSON.stringify([state.view, shownNow()]) === first && (!data.steps || isLastStep());
  let classes = classUnits(state.view, shownNow());

  const relabel = () => placeLabels(map, labelPane, listLabels(classes, countries));

  function repaint() {
    classes = classUnits(state.view, shownNow());
    paintUnits(classes, visibleGroups(state.view, shownNow()));
    drawLegend(state.view, classes);
    byId("headline").textContent = isAsWritten() ? headline : data.title;
    byId("summary").textContent = state.view === "compare" ? summariseComparison(state.compared) : summarise(state.view, state.shown);
    if (has("compare")) drawComparison(state.compared, select);
    relabel();
  }

  function select(code, { focus = false, move = false, seek = false } = {}) {
    state.unit = code;
    showSelected(code);
    showDetail(code, () => deselect(true));
    if (has("compare")) markUnit(code);
    for (const [each, layer] of unitLayers) layer.getElement().setAttribute("aria-pressed", String(each === code));
    if (move) map.flyToBounds(unitLayers.get(code).getBounds(), { maxZoom: map.getMinZoom() + 2, animate: !reduced.matches, duration: 0.4 });
    if (focus) byId("detail-name").focus({ preventScroll: true });
    if (seek) byId("view").scrollIntoView();
    if (window.matchMedia("(max-width: 50em)").matches) byId("detail").scrollIntoView({ block: "nearest", behavior: reduced.matches ? "auto" : "smooth" });
  }

  function deselect(refocus) {
    const left = state.unit;
    state.unit = null;
    showSelected(null);
    hideDetail();
    if (has("compare")) markUnit(null);
    for (const layer of unitLayers.values()) layer.getElement().removeAttribute("aria-pressed");
    if (left && refocus) unitLayers.get(left).getElement().focus({ preventScroll: true });
  }

  function resetView() {
    fitUnits(map);
    relabel();
  }

  for (const [code, layer] of unitLayers) wireUnit(code, layer, { map, select, showFocused });
  wireFind((code) => select(code, { move: true, focus: true }));
  drawSwitches(state, () => {
    readSwitches(state);
    refresh();
  });
  const tabbed = document.body.classList.contains("tabbed");
  if (tabbed) {
    drawMultiples((code) => (location.hash = "#unit=" + code));
    wireTable();
  }
  if (data.steps) {
    wireTime(() => {
      labelUnits();
      repaint();
      if (state.unit) showDetail(state.unit, () => deselect(true));
    });
  }
  if (has("compare")) {
    wireComparison((compared) => {
      Object.assign(state, { view: "compare", compared });
      refresh();
    });
  }
  document.querySelectorAll(".scroll").forEach(wireFrame);
  byId("reset").addEventListener("click", resetView);
  byId("copy-link").addEventListener("click", copyLink);
  byId("download-csv").addEventListener("click", downloadTable);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hideTip();
    if (state.unit) deselect(true);
  });
  map.on("zoomend", relabel);
  const isFitted = () => map.getMinZoom() > 0;
  map.on("resize", ({ oldSize, newSize }) => newSize.x && newSize.y && (oldSize.x || !isFitted()) && resetView());
  // A frame may get its size after its page began, without a word to the page's window.
  const wait = new ResizeObserver(() => (isFitted() ? wait.disconnect() : map.invalidateSize()));
  wait.observe(map.getContainer());
  const follow = (fragment = location.hash.slice(1)) => open(fragment, { focus: true, seek: true });
  window.addEventListener("hashchange", () => follow());
  if (window.parent !== window) document.addEventListener("click", (event) => followInFrame(event, follow));
  tameGestures(map);

  // The tab and the view go together: the comparison's tab shows the comparison on the map.
  function turnTo(tab) {
    const active = showTab(tab);
    if (active === "compare") state.view = "compare";
    else if (state.view === "compare") state.view = "overlay";
    // The slider leads the map alone: all else on the page speaks of the last step.
    if (data.steps && active !== "view") takeStep(data.steps.length - 1);
    if (data.steps) byId("time").classList.toggle("away", active !== "view");
    map.invalidateSize();
  }

  function refresh() {
    if (tabbed) turnTo(state.view === "compare" ? "compare" : "view");
    showSwitches(state);
    repaint();
  }

  function open(fragment, how) {
    const code = readFragment(fragment);
    if (tabbed) turnTo(findTab(fragment));
    showSwitches(state);
    if (data.steps) {
      showStep();
      labelUnits();
    }
    repaint();
    if (code) select(code, how);
    else if (tabbed && byId(fragment)) seekIn(byId(fragment));
  }
  hideDetail();
  open(location.hash.slice(1));
}

// A tab opens below the navigation; something inside one is scrolled to.
function seekIn(target) {
  (target.matches("main > section") ? document.querySelector("nav") : target).scrollIntoView();
}

// A browser resolves "#units" in an embedded text against the page around it, and in a sandboxed file refuses it.
function followInFrame(event, follow) {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  const fragment = link.getAttribute("href").slice(1);
  const target = byId(fragment);
  if (!target || document.body.classList.contains("tabbed")) follow(fragment);
  if (!target) return;
  target.scrollIntoView();
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

const reduced = window.matchMedia("(prefers-reduced-motion: reduce)");

function wireUnit(code, layer, { map, select, showFocused }) {
  const path = layer.getElement();
  layer.on("click", () => select(code));
  path.addEventListener("keydown", (event) => {
    const next = arrows[event.key] && findNext(code, arrows[event.key]);
    if (next) {
      event.preventDefault();
      unitLayers.get(next).getElement().focus({ preventScroll: true });
    }
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    select(code, { focus: true });
  });
  path.addEventListener("focus", () => {
    const box = path.getBoundingClientRect();
    if (path.matches(":focus-visible")) {
      showFocused(code);
      showTip(code, { clientX: box.right, clientY: box.bottom });
    }
    if (!map.getBounds().contains(layer.getBounds())) map.panInside(layer.getBounds().getCenter(), { padding: [60, 60], animate: !reduced.matches });
  });
  path.addEventListener("blur", () => {
    showFocused(null);
    hideTip();
  });
  path.addEventListener("pointermove", (event) => showTip(code, event));
  path.addEventListener("pointerleave", hideTip);
}

function hideTip() {
  byId("tip").hidden = true;
}

function showTip(code, event) {
  if (event.pointerType === "touch") return;
  const tip = byId("tip");
  if (tip.dataset.code !== code || tip.hidden) {
    tip.replaceChildren(make("strong", { textContent: unitByCode.get(code).name }), ...describeUnit(code).map((line) => make("span", { textContent: line })));
    tip.dataset.code = code;
    tip.hidden = false;
  }
  placeTip(event);
}

function placeTip(event) {
  const tip = byId("tip");
  const stage = tip.parentElement.getBoundingClientRect();
  const [x, y] = [event.clientX - stage.left, event.clientY - stage.top];
  tip.style.left = Math.max(4, Math.min(x + 14, stage.width - tip.offsetWidth - 4)) + "px";
  tip.style.top = (y + 18 + tip.offsetHeight > stage.height ? y - tip.offsetHeight - 10 : y + 18) + "px";
}

// Folds a name as geo/read/common/names.py does: case, width, diacritics, blanks and dashes, Arabic and Persian letter forms.
const letters = { "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ı": "i" };

function fold(text) {
  const bare = text.normalize("NFKD").toLowerCase().replace(/[\p{Mn}\p{Cf}ـ]/gu, "").replace(/[يىكةı]/g, (letter) => letters[letter]);
  return bare.replace(/[\s\p{Pd}\u2212\u2043\u02d7]+/gu, " ").trim();
}

function findUnits(text) {
  const wanted = fold(text);
  const names = (unit) => [unit.name, unit.name_fa, unit.code, unit.pcode && "pcode:" + unit.pcode, ...(unit.aliases || [])].filter(Boolean).map(fold);
  const exact = data.units.filter((unit) => names(unit).includes(wanted));
  return exact.length ? exact : data.units.filter((unit) => wanted && names(unit).some((name) => name.startsWith(wanted)));
}

function wireFind(choose) {
  const box = byId("find");
  byId("names").append(...data.units.map((unit) => make("option", { value: unit.name })));
  const look = (certain) => {
    const found = findUnits(box.value);
    const exact = found.length === 1 && fold(found[0].name) === fold(box.value);
    byId("find-result").textContent = certain && !found.length ? words.find_none : "";
    if (found.length && (certain || exact)) choose(found[0].code);
  };
  box.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), look(true)));
  box.addEventListener("input", (event) => event.inputType === "insertReplacementText" && look(false));
  box.addEventListener("change", () => look(false));
}

async function copyLink() {
  const link = writeFragment();
  const shown = byId("link");
  try {
    if (window.top !== window) throw new Error("a frame may not use the clipboard");
    await navigator.clipboard.writeText(link);
    byId("find-result").textContent = words.link_copied;
  } catch {
    shown.hidden = false;
    shown.value = link;
    shown.focus();
    shown.select();
  }
}

// The static picture is painted before the live map takes its place.
requestAnimationFrame(() => setTimeout(() => start(window.map_presence)));
