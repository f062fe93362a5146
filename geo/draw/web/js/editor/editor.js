// The page of `presence edit`: asks the server of this machine for everything, and shows what it answers as text.

const at = (id) => document.getElementById(id);
// The token is in the address once and then in the memory of this tab alone, so that the page can be loaded again.
const token = location.hash.slice(1) || sessionStorage.getItem("presence-edit") || "";
sessionStorage.setItem("presence-edit", token);
history.replaceState(null, "", location.pathname);

const parts = ["presence", "groups", "sources", "levels", "relations", "regions", "head"];
const renamed = ["groups", "sources", "levels", "regions"];
let held = { version: 0, table: {}, places: [], problems: [] };
let shownPart = "presence";
let opened = null;
let chosenUnit = null;
let isBusy = false;
// A form that waits for an entry of another part, which is written first.
let waiting = null;

async function askServer(asked) {
  const headers = { "Content-Type": "application/json", "X-Presence-Token": token };
  const answer = await fetch("/ask", { method: "POST", headers, body: JSON.stringify(asked) });
  if (!answer.ok) throw new Error(answer.status === 403 ? say.no_token : fillWords(say.failed, { why: await answer.text() }));
  return answer.json();
}

// One thing at a time; what comes back is the table as it is now.
async function act(asked) {
  if (isBusy) return null;
  isBusy = true;
  try {
    const answer = await askServer({ version: held.version, ...asked });
    const before = held.version;
    const wasNothing = !held.isKnown;
    held = { ...answer, isKnown: true };
    if (answer.stale) announce(say.stale);
    if (wasNothing || before !== answer.version) drawMap();
    drawTools();
    return answer;
  } catch (error) {
    announce(error instanceof TypeError ? say.ended : error.message);
    return null;
  } finally {
    isBusy = false;
  }
}

function announce(text) {
  at("status").textContent = text;
}

function drawTools() {
  at("undo").disabled = !held.undo;
  at("redo").disabled = !held.redo;
  at("save").disabled = !held.changed;
  at("state").textContent = held.changed ? say.unsaved : say.saved;
  document.title = (held.changed ? "• " : "") + page.file;
  const errors = held.problems.length;
  at("problems-shown").textContent = errors ? `${say.problems} (${errors})` : say.problems;
}

const isTextOnly = () => held.table === null;

function listEntries(part) {
  const value = part === "head" ? null : held.table?.[part];
  if (!value) return [];
  return Array.isArray(value) ? value.map((each, index) => [index, each]) : Object.entries(value).filter(([key]) => key !== "internal");
}

const ownOf = (held, key) => (held && Object.hasOwn(held, key) ? held[key] : undefined);
const nameOfId = (part, id) => ownOf(held.table?.[part], id)?.name ?? ownOf(held.table?.[part], id)?.title ?? id;

function sayEntry(part, key, value) {
  const names = (ids) => [ids ?? []].flat().map((id) => nameOfId("groups", id)).join(", ");
  if (part === "presence" && typeof key === "number") {
    const count = typeof value.unlocated === "object" ? "" : ` (${value.unlocated})`;
    const place = value.in ? [value.in].flat().join(", ") : (value.region ?? (value.nationwide ? nameField("nationwide") : nameField("unlocated") + count));
    return [names(value.group), [place, value.level && nameOfId("levels", value.level), value.source && nameOfId("sources", value.source)].filter(Boolean).join(" · ")];
  }
  if (part === "presence") return [key, [value].flat().join(", ")];
  if (part === "relations") return [names(value.between ?? [value.from, value.to]), [value.type, value.standing].filter(Boolean).join(" · ")];
  return [value.name ?? value.title ?? String(key), value.name || value.title ? String(key) : ""];
}

const hasPath = (path, start) => start.every((each, index) => path[index] === each);

function show(...children) {
  at("panel").replaceChildren(...children);
  at("panel").scrollTop = 0;
}

function button(text, act, properties = {}) {
  const made = build("button", { type: "button", textContent: text, ...properties });
  made.addEventListener("click", act);
  return made;
}

