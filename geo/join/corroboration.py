"""How many sources that do not rest on each other name a unit: corroboration, never overstated.

Sources that one record links, its ``source`` and the one that it quotes (``via``), are one voice wherever that record
counts; so are two that quote the same third, two of one author, and two whose titles name one document: who says a
thing twice does not confirm it. A record without a source adds no voice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geo.join.filters import Choices, is_stale
from geo.join.footprints import find_root, passes_level
from geo.model import Evidence, Strength, Table
from geo.source_documents import fold_title, name_documents

__all__ = ["Corroboration", "Voices", "count_sources", "count_voices", "join_voices", "list_evidence"]


@dataclass(frozen=True)
class Corroboration:
    """Who names each unit."""

    voices: Mapping[str, tuple[tuple[str, ...], ...]]
    """For each unit that a record names: its independent voices, each the sources (ids) that it is made of, those that
    are only quoted left out. Empty where no record there has a source."""
    unsourced: tuple[int, ...] = ()
    """Indexes of records that count here and have no source."""

    @property
    def dependent(self) -> tuple[str, ...]:
        """Units where some voice is made of several sources, so that there are fewer voices than sources."""
        return tuple(unit for unit, voices in self.voices.items() if any(len(voice) > 1 for voice in voices))


NOBODY: Mapping[str, str] = MappingProxyType({})


def join_voices(
    evidence: Iterable[Evidence], authors: Mapping[str, str] = NOBODY, documents: Mapping[str, str] = NOBODY
) -> tuple[tuple[str, ...], ...]:
    """Join the sources of some records into independent voices, in order of their first record.

    ``authors`` has the author of each source where that is known, ``documents`` the first source that names the same
    document, where there are several. Sources that are only quoted are in no voice.

    Examples
    --------
    >>> join_voices([Evidence("a"), Evidence("b", via="c"), Evidence("d", via="c"), Evidence()])
    (('a',), ('b', 'd'))
    >>> join_voices([Evidence("a"), Evidence("b"), Evidence("b", via="a")])
    (('a', 'b'),)
    >>> join_voices([Evidence("a"), Evidence("b"), Evidence("c")], {"a": "UN", "c": "UN"})
    (('a', 'c'), ('b',))
    >>> join_voices([Evidence("a"), Evidence("b"), Evidence("c")], documents={"b": "b", "c": "b"})
    (('a',), ('b', 'c'))
    """
    parents: dict[str, str] = {}

    def find(source: str) -> str:
        while parents.setdefault(source, source) != source:
            source = parents[source]
        return source

    carriers: dict[str, None] = {}
    spoken: dict[tuple[str, str], str] = {}
    for each in evidence:
        if each.source is None:
            continue
        carriers[each.source] = None
        if each.via is not None:
            parents[find(each.via)] = find(each.source)
        for source in filter(None, (each.source, each.via)):
            for kind, shared in (("author", authors), ("document", documents)):
                if source in shared:
                    parents[find(source)] = find(spoken.setdefault((kind, shared[source]), source))
    voices: dict[str, list[str]] = {}
    for source in carriers:
        voices.setdefault(find(source), []).append(source)
    return tuple(map(tuple, voices.values()))


@dataclass(frozen=True)
class Voices:
    """The sources of a table: those that speak in it, how many of these are independent, those that they only quote."""

    speaking: tuple[str, ...]
    independent: int
    quoted: tuple[str, ...]


def count_voices(table: Table) -> Voices:
    """Count the sources of a table by what they are to one another, whatever they speak of.

    Examples
    --------
    >>> from geo.model import Place, Record, Source
    >>> record = Record(("a",), Place("nationwide"), "l", Evidence("b", via="c"))
    >>> count_voices(Table("t", {}, {key: Source(key, key) for key in "abc"}, {}, (record,), ()))
    Voices(speaking=('a', 'b'), independent=2, quoted=('c',))
    """
    evidence = list_evidence(table)
    cited, heard = {each.source for each in evidence}, {each.via for each in evidence}
    quoted = tuple(source for source in table.sources if source in heard - cited)
    speaking = tuple(source for source in table.sources if source not in quoted)
    voices = join_voices([*evidence, *map(Evidence, speaking)], *_name_kin(table))
    return Voices(speaking, len(voices), quoted)


def list_evidence(table: Table) -> list[Evidence]:
    """List the evidence of all that a table holds: records, ties, and what it says of groups."""
    found = [record.evidence for record in table.records] + [tie.evidence for tie in table.relations]
    for group in table.groups.values():
        found += [group.part_of.evidence] if group.part_of else []
        found += [each for strength in group.strengths for each in _list_parts(strength)]
        found += [said.evidence for said in group.statements]
    return found


def _list_parts(strength: Strength) -> list[Evidence]:
    return [strength.evidence, *(each for part in strength.of_which for each in _list_parts(part))]


def _name_kin(table: Table) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the author of each source where that is known, and the first source that names the same document."""
    authors = {source.id: fold_title(source.author) for source in table.sources.values() if source.author}
    return authors, name_documents(table.sources.values())


def count_sources(table: Table, groups: Collection[str], choices: Choices | None = None) -> Corroboration:
    """Count independent sources by unit, over records that name it for any of the groups.

    They name it as present, at or above the level, and are not out of date; what a group can do there is no presence.
    Of the choices, ``level`` and ``roll_up`` are honoured; with a roll-up the groups are those that others are part of.

    Examples
    --------
    >>> count_sources(Table("empty", {}, {}, {}, (), ()), []).voices
    {}
    """
    choices = choices or Choices()
    chosen = table.levels[choices.level] if choices.level else None
    counted = {
        index
        for index, record in enumerate(table.records)
        if record.place.kind == "in"
        and record.finding == "present"
        and not table.levels[record.level].is_capability
        and passes_level(table.levels[record.level], chosen)
        and not is_stale(record, table)
    }
    found: dict[str, dict[int, None]] = {}
    for claim in table.claims:
        group = find_root(table, claim.group) if choices.roll_up else claim.group
        if claim.unit is not None and claim.record in counted and group in groups:
            found.setdefault(claim.unit, {})[claim.record] = None
    records = sorted({index for indexes in found.values() for index in indexes})
    kin = _name_kin(table)
    return Corroboration(
        {
            unit: join_voices((table.records[index].evidence for index in indexes), *kin)
            for unit, indexes in found.items()
        },
        tuple(index for index in records if table.records[index].evidence.source is None),
    )
