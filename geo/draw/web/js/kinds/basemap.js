// On request only. Whoever gives the tiles wants to know which site shows them.
function layBasemap(map) {
  const { url, credit, failed } = data.basemap;
  const note = make("p", { className: "basemap-credit", textContent: credit });
  const tiles = L.tileLayer(url, { maxZoom: 19, referrerPolicy: "strict-origin-when-cross-origin" });
  tiles.once("tileerror", () => note.append(" · " + failed));
  map.getContainer().classList.add("on-basemap");
  map.getContainer().append(note);
  tiles.addTo(map);
}