function showPart(part, isAsked = false) {
  if (!enter(part)) return;
  shownPart = part;
  if (isTextOnly() && parts.includes(part)) return showText();
  if (part === "head") return openEntry("head", null);
  const isOfUnit = part === "presence" && chosenUnit;
  const entries = listEntries(part).filter((_, index) => !isOfUnit || held.places[index]?.includes(chosenUnit));
  const name = isOfUnit && page.units.find(({ code }) => code === chosenUnit).name;
  const heading = head(isOfUnit ? fillWords(say.records_of, { place: name }) : say[`part_${part}`]);
  const add = button(isOfUnit ? fillWords(say.add_record_of, { place: name }) : say[`add_${part}`], () => addEntry(part, isOfUnit ? { in: [name] } : {}), { className: "primary" });
  const all = isOfUnit ? [button(say.all_records, () => ((chosenUnit = null), showPart("presence", true)))] : [];
  if (part === "presence") all.push(...["text", "rows"].map((kind) => button(say[`paste_${kind}`], () => showPaste(kind))));
  const rows = entries.map(([key, value]) => {
    const [title, rest] = sayEntry(part, key, value);
    const told = held.problems.filter(({ path }) => path[0] === part && path[1] === key);
    const flag = told.some(({ severity }) => severity === "error") ? say.wrong : say.doubtful;
    const row = button("", () => (announce(""), openEntry(part, key)));
    row.append(build("bdi", { className: "title", textContent: title }), build("bdi", { className: "rest", textContent: rest }));
    if (told.length) row.append(build("span", { className: "flag", textContent: flag }));
    if (!isOfUnit) row.addEventListener("keydown", (event) => moveByKeys(event, part, key));
    row.dataset.entry = key;
    return build("li", {}, row);
  });
  const list = rows.length ? build("ul", { className: "list" }, ...rows) : saidIn("help", say.none_yet);
  const example = part === "presence" && held.example ? [saidIn("help", say.example), build("div", { className: "row" }, button(say.example_drop, () => doAndShow({ do: "bare" })))] : [];
  show(heading, build("div", { className: "row" }, add, ...all), ...example, list, ...(entries.length > 1 && !isOfUnit ? [saidIn("help", say.move_help)] : []));
  if (isAsked) heading.focus();
}

async function doAndShow(asked) {
  const answer = await act(asked);
  if (answer?.done) showPart(shownPart, true);
  else if (answer) announce(answer.told[0]?.message ?? say.stale);
  return answer?.done;
}

// An entry changes places with the one before or after it; where that is no list of records, its key stays.
async function moveEntry(part, key, by) {
  const keys = listEntries(part).map(([each]) => each);
  if (keys[keys.indexOf(key) + by] === undefined) return undefined;
  if (!(await doAndShow({ do: "move", path: [part, key], by }))) return undefined;
  announce(say.moved);
  return typeof key === "number" ? key + by : key;
}

async function moveByKeys(event, part, key) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by || !event.altKey) return;
  event.preventDefault();
  const now = await moveEntry(part, key, by);
  if (now !== undefined) at("panel").querySelector(`[data-entry="${CSS.escape(now)}"]`)?.focus();
}

// Leaves what is shown for a part, if nothing is lost by that.
function enter(part) {
  if (!mayLeave()) return false;
  opened = waiting = null;
  at("whole-text")?.remove();
  showClaim(null);
  for (const each of document.querySelectorAll("nav button")) each.setAttribute("aria-current", String((each.dataset.part ?? each.id) === part));
  return true;
}

const head = (...children) => build("h2", { id: "panel-heading", tabIndex: -1 }, ...children);
const saidIn = (className, textContent) => build("p", { className, textContent });

function addEntry(part, value) {
  announce("");
  const isShort = part === "presence" && held.table.presence && !Array.isArray(held.table.presence);
  openEntry(part, isShort || !isList(part) ? "" : (held.table[part] ?? []).length, { value: isShort ? [value.in ?? []].flat() : value, isNew: true });
}

const isList = (part) => readShapes(root.properties[part]).list && !(held.table[part] && !Array.isArray(held.table[part]));

function schemaOf(part) {
  const { list, map } = readShapes(root.properties[part]);
  return isList(part) ? list : map.additionalProperties;
}

