// Recorded events: sums, classes, and the state of view, measure and step. Functions here take the place of those of
// the same name in claims.js, map.js and start.js; what they add up, geo/join/event_classes.py does too, and a test compares.

const { views, per, decimals, population, classes: uppers } = data.events;
const measures = population.some(Boolean) ? ["events", "rate"] : ["events"];
const viewNames = new Map(views.map(({ key, name }) => [key, name]));
const unitNumbers = new Map(data.units.map(({ code }, number) => [code, number]));
const statesDeaths = data.events.counts.some((row) => row.length > 4);
let step = 0;
let measureNow = "events";

// view -> unit -> step -> [events, deaths]; step 0 is the whole time, which holds what no single period does too.
const sums = views.map(() => data.units.map(() => new Map()));
for (const [view, unit, gaps, events, deaths] of data.events.counts) {
  const steps = sums[view][unit];
  let [at, all, dead] = [0, 0, null];
  gaps.forEach((gap, place) => {
    at += gap;
    all += events[place];
    const died = deaths?.[place] ?? null;
    if (died !== null) dead += died;
    if (at) steps.set(at, [events[place], died]);
  });
  steps.set(0, [all, dead]);
}

const viewNumber = (view) => views.findIndex(({ key }) => key === view);
const sumOf = (code, view = state.view, at = step) => sums[viewNumber(view)][unitNumbers.get(code)].get(at) || [0, null];
const peopleOf = (code) => population[unitNumbers.get(code)];

// Events per 100,000 people in steps of the last decimal, half a step upwards.
function rateOf(events, people) {
  return Math.floor((2 * events * per * 10 ** decimals + people) / (2 * people));
}

const writeRate = (rate) => localise((rate / 10 ** decimals).toFixed(decimals));
const phrase = (key) => words[key].replace("{people}", writeNumber(per));

// A class is the place of its greatest value; what lies beyond is none, and nothing recorded is none.
function classOf(code) {
  const [events] = sumOf(code);
  if (!events) return "gap:none";
  const people = peopleOf(code);
  if (measureNow === "rate" && !people) return "gap:people";
  const value = measureNow === "rate" ? rateOf(events, people) : events;
  return `${measureNow}-${step ? "single" : "whole"}:${uppers[measureNow][step ? 1 : 0].findIndex((upper) => value <= upper) + 1}`;
}

function classUnits() {
  return new Map(data.units.map(({ code }) => [code, classOf(code)]));
}

function visibleGroups() {
  return [];
}

function classKeys() {
  const [span, list] = step ? ["single", uppers[measureNow][1]] : ["whole", uppers[measureNow][0]];
  return [...list.keys()].reverse().map((place) => `${measureNow}-${span}:${place + 1}`);
}

function sortKey(key) {
  const place = classKeys().indexOf(key);
  return [place < 0 ? (key === "gap:people" ? 8 : 9) : 0, place];
}

function nameOf(key) {
  if (key === "gap:none") return words.events_none;
  if (key === "gap:people") return words.events_no_people;
  const place = Number(key.split(":")[1]) - 1;
  const list = uppers[measureNow][step ? 1 : 0];
  const [low, high] = [place ? list[place - 1] + 1 : 1, list[place]].map(measureNow === "rate" ? writeRate : writeNumber);
  return low === high ? low : fill(words.span, { low, high });
}

function legendRows(view, classes) {
  const found = [...classes.values()];
  const count = (key) => found.filter((each) => each === key).length;
  const gaps = measureNow === "rate" && found.includes("gap:people") ? ["gap:people", "gap:none"] : ["gap:none"];
  byId("legend-heading").textContent = phrase(measureNow === "rate" ? "events_heading_rate" : "events_heading");
  return [...classKeys(), ...gaps].map((key) => ({ key, label: nameOf(key), count: count(key) }));
}

function signOf(key, code) {
  const [events] = sumOf(code);
  if (!events || key === "gap:people") return "";
  return measureNow === "rate" ? writeRate(rateOf(events, peopleOf(code))) : writeNumber(events);
}

function summarise() {
  const found = data.units.map(({ code }) => sumOf(code)[0]);
  const when = step ? data.steps[step].text : data.events.span;
  return fill(words[when ? "events_summary_when" : "events_summary"], {
    view: viewNames.get(state.view), n: writeNumber(found.reduce((a, b) => a + b, 0)),
    places: writeNumber(found.filter(Boolean).length), total: writeNumber(data.units.length), when,
  });
}

const sayLine = (what, n) => fill(words.events_line, { what, n });

// For ears and hover: of the view and step that are shown.
function describeUnit(code) {
  const [events, deaths] = sumOf(code);
  const name = viewNames.get(state.view);
  if (!events) return [sayLine(name, words.events_none)];
  const lines = [sayLine(name, writeNumber(events))];
  if (peopleOf(code)) lines.push(sayLine(phrase("events_rate"), writeRate(rateOf(events, peopleOf(code)))));
  else if (measureNow === "rate") lines.push(words.events_no_people);
  if (deaths !== null) lines.push(sayLine(words.events_deaths, writeNumber(deaths)));
  return lines;
}

const isLastStep = () => step === 0 && measureNow === "events";
const dateNow = () => data.steps[step].date;

function takeDate(date) {
  const found = data.steps.findIndex((each) => each.date === date);
  if (found >= 0) step = found;
}

function readFragment(fragment = location.hash.slice(1)) {
  const asked = new URLSearchParams(fragment.includes("=") ? fragment : "");
  if (viewNames.has(asked.get("view"))) state.view = asked.get("view");
  if (measures.includes(asked.get("measure"))) measureNow = asked.get("measure");
  if (asked.has("period")) takeDate(asked.get("period"));
  if (byId("points") && asked.has("points")) byId("points").checked = asked.get("points") === "1";
  return unitByCode.has(asked.get("unit")) ? asked.get("unit") : null;
}

function writeFragment() {
  const parts = { unit: state.unit, view: state.view, measure: measureNow, period: dateNow(), points: byId("points")?.checked ? "1" : null };
  const written = Object.entries(parts).filter(([, value]) => value).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return location.href.split("#")[0] + "#" + written.join("&");
}
