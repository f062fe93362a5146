// Wires map and panel together; what a page shows, its kind says.

const kind = kinds[data.kind];

// "#groups=a,b" is a state of the page, "#groups" one of its sections.
function readFragment(fragment = location.hash.slice(1)) {
  const asked = new URLSearchParams(fragment.includes("=") ? fragment : "");
  kind.read(asked);
  return unitByCode.has(asked.get("unit")) ? asked.get("unit") : null;
}

function writeFragment() {
  const parts = state.unit ? ["unit=" + encodeURIComponent(state.unit)] : [];
  return location.href.split("#")[0] + "#" + [...parts, ...kind.write()].join("&");
}

// A browser takes so many addresses a second and no more, and those of a frame are not its own.
let told = 0;

function remember(isStep = false) {
  if (window.parent !== window) return;
  clearTimeout(told);
  // Of a link followed meanwhile the page has perhaps not heard yet.
  const from = location.href;
  if (isStep) history.pushState(null, "", writeFragment());
  else told = setTimeout(() => location.href === from && history.replaceState(null, "", writeFragment()), 200);
}

function start(map) {
  map.attributionControl && map.attributionControl.remove();
  document.documentElement.classList.add("live");
  keepRoom();
  fillWindow();
  map.invalidateSize();
  // The frame first, so that everything is projected and drawn once.
  buildUnits(map);
  fitUnits(map);
  const countries = drawNeighbours(map);
  if (data.basemap) layBasemap(map);
  drawUnits(map);
  const labelPane = map.createPane("labels");
  labelPane.classList.add("leaflet-zoom-hide");
  // The units say their names themselves.
  labelPane.setAttribute("aria-hidden", "true");
  const [showSelected, showFocused] = [makeRing(map, "ring-selected"), makeRing(map, "ring-focused")];
  let classes = kind.classUnits();

  const relabel = () => placeLabels(map, labelPane, listLabels(classes, countries), choose);

  function repaint() {
    classes = kind.classUnits();
    paintUnits(classes);
    drawLegend(state.view, classes);
    sayHead();
    fitHead();
    kind.repaint?.(choose);
    relabel();
  }

  function select(code, { focus = false, move = false, seek = false } = {}) {
    state.unit = code;
    showSelected(code);
    showDetail(code, () => leave(true));
    markInset(code);
    kind.mark?.(code);
    for (const [each, layer] of unitLayers) layer.getElement().setAttribute("aria-pressed", String(each === code));
    if (move) map.flyToBounds(boundsOf(map, outlines.get(code).box), { maxZoom: map.getMinZoom() + 2, animate: !reduced.matches, duration: 0.4 });
    if (focus) byId("detail-name").focus({ preventScroll: true });
    if (seek) byId("view").scrollIntoView();
    bringToView(byId("detail"), byId("panel"));
  }

  function deselect(refocus) {
    const left = state.unit;
    state.unit = null;
    showSelected(null);
    hideDetail();
    markInset(null);
    kind.mark?.(null);
    for (const layer of unitLayers.values()) layer.getElement().removeAttribute("aria-pressed");
    if (left && refocus) unitLayers.get(left).getElement().focus({ preventScroll: true });
  }

  // What a reader does the address tells: it can be copied, and the way back leads out of a card and undoes a switch.
  function choose(code, how) {
    const isFirst = !state.unit;
    select(code, how);
    remember(isFirst);
  }

  function leave(refocus) {
    deselect(refocus);
    remember();
  }

  function resetView() {
    fitUnits(map);
    relabel();
  }

  for (const [code, layer] of unitLayers) wireUnit(code, layer, { map, choose, showFocused });
  wireFind((code) => choose(code, { move: true, focus: true }));
  kind.drawSwitches(byId("switches"), refresh);
  byId("switches").hidden = !byId("switches").querySelector("input");
  kind.wire?.({ refresh, repaint: () => (repaint(), remember()), renewDetail: () => state.unit && showDetail(state.unit, () => leave(true)) });
  document.querySelectorAll(".scroll").forEach(wireFrame);
  map.zoomControl.getContainer().append(byId("reset"));
  byId("reset").addEventListener("click", resetView);
  byId("copy-link").addEventListener("click", copyLink);
  for (const id of ["csv", "download-csv"]) byId(id).addEventListener("click", downloadTable);
  window.addEventListener("resize", () => {
    keepRoom();
    fillWindow();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hideTip();
    // Whoever reads on below the map stays there.
    if (state.unit) leave(document.activeElement === document.body || byId("view").contains(document.activeElement));
  });
  map.on("moveend", relabel);
  const isFitted = () => map.getMinZoom() > 0;
  map.on("resize", ({ oldSize, newSize }) => newSize.x && newSize.y && (oldSize.x || !isFitted()) && resetView());
  // A frame may get its size after its page began, without a word to the page's window.
  const wait = new ResizeObserver(() => (isFitted() ? wait.disconnect() : map.invalidateSize()));
  wait.observe(map.getContainer());
  // The way back leads to what was there at first.
  const [, first] = writeFragment().split("#");
  const follow = (fragment = location.hash.slice(1) || first) => open(fragment, { focus: true, seek: true });
  window.addEventListener("hashchange", () => follow());
  if (window.parent !== window) document.addEventListener("click", (event) => followInFrame(event, follow));
  tameGestures(map);

  function turn(tab) {
    if (!kind.turnTo) return;
    kind.turnTo(tab);
    map.invalidateSize();
  }

  function refresh() {
    turn(kind.tabNow?.());
    kind.showSwitches();
    repaint();
    remember(true);
  }

  function open(fragment, how) {
    const code = readFragment(fragment);
    turn(kind.findTab?.(fragment));
    kind.showSwitches();
    kind.show?.();
    repaint();
    const target = byId(fragment);
    if (!code && (!fragment || fragment.includes("="))) deselect();
    if (code) select(code, how);
    else if (kind.turnTo && target) seekIn(target);
    else unfold(target);
  }
  hideDetail();
  open(location.hash.slice(1));
}

