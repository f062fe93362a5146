// A text or rows of a sheet that are pasted: the server proposes, a person accepts one by one; the text stays here.

const pasted = { text: { said: "", source: "", items: [], told: [] }, rows: { said: "", source: "", items: [], told: [] } };
let pasting = "text";

function showPaste(kind) {
  if (!enter("presence")) return;
  announce("");
  pasting = kind;
  shownPart = "presence";
  const now = pasted[kind];
  const area = build("textarea", { id: "pasted", "aria-label": say[`paste_box_${kind}`], rows: "8", dir: "auto", spellcheck: false, value: now.said });
  area.addEventListener("input", () => (now.said = area.value));
  const source = makeSelect("pasted-source", listChoices({ refers: "source" }, held.table), now.source || undefined);
  source.addEventListener("change", () => (now.source = source.value));
  const read = button(say[`paste_read_${kind}`], readPasted, { className: "primary" });
  const told = build("div", { id: "told", role: "alert" }, ...(now.told.length ? listTold(now.told) : []));
  const box = build("details", { open: !now.isRead || Boolean(now.told.length) }, build("summary", { textContent: say[`paste_box_${kind}`] }), saidIn("help", say[`paste_help_${kind}`]), area,
    build("div", { className: "field" }, build("label", { htmlFor: "pasted-source", textContent: say.paste_source }), source, button(say.new_source, () => suspend("source", { paste: kind }), { className: "link" })), build("div", { className: "row" }, read));
  show(head(say[`paste_${kind}`]), box, told, ...drawProposals(now), build("div", { className: "row" }, button(say.back, () => showPart("presence", true))));
  (now.isRead ? at("panel-heading") : area).focus();
}

const listTold = (told) => [build("ul", { className: "told" }, ...told.map(({ message }) => build("li", { dir: "auto", textContent: message })))];
const listOpen = () => pasted[pasting].items.filter(({ state }) => !state);

async function readPasted() {
  const now = pasted[pasting];
  const answer = await act({ do: "propose", rows: pasting === "rows", text: now.said, source: now.source });
  if (!answer) return;
  Object.assign(now, { told: answer.told, items: answer.proposals ?? [], known: answer.known ?? 0, columns: answer.columns ?? {}, isRead: Boolean(answer.proposals) });
  for (const item of now.items) if (item.path[0] === "presence" && item.path.length > 1) item.was = JSON.stringify(held.table.presence[item.path[1]]);
  showPaste(pasting);
  announce(answer.stale ? say.stale : answer.proposals ? fillWords(say.proposals, { n: String(now.items.length) }) : "");
  if (now.isRead && pasting === "text" && now.items.length) openProposal(now.items[0]);
}

function drawProposals(now) {
  if (!now.isRead) return [];
  const columns = Object.entries(now.columns).map(([letter, key]) => `${letter} = ${nameField(key)}`).join(" · ");
  const counts = [fillWords(say.proposals, { n: String(now.items.length) }), ...(now.known ? [fillWords(say.proposals_known, { n: String(now.known) })] : [])];
  const rows = now.items.map((item) => {
    const [title, rest] = sayEntry(...(item.path[0] === "groups" ? ["presence", 0, { group: item.path[1], in: [nameField(item.path[2])] }] : [item.path[0], 0, item.value]));
    const row = button("", () => openProposal(item), { disabled: item.state === "accepted" });
    row.append(build("bdi", { className: "title", textContent: title || "?" }), build("bdi", { className: "rest", textContent: item.sentence ? item.value.quote : rest }));
    if (item.state || item.problem) row.append(build("span", { className: "flag", textContent: item.problem ?? say[item.state] }));
    return build("li", {}, row);
  });
  const all = pasting === "rows" && listOpen().length ? [button(fillWords(say.accept_all, { n: String(listOpen().length) }), acceptAll, { className: "primary" })] : [];
  return [build("h3", { textContent: counts.join(" ") }), ...(columns ? [saidIn("help", fillWords(say.paste_columns, { columns }))] : []), build("div", { className: "row" }, ...all), build("ul", { className: "list" }, ...rows)];
}

// A row that changes a record goes to it, wherever it stands by now; others go behind the last.
function findPlace(item, more = 0) {
  const listed = held.table[item.path[0]] ?? [];
  if (!item.was) return listed.length + more;
  const key = listed.findIndex((each) => JSON.stringify(each) === item.was);
  item.problem = key < 0 ? say.row_gone : undefined;
  return key;
}

async function acceptAll() {
  let more = 0;
  const keys = new Map(listOpen().map((item) => [item, findPlace(item, item.was ? 0 : more++)]));
  const open = listOpen().filter((item) => keys.get(item) >= 0);
  if (!open.length) return showPaste("rows");
  const paths = open.map((item) => ["presence", keys.get(item)]);
  const answer = await act({ do: "change", changes: open.map(({ value }, index) => ({ path: paths[index], value })) });
  if (!answer) return;
  open.forEach((item, index) => (item.problem = answer.told.find(({ path }) => hasPath(path, paths[index]))?.message));
  if (answer.done) for (const item of open) item.state = "accepted";
  else pasted.rows.told = answer.told;
  showPaste("rows");
  announce(answer.done ? fillWords(say.accepted_all, { n: String(open.length) }) : answer.stale ? say.stale : fillWords(say.refused, { n: String(answer.told.length) }));
}

const sayProposal = (item) => fillWords(say.proposal_of, { n: String(pasted[pasting].items.indexOf(item) + 1), all: String(pasted[pasting].items.length) });

// A statement or strength stands within its group: of whom it is may have to be said first.
function openProposal(item) {
  if (!mayLeave()) return;
  opened = null;
  const [part, id, inner] = item.path;
  if (part !== "groups") {
    const key = findPlace(item);
    return key < 0 ? announce(item.problem) : openEntry(part, key, { value: item.value, isNew: !item.was, proposal: item });
  }
  const group = ownOf(held.table.groups, id);
  if (group) {
    const before = [group[inner] ?? []].flat();
    return openEntry(part, id, { value: { ...group, [inner]: [...before, item.value] }, path: [inner, before.length], proposal: item });
  }
  const who = makeSelect("proposal-group", listChoices({ refers: "group" }, held.table));
  who.addEventListener("change", () => who.value && ((item.path[1] = who.value), openProposal(item)));
  show(head(sayProposal(item)), drawProposal(item), build("div", { className: "field" }, build("label", { htmlFor: "proposal-group", textContent: nameField("group") }), who),
    build("div", { className: "row" }, button(say.skip, () => decide("skipped", item)), button(say.back_proposals, leaveProposal)));
  return at("panel-heading").focus();
}

// The sentence with the words that say who and where, what is asked and what is doubtful.
function drawProposal({ sentence, line, page: onPage, doubts = [], remarks = [], known }) {
  const marked = (sentence ?? []).map(([text, kind]) => (kind ? build("mark", { className: kind, textContent: text }) : text));
  const place = [onPage ? fillWords(say.on_page, { n: String(onPage) }) : "", fillWords(say[sentence ? "on_line" : "on_row"], { n: String(line) })].filter(Boolean).join(", ");
  const options = (each) => (each.options.length ? `: ${each.options.map(([id, name]) => name || id).join(", ")}` : "");
  const told = [...doubts.map((each) => `? ${nameField(each.key)} – ${each.said}${options(each)}`), ...remarks.map((each) => `! ${each}`)];
  if (known) told.push(`! ${fillWords(known.is_claim ? say.known_claim : say.known_sentence, { line: String(known.line ?? "–") })}`);
  return build("section", { className: "proposal", "aria-label": say.proposal }, ...(marked.length ? [build("blockquote", { dir: "auto" }, ...marked)] : []), saidIn("help", place), ...(told.length ? [build("ul", {}, ...told.map((each) => build("li", { dir: "auto", textContent: each })))] : []));
}

function tellDoubts({ doubts = [] }) {
  for (const { key, said } of doubts) {
    const place = opened.field.find([key])?.querySelector(":scope > .problem, :scope > fieldset > .problem");
    if (place) place.textContent = `? ${said}`;
  }
}

// What was written into a proposal stays with it until it is decided.
function leaveProposal() {
  if (opened?.proposal && opened.part !== "groups") opened.proposal.value = opened.field.read();
  opened = null;
  showPaste(pasting);
}

function decide(state, item = opened.proposal) {
  item.state = state;
  if (state === "skipped") announce("");
  opened = null;
  const next = listOpen()[0];
  if (next && pasting === "text") return openProposal(next);
  return showPaste(pasting);
}
