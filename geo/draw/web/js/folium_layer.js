// The units as a plain layer of Leaflet, for programs that take a folium map apart and leave our page out.
(map, { units, outline, patterns, legend, credit }) => {
  const hidden = document.createElement("div");
  hidden.innerHTML = patterns;
  hidden.style.position = "absolute";
  document.body.append(hidden);
  for (const { rings, fill, label } of units)
    L.polygon(rings, { color: outline, weight: 0.8, fillColor: fill, fillOpacity: 1, className: "unit" })
      .bindTooltip(label, { sticky: true })
      .addTo(map);
  const key = L.control({ position: "bottomleft" });
  key.onAdd = () => {
    const box = document.createElement("div");
    box.innerHTML = `<ul>${legend}</ul><small>${credit}</small>`;
    for (const word of box.querySelectorAll(".visually-hidden")) word.remove();
    box.style.cssText = "background:rgb(255 255 255 / 87%);padding:6px 8px;max-width:20em;font:12px/1.4 sans-serif";
    box.firstChild.style.cssText = "list-style:none;margin:0 0 4px;padding:0";
    for (const swatch of box.querySelectorAll("svg")) swatch.style.flex = "none";
    for (const row of box.querySelectorAll("li")) row.style.cssText = "display:flex;gap:6px;align-items:center";
    for (const count of box.querySelectorAll("b")) count.style.marginInlineStart = "auto";
    return box;
  };
  key.addTo(map);
}
