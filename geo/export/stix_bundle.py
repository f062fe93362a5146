"""A table as a STIX 2.1 bundle for platforms of threat intelligence: plain objects, the same bytes each time.

A group that is named as present somewhere is ``located-at`` there. All else is a note, for STIX has no word for what
nobody found, for what is out of date, for a region whose parts no source names, for twelve provinces without a name: a
relationship would claim more than the table does. What stands nowhere in the bundle is counted.

An id is made of its object's content: one id is one content for ever, in whichever bundle it stands.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from geo.attribution import CAUTIONS
from geo.export.stix_texts import (
    cite_source,
    describe_claim,
    describe_group,
    describe_level,
    describe_source,
    describe_strength,
    describe_tie,
    join_sentences,
    say_evidence,
)
from geo.join.corroboration import list_evidence
from geo.join.filters import is_stale
from geo.join.joined_table import JoinedTable
from geo.longitude import turn_longitude
from geo.model import Evidence, Group, Period, Record, Relation, Source, Strength
from geo.sentences import add_unsaid

__all__ = ["CONFIDENCE", "NAMESPACE", "write_stix"]

NAMESPACE = uuid.UUID("6d0a5a9c-7b0f-5d0c-9f6e-2a4a8e3c51b7")
"""Of ids that are made here: changed, it would change them all."""

NOWHEN = date(1970, 1, 1)
"""The day of a bundle of a table that has none: STIX wants one, and this is nobody's."""

CONFIDENCE = {"low": 15, "moderate": 50, "high": 85}
"""Of the scale None / Low / Med / High in Appendix A of STIX 2.1."""

KINDS = {"group": "threat-actor", "coalition": "intrusion-set", "population": "identity"}
STANDS = ("existing", "emerging", None)
"""Ties that are a relationship; one that is discussed, disputed or ended would stand there as if it were one."""

ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
URL = re.compile(r"[!#-;=?-Z_a-z~%\[\]]+")
TAKEN = ("cve", "capec")
"""Names of sources whose ids STIX knows."""

Thing = dict[str, object]


def write_stix(joined: JoinedTable) -> tuple[bytes, tuple[str, ...]]:
    """Write what counts of a table as a bundle, an object a line, and say what of it stands there in words or nowhere.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from geo.join.joined_table import join_presence
    >>> from geo.model import Gazetteer, Table
    >>> none = gpd.GeoDataFrame(geometry=[], index=[], crs=4326)
    >>> data, told = write_stix(join_presence(Table("empty", {}, {}, {}, (), ()), Gazetteer({}, {}, ""), none))
    >>> sorted(json.loads(data)), told  # doctest: +NORMALIZE_WHITESPACE
    (['id', 'type'], ('0 claims are relationships located-at',
     'no date, neither of the table nor of a source: created 1970-01-01'))
    """
    bundle = _Bundle(joined)
    bundle.add_all()
    lines = ",\n".join(bundle.lines.values())
    head = {"type": "bundle", "id": _make_id("bundle", _dump(list(bundle.lines)))}
    # No list of STIX may be empty.
    objects = f',"objects":[\n{lines}\n]' if lines else ""
    return f"{_dump(head)[:-1]}{objects}}}\n".encode(), bundle.tell()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _make_id(kind: str, content: str) -> str:
    return f"{kind}--{uuid.uuid5(NAMESPACE, f'{kind} {content}')}"


def _stamp(day: date, *, is_end: bool = False) -> str:
    return f"{day.isoformat()}T{'23:59:59.999' if is_end else '00:00:00.000'}Z"


def _label(key: str, value: str) -> str:
    return f"{key}:{value}"


def _refer_to_table(place: str) -> Thing:
    return {"source_name": "presence-maps", "external_id": place}


