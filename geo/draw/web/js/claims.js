// Set operations on the claims in the data block: footprints, classes, legend order, sentences.
// The same rules stand in geo/join/footprints.py and geo/join/classes.py; a browser test compares them.

const data = JSON.parse(document.getElementById("presence-data").textContent);
const words = data.words;
// A time line, which may hold very many records, counts units instead of naming them, and says no more than it must.
for (const record of data.records) {
  record.place ??= "in";
  record.units &&= record.units.map((unit) => data.units[unit]?.code ?? unit);
}
const unitByCode = new Map(data.units.map((unit) => [unit.code, unit]));
const groupById = new Map(data.groups.map((group) => [group.id, group]));
const levelById = new Map(data.levels.map((level) => [level.id, level]));
// In the table's order, as join shows them; with a roll-up a group that others are part of has a later slot.
const locatedGroups = data.groups.filter((group) => group.slot !== undefined);
const mostBands = 4;

// A figure as the page's language writes it.
const figures = { ...(data.digits || "0123456789"), ".": data.decimal || ".", ",": data.thousands || "," };
const localise = (text) => text.replace(/[0-9.,]/g, (sign) => figures[sign]);

function writeNumber(value) {
  const text = String(value);
  return localise(Number.isInteger(value) ? text.replace(/\B(?=(\d{3})+$)/g, ",") : text);
}

function fill(template, values) {
  // What is in Latin letters must not draw brackets and figures around it into its own direction.
  const isolate = (value) => (data.direction === "rtl" && /[A-Za-z]/.test(value) ? `\u2068${value}\u2069` : value);
  const show = (value) => (typeof value === "number" ? writeNumber(value) : isolate(value));
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? show(values[name]) : whole));
}

function list(names) {
  if (names.length < 2) return names.join("");
  return fill(words.and, { most: names.slice(0, -1).join(words.comma), last: names[names.length - 1] });
}

function findRoot(id) {
  const group = groupById.get(id);
  return data.choices.roll_up && group.part_of ? findRoot(group.part_of) : id;
}

function passesLevel(id) {
  const chosen = data.choices.level && levelById.get(data.choices.level);
  if (!chosen) return true;
  if (chosen.rank === undefined) return id === chosen.id;
  const rank = levelById.get(id).rank;
  return rank !== undefined && rank >= chosen.rank;
}

