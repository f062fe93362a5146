// Only in the frame of `presence edit`: tells the page around it what is chosen, and shows a claim before it is written.

const editedKind = kinds[data.kind];
const wireBefore = editedKind.wire;
const markBefore = editedKind.mark;
// Whoever wrote this page into a frame is the only one around it, and a code of a unit is no secret.
const tellEditor = (said) => window.parent.postMessage({ presenceEdit: said }, "*");
let editorHears = false;

function tellPlace() {
  const { lat, lng } = window.map_presence.getCenter();
  tellEditor({ state: writeFragment().split("#")[1], view: [lat, lng, window.map_presence.getZoom()] });
}

editedKind.mark = (code) => {
  markBefore?.(code);
  if (!editorHears) return;
  tellEditor({ unit: code });
  tellPlace();
};

editedKind.wire = (tools) => {
  wireBefore?.(tools);
  const map = window.map_presence;
  setTimeout(() => {
    editorHears = true;
    tellEditor({ ready: true });
    map.on("moveend", tellPlace);
  });
  window.addEventListener("message", (event) => {
    const asked = event.source === window.parent && event.data?.presenceEdit;
    if (!asked) return;
    if (asked.view) map.setView(asked.view.slice(0, 2), asked.view[2], { animate: false });
    // What is chosen for a claim is coloured; a ring around the last of it would say more.
    if (asked.leave) document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    if ("claim" in asked) {
      stand(putClaim(asked.claim));
      tools.repaint();
      tellEditor({ painted: asked.number });
    }
  });
};

// A link to elsewhere would take the place of the map, in a frame that may lead nowhere.
document.addEventListener("click", (event) => event.target.closest?.('a[href^="http"]') && event.preventDefault(), true);

// The table's records with one that is not written yet in its place, or behind them.
function putClaim(claim) {
  const known = (claim?.groups ?? []).filter((id) => groupById.get(id)?.slot !== undefined);
  const codes = (claim?.units ?? []).filter((code) => unitByCode.has(code));
  const at = claim?.at ?? -1;
  const others = data.records.filter((_, index) => index !== at);
  if (!known.length || !codes.length) return claim ? others : data.records;
  const level = levelById.has(claim.level) ? claim.level : data.levels[0].id;
  const made = { groups: known, units: codes, place: "in", level, finding: claim.finding || "present", basis: claim.basis || "reported" };
  return [...others.slice(0, at < 0 ? others.length : at), made, ...others.slice(at < 0 ? others.length : at)];
}