const headKeys = () => Object.keys(root.properties).filter((key) => !parts.includes(key) && key !== "version");

function openEntry(part, key, { value, isNew = false, path = [], proposal = null } = {}) {
  if (!mayLeave()) return;
  const table = held.table;
  const isHead = part === "head";
  const properties = Object.fromEntries(headKeys().map((each) => [each, root.properties[each]]));
  const given = value ?? (isHead ? Object.fromEntries(headKeys().filter((each) => each in table).map((each) => [each, table[each]])) : table[part][key]);
  const schema = isHead ? { type: "object", properties, additionalProperties: false } : schemaOf(part);
  const { map, text, list } = readShapes(schema);
  const isKeys = map?.properties && !(text || list);
  const field = isKeys ? makeMap(map, given, { table, part }) : makeField(schema, given, "", { table, label: say.value });
  const isNamed = !isHead && !isList(part);
  const mayRename = renamed.includes(part);
  const id = build("input", { id: "entry-id", value: isNew ? "" : String(key), readOnly: !isNew && !mayRename, dir: "auto", "aria-describedby": "entry-id-help" });
  const help = isNew ? say.id_help : mayRename ? say.id_rename : say.id_fixed;
  const naming = isNamed ? [build("div", { className: "field" }, build("label", { htmlFor: "entry-id", textContent: say.id }), id, build("p", { className: "help", id: "entry-id-help", textContent: help }))] : [];
  const told = build("div", { id: "told", role: "alert" });
  const isNamedWithin = ["groups", "sources", "levels"].includes(part) && isKeys;
  const form = build("form", { noValidate: true }, ...(isNamedWithin ? [field.element, ...naming] : [...naming, field.element]), told);
  opened = { part, key, isNew, field, id, form, told, proposal };
  opened.first = sayState();
  const [title] = isHead ? [say.part_head] : isNew ? [say[`add_${part}`]] : sayEntry(part, key, given);
  const moves = [[say.earlier, -1], [say.later, 1]].map(([word, by]) => button(word, () => (isDirty() ? sayHalf() : moveEntry(part, key, by).then((now) => now !== undefined && openEntry(part, now)))));
  const own = [button(say.copy, () => copyEntry(part, given)), ...(listEntries(part).length > 1 ? moves : []), button(say.delete, () => dropEntry(part, key))];
  const back = isHead ? [] : [button(proposal ? say.back_proposals : waiting ? (waiting.paste ? say.back_paste : say.back_form) : say.back, () => (proposal ? leaveProposal() : waiting ? resume() : showPart(part, true)), { className: "back" })];
  const more = proposal ? [button(say.skip, () => decide("skipped"))] : isHead || isNew ? [] : own;
  form.append(build("div", { className: "row last" }, build("button", { type: "submit", className: "primary", textContent: proposal ? say.accept : say.keep }), ...(proposal ? more : back), ...(proposal ? back : more)));
  form.addEventListener("submit", keepEntry);
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => showClaim(opened));
  if (part === "presence" && isKeys && !waiting) for (const kind of ["group", "source", "level"]) field.find([kind]).append(button(say[`new_${kind}`], () => suspend(kind), { className: "link" }));
  const heading = head(build("bdi", { textContent: proposal ? sayProposal(proposal) : title }));
  show(heading, ...(proposal ? [drawProposal(proposal)] : []), form);
  tellProblems(held.problems.filter(({ path: of }) => (isHead ? headKeys().includes(of[0]) : hasPath(of, [part, key]))), isNew);
  if (proposal) tellDoubts(proposal);
  const target = path.length ? field.find(path) : null;
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  (target?.querySelector("input, select, textarea") ?? (isNew && !proposal ? form.querySelector("input:not([readonly]), select, textarea") : heading)).focus();
  if (isNew || proposal) showClaim(opened);
}

// A group, source or level that a record lacks is written first; the record waits as it is.
function suspend(kind, left = { ...opened, kind, value: opened.field.read() }) {
  opened = null;
  waiting = left;
  openEntry(`${kind}s`, "", { value: "", isNew: true });
}

