// A map whose classes, legend and sentences come with the page, since no table alone gives them.

const given = data.given;
const writtenSummary = document.getElementById("summary").textContent;
const fixedClasses = new Map(given.rows.map(({ key, fill: paint }, place) => [key, makeClass(key, () => ({ order: [place], fill: paint }))]));

kinds.fixed = {
  ...kinds.claims,
  classUnits: () => new Map(data.units.map(({ code }) => [code, fixedClasses.get(given.classes[code])])),
  legendRows: (_, classes) => given.rows.map((row) => ({ ...row, count: [...classes.values()].filter(({ key }) => key === row.key).length })),
  isDisputed: () => false,
  signOf: (_, code) => given.signs[code],
  summarise: () => writtenSummary,
};

// How many independent sources: a unit has a broken outline where one of them says present and another absent.
kinds.corroboration = { ...kinds.fixed, isDisputed: kinds.claims.isDisputed };
