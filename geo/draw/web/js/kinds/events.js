// Recorded events: sums, classes, and the state of view, measure and period.
// What is added up here, geo/join/event_classes.py does too; tests/scripts compares them.

const { views: eventViews, per, decimals, population, classes: uppers } = data.events;
const viewNames = new Map(eventViews.map(({ key, name }) => [key, name]));
const unitNumbers = new Map(data.units.map(({ code }, number) => [code, number]));
const statesDeaths = data.events.counts.some((row) => row.length > 4);
const measures = ["events", ...(statesDeaths ? ["deaths"] : []), ...(population.some(Boolean) ? ["rate"] : [])];
Object.assign(state, { measure: data.events.measure, period: 0, from: 0 });

// view -> unit -> state.period -> [events, deaths, the lowest, the highest]; state.period 0 is the whole time, which holds what no single period does too.
const sums = eventViews.map(() => data.units.map(() => new Map()));
for (const [view, unit, gaps, events, deaths, low = deaths, high = deaths] of data.events.counts) {
  const steps = sums[view][unit];
  const all = [0, null, null, null];
  let at = 0;
  gaps.forEach((gap, place) => {
    at += gap;
    const here = [events, deaths, low, high].map((each) => each?.[place] ?? null);
    here.forEach((number, which) => {
      if (number !== null) all[which] += number;
    });
    if (at) steps.set(at, here);
  });
  steps.set(0, all);
}

// unit -> step -> events that lie there and do not count, whoever took part.
const left = data.units.map(() => new Map());
for (const [unit, gaps, events] of data.events.left) {
  let at = 0;
  gaps.forEach((gap, place) => left[unit].set((at += gap), events[place]));
  left[unit].set(0, events.reduce((a, b) => a + b));
}

