"""The groups with what is said of each, and the ties between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import count

from geo.draw.html import Markup, chain, say_name, tag, tag_section
from geo.draw.marks.palette import Slot
from geo.draw.relations.diagram import draw_ties_diagram
from geo.draw.sections.strengths import draw_strength_ranges
from geo.draw.wording.catalogue import capitalise
from geo.draw.wording.compare import say_off_map
from geo.draw.wording.evidence import draw_evidence
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_strength
from geo.draw.wording.records import say_statement_place
from geo.draw.wording.relations import Tie, list_ties, mark_up_tie, say_number
from geo.draw.wording.shown_quotes import ShownQuotes
from geo.model import Group, Strength

__all__ = ["draw_groups", "draw_ties"]


def draw_groups(
    joined: LocalisedTable, slots: Mapping[str, Slot], *, charts: bool = False, listed: bool = True
) -> Markup:
    """Return each group with its kind, names, strengths and statements, below a chart of strengths if wanted.

    ``listed`` where the page lists the records, and so the quotes that are theirs too.
    """
    quotes = ShownQuotes(joined.phrases, joined.table, joined.checked, listed=listed)
    ranges = draw_strength_ranges(joined.phrases, joined.table) if charts else ""
    numbers = count(1)
    entries = (_draw_group(group, joined, slots, numbers, quotes) for group in joined.table.groups.values())
    return tag_section("groups", joined.phrases.say("groups"), ranges, entries)


def _draw_group(
    group: Group, joined: LocalisedTable, slots: Mapping[str, Slot], numbers: Iterator[int], quotes: ShownQuotes
) -> Markup:
    """Return one group; each of its statements that speaks of units takes the next of the numbers."""
    phrases = joined.phrases
    slot = slots.get(group.id)
    square = tag("rect", {"width": "10", "height": "10", "fill": slot.colour}) if slot else ""
    key = tag("svg", {"class": "key", "viewBox": "0 0 10 10", "aria-hidden": "true"}, square) if slot else ""
    also = [*map(say_name, group.aliases), *(say_name(name, lang) for lang, name in group.names.items())]
    lines = [
        capitalise(phrases.say("kind", group.kind)),
        phrases.mark_up("also", names=phrases.mark_up("comma").join(also)) if also else "",
        tag("bdi", {}, group.note) if group.note else "",
        _count_footprint(group.id, joined),
    ]
    items = []
    if group.part_of:
        whole = say_name(joined.table.groups[group.part_of.group].name)
        evidence = draw_evidence(phrases, group.part_of.evidence, joined.table, quotes.tell)
        items.append(tag("li", {}, phrases.mark_up("part_of", whole=whole), evidence))
    items += [tag("li", {}, _draw_strength(strength, joined, quotes)) for strength in group.strengths]
    for statement in group.statements:
        about = phrases.mark_up_names([say_name(joined.table.groups[each].name) for each in statement.about])
        place = say_statement_place(phrases, statement, joined.gazetteer)
        said = (tag("bdi", {}, statement.text), *((" ", phrases.mark_up("about", groups=about)) if about else ()))
        said = (*said, f" {place}") if place else said
        anchor = {"id": f"statement-{next(numbers)}"} if statement.place else {}
        tell = partial(quotes.tell, said=statement.text)
        items.append(tag("li", anchor, said, draw_evidence(phrases, statement.evidence, joined.table, tell)))
    body = [tag("p", {}, line) for line in lines if line]
    return chain([tag("h3", {}, key, say_name(group.name)), *body, tag("ul", {}, items) if items else ""])


def _count_footprint(group: str, joined: LocalisedTable) -> str:
    phrases = joined.phrases
    footprint = joined.footprints.get(group)
    said = phrases.say("on_no_map")
    if footprint:
        more = [("summary_region", footprint.region), ("summary_stale", footprint.stale)]
        rest = [phrases.say(key, n=phrases.write_number(len(units))) for key, units in more if units]
        number = phrases.write_number(len(footprint.named))
        number = phrases.say("at_least_in", places=number) if footprint.is_open else number
        counts = {"n": number, "total": phrases.write_number(len(joined.report.units))}
        said = phrases.say("stop", said="".join([phrases.say("footprint", **counts), *rest]))
    return f"{said} {say_off_map(joined, {group})}".strip()


def _draw_strength(strength: Strength, joined: LocalisedTable, quotes: ShownQuotes) -> Markup:
    phrases = joined.phrases
    evidence = draw_evidence(phrases, strength.evidence, joined.table, quotes.tell)
    said = describe_strength(phrases, strength, joined.table.groups) + evidence
    parts = [
        tag("li", {}, "" if part.is_share else phrases.say("of_these") + " ", _draw_strength(part, joined, quotes))
        for part in strength.of_which
    ]
    return said + (tag("ul", {}, parts) if parts else "")


def draw_ties(
    joined: LocalisedTable, slots: Mapping[str, Slot] | None = None, *, diagram: bool = False, listed: bool = True
) -> Markup:
    """Return the ties between groups as sentences with their evidence, below a diagram if wanted.

    They stand behind the groups, whose quotes are not shown once more; ``listed`` is as there.
    """
    phrases = joined.phrases
    table = joined.table
    ties = list_ties(table)
    quotes = ShownQuotes(phrases, table, joined.checked, listed=listed)
    quotes.pass_groups(table)
    picture = draw_ties_diagram(phrases, table, slots or {}) if ties and diagram else ""
    items = [tag("li", {"data-groups": ",".join(tie.groups)}, _draw_tie(tie, ties, joined, quotes)) for tie in ties]
    note = tag("p", {}, phrases.say("ties_note"))
    body = tag("ol", {}, items) if items else tag("p", {}, phrases.say("no_tie"))
    return tag_section("ties", phrases.say("ties"), note, picture, body)


def _draw_tie(tie: Tie, ties: Sequence[Tie], joined: LocalisedTable, quotes: ShownQuotes) -> Markup:
    phrases = joined.phrases
    said = mark_up_tie(phrases, tie, lambda group: tag("strong", {}, say_name(joined.table.groups[group].name)))
    others = [other for other in ties if other != tie and set(other.groups) == set(tie.groups)]
    also = phrases.say("tie_also", others=phrases.join_names([say_number(phrases, other) for other in others]))
    beside = tag("p", {"class": "evidence"}, also) if others else ""
    return chain([said, draw_evidence(phrases, tie.evidence, joined.table, quotes.tell), beside])
