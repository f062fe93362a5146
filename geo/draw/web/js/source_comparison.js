// Two sources: what is said of a unit, and the sign under its name, are given too, in place of claims.js, map.js and panel.js.

function describeUnit(code) {
  return data.given.lines[code];
}

function signOf(key) {
  return data.given.signs[key];
}

// How the two compare, then the claims of both, and of no third source.
function describeClaims(code) {
  const here = data.records.filter((record, index) => data.given.records.includes(index + 1) && record.units && record.units.includes(code));
  const claims = here.flatMap((record) => record.groups.map((id) => describeClaim(record, id)));
  const lines = describeUnit(code).map((line) => make("li", { textContent: line }));
  for (const line of lines) line.style.borderColor = "transparent";
  return [...lines, ...claims];
}

// What is on no map stands below it, side by side.
function listNationwide() {
  return [];
}
