// Small maps, made from the static picture: one a group, or one a step in time.

function drawSmallMap(title, said, paint, choose) {
  const still = document.querySelector("#static svg");
  const paths = [...still.querySelectorAll("path[data-code]")].map((path) => {
    const code = path.dataset.code;
    return svg("path", { d: path.getAttribute("d"), fill: paint(code), stroke: data.colours.paper, "data-code": code });
  });
  const picture = svg("svg", { viewBox: still.getAttribute("viewBox"), role: "img", "aria-label": title + ": " + said }, ...paths);
  picture.addEventListener("click", (event) => event.target.dataset.code && choose(event.target.dataset.code));
  return make("figure", {}, make("figcaption", { textContent: title }), picture);
}