class _Bundle:
    """Collects objects by their ids, and what is said of the table in words only or not at all."""

    def __init__(self, joined: JoinedTable) -> None:
        self.joined, self.table = joined, joined.table
        self.lines: dict[str, str] = {}
        """The objects as JSON, by their ids."""
        self.groups: dict[str, str] = {}
        self.claims: dict[tuple[int, str, str], str] = {}
        self.locations: dict[str, str] = {}
        self.rests: dict[str, dict[str, None]] = {}
        """Ids of what rests on each source, in the order of the bundle."""
        self.levels: dict[str, list[str]] = {}
        self.worded: Counter[str] = Counter()
        self.unsaid: Counter[str] = Counter()
        self.located = 0
        self.day = self._find_day()
        self.times = {"created": _stamp(self.day), "modified": _stamp(self.day)}
        self.author: Thing = {}

    def _find_day(self) -> date:
        """Find the day of the bundle: that of the table or, without, the last on which a source was published."""
        if self.table.as_of:
            return self.table.as_of.last
        return max((source.date.last for source in self.table.sources.values() if source.date), default=NOWHEN)

    def add(self, kind: str, content: Mapping[str, object], *, evidence: Iterable[Evidence] = ()) -> str:
        """Add an object without what is empty, and note on which sources it rests."""
        kept = {key: value for key, value in content.items() if value not in (None, "", [], ())}
        made = _dump({**self.author, **self.times, **kept})
        id_ = _make_id(kind, made)
        self.lines[id_] = f"{_dump({'type': kind, 'spec_version': '2.1', 'id': id_})[:-1]},{made[1:]}"
        for each in evidence:
            for source in filter(None, (each.source, each.via)):
                self.rests.setdefault(source, {})[id_] = None
        return id_

    def add_all(self) -> None:
        """Add all objects, each after those that it refers to."""
        table = self.table
        if table.byline:
            # Whether that is a person or an organisation, nobody said.
            author = self.add("identity", {"name": table.byline, "identity_class": "unknown"})
            self.author = {"created_by_ref": author}
        for group in table.groups.values():
            self.add_group(group)
        for index, record in enumerate(table.records):
            self.add_record(index, record)
        self.add_disputes()
        for group in table.groups.values():
            self.add_sayings(group)
        for number, tie in enumerate(table.relations, 1):
            self.add_tie(number, tie)
        self.add_levels()
        for source in table.sources.values():
            self.add_source(source)
        self.add_excluded()
        if self.lines:
            authors = f"Authors: {', '.join(table.authors)}" if table.authors else None
            licence = f"Licence: {table.licence}" if table.licence else None
            said = add_unsaid(join_sentences(table.subtitle, table.headline, authors, licence), *CAUTIONS)
            whole: Thing = {"name": table.title, "description": said, "context": "unspecified"}
            # A translation is no part of what is shared, says the library, but of what it translates.
            refs = [id_ for id_ in self.lines if not id_.startswith("language-content--")]
            self.add("grouping", whole | {"object_refs": refs})
        self.count_unsaid()

    def add_group(self, group: Group) -> None:
        """Add a group; its names in other languages are contents of an object beside it."""
        aliases = [each for each in dict.fromkeys((group.short, *group.aliases)) if each != group.name]
        kind = KINDS[group.kind]
        about: Thing = {"name": group.name, "description": describe_group(group, aliases * (kind == "identity"))}
        about |= {"identity_class": "group"} if kind == "identity" else {"aliases": aliases}
        self.groups[group.id] = id_ = self.add(
            kind, about | {"external_references": [_refer_to_table(f"groups/{group.id}")]}
        )
        if group.names:
            contents = {tag: {"name": name} for tag, name in group.names.items()}
            self.add("language-content", {"object_ref": id_, "object_modified": _stamp(self.day), "contents": contents})

    def locate(self, code: str) -> str:
        """Return the id of a unit's location, added when it is first spoken of."""
        if code not in self.locations:
            self.locations[code] = self.add("location", self._describe_unit(code))
        return self.locations[code]

    def _describe_unit(self, code: str) -> Thing:
        """Describe a unit by its code of ISO 3166-2 or, where a user brought it, by a point inside it."""
        gazetteer = self.joined.gazetteer
        unit = gazetteer.units[code]
        references: list[Thing] = []
        if unit.hasc and ISO.fullmatch(code):
            where: Thing = {"country": code[:2], "administrative_area": code}
            references.append({"source_name": "ISO 3166-2", "external_id": code})
        else:
            point = self.joined.units.geometry[code].representative_point()
            where = {"latitude": round(point.y, 4), "longitude": round(turn_longitude(point.x, 0), 4)}
            references.append({"source_name": "presence-maps", "external_id": f"units/{code}"})
        references += [{"source_name": "OCHA P-code", "external_id": unit.pcode}] if unit.pcode else []
        region = f"Region: {unit.region}" if unit.region else None
        also = f"Also called {unit.name_fa}" if unit.name_fa else None
        described = join_sentences(gazetteer.noun.one.capitalize(), also, region)
        return {"name": unit.name, "description": described, **where, "external_references": references}

    def add_record(self, index: int, record: Record) -> None:
        """Add a record: a relationship for each group and unit that it names as present, notes for all else."""
        able, is_old = self.table.levels[record.level].is_capability, is_stale(record, self.table)
        is_named = record.place.kind == "in" and record.finding == "present" and not able and not is_old
        marks = self._mark_record(index, record)
        for group in record.groups:
            for code in record.place.units if record.place.kind == "in" else ("",):
                text = describe_claim(record, group, code, self.table, self.joined.gazetteer)
                if is_named:
                    ends: Thing = {"relationship_type": "located-at", "description": text,
                                   "source_ref": self.groups[group], "target_ref": self.locate(code)}  # fmt: skip
                    id_ = self.add("relationship", ends | self._time(record) | marks, evidence=[record.evidence])
                    self.located += 1
                else:
                    refs = [self.groups[group], *([self.locate(code)] if code else [])]
                    id_ = self.add("note", {"content": text, "object_refs": refs, **marks}, evidence=[record.evidence])
                    reason = "of what a group can do" if able else _name_reason(record)
                    # A region is one note and a claim for each of its units.
                    self.worded[f"claim {reason}"] += max(len(record.place.units), 1) if not code else 1
                self.claims[index, group, code] = id_
                self.levels.setdefault(record.level, []).append(id_)

    def _mark_record(self, index: int, record: Record) -> Thing:
        """Give what is the same of all claims of a record: confidence, labels and references."""
        evidence = record.evidence
        told = {"level": record.level, "finding": record.finding, "basis": evidence.basis, "trend": record.trend,
                "grade": evidence.grade}  # fmt: skip
        labels = [_label(key, value) for key, value in told.items() if value]
        labels += ["out-of-date"] if is_stale(record, self.table) else []
        return {"labels": labels, **self._rest_on(evidence, _name_place(index, record))}

    def _rest_on(self, evidence: Evidence, place: str) -> Thing:
        """Give confidence, and references to the place in the table and to the sources of what stands there."""
        sources = [self.table.sources[each] for each in (evidence.source, evidence.via) if each]
        confidence = {"confidence": CONFIDENCE[evidence.confidence]} if evidence.confidence else {}
        return {**confidence, "external_references": [_refer_to_table(place), *map(self._refer, sources)]}

    def _refer(self, source: Source) -> Thing:
        """Refer to a source; of one without a date, which is no report, all that the table says."""
        name = f"{source.title} (a source)" if source.title in TAKEN else source.title
        text = cite_source(source) if source.date else describe_source(source, self.table)
        reference: Thing = {"source_name": name, "description": text, "external_id": f"sources/{source.id}"}
        return reference | ({"url": source.url} if source.url and URL.fullmatch(source.url) else {})

    def _time(self, said: Record | Relation) -> Thing:
        """Give the first and the last moment of what was observed; an open end stays open."""
        seen = said.evidence.observed or Period(None, None)
        return {"start_time": _stamp(seen.start.first) if seen.start else None,
                "stop_time": _stamp(seen.end.last, is_end=True) if seen.end else None}  # fmt: skip

    def add_disputes(self) -> None:
        """Add an opinion for each group and unit of which some say that it is there and some that it is not."""
        standing = self._list_standing("present")
        for (group, code), absences in self._list_standing("absent").items():
            if (present := standing.get((group, code))) is None:
                continue
            records = [self.table.records[index] for index in absences]
            texts = [describe_claim(each, group, code, self.table, self.joined.gazetteer) for each in records]
            ids = dict.fromkeys(each.evidence.source for each in records if each.evidence.source)
            sources = [self.table.sources[each] for each in ids]
            places = [_refer_to_table(_name_place(index, self.table.records[index])) for index in absences]
            said: Thing = {
                "explanation": " ".join(texts), "opinion": "disagree",
                "authors": list(dict.fromkeys(source.author or source.title for source in sources)),
                "object_refs": [self.claims[index, group, code] for index in present],
                "external_references": [*places, *map(self._refer, sources)],
            }  # fmt: skip
            self.add("opinion", said, evidence=[each.evidence for each in records])

    def _list_standing(self, finding: str) -> dict[tuple[str, str], list[int]]:
        """List by group and unit the records with a finding that name both and are not out of date."""
        found: dict[tuple[str, str], list[int]] = {}
        for index, record in enumerate(self.table.records):
            is_presence = not self.table.levels[record.level].is_capability
            if record.finding == finding and record.place.kind == "in" and is_presence:
                pairs = [(group, code) for group in record.groups for code in record.place.units]
                for pair in pairs if not is_stale(record, self.table) else ():
                    found.setdefault(pair, []).append(index)
        return found

    def add_sayings(self, group: Group) -> None:
        """Add what is said of a group besides where it is: whose part it is, how strong, and sentences about it."""
        own = self.groups[group.id]
        if part := group.part_of:
            text = join_sentences(
                f"Part of {self.table.groups[part.group].name}.", say_evidence(part.evidence, self.table)
            )
            marks = {"labels": ["part-of"], **self._rest_on(part.evidence, f"groups/{group.id}/part_of")}
            ends: Thing = {"relationship_type": "related-to", "description": text, "source_ref": own,
                           "target_ref": self.groups[part.group]}  # fmt: skip
            self.add("relationship", ends | marks, evidence=[part.evidence])
        for number, strength in enumerate(group.strengths, 1):
            text = join_sentences(describe_strength(strength, group, self.table))
            parts = _list_evidence(strength)
            marks = self._rest_on(strength.evidence, f"groups/{group.id}/strength#{number}")
            told = {each for each in (strength.evidence.source, strength.evidence.via) if each}
            more = dict.fromkeys(id_ for each in parts for id_ in (each.source, each.via) if id_ and id_ not in told)
            marks["external_references"] = [*_list(marks["external_references"]),
                                            *(self._refer(self.table.sources[each]) for each in more)]  # fmt: skip
            refs = list(dict.fromkeys([own, *([self.groups[strength.of]] if strength.of else [])]))
            self.add("note", {"content": text, "object_refs": refs, "labels": ["strength"], **marks}, evidence=parts)
            self.worded["strength"] += 1
        for number, said in enumerate(group.statements, 1):
            units = said.place.units if said.place else ()
            refs = [own, *(self.groups[each] for each in said.about), *map(self.locate, units)]
            text = join_sentences(said.text, say_evidence(said.evidence, self.table))
            marks = self._rest_on(said.evidence, f"groups/{group.id}/statements#{number}")
            content: Thing = {"content": text, "object_refs": list(dict.fromkeys(refs)), "labels": ["statement"]}
            self.add("note", content | marks, evidence=[said.evidence])
            self.worded["statement"] += 1

    def add_tie(self, number: int, tie: Relation) -> None:
        """Add a tie: a relationship where two groups have it, else a note, since each two of three need not."""
        labels = [tie.type, *([tie.standing] if tie.standing else [])]
        marks: Thing = {"labels": labels, **self._rest_on(tie.evidence, f"relations#{number}")}
        text = describe_tie(tie, self.table)
        ends = [self.groups[each] for each in (tie.between or (tie.from_group, tie.to_group)) if each]
        if len(ends) == 2 and tie.standing in STANDS:
            pair: Thing = {"relationship_type": "related-to", "description": text, "source_ref": ends[0],
                           "target_ref": ends[1]}  # fmt: skip
            self.add("relationship", pair | self._time(tie) | marks, evidence=[tie.evidence])
        else:
            self.add("note", {"content": text, "object_refs": ends, **marks}, evidence=[tie.evidence])
            self.worded["tie of several groups" if len(ends) > 2 else "tie discussed, disputed or ended"] += 1

    def add_levels(self) -> None:
        """Add what each level means, beside all claims of it."""
        for level in self.table.levels.values():
            if refs := self.levels.get(level.id):
                content: Thing = {
                    "content": describe_level(level),
                    "object_refs": refs,
                    "labels": [_label("level", level.id)],
                }
                self.add("note", content | {"external_references": [_refer_to_table(f"levels/{level.id}")]})
                self.worded["level"] += 1
            else:
                self.unsaid["level of no claim"] += 1

    def add_source(self, source: Source) -> None:
        """Add a source as a report, which needs a day and something that rests on it; references name it besides."""
        refs = list(self.rests.get(source.id, ()))
        if source.date and refs:
            labels = [
                *([_label("grade", source.grade)] if source.grade else []),
                *(["derived"] if source.derived else []),
            ]
            text = describe_source(source, self.table)
            content: Thing = {"name": source.title, "description": text, "published": _stamp(source.date.last)}
            links = [_refer_to_table(f"sources/{source.id}"), *_list_links(source)]
            self.add("report", content | {"object_refs": refs, "labels": labels, "external_references": links})
        elif refs:
            self.worded["source without a date (in references)"] += 1
        else:
            self.unsaid["source that nothing rests on"] += 1

    def add_excluded(self) -> None:
        """Add one note of the units to which the table's question does not apply."""
        if units := self.table.not_applicable:
            content = f"The question of this table does not apply to {'these' if len(units) > 1 else 'this'}."
            marks: Thing = {"labels": ["not-applicable"], "external_references": [_refer_to_table("not_applicable")]}
            self.add("note", {"content": content, "object_refs": list(map(self.locate, units)), **marks})

    def count_unsaid(self) -> None:
        """Count what no object holds."""
        table = self.table
        groups, levels = table.groups.values(), table.levels.values()
        notes = [each.notes for each in groups] + [each.notes for each in levels]
        notes += [each.notes for each in table.sources.values()] + [each.notes for each in list_evidence(table)]
        names = [*(level.names for level in levels), *table.region_names.values()]
        heads = [text for head in table.translations.values() for text in (head.title, head.subtitle, head.headline)]
        translated = sum(map(len, notes)) + sum(map(len, names)) + sum(text is not None for text in heads)
        self.unsaid["text in another language"] += translated
        self.unsaid["colour of a group"] += sum(bool(group.colour) for group in groups)
        self.unsaid["letters of a group"] += sum(bool(group.letters) for group in groups)
        self.unsaid["map in words"] += bool(table.alt)
        self.unsaid["correction in the log"] += len(table.changes)
        told = {record.place.region for record in table.records}
        self.unsaid["region of no claim"] += len(table.regions.keys() - told)

    def tell(self) -> tuple[str, ...]:
        """Say how much stands there as what, in words only, and not at all."""
        one = self.located == 1
        said = "claim is a relationship" if one else "claims are relationships"
        lines = [f"{self.located:,} {said} located-at"]
        if told := _list_counts(self.worded):
            lines.append(f"in words only: {told}")
        if told := _list_counts(self.unsaid):
            lines.append(f"left out, for STIX has no place for it: {told}")
        if self.day == NOWHEN:
            lines.append(f"no date, neither of the table nor of a source: created {NOWHEN}")
        return tuple(lines)