function resume(id) {
  if (isDirty() && !window.confirm(say.leave)) return;
  const { kind, part, key, isNew, value, proposal, paste } = waiting;
  opened = waiting = null;
  if (paste) {
    pasted[paste].source = id ?? pasted[paste].source;
    return showPaste(paste);
  }
  const chosen = kind === "group" ? [...[value.group ?? []].flat(), id] : [id];
  openEntry(part, key, { value: id === undefined ? value : { ...value, [kind]: chosen.length > 1 ? chosen : id }, isNew, path: [kind], proposal });
  opened.first = "";
}

function copyEntry(part, value) {
  const copied = Array.isArray(value) ? value : { ...value };
  delete copied.id;
  addEntry(part, copied);
}

const isTyped = (area) => Boolean(area) && area.value !== area.defaultValue;
const sayState = () => JSON.stringify([opened.field.read(), opened.id.value]);
const isDirty = () => (opened ? sayState() !== opened.first : isTyped(at("whole-text")));
const mayLeave = () => !(isDirty() || (waiting && opened)) || window.confirm(say.leave);

// What is wrong stands beside its field, in the words of `presence check`; of what has none above the buttons.
function tellProblems(problems, isNew = false) {
  const { form, told, field, part, key } = opened;
  for (const each of form.querySelectorAll(".problem")) each.textContent = "";
  for (const each of form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  told.replaceChildren();
  for (const { message, path } of isNew ? [] : problems) {
    const start = part === "head" ? [] : [part, key];
    const own = hasPath(path, start) ? path.slice(start.length) : null;
    const target = own?.length ? field.find(own) : null;
    const place = target?.querySelector(":scope > .problem, :scope > fieldset > .problem");
    if (!place) {
      told.append(saidIn("problem", message));
      continue;
    }
    place.textContent = [place.textContent, message].filter(Boolean).join(" ");
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
  }
}

function nameEntry(part, said) {
  const { id, isNew, key } = opened;
  if (!isNew || isList(part)) return key;
  const name = said?.short ?? said?.name ?? said?.title ?? "";
  const made = name.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return id.value.trim() || (made.length > 40 ? made.slice(0, 41).replace(/-[^-]*$/, "").slice(0, 40) : made);
}

async function keepEntry(event) {
  event.preventDefault();
  const { part, field, isNew } = opened;
  const said = field.read();
  const key = nameEntry(part, said);
  const id = isNew || part === "head" || isList(part) ? key : opened.id.value.trim();
  if (part !== "head" && !isList(part) && (id === "" || ((isNew || id !== key) && ownOf(held.table[part], id) !== undefined))) {
    opened.told.replaceChildren(saidIn("problem", id === "" ? say.id_missing : fillWords(say.id_taken, { id })));
    return opened.id.focus();
  }
  const value = isNothing(said) ? {} : said;
  const changes = part === "head" ? headKeys().filter((each) => each in value || each in held.table).map((each) => ({ path: [each], value: value[each] ?? null })) : [{ path: [part, key], value }];
  opened.key = key;
  let answer = await act({ do: "change", changes });
  if (answer?.done && id !== key) answer = await act({ do: "rename", path: [part, key], to: id });
  if (!answer) return;
  if (answer.stale) return closeStale();
  if (answer.done) {
    const doubts = held.problems.filter(({ path }) => hasPath(path, part === "head" ? [] : [part, id]));
    announce([say.kept, ...[...answer.told, ...(opened.proposal ? doubts : [])].map(({ message }) => message)].join(" "));
    if (opened.proposal) return decide("accepted");
    opened = null;
    if (waiting) return resume(id);
    return doubts.length && part !== "head" ? openEntry(part, id) : (showPart(part), at("panel-heading").focus());
  }
  tellProblems(answer.told);
  announce(fillWords(say.refused, { n: String(answer.told.length) }));
  (opened.form.querySelector("[aria-invalid]") ?? opened.told).focus?.();
}

// What was typed stays to be read; kept it would go to whatever stands in its place now.
function tellStale(told, buttons) {
  told.replaceChildren(saidIn("problem", say.stale));
  for (const each of buttons) each.disabled = true;
}

const closeStale = () => tellStale(opened.told, opened.form.querySelectorAll(".row.last button:not(.back)"));

// Comments that are an entry's own go with it or stay, as is said.
async function dropEntry(part, key, comments) {
  const answer = await act({ do: "drop", path: [part, key], comments });
  if (!answer) return;
  if (answer.stale) return closeStale();
  if (answer.comments) {
    const ways = ["drop", "leave"].map((way) => button(say[`comments_${way}`], () => dropEntry(part, key, way)));
    opened.told.replaceChildren(saidIn("problem", say.comments_ask), build("pre", { className: "comments", dir: "auto", textContent: answer.comments.join("\n") }), build("div", { className: "row" }, ...ways));
    ways[0].focus();
    return opened.told.scrollIntoView({ block: "center" });
  }
  if (!answer.done) {
    tellProblems(answer.told);
    announce([fillWords(say.refused, { n: String(answer.told.length) }), answer.told[0]?.message].filter(Boolean).join(" "));
    return opened.told.scrollIntoView({ block: "center" });
  }
  opened = null;
  announce(say.dropped);
  showPart(part, true);
}

// Text, what would change in the file, and problems.

async function showText(line = 0) {
  const answer = enter("text-shown") && (await act({ do: "show" }));
  if (!answer) return;
  const area = build("textarea", { id: "whole-text", className: "whole", spellcheck: false, dir: "ltr", textContent: answer.text.replace(/\r\n?/g, "\n") });
  const told = build("div", { id: "told", role: "alert" }, ...listProblems(isTextOnly() ? held.problems : []));
  const keep = button(say.keep_text, async () => {
    const done = await act({ do: "text", text: area.value });
    if (!done) return;
    if (done.stale) return tellStale(told, [keep]);
    told.replaceChildren(...listProblems(done.told));
    if (done.done) area.defaultValue = area.value;
    announce(done.done ? say.kept : fillWords(say.refused, { n: String(done.told.length) }));
  }, { className: "primary" });
  show(head(say.part_text), build("label", { htmlFor: "whole-text", className: "help", textContent: say.text_help }), told, area, build("div", { className: "row last" }, keep));
  seekLine(line);
}

function seekLine(line) {
  const area = at("whole-text");
  if (!line || !area) return;
  const start = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1);
  area.focus();
  area.setSelectionRange(start, start + area.value.slice(start).split("\n")[0].length);
  area.scrollTop = (line - 4) * parseFloat(getComputedStyle(area).lineHeight);
}

