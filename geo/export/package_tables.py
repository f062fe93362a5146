"""A table in long form, as the tables of a data package: typed columns, and rows that refer to one another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from geo.join.filters import is_stale
from geo.join.joined_table import JoinedTable
from geo.model import Evidence, Gazetteer, Locator, Notes, Strength, Table

__all__ = ["DATE", "Column", "PackageTable", "list_package_tables", "write_cell"]

DATE = r"[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?"
PRECISION = "As precisely as it is known: YYYY, YYYY-MM or YYYY-MM-DD."
UNIT = "One of them or, of a region, of those that it holds; empty where the record has none."
Cell = str | int | float | bool | None | tuple[str, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``key`` names the key of the table's format that it holds, such as ``presence.finding``, whose definition says what
    may stand there; ``told`` is what else is said of it. ``refers`` is table and column of what it refers to.
    """

    name: str
    kind: str = "string"
    key: str = ""
    told: str = ""
    is_required: bool = False
    refers: tuple[str, str] | None = None
    constraints: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PackageTable:
    """A table of a package; ``key`` are the columns by which a row is known."""

    name: str
    told: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def _own(name: str, kind: str, told: str, refers: tuple[str, str] | None = None) -> Column:
    return Column(name, kind, told=told, is_required=True, refers=refers)


def _date(name: str, key: str, told: str = "") -> Column:
    return Column(name, key=key, told=f"{told} {PRECISION}".strip(), constraints={"pattern": DATE})


def _number(what: str) -> Column:
    return _own(what, "integer", f"The number of the {what} in the table, from 1.")


TO_GROUP, TO_LEVEL, TO_SOURCE, TO_UNIT = ("groups", "id"), ("levels", "id"), ("sources", "id"), ("units", "code")


def _list_evidence_columns(section: str) -> tuple[Column, ...]:
    return (
        Column("source", key=f"{section}.source", refers=TO_SOURCE),
        Column("via", key=f"{section}.via", refers=TO_SOURCE),
        Column("basis", key=f"{section}.basis"),
        Column("grade", key=f"{section}.grade"),
        Column("confidence", key=f"{section}.confidence"),
        _date("observed_from", f"{section}.observed", "Its beginning, empty where that is open or unknown."),
        _date("observed_to", f"{section}.observed", "Its end, empty where that is open or unknown."),
        Column("note", key=f"{section}.note"),
        Column("quote", key=f"{section}.quote"),
        Column("page", key=f"{section}.page"),
        Column("locator_prefix", key=f"{section}.locator.prefix"),
        Column("locator_suffix", key=f"{section}.locator.suffix"),
    )


def _list_evidence(evidence: Evidence | None) -> Row:
    """List the cells of those columns; all are empty where nothing stands for which evidence could be."""
    if evidence is None:
        return (None,) * len(_list_evidence_columns(""))
    seen = evidence.observed
    start, end = (seen.start, seen.end) if seen else (None, None)
    dates = (str(start) if start else None, str(end) if end else None)
    graded = (evidence.source, evidence.via, evidence.basis, evidence.grade, evidence.confidence)
    around = evidence.locator or Locator()
    return (*graded, *dates, evidence.note, evidence.quote, evidence.page, around.prefix, around.suffix)


PLACES = {"enum": ["in", "region", "nationwide", "unlocated"]}
SAID = (
    Column("place", told="How its place is spoken of: by name, by a region, as the whole country, or by a number.",
           is_required=True, constraints=PLACES),
    Column("region", key="presence.region"),
    Column("level", key="presence.level", is_required=True, refers=TO_LEVEL),
    Column("finding", key="presence.finding", is_required=True),
    Column("trend", key="presence.trend"),
    *_list_evidence_columns("presence"),
    *(Column(f"count_{name}", "integer", f"presence.unlocated.{name}") for name in ("low", "best", "high")),
    Column("as_written", key="presence.as_written"),
    Column("open_list", "boolean", "presence.open_list", is_required=True),
    Column("out_of_date", "boolean", told="Whether the validity of its level has gone by on the day of the table.",
           is_required=True),
)  # fmt: skip
"""What is said of a record, and of each claim that it makes."""


