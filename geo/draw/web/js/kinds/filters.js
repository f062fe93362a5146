// Which of a page's records count as its reader asks, why others do not, and which are out of date on the day asked for.
// The same rules stand in geo/join/filters.py; tests/scripts compares them.

const sureness = ["low", "moderate", "high"];
const sourceById = new Map(data.sources.map((source) => [source.id, source]));

// Days are numbers of milliseconds, in any year; of what is open there is none, and it is neither before nor after any.
const dayAt = (year, month, day) => new Date(0).setUTCFullYear(year, month, day);

function firstDay(date) {
  const [year, month = 1, day = 1] = date.split("-").map(Number);
  return dayAt(year, month - 1, day);
}

function lastDay(date) {
  const [year, month = 12, day] = date.split("-").map(Number);
  return day ? dayAt(year, month - 1, day) : dayAt(year, month, 0);
}

function endSpan(span, from) {
  const count = { year: 0, month: 0, day: 0 };
  for (const [, number, noun] of span.matchAll(/(\d+) (year|month|day)/g)) count[noun] = Number(number);
  const day = new Date(from);
  const [year, month] = [day.getUTCFullYear() + count.year, day.getUTCMonth() + count.month];
  const longest = new Date(dayAt(year, month + 1, 0)).getUTCDate();
  return dayAt(year, month, Math.min(day.getUTCDate(), longest) + count.day);
}

const publicationOf = ({ source }) => source && sourceById.get(source).date;

function findTimeReason(said, day) {
  const published = publicationOf(said);
  if (!published) return "undated";
  if (lastDay(published) > lastDay(day)) return "later";
  return said.observed && firstDay(said.observed.split(" to ")[0]) > lastDay(day) ? "ahead" : "";
}

// Letters and digits each with their own kind; F and 6 mean that nobody can say, which is not "worse".
function findGradeReason({ source, grade }, wanted) {
  const given = [...wanted].map((sign) => [sign, /\d/.test(sign) ? grade : source && sourceById.get(source).grade]);
  if (given.some(([, own]) => !own || "F6".includes(own))) return "ungraded";
  return given.some(([sign, own]) => own > sign) ? "grade" : "";
}

// Why a record is left out; nothing where it counts.
function findReason(record, { as_of: day, basis, confidence, grade }) {
  const reason = day && findTimeReason(record, day);
  if (reason) return reason;
  if (basis && !basis.split(",").includes(record.basis ?? "reported")) return "basis";
  if (confidence && !record.confidence) return "unsure";
  if (confidence && sureness.indexOf(record.confidence) < sureness.indexOf(confidence)) return "confidence";
  return grade ? findGradeReason(record, grade) : "";
}

function isPast(record, day) {
  const span = levelById.get(record.level).valid_for;
  const end = record.observed?.split(" to ").at(-1) ?? "open";
  const known = end === "open" ? publicationOf(record) : end;
  return Boolean(span && known && day) && endSpan(span, lastDay(known)) < lastDay(day);
}

let hidden = {};
const dayName = () => boxes().find(({ name }) => name === "as_of")?.selectedOptions[0].textContent;

// Of a unit of what is left out it is not true that no record names it, unless on the day of the map none was known.
select = () => {
  const [kept, aside] = [new Set(), new Set()];
  hidden = {};
  for (const record of data.records) {
    const reason = findReason(record, asked);
    if (!reason) kept.add(record);
    else hidden[reason] = (hidden[reason] ?? 0) + 1;
    if (reason && reason !== "later" && reason !== "ahead") for (const code of record.units ?? []) aside.add(code);
    if (data.filters.as_of) record.stale = isPast(record, asked.as_of ?? data.as_of);
  }
  passes = (record) => kept.has(record);
  leftOut = [...(data.left_out ?? []), ...aside];
};

isSaid = (said) => !asked.as_of || !findTimeReason(said, asked.as_of);

// As say_hidden of geo/draw/wording/presence.py.
sayHidden = () => {
  const total = data.records.length;
  const reasons = Object.keys(hidden).sort().map((reason) => fill(words["hidden_reason." + reason], { n: hidden[reason], date: dayName() }));
  const n = Object.values(hidden).reduce((sum, number) => sum + number, 0);
  const said = n ? fill(words.hidden, { n, total, reasons: reasons.join(words.semicolon) }) : "";
  return [said, n === total && total && fill(words.stop, { said: words.filter_nothing })].filter(Boolean).join(" ");
};

// Columns that count nothing while all records count stand aside until they do.
function showColumns() {
  for (const head of document.querySelectorAll("#groups-shown th[data-spare]")) {
    const cells = [...document.querySelectorAll(`#groups-shown td[data-count=${head.dataset.spare}]`)];
    const isEmpty = cells.every(({ textContent }) => textContent === writeNumber(0));
    for (const cell of [head, ...cells]) cell.hidden = isEmpty;
  }
}

// Whoever passes on what is shown of a day passes on that day; how many records are out of date hangs on it too.
const [above, notShown] = [document.querySelector(".kicker"), byId("not-shown")];
const [firstAbove, firstNotShown] = [above.lastChild?.data, notShown?.textContent];
const sayStale = (records) => sayAny(words.stale_records, records.filter(({ stale }) => stale).length);

function showDay() {
  const said = fill(words["title_when.dated"], { title: data.title, date: dayName() });
  above.lastChild.data = asked.as_of ? said.slice(said.indexOf(data.title) + data.title.length).replace(/^[\u2069,،· ]+/, "") : firstAbove;
  notShown.textContent = asked.as_of ? firstNotShown.replace(firstStale, "") + " " + sayStale(current) : firstNotShown;
}

const firstStale = data.filters.as_of ? sayStale(data.records) : "";
const narrowed = kinds[data.kind];

kinds[data.kind] = {
  ...narrowed,
  sayNoneOffMap: () => sayChosen(narrowed.sayNoneOffMap()),
  // Whoever passes on the map alone passes on that nothing was looked at.
  headline: () => (standing.length && !current.length ? words.filter_nothing : narrowed.headline()),
  repaint(choose) {
    narrowed.repaint?.(choose);
    showColumns();
    if (data.filters.as_of) showDay();
  },
};
