// A table over time: steps at which something changes; each says anew which records stand and which are out of date.

for (const each of data.steps) Object.assign(each, data.changes[each.change] ?? { change: "" });
let step = data.steps.length - 1;
const isLastStep = () => step === data.steps.length - 1;
const dayNow = () => data.steps[step].date;

function takeStep(at) {
  step = at;
  const here = data.records.filter(({ stay }) => stay && stay[0] <= at && at < (stay[2] ?? Infinity));
  for (const record of here) record.stale = record.stay[1] <= at;
  stand(here);
}

function takeDay(date) {
  const found = data.steps.findIndex((each) => each.date === date);
  if (found >= 0) takeStep(found);
}

takeStep(step);

const kicker = document.querySelector(".kicker");
const firstKicker = kicker.textContent;

// The head of the page speaks of the step as well: whoever passes it on passes on the date.
function sayKicker() {
  const { text, change, fades, oldest } = data.steps[step];
  const isObserved = data.by === "observed";
  const date = oldest ? fill(words.oldest, { date: text, oldest }) : text;
  const said = isObserved || isLastStep() ? firstKicker : fill(words["title_when.dated"], { title: data.title, date });
  const observed = isObserved ? fill(words.step_said, { date: words["steps_by.observed"], count: text }) : "";
  // Fewer units may be named then only because time goes by.
  return [said, observed, fades && change].filter(Boolean).join(" · ");
}

function writeKicker() {
  const said = sayKicker();
  kicker.lastChild.data = said.slice(said.indexOf(data.title) + data.title.length).replace(/^[\u2069,،· ]+/, "");
}

// Everything beside the map that speaks of the step.
function showStep() {
  const slider = byId("step");
  slider.value = step;
  showWhen(data.steps[step]);
  writeKicker();
  for (const each of document.querySelectorAll("#timeline [data-step]")) {
    if (Number(each.dataset.step) === step) each.setAttribute("aria-current", "step");
    else each.removeAttribute("aria-current");
  }
}

function wireSteps(show) {
  const go = (at) => {
    takeStep(at);
    showStep();
    show();
  };
  for (const row of byId("steps").tBodies[0].rows) row.dataset.step = row.sectionRowIndex;
  wireSlider({ go, now: () => step, first: 0, last: data.steps.length - 1, pace: 1400 });
  drawPeriods();
}

// What a small map shows, and how much is on no map.
function sayPeriod(shown) {
  const n = offMapNow().length;
  return sumUp("overlay", shown, false) + (n ? " " + fill(words.stop, { said: fill(words.period_off_map[n === 1 ? 0 : 1], { n }) }) : "");
}

// One small map for each step, or for the last step of each year where there are many.
function drawPeriods() {
  const now = step;
  const years = new Map(data.steps.map((each, at) => [each.date.slice(0, 4), at]));
  const chosen = data.steps.length > mostPeriods ? [...years.values()].slice(-mostPeriods) : data.steps.map((_, at) => at);
  const shown = [...state.shown];
  const maps = chosen.map((at) => {
    takeStep(at);
    const { date, text, change } = data.steps[at];
    const classes = classUnits("overlay", shown);
    const said = sayPeriod(shown);
    const figure = drawSmallMap(text, said, (code) => classes.get(code).fill, (code) => (location.hash = `#unit=${code}&as_of=${date}`));
    figure.dataset.step = at;
    figure.querySelector("figcaption").replaceChildren(make("a", { href: "#as_of=" + date, textContent: text }), make("small", { textContent: change }));
    figure.append(make("p", { className: "region-note", textContent: said }));
    return figure;
  });
  takeStep(now);
  byId("periods").replaceChildren(...maps);
}

const mostPeriods = 12;
// Of more steps some are looked at for the room that the head of the page needs.
const mostSteps = 24;

// What stands behind a claim, where the page has no list of its records: said as the list would say it.
function describeEvidence(record) {
  const stale = record.stale ? [levelById.get(record.level).stale] : [];
  const lines = [...stale, ...record.evidence.map((line) => line.map((fact) => data.facts[fact]).join(" · "))];
  return make("div", { className: "evidence" }, ...lines.map((textContent) => make("p", { textContent })));
}

// A kind that has steps in time as well: the time line, and a report of more than one day.
const timed = (other) => ({
  ...other,
  isAsWritten: () => other.isAsWritten() && isLastStep(),
  // What a later report says is not known yet.
  isKnown: ({ since = 0 }) => since <= step,
  describeEvidence,
  sayNoneOffMap: () => (!current.length ? words.step_none : offMapNow().length ? words.all_on_map_chosen : words.step_all),
  *states() {
    yield* other.states();
    const now = step;
    for (let at = 0; at < data.steps.length; at += Math.ceil(data.steps.length / mostSteps)) {
      takeStep(at);
      writeKicker();
      yield {};
    }
    takeStep(now);
    writeKicker();
  },
  repaint(select) {
    other.repaint(select);
    byId("grid-when").textContent = fill(words.grid_when, { when: data.steps[step].text });
  },
  show() {
    showStep();
    labelUnits();
  },
  renew() {
    other.renew?.();
    drawPeriods();
  },
  wire(page) {
    other.wire?.(page);
    wireSteps(() => {
      labelUnits();
      page.repaint();
      page.renewDetail();
    });
  },
  read(asked) {
    other.read(asked);
    if (asked.has("as_of")) takeDay(asked.get("as_of"));
  },
  write: () => [...other.write(), "as_of=" + dayNow()],
});

kinds.timeline = timed(kinds.claims);