const viewNumber = (view) => eventViews.findIndex(({ key }) => key === view);
// The steps that are shown: one, or a window of several, which are added up.
function listSteps() {
  const [first, last] = [state.from && state.period ? state.from : state.period, state.period].sort((a, b) => a - b);
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

const isWindow = () => listSteps().length > 1;
const add = (ones, others) => ones.map((one, which) => (others[which] === null ? one : (one ?? 0) + others[which]));
const silence = [0, null, null, null];
function sumOf(code, view = state.view, at = null) {
  const steps = sums[viewNumber(view)][unitNumbers.get(code)];
  return (at === null ? listSteps() : [at]).map((step) => steps.get(step) || silence).reduce(add);
}
const leftOf = (code) => listSteps().reduce((all, at) => all + (left[unitNumbers.get(code)].get(at) || 0), 0);
const isUncovered = (steps = listSteps()) => steps.every((at) => data.steps[at].cover === "none");
const isPartly = () => !isUncovered() && listSteps().some((at) => data.steps[at].cover);

// What the slider says of the steps that are shown.
function whenNow() {
  if (!isWindow()) return data.steps[state.period];
  const steps = listSteps();
  const change = isUncovered() ? words["events_step.none"] : isPartly() ? words["events_step.part"] : "";
  return { text: fill(words.period, { start: data.steps[steps[0]].text, end: data.steps[steps.at(-1)].text }), change };
}

const peopleOf = (code) => population[unitNumbers.get(code)];

// Events per 100,000 people in steps of the last decimal, half a state.period upwards.
function rateOf(events, people) {
  return Math.floor((2 * events * per * 10 ** decimals + people) / (2 * people));
}

const writeRate = (rate) => localise((rate / 10 ** decimals).toFixed(decimals));
const phrase = (key) => words[key].replace("{people}", writeNumber(per));

// A class is the place of its greatest value in the measure that is shown; where none is, events were left out, the
// files do not cover the time, or nothing is recorded; a rate of nobody knows how many people is a gap of its own.
const makeGap = (key, look) => makeClass("gap:" + key, () => ({ gap: "none", order: [9], fill: `url(#fill-${look})` }));
const gaps = { deaths: [makeGap("deaths", "people"), "events_no_deaths"], left: [makeGap("left", "other"), "events_left_out"], uncovered: [makeGap("uncovered", "na"), "events_uncovered"], none: [makeGap("none", "none"), "events_none"] };
const whyNone = (code) => (leftOf(code) ? "left" : isUncovered() ? "uncovered" : "none");
const unpeopled = makeClass("gap:people", () => ({ order: [8], fill: data.colours["gap:people"] }));
// A window has the classes of the whole time, which hold whatever it adds up.
const isSingle = () => state.period > 0 && !isWindow();
const uppersNow = () => uppers[state.measure][isSingle() ? 1 : 0];

function classAt(place) {
  const key = `${state.measure}-${isSingle() ? "single" : "whole"}:${place + 1}`;
  return makeClass(key, () => ({ place, order: [0, -place], fill: data.colours[key] }));
}

function classOf(code) {
  const [events, deaths] = sumOf(code);
  if (!events) return gaps[whyNone(code)][0];
  const [people, rated] = [peopleOf(code), state.measure === "rate"];
  if (rated && !people) return unpeopled;
  if (state.measure === "deaths" && !deaths) return gaps.deaths[0];
  const value = rated ? rateOf(events, people) : state.measure === "deaths" ? deaths : events;
  return classAt(uppersNow().findIndex((upper) => value <= upper));
}

function nameOf({ place }) {
  const uppersHere = uppersNow();
  const [low, high] = [place ? uppersHere[place - 1] + 1 : 1, uppersHere[place]].map(state.measure === "rate" ? writeRate : writeNumber);
  return low === high ? low : fill(words.span, { low, high });
}

function listEventRows(_, classes) {
  const found = [...classes.values()];
  const count = (each) => ({ ...each, count: found.filter((other) => other === each).length });
  const rated = state.measure === "rate";
  byId("legend-heading").textContent = rated ? phrase("events_heading_rate") : state.measure === "deaths" ? words.events_heading_deaths : words.events_heading;
  return [
    ...[...uppersNow().keys()].reverse().map((place) => ({ label: nameOf({ place }), ...count(classAt(place)) })),
    ...(rated && found.includes(unpeopled) ? [{ label: words.events_no_people, ...count(unpeopled) }] : []),
    ...["deaths", ...data.events.gaps].filter((key) => key !== "deaths" || found.includes(gaps.deaths[0])).map((key) => ({ label: words[gaps[key][1]], ...count(gaps[key][0]) })),
  ];
}

function signEvents(each, code) {
  const [events, deaths] = sumOf(code);
  if (!events || each === unpeopled) return "";
  if (state.measure === "deaths") return deaths ? writeNumber(deaths) : "";
  return state.measure === "rate" ? writeRate(rateOf(events, peopleOf(code))) : writeNumber(events);
}

function sumUpEvents() {
  const found = data.units.map(({ code }) => sumOf(code)[0]);
  const when = state.period ? whenNow().text : data.events.span;
  const told = { view: viewNames.get(state.view), total: writeNumber(data.units.length), when };
  const partly = isPartly() ? " " + words.events_summary_part : "";
  if (state.period && !found.some(Boolean)) return fill(words[isUncovered() ? "events_summary_uncovered" : "events_summary_none"], told) + partly;
  return fill(words[when ? "events_summary_when" : "events_summary"], {
    ...told, n: writeNumber(found.reduce((a, b) => a + b, 0)), places: writeNumber(found.filter(Boolean).length),
  }) + partly;
}

// Deaths, and between which figures they may lie where that is more than one.
function writeDeaths([, deaths, low, high]) {
  const said = [deaths, low, high].map(writeNumber);
  return low === deaths && high === deaths ? said[0] : fill(words.events_range, { n: said[0], low: said[1], high: said[2] });
}

const sayLine = (what, n) => fill(words.events_line, { what, n });

// For ears and hover: of the view and state.period that are shown.
function describeEvents(code) {
  const [events, deaths] = sumOf(code);
  const [name, gone] = [viewNames.get(state.view), leftOf(code)];
  if (!events) return [sayLine(name, gone ? sayLine(words.events_left_out, writeNumber(gone)) : words[gaps[whyNone(code)][1]])];
  const lines = [sayLine(name, writeNumber(events))];
  if (peopleOf(code)) lines.push(sayLine(phrase("events_rate"), writeRate(rateOf(events, peopleOf(code)))));
  else if (state.measure === "rate") lines.push(words.events_no_people);
  if (deaths !== null) lines.push(sayLine(words.events_deaths, writeDeaths(sumOf(code))));
  else if (state.measure === "deaths") lines.push(words.events_no_deaths);
  if (gone) lines.push(sayLine(words.events_left_out, writeNumber(gone)));
  return lines;
}

function takePeriod(date) {
  const found = data.steps.findIndex((each) => each.date === date);
  if (found >= 0) state.period = found;
}

function readEventState(asked) {
  if (viewNames.has(asked.get("view"))) state.view = asked.get("view");
  if (measures.includes(asked.get("measure"))) state.measure = asked.get("measure");
  if (asked.has("period")) takePeriod(asked.get("period"));
  state.from = Math.max(0, data.steps.findIndex((each) => each.date === asked.get("from")));
  if (byId("points") && asked.has("points")) byId("points").checked = asked.get("points") === "1";
}

function writeEventState() {
  const parts = { view: state.view, measure: state.measure, period: data.steps[state.period].date, from: isWindow() ? data.steps[state.from].date : null, points: byId("points")?.checked ? "1" : null };
  return Object.entries(parts).filter(([, value]) => value).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
}

kinds.events = {
  noDetail: words.events_detail_empty,
  classUnits: () => new Map(data.units.map(({ code }) => [code, classOf(code)])),
  legendRows: listEventRows,
  isDisputed: () => false,
  signOf: signEvents,
  describeUnit: describeEvents,
  summarise: sumUpEvents,
  *states() {
    for (const { key } of eventViews) yield { view: key, period: data.steps.length - 1 };
  },
  isAsWritten: () => state.view === data.view && state.period === 0 && state.measure === data.events.measure,
  read: readEventState,
  write: writeEventState,
};