// A tab opens below the navigation; something inside one is scrolled to.
function seekIn(target) {
  (target.matches("main > section") ? document.querySelector("nav") : target).scrollIntoView();
}

// What a link leads into is not left folded.
function unfold(target) {
  const fold = target?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
}

// A browser resolves "#units" in an embedded text against the page around it, and in a sandboxed file refuses it.
function followInFrame(event, follow) {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  const fragment = link.getAttribute("href").slice(1);
  const target = byId(fragment);
  if (!target || kind.turnTo) follow(fragment);
  if (!target) return;
  unfold(target);
  target.scrollIntoView();
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

const firstHeadline = byId("headline")?.textContent;
const firstState = { ...state };
let room = 0;

const header = document.querySelector("header");
const measureHead = () => Math.ceil(header.getBoundingClientRect().height);

function sayHead() {
  byId("headline").textContent = kind.isAsWritten() ? firstHeadline : (kind.headline?.() ?? data.title);
  byId("summary").textContent = kind.summarise();
}

// Nothing moves the map while one reads: the head is as high as at first, on a telephone no higher than leaves a screen for
// map and groups, and what a switch or a step makes longer is set smaller; it is higher only where the smallest needs it.
function keepRoom() {
  const now = { ...state };
  const look = (each, size) => {
    Object.assign(state, firstState, each);
    sayHead();
    header.style.setProperty("--size", size);
    return measureHead();
  };
  header.style.minHeight = "";
  const most = matchMedia("(max-width: 54em)").matches ? (data.own_headline ? 12.8 : 9.75) * parseFloat(getComputedStyle(document.documentElement).fontSize) : Infinity;
  room = look({}, [1, 0.9, 0.8].find((size) => look({}, size) <= most) ?? least);
  for (const each of kind.states?.() ?? []) room = Math.max(room, look(each, least));
  Object.assign(state, now);
  sayHead();
  fitHead();
}

const least = 0.7;

function fitHead() {
  header.style.minHeight = room + "px";
  for (let size = 1; size >= least; size -= 0.1) {
    header.style.setProperty("--size", size);
    if (measureHead() <= Math.ceil(room)) return;
  }
  room = measureHead();
}

// Head, map and the line of sources are as high as the window together.
function fillWindow() {
  const around = byId("view").getBoundingClientRect().top + window.scrollY;
  document.documentElement.style.setProperty("--around", Math.ceil(around) + "px");
}

const reduced = window.matchMedia("(prefers-reduced-motion: reduce)");

function wireUnit(code, layer, { map, choose, showFocused }) {
  const path = layer.getElement();
  layer.on("click", () => choose(code));
  path.addEventListener("keydown", (event) => {
    const next = arrows[event.key] && findNext(code, arrows[event.key]);
    if (next) {
      event.preventDefault();
      unitLayers.get(next).getElement().focus({ preventScroll: true });
    }
    if (event.key === "+" || event.key === "-") map.setZoom(map.getZoom() + (event.key === "+" ? 1 : -1) * map.options.zoomDelta);
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(code, { focus: true });
  });
  path.addEventListener("focus", () => {
    const box = path.getBoundingClientRect();
    if (path.matches(":focus-visible")) {
      showFocused(code);
      showTip(code, { clientX: box.right, clientY: box.bottom });
    }
    if (!isSeen(map, code)) map.panInside(map.unproject(outlines.get(code).box.getCenter(), 0), { padding: [60, 60], animate: !reduced.matches });
  });
  path.addEventListener("blur", () => {
    showFocused(null);
    hideTip();
  });
  path.addEventListener("pointermove", (event) => showTip(code, event));
  path.addEventListener("pointerleave", hideTip);
}

// The card of a chosen unit is seen at once, whatever stands above it in the panel.
function bringToView(card, panel) {
  // A frame is as high as what it holds: there the page around it scrolls.
  if (document.documentElement.classList.contains("framed")) return card.scrollIntoView({ block: "nearest" });
  const [own, around] = [card.getBoundingClientRect(), panel.getBoundingClientRect()];
  if (own.top < around.top || own.bottom > around.bottom) panel.scrollTop += own.top - around.top - 8;
}

function hideTip() {
  byId("tip").hidden = true;
}

function showTip(code, event) {
  if (event.pointerType === "touch") return;
  const tip = byId("tip");
  if (tip.dataset.code !== code || tip.hidden) {
    tip.replaceChildren(make("strong", { textContent: unitByCode.get(code).name }), ...kind.describeUnit(code).map((line) => make("span", { textContent: line })));
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

// Sections below the map are laid out one by one when there is time: a picture of the whole page has them all.
function finish([section, ...rest]) {
  if (!section) return;
  section.style.contentVisibility = "visible";
  later(() => finish(rest));
}

const later = window.requestIdleCallback || setTimeout;

// The static picture is painted before the live map takes its place.
requestAnimationFrame(() => setTimeout(() => {
  start(window.map_presence);
  later(() => finish([...document.querySelectorAll(".text")]));
}));
