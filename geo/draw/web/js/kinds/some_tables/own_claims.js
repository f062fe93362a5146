// In which units those of whom a headline tells are named by their own claims alone; as _hedge_claimed in geo/draw/wording/presence.py.

hedgeClaimed = (said, units, told, among) => {
  const own = unitsWhere(isClaimed, told, units);
  if (!own.length) return said;
  const isPart = unitsWhere((id, code) => standingOf(id, code) === "named", told, own).length > 0;
  const key = (own.length < among ? "some" : "all") + (isPart ? "_part" : "");
  return fill(words["headline_claimed." + key], { said, places: listPlaces(own) });
};