def list_package_tables(joined: JoinedTable) -> tuple[PackageTable, ...]:
    """List all tables of a package, each with the same columns whatever stands in it.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.join.joined_table import join_presence
    >>> none = gpd.GeoDataFrame(geometry=[], index=[], crs=4326)
    >>> joined = join_presence(Table("empty", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), none)
    >>> [each.name for each in list_package_tables(joined)][:3]
    ['claims', 'records', 'groups']
    """
    table, gazetteer = joined.table, joined.gazetteer
    translations = _Translations()
    makers: tuple[Callable[[Table, _Translations], Iterable[PackageTable]], ...] = (
        _list_records, _list_groups, _list_levels, _list_sources, _list_sayings, _list_relations, _list_log,
    )  # fmt: skip
    made = [each for make in makers for each in make(table, translations)]
    made += [_list_units(table, gazetteer), _list_regions(table, gazetteer)]
    translations.add_headings(table)
    return (*made, translations.make_table())


class _Translations:
    """Collects what stands in the table in other languages, a text a row."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add_notes(self, part: str, key: str | int, notes: Notes, column: str = "note") -> None:
        self.rows += [(part, str(key), tag, column, text) for tag, text in notes]

    def add_names(self, part: str, key: str, names: Mapping[str, str]) -> None:
        self.rows += [(part, key, tag, "name", name) for tag, name in names.items()]

    def add_headings(self, table: Table) -> None:
        for region, names in table.region_names.items():
            self.add_names("regions", region, names)
        for tag, head in table.translations.items():
            texts = {"title": head.title, "subtitle": head.subtitle, "headline": head.headline}
            self.rows += [("table", "", tag, key, text) for key, text in texts.items() if text]

    def make_table(self) -> PackageTable:
        columns = (
            _own("table", "string", "The table of the package whose text this is, or `table` for all of it."),
            Column("key", told="By what the row there is known; empty for the table as a whole."),
            _own("language", "string", "The language, as a tag such as fa or ps."),
            _own("field", "string", "The column there, or the key of the table."),
            _own("text", "string", "The text in that language."),
        )
        told = "Names, notes and headings in other languages, a text a row."
        return PackageTable("translations", told, ("table", "key", "language", "field"), columns, tuple(self.rows))


def _list_records(table: Table, translations: _Translations) -> Iterator[PackageTable]:
    said = [_describe(index, table) for index in range(len(table.records))]
    claims = (
        (number, each.record + 1, table.records[each.record].id, each.group, each.unit, *said[each.record])
        for number, each in enumerate(table.claims, 1)
    )
    columns = (
        _own("claim", "integer", "The number of the claim, from 1."),
        _own("record", "integer", "The record that makes it.", ("records", "record")),
        Column("record_id", key="presence.id"),
        Column("group", key="presence.group", told="One of them.", is_required=True, refers=TO_GROUP),
        Column("unit", key="presence.in", told=UNIT, refers=TO_UNIT),
        *SAID,
    )
    told = "One group in one place, as a record says: what all else is counted from. A claim of a region names no unit."
    yield PackageTable("claims", told, ("claim",), columns, tuple(claims))
    rows = []
    for number, record in enumerate(table.records, 1):
        changed = (str(record.changed.date), record.changed.reason) if record.changed else (None, None)
        named = record.place.written or None
        rows.append(
            (number, record.id, len(record.groups), len(record.place.units), named, *said[number - 1], *changed)
        )
        translations.add_notes("records", number, record.evidence.notes)
    columns = (
        _number("record"),
        Column("id", key="presence.id", constraints={"unique": True}),
        _own("groups", "integer", "How many groups it names; `claims` lists them."),
        _own("units", "integer", "How many units it names, or its region holds; `claims` lists them."),
        Column("named_as", "array", told="What it calls them, where they are parts of units."),
        *SAID,
        _date("changed_date", "presence.changed.date"),
        Column("changed_reason", key="presence.changed.reason"),
    )
    yield PackageTable("records", "The records as written, one a row.", ("record",), columns, tuple(rows))


def _describe(index: int, table: Table) -> Row:
    record = table.records[index]
    place, count = record.place, record.place.count
    figures = (count.low, count.best, count.high) if count else (None, None, None)
    whole = tuple(None if each is None else round(each) for each in figures)
    said = (place.kind, place.region, record.level, record.finding, record.trend, *_list_evidence(record.evidence))
    return (*said, *whole, record.as_written, bool(record.open_list), is_stale(record, table))


def _list_groups(table: Table, translations: _Translations) -> Iterator[PackageTable]:
    rows = []
    for group in table.groups.values():
        part = group.part_of
        own = (
            group.id,
            group.name,
            group.short,
            group.kind,
            group.aliases or None,
            group.colour,
            group.letters,
            group.note,
        )
        rows.append((*own, part.group if part else None, *_list_evidence(part.evidence if part else None)))
        translations.add_names("groups", group.id, group.names)
        translations.add_notes("groups", group.id, group.notes)
        translations.add_notes("groups", group.id, part.evidence.notes if part else (), "part_of_note")
    evidence = (_rename(each, f"part_of_{each.name}") for each in _list_evidence_columns("groups.part_of"))
    columns = (
        _own("id", "string", "By what the group is known."),
        Column("name", key="groups.name", is_required=True),
        Column("short", key="groups.short"),
        Column("kind", key="groups.kind", is_required=True),
        Column("aliases", "array", "groups.aliases"),
        Column("colour", key="groups.colour"),
        Column("letters", key="groups.letters"),
        Column("note", key="groups.note"),
        Column("part_of", key="groups.part_of.group", refers=TO_GROUP),
        *evidence,
    )
    yield PackageTable("groups", "Who is spoken of.", ("id",), columns, tuple(rows))


def _rename(column: Column, name: str) -> Column:
    return Column(name, column.kind, column.key, column.told, column.is_required, column.refers, column.constraints)


def _list_levels(table: Table, translations: _Translations) -> Iterator[PackageTable]:
    rows = []
    for level in table.levels.values():
        span = str(level.valid_for) if level.valid_for else None
        rows.append((level.id, level.name, level.rank, not level.is_capability, span, level.note))
        translations.add_names("levels", level.id, level.names)
        translations.add_notes("levels", level.id, level.notes)
    columns = (
        _own("id", "string", "By what the level is known."),
        Column("name", key="levels.name", is_required=True),
        Column("rank", "integer", "levels.rank"),
        Column("footprint", "boolean", "levels.footprint", is_required=True),
        Column("valid_for", told="How long a record of it stands; after that it is out of date."),
        Column("note", key="levels.note"),
    )
    yield PackageTable("levels", "Kinds of presence.", ("id",), columns, tuple(rows))


def _list_sources(table: Table, translations: _Translations) -> Iterator[PackageTable]:
    rows, favours = [], []
    for source in table.sources.values():
        date = str(source.date) if source.date else None
        told = (source.id, source.title, source.author, source.publisher, date, source.url, source.archived)
        rows.append((*told, source.grade, bool(source.derived), source.note))
        favours += [(source.id, group) for group in source.favours]
        translations.add_notes("sources", source.id, source.notes)
    columns = (
        _own("id", "string", "By what the source is known."),
        Column("title", key="sources.title", is_required=True),
        Column("author", key="sources.author"),
        Column("publisher", key="sources.publisher"),
        _date("date", "sources.date"),
        Column("url", key="sources.url"),
        Column("archived", key="sources.archived"),
        Column("grade", key="sources.grade"),
        Column("derived", "boolean", "sources.derived", is_required=True),
        Column("note", key="sources.note"),
    )
    yield PackageTable("sources", "What claims rest on.", ("id",), columns, tuple(rows))
    ends = (
        _own("source", "string", "The source.", TO_SOURCE),
        Column("group", key="sources.favours", told="One of them.", is_required=True, refers=TO_GROUP),
    )
    yield PackageTable("source_groups", "For whom a source speaks.", ("source", "group"), ends, tuple(favours))


def _list_sayings(table: Table, translations: _Translations) -> Iterator[PackageTable]:
    """List strengths, each part of one after it, and statements with whom and which units they are about."""
    strengths: list[Row] = []

    def add(strength: Strength, group: str, whole: int | None) -> None:
        number, figure = len(strengths) + 1, strength.estimate
        figures = (figure.low, figure.best, figure.high, strength.is_share, strength.of, strength.counts)
        strengths.append((number, group, whole, *figures, *_list_evidence(strength.evidence)))
        translations.add_notes("strengths", number, strength.evidence.notes)
        for part in strength.of_which:
            add(part, group, number)

    statements: list[Row] = []
    about: list[Row] = []
    where: list[Row] = []
    for group in table.groups.values():
        for strength in group.strengths:
            add(strength, group.id, None)
        for said in group.statements:
            number = len(statements) + 1
            statements.append((number, group.id, said.text, *_list_evidence(said.evidence)))
            about += [(number, other) for other in said.about]
            where += [(number, code) for code in (said.place.units if said.place else ())]
            translations.add_notes("statements", number, said.evidence.notes)
    columns = (
        _own("strength", "integer", "The number of the strength, from 1."),
        _own("group", "string", "The group that is so strong.", TO_GROUP),
        Column("of_strength", "integer", "groups.strength.of_which", "The strength that it is part of.",
               refers=("strengths", "strength")),
        *(Column(name, "number", f"groups.strength.{name}") for name in ("low", "best", "high")),
        _own("is_share", "boolean", "Whether the figures are parts of a whole, from 0 to 1, and no numbers."),
        Column("of", key="groups.strength.of", refers=TO_GROUP),
        Column("counts", key="groups.strength.counts", is_required=True),
        *_list_evidence_columns("groups.strength"),
    )  # fmt: skip
    yield PackageTable("strengths", "How strong groups are said to be.", ("strength",), columns, tuple(strengths))
    columns = (
        _own("statement", "integer", "The number of the statement, from 1."),
        _own("group", "string", "The group that it is about.", TO_GROUP),
        Column("text", key="groups.statements.text", is_required=True),
        *_list_evidence_columns("groups.statements"),
    )
    told = "Sourced sentences about groups that are no presence anywhere."
    yield PackageTable("statements", told, ("statement",), columns, tuple(statements))
    own = _own("statement", "integer", "The statement.", ("statements", "statement"))
    columns = (
        own,
        Column("group", key="groups.statements.about", told="One of them.", is_required=True, refers=TO_GROUP),
    )
    told = "Other groups that a statement concerns."
    yield PackageTable("statement_groups", told, ("statement", "group"), columns, tuple(about))
    columns = (own, Column("unit", key="groups.statements.in", told="One of them.", is_required=True, refers=TO_UNIT))
    told = "Units that a statement speaks of; it is no presence there."
    yield PackageTable("statement_units", told, ("statement", "unit"), columns, tuple(where))


def _list_relations(table: Table, translations: _Translations) -> Iterator[PackageTable]:
    rows: list[Row] = []
    ends: list[Row] = []
    for number, tie in enumerate(table.relations, 1):
        rows.append((number, tie.type, tie.standing, tie.what, *_list_evidence(tie.evidence)))
        parts = [*(("between", each) for each in tie.between), ("from", tie.from_group), ("to", tie.to_group)]
        ends += [(number, group, part) for part, group in parts if group]
        translations.add_notes("relations", number, tie.evidence.notes)
    columns = (
        _number("relation"),
        Column("type", key="relations.type", is_required=True),
        Column("standing", key="relations.standing"),
        Column("what", key="relations.what"),
        *_list_evidence_columns("relations"),
    )
    yield PackageTable("relations", "Ties between groups.", ("relation",), columns, tuple(rows))
    columns = (
        _own("relation", "integer", "The tie.", ("relations", "relation")),
        _own("group", "string", "A group that has it.", TO_GROUP),
        Column("part", told="from: the splinter, affiliate or supporter; to: its origin, parent or beneficiary; "
               "between: no direction.", is_required=True, constraints={"enum": ["between", "from", "to"]}),
    )  # fmt: skip
    yield PackageTable("relation_groups", "Who has a tie.", ("relation", "group"), columns, tuple(ends))


def _list_log(table: Table, _translations: _Translations) -> Iterator[PackageTable]:
    log = [(number, str(each.date), each.type, each.what, each.why) for number, each in enumerate(table.changes, 1)]
    columns: tuple[Column, ...] = (
        _number("change"),
        _date("date", "changes.date"),
        Column("type", key="changes.type", is_required=True),
        Column("what", key="changes.what", is_required=True),
        Column("why", key="changes.why"),
    )
    yield PackageTable("changes", "What was corrected in the table; no events.", ("change",), columns, tuple(log))
    columns = (
        _own("change", "integer", "The entry of the log.", ("changes", "change")),
        _own("record", "string", "The id of a record, also of one that is withdrawn."),
    )
    ends = tuple((number, id_) for number, each in enumerate(table.changes, 1) for id_ in each.records)
    yield PackageTable("change_records", "Which records were corrected.", ("change", "record"), columns, ends)
    columns = (
        _own("change", "integer", "The entry of the log.", ("changes", "change")),
        _own("part", "string", "A part of the table beside its records, by the keys that lead there: groups/ID."),
    )
    ends = tuple((number, part) for number, each in enumerate(table.changes, 1) for part in each.parts)
    yield PackageTable("change_parts", "What else was corrected.", ("change", "part"), columns, ends)


def _list_units(table: Table, gazetteer: Gazetteer) -> PackageTable:
    rows = (
        (
            unit.code,
            unit.pcode or None,
            unit.name,
            unit.name_fa or None,
            unit.region or None,
            code in table.not_applicable,
        )
        for code, unit in gazetteer.units.items()
    )
    noun = gazetteer.noun
    columns = (
        _own("code", "string", f"The code of the {noun.one}: ISO 3166-2 of the bundled ones."),
        Column("pcode", told="Its P-code, by which the United Nations know it."),
        _own("name", "string", "Its name."),
        Column("name_fa", told="Its name in Dari."),
        Column("region", told="The region that holds it."),
        Column("not_applicable", "boolean", "not_applicable", "Whether it is one of those.", is_required=True),
    )
    told = f"All {noun.many}, whether anybody speaks of them or not. Where none does, nothing follows from that."
    return PackageTable("units", told, ("code",), columns, tuple(rows))


def _list_regions(table: Table, gazetteer: Gazetteer) -> PackageTable:
    """List the units of regions: of all that are known, and of the table's own, which go before."""
    known = {**gazetteer.regions, **table.regions}
    rows = ((name, code, name in table.regions) for name, codes in known.items() for code in codes)
    columns = (
        _own("region", "string", "Its name."),
        _own("unit", "string", "A unit that it holds.", TO_UNIT),
        _own("is_own", "boolean", "Whether the table itself says what it holds."),
    )
    return PackageTable("regions", "Which units a region holds.", ("region", "unit"), columns, tuple(rows))


def write_cell(cell: Cell) -> str:
    """Write a cell as Table Schema has it.

    Examples
    --------
    >>> [write_cell(each) for each in (None, True, 5, 0.25, ("a", "b"), "-")]
    ['', 'true', '5', '0.25', '["a","b"]', '-']
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
    return cell if isinstance(cell, str) else f"{cell:.15g}"
