"""What a bundle says in sentences: a claim with its level, hedge, basis and evidence, a group, a source, a tie."""

from __future__ import annotations

from collections.abc import Iterable

from geo.attribution import cite
from geo.join.filters import is_stale
from geo.model import (
    Estimate,
    Evidence,
    Gazetteer,
    Group,
    Level,
    Locator,
    Record,
    Relation,
    Source,
    Strength,
    Table,
)
from geo.sentences import end_sentence

__all__ = [
    "cite_source", "describe_claim", "describe_group", "describe_level", "describe_source", "describe_strength",
    "describe_tie", "join_sentences", "say_evidence",
]  # fmt: skip

BASES = {"reported": "Reported", "claimed": "Claimed by the group itself", "assessed": "Assessed by the source"}
FINDINGS = {"present": "present", "absent": "absent: looked for and not found", "inconclusive": "inconclusive"}
TIES = {
    "alliance": "alliance with", "support": "support of", "affiliate": "affiliate of", "splinter": "splinter of",
    "rivalry": "rivalry with",
}  # fmt: skip
MOST_NAMES = 40


def join_sentences(*texts: str | None) -> str:
    """Join what there is of texts, each as a sentence of its own.

    Examples
    --------
    >>> join_sentences("One", None, "Two?", "")
    'One. Two?'
    """
    kept = [text.strip() for text in texts if text and text.strip()]
    return " ".join(map(end_sentence, kept))


def cite_source(source: Source) -> str:
    """Say who published a source and when; of one without a date also what else is known of it.

    Examples
    --------
    >>> from geo.model import Moment
    >>> cite_source(Source("s", "A report", author="A. Author", date=Moment(2020, 7)))
    'A. Author, A report, 2020-07'
    """
    return cite(source) if source.date else join_sentences(f"{cite(source)}, no date given", *_list_marks(source))


def describe_source(source: Source, table: Table) -> str:
    """Say all of a source that no property of a report holds.

    Examples
    --------
    >>> table = Table("t", {}, {}, {"a": Group("a", "A", "A")}, (), ())
    >>> describe_source(Source("s", "A report", grade="B", favours=("a",)), table)
    'A report, no date given. Admiralty grade of the source: B. It speaks for A.'
    """
    favours = ", ".join(table.groups[each].name for each in source.favours)
    more = _list_marks(source) if source.date else []
    links = [f"Where it can be read: {source.url}" if source.url else None,
             f"A copy that stays: {source.archived}" if source.archived else None]  # fmt: skip
    return join_sentences(cite_source(source), *more, f"It speaks for {favours}" if favours else None, *links)


def _list_marks(source: Source) -> list[str | None]:
    return [
        f"Admiralty grade of the source: {source.grade}" if source.grade else None,
        "A map or a compilation, made of other sources" if source.derived else None,
        source.note,
    ]


def say_evidence(evidence: Evidence, table: Table, *, basis: bool = True) -> str:
    """Say who says so, how, when and how surely.

    Examples
    --------
    >>> table = Table("t", {}, {"s": Source("s", "A report")}, {}, (), ())
    >>> say_evidence(Evidence("s", grade="2", note="reportedly", page="4"), table)
    'Reported. Source: A report, p. 4. Admiralty grade of the item: 2. Note: reportedly.'
    """
    sources = table.sources
    page = f", p. {evidence.page}" if evidence.page else ""
    via = f", which quotes {sources[evidence.via].title}" if evidence.via else ""
    return join_sentences(
        BASES[evidence.basis] if basis else None,
        f"Observed: {evidence.observed}" if evidence.observed else None,
        f"Source: {sources[evidence.source].title}{page}{via}" if evidence.source else "No source is given",
        f"Admiralty grade of the item: {evidence.grade}" if evidence.grade else None,
        f"The analyst's confidence: {evidence.confidence}" if evidence.confidence else None,
        f"Note: {evidence.note}" if evidence.note else None,
        f'Quote: "{evidence.quote}"{_say_sides(evidence.locator)}' if evidence.quote else None,
    )


def _say_sides(locator: Locator | None) -> str:
    """Say between which words a quote stands."""
    sides = {"after": locator.prefix, "before": locator.suffix} if locator else {}
    told = [f'{side} "{words}"' for side, words in sides.items() if words]
    return f" ({', '.join(told)})" if told else ""


def describe_claim(record: Record, group: str, code: str, table: Table, gazetteer: Gazetteer) -> str:
    """Say a claim of a record: one group, in one unit or where else the record speaks of it.

    Examples
    --------
    >>> from geo.model import Place
    >>> table = Table("t", {"l": Level("l", "Sleeper cells")}, {}, {"a": Group("a", "Red", "Red")}, (), ())
    >>> record = Record(("a",), Place("nationwide"), "l", Evidence(note="reportedly"))
    >>> describe_claim(record, "a", "", table, Gazetteer({}, {}, ""))
    'Red, across the country: Sleeper cells. Finding: present. Reported. No source is given. Note: reportedly.'
    """
    level, changed = table.levels[record.level], record.changed
    others = _list_few(table.groups[each].name for each in record.groups if each != group)
    able = " (what the group can do there, and not that it is there)" if level.is_capability else ""
    return join_sentences(
        f"{table.groups[group].name}, {_say_place(record, code, gazetteer)}: {level.name}{able}",
        f"Finding: {FINDINGS[record.finding]}",
        f"Out of date: it was taken to stand for {level.valid_for}" if is_stale(record, table) else None,
        f"Trend: {record.trend}" if record.trend else None,
        f'As written: "{record.as_written}"' if record.as_written else None,
        "The source names these places as some of more" if record.open_list else None,
        say_evidence(record.evidence, table),
        f"Said together with {others}" if others else None,
        f"Corrected {changed.date}: {changed.reason}" if changed else None,
    )