// Each leads to its field, or to its line.
function listProblems(problems) {
  const rows = problems.map((problem) => {
    const { message, path, line, severity } = problem;
    const where = line ? `${line}:${problem.column} ` : "";
    return build("li", { className: severity === "error" ? "error" : "" }, button(where + message, () => goTo(path, line), { className: "link", dir: "auto" }));
  });
  return rows.length ? [build("ul", { className: "told" }, ...rows)] : [];
}

function goTo(path, line) {
  if (at("whole-text")) return seekLine(line);
  const [part, key, ...rest] = path;
  if (isTextOnly() || part === undefined) return showText(line);
  if (headKeys().includes(part)) return openEntry("head", null, { path });
  const entry = parts.includes(part) && key !== undefined && held.table[part]?.[key];
  return entry ? openEntry(part, key, { path: rest }) : showText(line);
}

function showProblems() {
  if (!enter("problems-shown")) return;
  const none = saidIn("help", say.no_problems);
  show(head(say.problems), ...(held.problems.length ? listProblems(held.problems) : [none]));
  at("panel-heading").focus();
}

const lookOf = (line) => (line.startsWith("@@") ? "place" : line.startsWith("+") ? "more" : line.startsWith("-") ? "less" : "");
const mostNamed = 20;
const drawDiff = (lines) => build("pre", { className: "diff", tabIndex: 0, dir: "ltr", "aria-label": say.changes }, ...lines.map((line) => build("span", { className: lookOf(line), textContent: line + "\n" })));

