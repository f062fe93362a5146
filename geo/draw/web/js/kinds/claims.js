// Set operations on the claims in the data block: footprints, classes, legend order, sentences.
// The same rules stand in geo/join/footprints.py and geo/join/classes.py; tests/scripts compares them.

// A time line, which may hold very many records, counts units instead of naming them, and says no more than it must.
const { keys, rows } = data.records;
if (rows) data.records = rows.map((row) => Object.fromEntries(keys.map((key, at) => [key, row[at]]).filter(([, value]) => value != null)));
for (const record of data.records) {
  record.place ??= "in";
  record.units &&= record.units.map((unit) => data.units[unit]?.code ?? unit);
}
const groupById = new Map(data.groups.map((group) => [group.id, group]));
const isGroup = (id) => groupById.get(id).kind === "group";
const levelById = new Map(data.levels.map((level) => [level.id, level]));
// In the table's order, as join shows them; with a roll-up a group that others are part of has a later slot.
const locatedGroups = data.groups.filter((group) => group.slot !== undefined);
const mostBands = 4;

function findRoot(id) {
  const group = groupById.get(id);
  return data.choices.roll_up && group.part_of ? findRoot(group.part_of) : id;
}

// At or above which level claims count.
let levelNow = data.choices.level;

function passesLevel(id) {
  const chosen = levelNow && levelById.get(levelNow);
  if (!chosen) return true;
  if (chosen.rank === undefined) return id === chosen.id;
  const rank = levelById.get(id).rank;
  return rank !== undefined && rank >= chosen.rank;
}

// A level of what a group can do in a place, which is no presence there.
const isCapability = (id) => levelById.get(id).footprint === false;

// group id -> {named, able: code -> set of levels, region, stale, absent, inconclusive, touched: sets of codes}
function findFootprints() {
  const found = new Map();
  for (const record of current) {
    if (record.place !== "in" && record.place !== "region") continue;
    for (const id of record.groups.map(findRoot)) {
      if (!found.has(id)) {
        found.set(id, { named: new Map(), reported: new Map(), able: new Map(), region: new Set(), stale: new Set(), old: new Set(), absent: new Set(), inconclusive: new Set(), touched: new Set() });
      }
      const footprint = found.get(id);
      for (const code of record.units) addClaim(footprint, record, code);
    }
  }
  for (const { named, region, stale, old, absent, inconclusive, touched } of found.values()) {
    for (const code of named.keys()) region.delete(code);
    // Whoever has looked since then knows better than a record that is out of date.
    for (const code of [...named.keys(), ...region, ...absent, ...inconclusive]) stale.delete(code);
    for (const code of old) if (!absent.has(code) && !inconclusive.has(code)) touched.add(code);
  }
  return found;
}

function addClaim(footprint, record, code) {
  const finding = record.finding || "present";
  if (isCapability(record.level)) {
    if (record.place === "in" && !record.stale && finding === "present" && passesLevel(record.level)) addLevel(footprint.able, code, record.level);
    else (record.stale ? footprint.old : footprint.touched).add(code);
    return;
  }
  if (finding !== "present" && record.place === "in" && !record.stale) {
    footprint[finding].add(code);
    return;
  }
  (record.stale && finding === "present" ? footprint.old : footprint.touched).add(code);
  if (finding !== "present" || !passesLevel(record.level)) return;
  if (record.stale) footprint.stale.add(code);
  else if (record.place === "region") footprint.region.add(code);
  else {
    addLevel(footprint.named, code, record.level);
    footprint.isOpen ||= record.open_list;
    if (record.basis !== "claimed") addLevel(footprint.reported, code, record.level);
  }
}

// With a plus where a source names them as some of more.
const writeNamed = (id, number) => writeNumber(number) + (footprints.get(id)?.isOpen ? "+" : "");

function addLevel(levels, code, level) {
  levels.set(code, (levels.get(code) || new Set()).add(level));
}

// What counts: of the records that stand, on a time line at its step, those that a reader's filters let through; and the
// units of what no map of these records shows.
let [standing, current, leftOut] = [data.records, data.records, data.left_out ?? []];
let [passes, isSaid] = [() => true, () => true];
let footprints = findFootprints();

function stand(records = standing) {
  standing = records;
  current = records.filter(passes);
  footprints = findFootprints();
}

