"""The ties of a table as one numbered list: relations first, then who is part of whom; each said in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from geo.draw.html import Markup, say_name
from geo.draw.wording.catalogue import Catalogue, Text
from geo.model import Evidence, Table

__all__ = ["Tie", "describe_tie", "list_ties", "mark_up_tie", "name_kind", "say_number"]


@dataclass(frozen=True)
class Tie:
    """One tie, numbered from 1 as on the page; ``groups`` are ids, a directed tie's in the order from, to.

    Examples
    --------
    >>> Tie(1, "part of", None, ("haqqani", "taliban"), True, Evidence()).groups[1]
    'taliban'
    """

    number: int
    type: str
    standing: str | None
    groups: tuple[str, ...]
    directed: bool
    evidence: Evidence
    what: str | None = None
    """What exactly stands or is discussed."""


def list_ties(table: Table) -> tuple[Tie, ...]:
    """Return relations in the table's order, then each ``part_of``; ties of the same groups stand one after the other.

    Of those, what says what exactly stands comes first: so it is read before the plain "alliance" of the same two.

    Examples
    --------
    >>> list_ties(Table("t", {}, {}, {}, (), ()))
    ()
    """
    found = [
        (each.type, each.standing, each.between or (each.from_group or "", each.to_group or ""), not each.between,
         each.evidence, each.what)
        for each in table.relations
    ]  # fmt: skip
    found += [
        ("part of", None, (group.id, group.part_of.group), True, group.part_of.evidence, None)
        for group in table.groups.values()
        if group.part_of
    ]
    first: dict[frozenset[str], int] = {}
    for place, each in enumerate(found):
        first.setdefault(frozenset(each[2]), place)
    found.sort(key=lambda each: (first[frozenset(each[2])], not each[5]))
    return tuple(Tie(number, *each) for number, each in enumerate(found, 1))


def name_kind(phrases: Catalogue, tie: Tie) -> str:
    """Name type and standing, and how many groups share one tie.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> name_kind(phrases, Tie(1, "alliance", "emerging", ("a", "b", "c"), False, Evidence()))
    'alliance of 3, emerging'
    """
    kind = phrases.say("tie", tie.type)
    kind = (
        phrases.say("tie_of_many", kind=kind, n=phrases.write_number(len(tie.groups))) if len(tie.groups) > 2 else kind
    )
    return phrases.say("comma").join([kind, *([phrases.say("standing", tie.standing)] if tie.standing else [])])


def say_number(phrases: Catalogue, tie: Tie) -> str:
    """Name a tie by its number, with what exactly stands or else its type, and its standing.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> say_number(phrases, Tie(7, "alliance", "discussed", ("a", "b"), False, Evidence(), "a joint unit"))
    '7 (a joint unit: discussed)'
    >>> say_number(phrases, Tie(8, "alliance", "existing", ("a", "b"), False, Evidence()))
    '8 (alliance, existing)'
    """
    kind = name_kind(phrases, tie)
    if tie.what:
        standing = phrases.say("standing", tie.standing) if tie.standing else ""
        kind = phrases.say("tie_standing", said=tie.what, standing=standing) if standing else tie.what
    return phrases.say("tie_numbered", number=phrases.write_number(tie.number), kind=kind)


def describe_tie(phrases: Catalogue, tie: Tie, name: Callable[[str], str]) -> str:
    """Say a tie with its direction, of groups that ``name`` names by their ids; only an existing tie "is" one.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> describe_tie(phrases, Tie(1, "affiliate", "existing", ("isis-k", "isis"), True, Evidence()), str.upper)
    'ISIS-K is an affiliate of ISIS: existing'
    >>> describe_tie(phrases, Tie(1, "support", "discussed", ("a", "b"), True, Evidence()), str.upper)
    'A as a supporter of B: discussed'
    >>> describe_tie(phrases, Tie(2, "alliance", "emerging", ("a", "b", "c"), False, Evidence()), str.upper)
    'A, B and C: one alliance of 3, emerging'
    >>> describe_tie(phrases, Tie(3, "alliance", "discussed", ("a", "b"), False, Evidence(), "a joint unit"), str.upper)
    'a joint unit: discussed (A and B; kind of tie: alliance)'
    """
    return _fill(phrases, tie, tie.what, [name(group) for group in tie.groups], phrases.say, phrases.join_names)


def mark_up_tie(phrases: Catalogue, tie: Tie, name: Callable[[str], Markup]) -> Markup:
    """Say a tie in the same way, with markup of each group's name."""
    names = [name(group) for group in tie.groups]
    return _fill(phrases, tie, say_name(tie.what) if tie.what else None, names, phrases.mark_up, phrases.mark_up_names)


def _fill(
    phrases: Catalogue,
    tie: Tie,
    what: Text | None,
    names: list[Text],
    fill: Callable[..., Text],
    join: Callable[[Sequence[Text]], Text],
) -> Text:
    standing = phrases.say("standing", tie.standing) if tie.standing else ""
    if tie.directed:
        said = fill(
            "tie_is" if tie.standing in (None, "existing") else "tie_as", tie.type, one=names[0], other=names[1]
        )
        plain = fill("tie_standing", said=said, standing=standing) if standing else said
    else:
        said = fill("tie_of_groups", names=join(names), kind=name_kind(phrases, replace(tie, standing=None)))
        plain = fill("tie_many" if len(names) > 2 else "tie_two", names=join(names), kind=name_kind(phrases, tie))
    if not what:
        return plain
    return fill("tie_what" if standing else "tie_what_alone", what=what, standing=standing, said=said)