def _list_few(names: Iterable[str]) -> str:
    """List names, since each claim of a record says them, up to a number.

    >>> _list_few("abc"), _list_few(map(str, range(42)))[-17:]
    ('a, b, c', '38, 39 and 2 more')
    """
    known = list(names)
    more = f" and {len(known) - MOST_NAMES} more" if len(known) > MOST_NAMES else ""
    return ", ".join(known[:MOST_NAMES]) + more


def _say_place(record: Record, code: str, gazetteer: Gazetteer) -> str:
    place = record.place
    if place.kind == "in":
        written = f" (as named there: {_list_few(place.written)})" if place.written else ""
        return f"in {gazetteer.units[code].name}{written}"
    if place.kind == "region":
        held = _list_few(gazetteer.units[each].name for each in place.units)
        return f"in the region {place.region}, whose {gazetteer.noun.many} ({held}) are not named"
    if place.kind == "nationwide":
        return "across the country"
    count = say_estimate(place.count) if place.count else "some"
    return f"in {count} {gazetteer.counted.many} that are not named"


def say_estimate(estimate: Estimate, *, is_share: bool = False) -> str:
    """Write a figure with its hedge.

    Examples
    --------
    >>> say_estimate(Estimate(best=800)), say_estimate(Estimate(high=0.5), is_share=True)
    ('800', 'up to 50 %')
    >>> say_estimate(Estimate(2, None, 4)), say_estimate(Estimate(low=10000))
    ('2 to 4', '10,000 or more')
    """

    def write(figure: float) -> str:
        return f"{figure * 100:.10g} %" if is_share else f"{figure:,.10g}"

    low, best, high = (None if each is None else write(each) for each in (estimate.low, estimate.best, estimate.high))
    span = f"{low} to {high}" if low and high else f"{low} or more" if low else f"up to {high}" if high else ""
    return f"{best} ({span})" if best and span else best or span


def describe_group(group: Group, aliases: list[str]) -> str:
    """Say what kind of group it is, and what the table notes of it.

    Examples
    --------
    >>> describe_group(Group("a", "Fighters", "Fighters", kind="population"), [])
    'A population.'
    """
    kinds = {"coalition": "Several groups that are not told apart", "population": "A population"}
    return join_sentences(kinds.get(group.kind), f"Also called: {', '.join(aliases)}" if aliases else None, group.note)


def describe_level(level: Level) -> str:
    """Say what a level means.

    Examples
    --------
    >>> describe_level(Level("cells", "Sleeper cells", 2))
    'Level: Sleeper cells. Rank 2; a greater one is stronger.'
    """
    return join_sentences(
        f"Level: {level.name}",
        "A kind of its own, without a rank" if level.rank is None else f"Rank {level.rank}; a greater one is stronger",
        "It says what a group can do in a place, and not that it is there" if level.is_capability else None,
        f"A claim of it stands for {level.valid_for}" if level.valid_for else None,
        level.note,
    )


def describe_strength(strength: Strength, group: Group, table: Table) -> str:
    """Say how strong a group is said to be, and of what that consists.

    Examples
    --------
    >>> strength = Strength(Estimate(best=500), "fighters", Evidence())
    >>> describe_strength(strength, Group("a", "Red", "Red"), Table("t", {}, {}, {}, (), ()))
    'Strength of Red: 500, counted as fighters. Reported. No source is given.'
    """
    whole = f" of {table.groups[strength.of].name}" if strength.of else ""
    figure = say_estimate(strength.estimate, is_share=strength.is_share)
    parts = [f"Of which: {_say_part(part, table)}" for part in strength.of_which]
    said = f"Strength of {group.name}: {figure}{whole}, counted as {strength.counts}"
    return join_sentences(said, say_evidence(strength.evidence, table), *parts)


def _say_part(part: Strength, table: Table) -> str:
    whole = f" of {table.groups[part.of].name}" if part.of else ""
    said = f"{say_estimate(part.estimate, is_share=part.is_share)}{whole}, counted as {part.counts}"
    parts = [f"Of which: {_say_part(each, table)}" for each in part.of_which]
    return join_sentences(said, say_evidence(part.evidence, table), *parts)


def describe_tie(tie: Relation, table: Table) -> str:
    """Say a tie between groups.

    Examples
    --------
    >>> groups = {"a": Group("a", "Red", "Red"), "b": Group("b", "Blue", "Blue")}
    >>> tie = Relation("splinter", Evidence(), from_group="a", to_group="b")
    >>> describe_tie(tie, Table("t", {}, {}, groups, (), ()))
    'Red: splinter of Blue. Reported. No source is given.'
    """
    names = [table.groups[each].name for each in (tie.between or (tie.from_group, tie.to_group)) if each]
    said = f"{names[0]}: {TIES[tie.type]} {names[1]}" if len(names) == 2 else f"{', '.join(names)}: {tie.type}"
    return join_sentences(
        said,
        f"Standing: {tie.standing}" if tie.standing else None,
        f"What exactly: {tie.what}" if tie.what else None,
        say_evidence(tie.evidence, table),
    )