// group id -> {named: code -> set of levels, region, stale, absent, inconclusive, touched: sets of codes}
function findFootprints() {
  const found = new Map();
  for (const record of current) {
    if (record.place !== "in" && record.place !== "region") continue;
    for (const id of record.groups.map(findRoot)) {
      if (!found.has(id)) {
        found.set(id, { named: new Map(), region: new Set(), stale: new Set(), old: new Set(), absent: new Set(), inconclusive: new Set(), touched: new Set() });
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
  if (finding !== "present" && record.place === "in" && !record.stale) {
    footprint[finding].add(code);
    return;
  }
  (record.stale && finding === "present" ? footprint.old : footprint.touched).add(code);
  if (finding !== "present" || !passesLevel(record.level)) return;
  if (record.stale) footprint.stale.add(code);
  else if (record.place === "region") footprint.region.add(code);
  else footprint.named.set(code, (footprint.named.get(code) || new Set()).add(record.level));
}

// What counts of the records; a time line sets it anew with each step.
let current = data.records;
let footprints = findFootprints();
const isNamed = (id, code) => footprints.has(id) && footprints.get(id).named.has(code);
const isRegion = (id, code) => footprints.has(id) && footprints.get(id).region.has(code);
const isStale = (id, code) => footprints.has(id) && footprints.get(id).stale.has(code);
// What a unit is where nothing that counts names it; of what is left out it is not true that no record does.
const findBeside = (code) => (data.left_out?.includes(code) ? "other" : data.not_applicable?.includes(code) ? "na" : "none");
// What follows a group in the key of a class: nothing where it is named, and null where it is not drawn.
const markOf = (id, code) => (isNamed(id, code) ? "" : isRegion(id, code) ? "~" : isStale(id, code) ? "!" : null);
const isDisputed = (id, code) => isNamed(id, code) && footprints.get(id).absent.has(code);

function classByGroup(code, shown) {
  const parts = shown.filter((id) => markOf(id, code) !== null).map((id) => id + markOf(id, code));
  return parts.length > mostBands ? "many:" + parts.length : parts.join("+");
}

function classByCount(code, shown) {
  const counted = shown.filter((id) => groupById.get(id).kind === "group");
  const count = counted.filter((id) => isNamed(id, code)).length;
  if (count) return "n:" + count;
  return findGap(code, counted);
}

function findGap(code, ids) {
  if (ids.some((id) => isRegion(id, code))) return "gap:region";
  return ids.some((id) => isStale(id, code)) ? "gap:stale" : "";
}

function rankOf(level) {
  return level.rank ?? -Infinity;
}

function strongestLevel(id, code) {
  const here = footprints.get(id).named.get(code);
  const order = [...data.levels].sort((a, b) => rankOf(b) - rankOf(a) || 0);
  return order.find((level) => here.has(level.id)).id;
}

function classByLevel(code, id) {
  if (isNamed(id, code)) return "level:" + strongestLevel(id, code);
  return findGap(code, [id]);
}

function classUnshown(code, shown, among) {
  const all = among.map((id) => footprints.get(id)).filter(Boolean);
  const visible = shown.map((id) => footprints.get(id)).filter(Boolean);
  if (all.some((each) => each.touched.has(code))) return "gap:other";
  if (visible.some((each) => each.inconclusive.has(code))) return "gap:inconclusive";
  if (visible.some((each) => each.absent.has(code))) return "gap:absent";
  if (all.some((each) => each.absent.has(code) || each.inconclusive.has(code))) return "gap:other";
  return "gap:" + findBeside(code);
}

// A view is "overlay", "count" or "level:" and a group's id; shown is the ids of the groups switched on.
function visibleGroups(view, shown) {
  if (view.startsWith("level:")) return [view.slice(6)];
  return view === "count" ? shown.filter((id) => groupById.get(id).kind === "group") : shown;
}

function classUnits(view, shown) {
  const one = view.startsWith("level:") ? view.slice(6) : null;
  const classOf = one ? (code) => classByLevel(code, one) : view === "count" ? (code) => classByCount(code, shown) : (code) => classByGroup(code, shown);
  const visible = visibleGroups(view, shown);
  const among = one ? [one] : [...footprints.keys()];
  return new Map(data.units.map(({ code }) => [code, classOf(code) || classUnshown(code, visible, among)]));
}

// Which classes a legend lists even where no unit falls into them, strongest first.
function standingClasses(view, classes) {
  if (view === "overlay" || view === "compare") return ["gap:none"];
  if (view === "count") {
    const most = Math.max(0, ...[...classes.values()].map((key) => (key.startsWith("n:") ? Number(key.slice(2)) : 0)));
    return [...Array.from({ length: most }, (_, index) => "n:" + (most - index)), "gap:region", "gap:none"];
  }
  const ranked = data.levels.filter((level) => level.rank !== undefined && passesLevel(level.id));
  return [...ranked.sort((a, b) => b.rank - a.rank).map((level) => "level:" + level.id), "gap:region", "gap:none"];
}

const lastClasses = ["gap:region", "gap:stale", "gap:other", "gap:absent", "gap:inconclusive", "gap:na", "gap:none"];

function splitKey(key) {
  return key.split("+").map((part) => ({ id: part.replace(/[~!]$/, ""), mark: part.match(/[~!]?$/)[0] }));
}

// A group's id may be any word, such as "n" or "level": only a colon makes a key one of a count or a level.
function splitClass(key) {
  return key.includes(":") ? key.split(":") : ["", ""];
}

// Sorts like geo/draw/marks/legend.py: more groups first, then fewer region-only ones, then by slot; gaps last.
function sortKey(key) {
  const [kind, value] = splitClass(key);
  if (lastClasses.includes(key)) return [9, lastClasses.indexOf(key)];
  if (kind === "many") return [0, -Number(value)];
  if (kind === "n") return [1, -Number(value)];
  if (kind === "level") {
    const level = levelById.get(value);
    return [1, -rankOf(level), data.levels.indexOf(level)];
  }
  const parts = splitKey(key);
  const named = parts.filter((part) => !part.mark).length;
  return [named ? 2 : 3, -named, -parts.length, ...parts.map((part) => groupById.get(part.id).slot)];
}

function compareKeys(a, b) {
  const [first, second] = [sortKey(a), sortKey(b)];
  for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
    const difference = (first[index] ?? -1) - (second[index] ?? -1);
    if (difference) return difference;
  }
  return 0;
}

function legendRows(view, classes) {
  const counts = new Map(standingClasses(view, classes).map((key) => [key, 0]));
  for (const key of classes.values()) counts.set(key, (counts.get(key) || 0) + 1);
  return [...counts].sort((a, b) => compareKeys(a[0], b[0])).map(([key, count]) => ({ key, count, label: nameClass(view, key) }));
}

function nameClass(view, key) {
  const [kind, value] = splitClass(key);
  if (kind === "many") return fill(words.class_many, { n: +value });
  if (kind === "n") return value === "1" ? words.class_one : fill(words.class_n, { n: +value });
  if (kind === "level") return (view.startsWith("level:") ? levelById.get(value).code + ": " : "") + levelById.get(value).name;
  if (key === "gap:none" && view.startsWith("level:")) return fill(words.class_none_group, { group: groupById.get(view.slice(6)).name });
  if (lastClasses.includes(key)) return words["class_" + value];
  const parts = splitKey(key);
  if (view === "compare" && parts.length === 1 && !parts[0].mark) return fill(words.compare_only, { group: groupById.get(parts[0].id).name });
  const say = { "~": words.region_only, "!": words.stale_only };
  const name = ({ id, mark }) => (mark ? fill(say[mark], { group: groupById.get(id).name }) : groupById.get(id).name);
  return parts.map(name).join(" + ");
}

// What no map can show, of the records that count.
function offMapNow() {
  return data.off_map.filter((item) => item.record === undefined || current.includes(data.records[item.record]));
}

// What it says of some of its groups.
function sayOffMap({ groups, text, say }, told) {
  if (!told.length || told.length === groups.length) return told.length ? text : "";
  const [before, after] = say[told.length === 1 ? 0 : 1];
  return before + fill("{names}", { names: list(told.map((id) => groupById.get(id).short)) }) + after;
}

function summarise(view, shown) {
  const one = view.startsWith("level:") ? view.slice(6) : null;
  const kinds = view === "count" ? ["group"] : ["group", "coalition", "population"];
  const all = [...footprints.keys()].filter((id) => kinds.includes(groupById.get(id).kind));
  const ids = one ? [one] : all.filter((id) => shown.includes(id));
  const named = data.units.filter(({ code }) => ids.some((id) => isNamed(id, code)));
  const region = data.units.filter((unit) => !named.includes(unit) && ids.some((id) => isRegion(id, unit.code)));
  let text = fill(words.summary_named[named.length === 1 ? 0 : 1], { n: named.length, total: data.units.length });
  if (region.length) text += fill(words.summary_region, { n: region.length });
  // A group without a switch is on no map, and always said; one that no record of this step locates may be switched off.
  const isOff = (id) => groupById.get(id).slot !== undefined && !(shown.includes(id) && kinds.includes(groupById.get(id).kind));
  const isSaid = (id) => (one ? id === one : !isOff(id));
  const offMap = offMapNow().map((item) => sayOffMap(item, item.groups.filter((id) => isSaid(findRoot(id))))).filter(Boolean);
  const rest = fill(words.stop, { said: [text, ...offMap].join(words.semicolon) });
  if (one) return fill(words.summary_one, { group: groupById.get(one).name, rest });
  return ids.length < all.length ? fill(words.summary_shown, { rest }) : rest;
}

// "Haqqani Network (Operational presence, Sleeper cells)" for each group named in a unit, and so on: for ears and hover.
function describeUnit(code) {
  const lines = [];
  for (const { id, name } of data.groups) {
    if (isNamed(id, code)) {
      const here = data.levels.filter((level) => footprints.get(id).named.get(code).has(level.id)).map((level) => level.name);
      lines.push(fill(isDisputed(id, code) ? words.unit_disputed : words.unit_named, { group: name, levels: here.join(words.comma) }));
    } else if (isRegion(id, code)) lines.push(fill(words.region_only, { group: name }));
    else if (isStale(id, code)) lines.push(fill(words.stale_only, { group: name }));
    else if (footprints.has(id) && footprints.get(id).absent.has(code)) lines.push(fill(words.unit_absent, { group: name }));
    else if (footprints.has(id) && footprints.get(id).inconclusive.has(code)) lines.push(fill(words.unit_inconclusive, { group: name }));
    else if (footprints.has(id) && footprints.get(id).touched.has(code)) lines.push(fill(words.unit_other, { group: name }));
  }
  return lines.length ? lines : [words["class_" + findBeside(code)]];
}
