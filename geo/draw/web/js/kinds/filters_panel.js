// A reader's filters beside the map: what is asked for, as an address holds it, and what is said of it.

// Values by name: as_of, basis, confidence, grade, level; of what a page offers, and only those asked for.
let asked = {};
let drawnOf = "";
const countAsked = () => Object.keys(asked).length;
// Leaves records out, and tells how many; a level leaves out what they claim.
let [select, sayHidden] = [() => {}, () => ""];

// What the table no longer holds, or a link has misspelt, is not asked for; the rest is.
function ask(read) {
  asked = {};
  for (const [name, values] of Object.entries(data.filters)) if (values.includes(read(name))) asked[name] = read(name);
  levelNow = asked.level ?? data.choices.level;
  select();
  stand();
}

const boxes = () => [...document.querySelectorAll("#narrow select")];

function showFilters() {
  const [summary, said] = document.querySelectorAll("#narrow :is(summary, [role])");
  const number = countAsked();
  for (const box of boxes()) box.value = asked[box.name] ?? "";
  summary.textContent = number ? fill(words.filter_on, { n: number }) : words.filter;
  said.textContent = [...boxes().map((box) => box.selectedOptions[0].dataset.said), sayHidden()].filter(Boolean).join(" ");
}

const sayChosen = (said) => (countAsked() ? fill(words.chosen_records, { said }) : said);

const filtering = (other) => ({
  ...other,
  isAsWritten: () => !countAsked() && other.isAsWritten(),
  summarise: () => sayChosen(other.summarise()),
  *states() {
    const now = asked;
    ask(() => "");
    yield* other.states();
    for (const [name, values] of Object.entries(data.filters)) {
      for (const value of values.slice(0, 3)) {
        ask((each) => each === name && value);
        yield {};
      }
    }
    ask((name) => now[name]);
  },
  wire(page) {
    other.wire?.(page);
    const narrow = (read) => {
      ask(read);
      kind.showSwitches();
      page.repaint();
      page.renewDetail();
    };
    byId("narrow").addEventListener("change", () => narrow((name) => boxes().find((box) => box.name === name).value));
    document.querySelector("#narrow button").addEventListener("click", () => narrow(() => ""));
  },
  showSwitches() {
    other.showSwitches();
    showFilters();
    const now = Object.entries(asked).join();
    if (drawnOf !== now) other.renew?.();
    drawnOf = now;
  },
  // A link to a unit alone leaves the filters as they are; one to a state holds them all.
  read(given) {
    other.read(given);
    if ([...given.keys()].some((key) => key in data.filters || !/^(unit|as_of)$/.test(key))) ask((name) => given.get(name));
  },
  write: () => [...other.write(), ...Object.entries(asked).map((each) => each.map(encodeURIComponent).join("="))],
});

kinds[data.kind] = filtering(kinds[data.kind]);
