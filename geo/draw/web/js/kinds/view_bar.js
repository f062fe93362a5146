// What the map shows, chosen in one row above it.

// Of many groups one is chosen from a list, which is a switch beside the others.
function chooseOne(ones) {
  const first = make("option", { value: "", textContent: words.view_one });
  const box = make("select", { id: "one-group" }, first, ...ones.map(([value, { label }]) => make("option", { value, textContent: label })));
  box.setAttribute("aria-label", words.view_one);
  return box;
}