// What became of which entries, before the lines in which it is written.
function drawChanges(entries) {
  const groups = new Map();
  for (const each of entries) {
    const name = each.part === "comment" ? say.comments : (say[`part_${each.part}`] ?? nameField(each.part));
    const told = `${name}: ${say[`change_${each.how}`]}`;
    groups.set(told, [...(groups.get(told) ?? []), each]);
  }
  const sayOne = ({ part, key, was, how, value }) => {
    if (part === "comment") return value;
    if (key === null && was === null) return typeof value === "string" ? value : "";
    return [how === "renamed" ? `${was} →` : "", ...sayEntry(part, key ?? was, value)].filter(Boolean).join(" · ");
  };
  const rows = [...groups].map(([told, those]) => {
    const named = those.slice(0, mostNamed).map((each) => build("li", {}, build("bdi", { textContent: sayOne(each) })));
    if (those.length > mostNamed) named.push(build("li", { textContent: "…" }));
    return build("li", {}, build("strong", { textContent: `${told} (${those.length})` }), build("ul", {}, ...named));
  });
  return rows.length ? build("ul", { className: "changes" }, ...rows) : saidIn("help", say.changes_text);
}

// What stands half-written in a form is neither lost nor written.
function sayHalf() {
  if (opened) opened.told.replaceChildren(saidIn("problem", say.half));
  else announce(say.half);
  opened?.form.querySelector("[type=submit]").focus();
}

const askToSave = () => (isDirty() || waiting ? sayHalf() : held.changed && showChanges());

async function showChanges() {
  const answer = enter("") && (await act({ do: "show" }));
  if (!answer) return;
  const write = button(fillWords(say.write, { file: page.file }), writeFile, { className: "primary" });
  const drop = button(say.drop_all, () => window.confirm(say.drop_sure) && reload());
  const none = saidIn("help", say.no_changes);
  const told = build("div", { id: "told", role: "alert" }, ...listProblems(held.problems.filter(({ severity }) => severity === "error")));
  const lines = build("details", {}, build("summary", { textContent: say.lines }), drawDiff(answer.diff));
  show(head(say.changes), told, ...(answer.diff.length ? [drawChanges(answer.entries), lines, build("div", { className: "row last" }, write, drop)] : [none]));
  at("panel-heading").focus();
}

async function writeFile() {
  const answer = await act({ do: "save" });
  if (!answer) return;
  if (answer.saved) {
    announce(fillWords(say.written, { file: page.file }));
    return showPart(shownPart, true);
  }
  if (answer.stale) return showChanges();
  if (!answer.conflict) await showChanges();
  const theirs = answer.conflict ? [build("h3", { textContent: say.theirs }), drawDiff(answer.conflict), button(say.take_theirs, reload)] : [];
  at("told").replaceChildren(...answer.told.map(({ message }) => saidIn("problem", message)), ...theirs);
}

async function reload() {
  const answer = await act({ do: "reload" });
  if (answer) showPart("presence", true);
}

// The map: the page that will be published, in a frame without rights, and what it tells.

let frame = null;
let frameState = { state: "", view: null, named: "" };
let number = 0;
let drawnVersion = -1;

// Which groups records name, and of which in some unit: where these change, switches of before would hide the new ones.
const listNamed = () => JSON.stringify([...new Set(listEntries("presence").flatMap(([key, value], index) => [typeof key === "number" ? (value.group ?? []) : key].flat().map((id) => `${id} ${Boolean(held.places[index]?.length)}`)))].sort());

async function drawMap() {
  const version = held.version;
  const named = listNamed();
  if (named !== frameState.named) frameState = { ...frameState, named, state: frameState.state.split("&").filter((each) => !each.startsWith("groups=")).join("&") };
  if (drawnVersion === version) return;
  drawnVersion = version;
  try {
    const answer = await askServer({ do: "map", language: page.language });
    if (version === held.version) at("map-told").textContent = answer.map ? "" : say.map_waits;
    if (!answer.map || version !== held.version) return;
    const next = build("iframe", { "data-version": String(version), title: say.map, sandbox: "allow-scripts", src: `${answer.map}#${frameState.state || "embed"}`, referrerpolicy: "no-referrer" });
    // The map before stays in view until the new one is drawn.
    for (const each of at("map").querySelectorAll("iframe:not(.shown)")) each.remove();
    at("map").append(next);
    if (!frame) useFrame(next);
  } catch (error) {
    announce(error instanceof TypeError ? say.ended : error.message);
  }
}

