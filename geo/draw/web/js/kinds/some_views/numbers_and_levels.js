// Views of how many groups are named, and at which level one is; as geo/join/classes.py and geo/draw/marks/legend.py.

const countGroups = (number) => makeClass("n:" + number, () => ({ number, order: [1, -number], fill: data.colours["n:" + number], sign: writeNumber(number) }));

// What only the group itself claims is a net of the level's colour.
function atLevel(level, isOwn = false) {
  const key = "level:" + level.id;
  const order = [1, -rankOf(level), data.levels.indexOf(level), Number(isOwn)];
  if (!isOwn) return makeClass(key, () => ({ level, order, fill: data.colours[key], sign: level.code }));
  const net = "#net-" + data.colours[key].slice(1);
  return makeClass(key + marks.claimed, () => ({ level, isOwn, order, fill: `url(${net})`, fillSmall: `url(${net}-large)`, sign: level.code + marks.claimed }));
}

function classByCount(code, shown) {
  const counted = shown.filter(isGroup);
  const count = counted.filter((id) => isNamed(id, code)).length;
  return count ? countGroups(count) : findGap(code, counted);
}

function classByLevel(code, id) {
  return isNamed(id, code) ? atLevel(strongestLevel(id, code), isClaimed(id, code)) : findGap(code, [id]);
}

otherViews.count = {
  classOf: classByCount,
  list(classes) {
    const most = Math.max(0, ...[...classes.values()].map(({ number }) => number || 0));
    return [...Array.from({ length: most }, (_, index) => countGroups(most - index)), gapOf("region"), gapOf("none")];
  },
};
otherViews.level = {
  classOf: classByLevel,
  list: () => [...data.levels.filter(({ id, rank }) => rank !== undefined && !isCapability(id) && passesLevel(id)).map((level) => atLevel(level)), gapOf("region"), gapOf("none")],
};