const [isNamed, isRegion, isStale] = ["named", "region", "stale"].map((how) => (id, code) => footprints.get(id)?.[how].has(code) ?? false);
// Named by the group's own claims alone.
const isClaimed = (id, code) => isNamed(id, code) && !footprints.get(id).reported.has(code);
// What a unit is where nothing that counts names it; of what is left out it is not true that no record does.
const findBeside = (code) => (leftOut.includes(code) ? "other" : data.not_applicable?.includes(code) ? "na" : "none");
// How a group stands in a unit: "named", "claimed", "region", "stale", or nothing where it is not drawn.
const standingOf = (id, code) => (isClaimed(id, code) ? "claimed" : isNamed(id, code) ? "named" : isRegion(id, code) ? "region" : isStale(id, code) ? "stale" : "");
const isDisputed = (id, code) => isNamed(id, code) && footprints.get(id).absent.has(code);

const unitsWhere = (test, ids, units = data.units) => units.filter(({ code }) => ids.some((id) => test(id, code)));
// Able to act where something else is drawn of it.
const isAble = (id, code) => Boolean(footprints.get(id)?.able.has(code) && standingOf(id, code));

const gapKinds = ["region", "stale", "other", "capability", "absent", "inconclusive", "na", "none"];
const marks = { named: "", claimed: "*", region: "~", stale: "!" };

// Sorts like geo/draw/marks/legend.py: more groups first, then fewer region-only ones, then by slot and standing; gaps last.
function combine(standings) {
  return makeClass(standings.map(({ id, standing }) => id + marks[standing]).join("+"), () => {
    const named = standings.filter(({ standing }) => standing === "named" || standing === "claimed").length;
    return {
      standings,
      order: [named ? 2 : 3, -named, -standings.length, ...standings.map(({ id }) => groupById.get(id).slot), ...standings.map(({ standing }) => Object.keys(marks).indexOf(standing))],
      fill: fillGroups(standings),
      sign: "",
    };
  });
}

const shadeOf = (number) => makeClass("shade:" + number, () => ({ shade: number, order: [0, -number], fill: data.colours["shade:" + number], sign: writeNumber(number) }));
const gapOf = (kind) => makeClass("gap:" + kind, () => ({ gap: kind, order: [9, gapKinds.indexOf(kind)], fill: `url(#fill-${kind})`, sign: "" }));

function classByGroup(code, shown) {
  const standings = shown.map((id) => ({ id, standing: standingOf(id, code) })).filter(({ standing }) => standing);
  return standings.length ? combine(standings) : null;
}

// Of more groups than bands tell apart the shade says how many are named, and chips say which, and how each stands.
function classByShade(code, shown) {
  if (!shown.some((id) => standingOf(id, code))) return null;
  return shadeOf(shown.filter((id) => isGroup(id) && isNamed(id, code)).length);
}

const isCrowded = (view, shown) => views.get(view).name === "overlay" && shown.length > mostBands;
const mostChips = 12;

function stateOf(id, code) {
  const { absent, inconclusive, able } = footprints.get(id) ?? {};
  return standingOf(id, code) || (able?.has(code) ? "able" : absent?.has(code) ? "absent" : inconclusive?.has(code) ? "inconclusive" : "silent");
}

// What stands with a unit's name: a chip for each group in its own place, so that grey paper tells them apart as well.
function signClaims(each, code) {
  const shown = shownNow();
  return each.gap || !hasChips(shown) ? each.sign : findChips(code, shown);
}

const hasChips = (shown) => ["overlay", "compare"].includes(views.get(state.view)?.name) && shown.length <= mostChips;
const findChips = (code, shown) => shown.map((id) => ({ ...groupById.get(id), state: stateOf(id, code), isDisputed: isDisputed(id, code), isAble: isAble(id, code) }));

// The looks of the chips that are drawn, by what each says; as list_chip_looks in geo/draw/marks/chips.py.
function listChipLooks(shown) {
  const drawn = unitsWhere(standingOf, shown).flatMap(({ code }) => findChips(code, shown));
  const one = (state) => ["chip." + state, { state }, (chip) => chip.state === state];
  const isMarked = (chip) => ["named", "claimed"].includes(chip.state);
  const known = [
    one("named"),
    ["chip.able_too", { state: "named", isAble: true }, (chip) => chip.isAble],
    ["chip.disputed", { state: "named", isDisputed: true }, (chip) => chip.isDisputed],
    ...["claimed", "region", "stale", "able", "absent", "inconclusive", "silent"].map(one),
    ...uncounted.map((kind) => ["kind." + kind, { state: "named", kind }, (chip) => isMarked(chip) && chip.kind === kind]),
  ];
  return known.filter(([, , has]) => drawn.some(has));
}

