// Beside the map of recorded events: switches, slider, the figures of one unit, the download.

function makeChoice(name, value, label, checked) {
  return make("label", {}, make("input", { type: "radio", name, value, checked }), make("span", { textContent: label }));
}

function drawEventSwitches(form, onChange) {
  if (eventViews.length > 1) form.append(...eventViews.map(({ key, name }) => makeChoice("view", key, name, key === state.view)));
  else form.firstElementChild.className = "visually-hidden";
  if (measures.length > 1) {
    const choices = measures.map((each) => makeChoice("measure", each, phrase({ rate: "events_rate", deaths: "events_deaths" }[each] ?? "events_count"), each === state.measure));
    form.append(make("fieldset", { id: "measures" }, make("legend", { textContent: words.events_measure }), ...choices));
  }
  if (data.events.places) {
    const box = make("input", { type: "checkbox", id: "points" });
    form.append(make("label", {}, box, make("span", { textContent: words.events_points })), make("p", { id: "points-said", className: "region-note", hidden: true }));
  }
  if (data.steps.length > 2) form.append(make("label", { id: "window" }, make("input", { type: "checkbox", id: "from" }), make("span")));
  form.addEventListener("change", (event) => {
    if (event.target.id === "from") state.from = event.target.checked ? state.period : 0;
    if (event.target.name === "view") state.view = event.target.value;
    if (event.target.name === "measure") state.measure = event.target.value;
    onChange();
  });
}

function showEventSwitches() {
  for (const input of byId("switches").querySelectorAll("input[type=radio]")) input.checked = input.value === (input.name === "view" ? state.view : state.measure);
  if (data.events.places) showPoints();
  const from = byId("from");
  if (!from) return;
  from.checked = state.from > 0;
  from.disabled = !state.period;
  from.nextSibling.textContent = fill(words.events_from, { when: data.steps[state.from || state.period || 1].text });
}

// Everything but the map that speaks of the period.
function showPeriod() {
  const slider = byId("step");
  if (!slider) return;
  slider.value = state.period;
  showWhen(whenNow());
  for (const row of document.querySelectorAll("#steps tbody tr")) {
    if (state.period && listSteps().includes(Number(row.dataset.step))) row.setAttribute("aria-current", "step");
    else row.removeAttribute("aria-current");
  }
}

let eventPage = null;

function wirePeriods(page) {
  eventPage = page;
  if (!byId("step")) return;
  const go = (at) => {
    state.period = at;
    page.refresh();
  };
  // Below the slider, whose first step is the whole time.
  const [{ length }, step] = [data.steps, byId("step")];
  const shade = shadeUncovered(1, 1);
  if (shade.length) {
    const track = make("span", { className: "track" });
    step.replaceWith(track);
    track.append(step, svg("svg", { viewBox: `-.5 0 ${length - 1} 1`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...shade));
  }
  wireSlider({ go, now: () => state.period, first: 1, last: data.steps.length - 1, pace: 900 });
}

// Bars of one unit over all periods, in the view that is shown; the state.period that is shown stands out.
function drawBars(code) {
  const counts = data.steps.slice(1).map((_, place) => sumOf(code, state.view, place + 1)[0]);
  const most = Math.max(0, ...counts);
  if (!most) return [];
  const [width, height] = [300, 44];
  const wide = width / counts.length;
  const bar = (count, place) => (count ? `M${(place * wide).toFixed(2)} ${height}v${(-Math.max((height * count) / most, 1)).toFixed(1)}h${Math.max(wide - 1, wide * 0.8).toFixed(2)}V${height}z` : "");
  const said = fill(words.events_bars, { what: viewNames.get(state.view), start: data.steps[1].text, end: data.steps[counts.length].text, n: writeNumber(most) });
  const marks = [...shadeUncovered(wide, height), svg("path", { d: counts.map(bar).join(""), class: "bars" })];
  if (state.period) marks.unshift(svg("rect", { x: ((listSteps()[0] - 1) * wide).toFixed(2), y: 0, width: Math.max(wide * listSteps().length, 2).toFixed(2), height, class: "now" }));
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": said }, ...marks);
  return [make("figure", { className: "strip" }, picture, make("figcaption", { className: "region-note", textContent: said }))];
}

function drawFigures(code) {
  const people = peopleOf(code);
  const heads = [words.events_what, words.events_count, ...(people ? [phrase("events_rate")] : []), ...(statesDeaths ? [words.events_deaths] : [])];
  const rows = eventViews.flatMap(({ key, name }) => {
    const [events, deaths] = sumOf(code, key);
    if (!events) return [];
    const figures = [writeNumber(events), ...(people ? [writeRate(rateOf(events, people))] : []), ...(statesDeaths ? [deaths === null ? "–" : writeDeaths(sumOf(code, key))] : [])];
    const row = make("tr", {}, make("th", { scope: "row" }, make("bdi", { textContent: name })), ...figures.map((text) => make("td", { className: "figure", textContent: text })));
    row.dataset.view = key;
    return [row];
  });
  if (!rows.length) return make("p", { textContent: leftOf(code) ? "" : words[isUncovered() ? "events_detail_uncovered" : "events_detail_none"] });
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col", textContent: text })));
  const when = state.period || data.steps.length > 1 ? whenNow().text : "";
  return make("table", { id: "figures" }, ...(when ? [make("caption", { textContent: when })] : []), make("thead", {}, head), make("tbody", {}, ...rows));
}

function sayLeft(code) {
  return leftOf(code) ? [make("p", { textContent: sayLine(words.events_left_out, writeNumber(leftOf(code))) })] : [];
}

// Fields of the periods that the files do not cover, in a picture that is so wide and high.
function shadeUncovered(wide, height) {
  const fields = data.steps.slice(1).map((_, place) => (isUncovered([place + 1]) ? `M${(place * wide).toFixed(2)} 0h${wide.toFixed(2)}V${height}h-${wide.toFixed(2)}z` : ""));
  return fields.some(Boolean) ? [svg("path", { d: fields.join(""), class: "uncovered" })] : [];
}

function sayPeople(code) {
  const people = peopleOf(code);
  return people ? fill(words[data.events.people], { n: writeNumber(people) }) : words.events_people_none;
}

// The columns of `presence events --to counts`, then what else is known of the unit: a row for each unit, group and
// period in which an event is recorded, and for events that no single period holds.
function listEventCounts() {
  const rows = [["group", "group_name", "code", words.noun, "period", "events", "deaths", "deaths_low", "deaths_high", "covered", "pcode", "population"]];
  for (const [view, number, gaps, events, deaths, low = deaths, high = deaths] of data.events.counts) {
    const unit = data.units[number];
    let at = 0;
    gaps.forEach((gap, place) => {
      at += gap;
      const { group, name } = eventViews[view];
      const who = group ? [group, name] : ["any", ""];
      const period = at ? data.steps[at].date : "";
      const covered = { none: "no", part: "partly" }[data.steps[at].cover] ?? "yes";
      rows.push([...who, unit.code, unit.name, period, events[place], ...[deaths, low, high].map((each) => each?.[place]), covered, unit.pcode, population[number]]);
    });
  }
  return rows;
}

Object.assign(kinds.events, {
  detail: (code) => [drawFigures(code), ...sayLeft(code), ...drawBars(code), make("p", { className: "aside", textContent: sayPeople(code) })],
  rows: listEventCounts,
  drawSwitches: drawEventSwitches,
  showSwitches() {
    showEventSwitches();
    showPeriod();
    labelUnits();
  },
  repaint: () => eventPage.renewDetail(),
  wire: wirePeriods,
});
