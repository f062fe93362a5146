// Two sources: how the two compare in a unit, then the claims of both, and of no third one.

function describeBothSources(code) {
  const here = data.records.filter((record, index) => given.records.includes(index + 1) && record.units?.includes(code));
  const lines = given.lines[code].map((line) => make("li", { textContent: line }));
  for (const line of lines) line.style.borderColor = "transparent";
  return [...lines, ...describeRecords(here)];
}

kinds.sources = {
  ...kinds.fixed,
  describeUnit: (code) => given.lines[code],
  describeClaims: describeBothSources,
  // What is on no map stands below it, side by side.
  listAsides: () => [],
};