function findGap(code, ids) {
  if (ids.some((id) => isRegion(id, code))) return gapOf("region");
  return ids.some((id) => isStale(id, code)) ? gapOf("stale") : null;
}

function rankOf(level) {
  return level.rank ?? -Infinity;
}

// What others report before what only the group itself claims.
function orderLevels(id, code) {
  const { named, reported } = footprints.get(id);
  const isOwn = (level) => !reported.get(code)?.has(level.id);
  return data.levels.filter((level) => named.get(code).has(level.id)).sort((a, b) => isOwn(a) - isOwn(b) || rankOf(b) - rankOf(a) || 0);
}

const strongestLevel = (id, code) => orderLevels(id, code)[0];

function classUnshown(code, shown, among) {
  const all = among.map((id) => footprints.get(id)).filter(Boolean);
  const visible = shown.map((id) => footprints.get(id)).filter(Boolean);
  if (all.some((each) => each.touched.has(code))) return gapOf("other");
  if (visible.some((each) => each.able.has(code))) return gapOf("capability");
  if (visible.some((each) => each.inconclusive.has(code))) return gapOf("inconclusive");
  if (visible.some((each) => each.absent.has(code))) return gapOf("absent");
  if (all.some((each) => each.able.has(code) || each.absent.has(code) || each.inconclusive.has(code))) return gapOf("other");
  return gapOf(findBeside(code));
}

// The views that a reader can switch to, by their names; the level of one group is a view of its own.
const views = new Map(data.views.filter((name) => name !== "level").map((name) => [name, { name, label: data.views[0] === "count" ? words.view_count_apart : (words["view_" + name] ?? words["nav_" + name]) }]));
if (data.views.includes("level")) {
  for (const { id, name } of locatedGroups) views.set("level:" + id, { name: "level", group: id, label: name });
}

// How a view of something else than all groups classes a unit, and what its legend lists though no unit is of it.
const otherViews = {};

function classUnits(view, shown) {
  const { name, group } = views.get(view);
  const classOf = otherViews[name]?.classOf ?? (isCrowded(view, shown) ? classByShade : classByGroup);
  const visible = group ? [group] : name === "count" ? shown.filter(isGroup) : shown;
  const among = group ? [group] : [...footprints.keys()];
  return new Map(data.units.map(({ code }) => [code, classOf(code, group ?? shown) || classUnshown(code, visible, among)]));
}

function legendRows(view, classes) {
  const standing = otherViews[views.get(view).name]?.list(classes) ?? [gapOf("none")];
  const counts = new Map(standing.map((each) => [each, 0]));
  for (const each of classes.values()) counts.set(each, (counts.get(each) || 0) + 1);
  const rows = [...counts].sort(([a], [b]) => compareClasses(a, b)).map(([each, count]) => ({ ...each, count, label: nameClass(each, views.get(view)) }));
  const ones = rows.filter(isAlone);
  // Which group each of these colours is, the table of groups says, but not of those compared.
  if (views.get(view).name === "compare" || locatedGroups.length > mostBands || !ones.length) return rows;
  const one = { key: "alone", label: words.class_alone, fill: ones.map(({ fill: paint }) => paint), count: ones.reduce((sum, { count }) => sum + count, 0) };
  return rows.flatMap((row) => (row === ones[0] ? [one] : isAlone(row) ? [] : [row]));
}

const isAlone = ({ standings }) => standings?.length === 1 && standings[0].standing === "named";

function nameClass({ standings, shade, number, level, isOwn, gap }, { name, group } = {}) {
  if (shade === 0) return words.class_none_now;
  const n = shade ?? number;
  if (n) return n === 1 ? words.class_one : fill(words.class_n, { n });
  if (isOwn) {
    const said = fill(words.level_claimed, { level: level.name });
    return group ? fill(words.summary_one, { group: level.code + marks.claimed, rest: said }) : said;
  }
  if (level) return (group ? level.code + ": " : "") + level.name;
  if (gap === "none" && group) return fill(words.class_none_group, { group: groupById.get(group).name });
  if (gap) return words["class_" + gap];
  if (name === "compare" && standings.length === 1 && standings[0].standing === "named") return fill(words.compare_only, { group: groupById.get(standings[0].id).name });
  const say = { claimed: words.claim_only, region: words.region_only, stale: words.stale_only };
  const nameOne = ({ id, standing }) => (say[standing] ? fill(say[standing], { group: groupById.get(id).name }) : groupById.get(id).name);
  return standings.map(nameOne).join(" + ");
}