def _name_place(index: int, record: Record) -> str:
    """Name a record's place in the table, by its id where it has one."""
    return f"presence/{record.id}" if record.id else f"presence#{index + 1}"


def _name_reason(record: Record) -> str:
    """Say why a claim is a note; one that is named and present is out of date."""
    finding = {"absent": "of absence", "inconclusive": "of an inconclusive finding"}.get(record.finding, "out of date")
    return {"in": finding, "region": "of a region", "nationwide": "of the whole country",
            "unlocated": "of places without a name"}[record.place.kind]  # fmt: skip


def _count(number: int, what: str) -> str:
    """Write a number of things; the first word is what is several.

    >>> _count(2, "claim of a region"), _count(1, "level")
    ('2 claims of a region', '1 level')
    """
    noun, blank, rest = what.partition(" ")
    several = noun if noun == "letters" or number == 1 else f"{noun}s"
    return f"{number:,} {several}{blank}{rest}"


def _list_counts(counts: Counter[str]) -> str:
    return "; ".join(_count(number, what) for what, number in counts.items() if number)


def _list_links(source: Source) -> list[Thing]:
    """List where a source can be read; an address with signs that no URI has stands in its description."""
    links = (("Where it can be read", source.url), ("A copy that stays", source.archived))
    return [{"source_name": name, "url": url} for name, url in links if url and URL.fullmatch(url)]


def _list_evidence(strength: Strength) -> list[Evidence]:
    return [strength.evidence, *(each for part in strength.of_which for each in _list_evidence(part))]


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []
