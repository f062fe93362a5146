// Of very many groups the table of units lists in one cell those that stand there, those alike together.

function listGridGroups(cells) {
  const alike = new Map();
  cells.forEach(({ state, text }, place) => text && alike.set(text, { state, text, names: [...(alike.get(text)?.names ?? []), groupById.get(gridGroups[place]).short] }));
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const found = [...alike.values()].sort((a, b) => gridStates.indexOf(a.state) - gridStates.indexOf(b.state) || compare(a.text, b.text));
  return found.map(({ text, names }) => fill(words.summary_one, { group: text, rest: names.sort(compare).join(words.comma) })).join(words.semicolon);
}

gridWidth = 1;
drawGridCells = (cells) => [make("td", { textContent: listGridGroups(cells) })];
