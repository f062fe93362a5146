// Of how many of the units that are named no group is, and for what they are named then; as _say_uncounted in geo/draw/wording/presence.py.

sayUncounted = (named, ids) => {
  const bare = named.filter(({ code }) => !ids.some((id) => isGroup(id) && isNamed(id, code)));
  const kinds = uncounted.filter((kind) => unitsWhere(isNamed, ids.filter((id) => groupById.get(id).kind === kind), bare).length);
  return bare.length ? fill(words.summary_uncounted, { n: bare.length, kinds: list(kinds.map((kind) => words["also_" + kind][0])) }) : "";
};