// What no map can show, of the records that count.
function offMapNow() {
  return data.off_map.filter((item) => current.includes(data.records[item.record]));
}

// What it says of some of its groups.
function sayOffMap({ groups, text, say }, told) {
  if (!told.length || told.length === groups.length) return told.length ? text : "";
  const [before, after] = say[told.length === 1 ? 0 : 1];
  return before + fill("{names}", { names: list(told.map((id) => groupById.get(id).short)) }) + after;
}

// What no map can show of the groups that a view is of. A group without a switch is on no map, and always said; one that
// no record of this step locates may be switched off. Sentences of one group, or of those compared, are of these alone.
function listOffMap(view, shown, isOfThese = false) {
  const { name, group: one } = views.get(view);
  const isOff = (id) => groupById.get(id).slot !== undefined && !shown.includes(id);
  const isShown = (id) => (!isOfThese && groupById.get(id).slot === undefined) || (one ? id === one : name === "compare" ? shown.includes(id) : !isOff(id));
  const told = offMapNow().map((item) => ({ ...item, text: sayOffMap(item, item.groups.filter((id) => isShown(findRoot(id)))) }));
  return told.filter(({ text }) => text);
}

// Where the most groups are named, of those that a view shows; as write_headline in geo/draw/wording/presence.py says it.
function writeHeadline(view, shown) {
  const one = views.get(view).group;
  const counted = (one ? [one] : shown).filter((id) => footprints.has(id) && (one || isGroup(id)));
  const numbers = data.units.map(({ code }) => counted.filter((id) => isNamed(id, code)).length);
  const most = Math.max(0, ...numbers);
  const units = data.units.filter((_, index) => numbers[index] === most);
  const also = units.map(({ code }) => (one ? [] : uncounted.map((kind) => shown.filter((id) => groupById.get(id).kind === kind && isNamed(id, code)).length)));
  const together = most > 1 && new Set(also.map(String)).size === 1 ? also[0] : [];
  let said = most ? sayWhere(most, units, counted, together) : one ? fill(words.headline_none_one, { group: groupById.get(one).name }) : words.headline_none;
  const apart = uncounted.filter((_, index) => !together.some(Boolean) && also.some((each) => each[index]));
  if (apart.length) said = fill(words.headline_uncounted, { said, kinds: list(apart.map((kind) => words[kind + "s"])) });
  return hedge(said, units, together.some(Boolean) ? shown : counted, counted);
}

// As hedge_headline in geo/draw/wording/presence.py.
function hedge(said, units, told, counted, among = units.length) {
  said = hedgeClaimed(said, units, told, among);
  const disputed = unitsWhere(isDisputed, counted, units);
  if (!disputed.length) return said;
  return fill(disputed.length < among ? words.headline_disputed : words.headline_disputed_all[units.length === 1 ? 0 : 1], { said, places: listPlaces(disputed) });
}

// Of tables with claims of the groups' own, own_claims.js says where a headline rests on these.
let hedgeClaimed = (said) => said;

const uncounted = ["coalition", "population"];
const mostNames = 4;
const listPlaces = (units) => (units.length > mostNames ? fill(words.number_of, { n: units.length, what: words.nouns }) : list(units.map(({ name }) => name)));

function sayWhere(most, units, counted, together) {
  const places = listPlaces(units);
  const groups = most === 1 ? counted.filter((id) => footprints.get(id).named.size) : counted.slice(0, most);
  const isOpen = footprints.get(groups[0])?.isOpen;
  if (groups.length === 1) return fill(words.headline_one, { group: groupById.get(groups[0]).name, places: isOpen ? fill(words.at_least_in, { places }) : places });
  const number = fill(words.groups_counted[1], { n: data.counts?.[groups.length] ?? writeNumber(groups.length) });
  if (most === 1) return fill(words.headline_apart, { groups: number, places });
  const also = uncounted.map((kind, index) => sayAny(words["also_" + kind], together[index])).filter(Boolean);
  return fill(units.length > 1 ? words.headline_each : words.headline_many, { groups: list([number, ...also]), places });
}