function useFrame(next) {
  if (frame !== next) frame?.remove();
  frame = next;
  frame.className = "shown";
}

window.addEventListener("message", (event) => {
  const said = event.data?.presenceEdit;
  const from = [...at("map").querySelectorAll("iframe")].find((each) => each.contentWindow === event.source);
  if (!from || !said || typeof said !== "object") return;
  if (said.ready) {
    if (frameState.view) from.contentWindow.postMessage({ presenceEdit: { view: frameState.view } }, "*");
    useFrame(from);
    if (opened) showClaim(opened);
  }
  if (from !== frame) return;
  if (typeof said.state === "string") frameState = { ...frameState, state: "embed&" + said.state.replace(/^embed&?/, ""), view: said.view };
  if ("painted" in said) document.body.dataset.painted = String(said.painted);
  if ("unit" in said) chooseUnit(page.units.find(({ code }) => code === said.unit));
});

// A click adds a unit to the record that is being written, or shows the records of one.
function chooseUnit(unit) {
  const list = opened?.form.querySelector('[data-key="in"]:not([hidden]) .chosen')?.parentElement;
  if (opened && list) {
    if (!unit) return undefined;
    frame.contentWindow.postMessage({ presenceEdit: { leave: true } }, "*");
    return list.toggle(unit.name);
  }
  if (opened && isDirty()) return undefined;
  chosenUnit = unit?.code ?? null;
  return shownPart === "presence" || unit ? showPart("presence") : undefined;
}

const foldName = (text) => text.normalize("NFKD").toLowerCase().replace(/[\p{Mn}\p{Cf}]/gu, "").trim();
const codes = new Map(page.units.flatMap((unit) => [unit.name, unit.code, ...unit.names].map((name) => [foldName(name), unit.code])));

// What stands in the form is on the map at once, by the map's own rules.
function showClaim(entry) {
  if (!frame) return;
  let claim = null;
  if (entry?.part === "presence" && isList("presence")) {
    const said = entry.field.read();
    const units = [said.in ?? []].flat().map((name) => codes.get(foldName(name)));
    const level = said.level ?? "";
    claim = { at: entry.isNew ? -1 : entry.key, groups: [said.group ?? []].flat(), units, level, finding: said.finding, basis: said.basis };
    if (!said.in) claim = null;
  }
  frame.contentWindow.postMessage({ presenceEdit: { claim, number: (number += 1) } }, "*");
}

// The server ends when its last page has gone: this line says that it is still here.
async function stay(tries = 3) {
  try {
    const answer = await fetch("/open", { method: "POST", headers: { "Content-Type": "application/json", "X-Presence-Token": token } });
    if (!answer.ok) throw new TypeError();
    const reader = answer.body.getReader();
    while (!(await reader.read()).done) tries = 3;
  } catch {
    // It is tried again below.
  }
  if (tries > 0) return setTimeout(() => stay(tries - 1), 500);
  at("status").textContent = say.ended;
}

async function begin() {
  at("names-unit").append(...page.units.flatMap(({ name, names }) => [name, ...names].map((value) => build("option", { value }))));
  at("names-region").append(...page.regions.map((value) => build("option", { value })));
  for (const each of document.querySelectorAll("nav [data-part]")) each.addEventListener("click", () => (announce(""), showPart(each.dataset.part, true)));
  at("undo").addEventListener("click", () => goStep("undo"));
  at("redo").addEventListener("click", () => goStep("redo"));
  at("save").addEventListener("click", askToSave);
  at("text-shown").addEventListener("click", () => showText());
  at("problems-shown").addEventListener("click", showProblems);
  window.addEventListener("beforeunload", (event) => isDirty() && event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    askToSave();
  });
  stay();
  if (!(await act({ do: "state" }))) return;
  if (held.drafted) announce(say.drafted);
  showPart("presence");
}

async function goStep(how) {
  if (enter(shownPart) && (await act({ do: how }))) showPart(shownPart);
}

begin();
