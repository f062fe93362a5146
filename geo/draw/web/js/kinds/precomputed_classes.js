// A map whose classes, legend and sentences come with the page, since no table alone gives them.

const given = data.given;
const writtenSummary = document.getElementById("summary").textContent;
// A class without a sign in any unit has nothing to show.
const signedClasses = new Set(Object.keys(given.signs).filter((code) => given.signs[code]).map((code) => given.classes[code]));
const fixedClasses = new Map(given.rows.map(({ key, fill: paint }, place) => [key, makeClass(key, () => ({ order: [place], fill: paint, ...(!signedClasses.has(key) && { gap: "none" }) }))]));

kinds.fixed = {
  ...kinds.claims,
  classUnits: () => new Map(data.units.map(({ code }) => [code, fixedClasses.get(given.classes[code])])),
  legendRows: () => given.rows,
  isDisputed: () => false,
  signOf: (_, code) => given.signs[code],
  summarise: () => writtenSummary,
};

// How many independent sources: a unit has a broken outline where one of them says present and another absent.
kinds.corroboration = { ...kinds.fixed, isDisputed: kinds.claims.isDisputed };