// Of each group the number of units as geo/draw/sections/group_rows.py counts them.
function countGroupRows(shown) {
  return new Map(locatedGroups.map(({ id }) => {
    const { named: levels, region, stale, able } = footprints.get(id) ?? {};
    const named = [...(levels?.keys() ?? [])];
    const [claimed, disputed] = [isClaimed, isDisputed].map((test) => named.filter((code) => test(id, code)).length);
    const alone = named.filter((code) => !shown.some((other) => other !== id && standingOf(other, code))).length;
    return [id, { named: named.length, alone, claimed, disputed, stale: stale?.size ?? 0, region: region?.size ?? 0, able: able?.size ?? 0 }];
  }));
}

// Of tables with coalitions or populations, uncounted_kinds.js says how many units are named for these alone.
let sayUncounted = () => "";

// Of which groups a source names some units of more, so that there are at least these.
function sayOpen(ids) {
  const found = locatedGroups.filter(({ id }) => ids.includes(id) && footprints.get(id)?.isOpen);
  const groups = found[2] ? fill(words.groups_counted[1], { n: found.length }) : list(found.map(({ short }) => short));
  return found[0] ? fill(words.summary_open[found[1] ? 1 : 0], { groups }) : "";
}

// Counts what the map shows and, with what is off it, says that too.
function sumUp(view, shown, isWhole = true) {
  const { group: one } = views.get(view);
  const all = [...footprints.keys()];
  const ids = one ? [one] : all.filter((id) => shown.includes(id));
  const named = unitsWhere(isNamed, ids);
  const rest = data.units.filter((unit) => !named.includes(unit));
  const region = unitsWhere(isRegion, ids, rest);
  const stale = unitsWhere(isStale, ids, rest).filter((unit) => !region.includes(unit));
  let text = fill(words.summary_named[named.length === 1 ? 0 : 1], { n: named.length, total: data.units.length });
  if (!one) text += sayUncounted(named, ids);
  if (region.length) text += fill(words.summary_region, { n: region.length });
  // Fewer are named then only because time goes by.
  if (stale.length) text += fill(words.summary_stale, { n: stale.length });
  text += sayAny(words.summary_claimed, named.filter(({ code }) => ids.every((id) => standingOf(id, code) !== "named")).length);
  text += sayAny(words.summary_disputed, unitsWhere(isDisputed, ids).length) + sayOpen(ids);
  const offMap = isWhole ? listOffMap(view, shown, true).map(({ text: said }) => said) : [];
  const said = fill(words.stop, { said: [text, ...offMap].join(words.semicolon) });
  if (one) return fill(words.summary_one, { group: groupById.get(one).name, rest: said });
  return ids.length < all.length ? fill(words.summary_shown, { rest: said }) : said;
}

// "Haqqani Network and ISIS-K (Sleeper cells)" for the groups named in a unit, and so on: for ears and hover.
function describeUnit(code) {
  const said = new Map();
  const nameLevels = (here) => data.levels.filter(({ id }) => here.has(id)).map(({ name }) => name).join(words.comma);
  const tell = (key, name, levels = "") => {
    const same = key + levels;
    said.set(same, { key, levels, names: [...(said.get(same)?.names ?? []), name] });
  };
  for (const { id, name } of data.groups) {
    const { named, able, absent, inconclusive, touched } = footprints.get(id) || {};
    const here = named?.get(code);
    const hedges = [isClaimed(id, code) && words.hedge_claimed, isDisputed(id, code) && words.hedge_disputed].filter(Boolean);
    if (here) tell("unit_named", name, [nameLevels(here), ...hedges].join(words.semicolon));
    if (able?.has(code)) tell(here ? "unit_capable_too" : "unit_capable", name, nameLevels(able.get(code)));
    if (here) continue;
    if (isRegion(id, code)) tell("region_only", name);
    else if (isStale(id, code)) tell("stale_only", name);
    else if (absent?.has(code)) tell("unit_absent", name);
    else if (inconclusive?.has(code)) tell("unit_inconclusive", name);
    else if (touched?.has(code)) tell("unit_other", name);
  }
  const lines = [...said.values()].map(({ key, names, levels }) => fill(words[key], { group: list(names), levels }));
  return lines.length ? lines : [words["class_" + findBeside(code)]];
}
