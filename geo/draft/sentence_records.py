"""One sentence becomes proposals of records: each list of places with its subject and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geo.draft.clauses import Clause, find_role, is_label, make_whole, split_clauses
from geo.draft.details.hedges import find_hedges, word_note
from geo.draft.details.level_words import find_level
from geo.draft.details.plain_claims import find_unplain
from geo.draft.details.statement_dates import find_period
from geo.draft.findings import judge_clause
from geo.draft.lacks import FACILITIES
from geo.draft.places import Place
from geo.draft.proposals import RecordProposal, Spot
from geo.draft.scan import GroupChunk, PlaceChunk, Scan
from geo.draft.sentences import NOT_LATIN, Sentence
from geo.draft.subjects import Context, Subject, find_ahead, find_subject
from geo.draft.words.cue_words import FUNCTION, MONTHS, NEGATIONS, NUMBERS, PERSONS, STRONG, TITLES, VERBS
from geo.model import Period

__all__ = ["Levels", "build_records", "doubt_unplain", "propose_records"]

Levels = Mapping[str, tuple[tuple[str, ...], ...]]
NOT_ENGLISH = ("نیست", "ندارد", "ندارند", "نه", "نشده", "نیستند", "نشته", "نه لري", "نلري", "نلري", "نیسته", "ندي")
FRONTING = frozenset(
    [
        "after",
        "while",
        "although",
        "though",
        "despite",
        "since",
        "when",
        "before",
        "having",
        "with",
        "by",
        "once",
        "as",
        "following",
    ]
)
STRONGHOLDS = frozenset(["camp", "camps", "cell", "cells", "hideout", "hideouts", "safehouse", "safehouses"])
RIVALS = "a name that several groups go by"
PERSON = 3
COUNTED = PERSONS | STRONG | {"some", "few", "several", "group", "groups"}
NOTE = 12
"""More words than that are no note."""

NAMING = frozenset(("known", "called", "termed"))
LEADING = 6
RULED = frozenset(["run", "held", "controlled", "occupied"])
SOMEBODY = frozenset(["he", "she", "i", "him", "her", "his", "my", "me"])
"""Words for a person, of whom a sentence without a group is told."""

NEAR = 3
"""So many words may stand between a place and the where that means it."""

TALKS = frozenset(["talks", "meeting", "conference", "summit", "negotiations", "trade", "repatriation"])
CITY = "a town that bears its province's name, or lies in it: the record says the province"


@dataclass(frozen=True, slots=True)
class Said:
    """Who is in which places of a sentence, as far as it says so."""

    subject: Subject
    chunk: PlaceChunk
    clause: Clause
    finding: str
    why: str


def propose_records(
    scan: Scan, spot: Spot, context: Context, levels: Levels, *, is_list: bool = False
) -> tuple[list[RecordProposal], list[tuple[Place, str]]]:
    """Propose records of a sentence; beside them places of which it says a wish only, with the reason.

    ``is_list`` is whether it is an item or a row, which needs no verb.

    Examples
    --------
    >>> from geo.draft.known_names import KnownName, NameIndex
    >>> from geo.draft.places import RegionWords
    >>> from geo.draft.scan import scan_sentence
    >>> from geo.draft.sentences import Sentence
    >>> from geo.read.documents.blocks import join_lines
    >>> names = NameIndex()
    >>> names.add("Reds", KnownName("group", "reds"))
    >>> names.add("Kunar", KnownName("unit", "AF-KNR"))
    >>> text = "The Reds are active in Kunar."
    >>> scan = scan_sentence(Sentence(join_lines("paragraph", [(1, text)]), 0, len(text)), names, RegionWords())
    >>> [(each.groups, each.units) for each in propose_records(scan, Spot(text, 1), Context(), {})[0]]
    [(('reds',), ('AF-KNR',))]
    """
    if NOT_LATIN.search(scan.sentence.text) and scan.groups and scan.places:
        said = _read_other_script(scan)
        return [record for each in said for record in build_records(scan.sentence, each, spot, levels)], []
    clauses = split_clauses(scan)
    if is_list and (mixed := _read_labelled(scan, clauses)):
        return [record for each in mixed for record in build_records(scan.sentence, each, spot, levels)], []
    found: list[Said] = []
    dropped: list[tuple[Place, str]] = []
    is_list = is_list or _is_note(scan, context)
    for clause in clauses:
        for chunk in clause.places:
            subject = _find_fronted(scan.sentence, clauses, clause, context)
            subject = subject or find_subject(scan.sentence, clause, chunk, context)
            subject = subject or find_ahead(scan.sentence, clauses, clause, context)
            subject = subject or _take_labelled(scan, chunk)
            found += _read_where(scan.sentence, clauses, clause, chunk, context)
            subject = subject or _carry(scan, clause, chunk, context, is_list)
            if subject is None or any(
                each.chunk is chunk and each.subject.is_sure for each in found if not subject.is_sure
            ):
                continue
            if subject.is_sure and _is_of_person(scan) and not _is_told(scan.sentence, subject):
                subject = Subject((), subject.groups, "it is said of a person", subject.clause)
            judged = _judging_clause(clause, subject)
            if is_label(scan.sentence, chunk):
                judged = replace(make_whole(scan), places=[chunk], groups=[])
                subject = _take_all(scan, subject)
            finding, why = judge_clause(scan.sentence, judged, chunk, is_list)
            if finding == "nothing":
                dropped += [(place, why) for place in chunk.places]
                continue
            each = Said(subject, chunk, judged, finding, why)
            found.append(each if is_list else doubt_unplain(scan.sentence, each))
    paired = _pair_respectively(scan, _drop_answered(found))
    return [record for each in paired for record in build_records(scan.sentence, each, spot, levels)], dropped


def doubt_unplain(sentence: Sentence, said: Said) -> Said:
    """Make a question of what is not said plainly.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "Are Reds in Kunar?")]), 0, 18)
    >>> said = Said(Subject(("reds",)), PlaceChunk((), 3, 3), Clause("main", 0, 4), "present", "")
    >>> doubt_unplain(sentence, said).subject.why
    'a question of the text'
    """
    subject = said.subject
    if not subject.is_sure or said.finding == "ask" or is_label(sentence, said.chunk):
        return said
    why = find_unplain(sentence, said.clause, said.chunk, subject.groups, said.finding)
    return replace(said, subject=Subject((), subject.groups, why, subject.clause)) if why else said


def _read_labelled(scan: Scan, clauses: Sequence[Clause]) -> list[Said]:
    """Read an item whose parts say of one group that it is there and of another that it is not, each by itself."""
    sentence, places = scan.sentence, scan.places
    if len(places) != 1 or not is_label(sentence, places[0]) or NEGATIONS.isdisjoint(sentence.words):
        return []
    able = [clause for clause in clauses if clause.groups]
    is_parted = len(able) > 1 and all(
        len(clause.groups) == 1 and not clause.groups[0].rivals and find_role(sentence, clause.groups[0]) == ""
        for clause in able
    )
    if not is_parted or any(clause.kind != "main" for clause in able):
        return []
    found = []
    for clause in able:
        at_end = PlaceChunk(places[0].places, clause.end, clause.end)
        finding, why = judge_clause(sentence, replace(clause, places=[at_end]), at_end, True)
        if finding != "nothing":
            found.append(Said(Subject(clause.groups[0].groups, clause=clause), places[0], clause, finding, why))
    return found


def _take_labelled(scan: Scan, chunk: PlaceChunk) -> Subject | None:
    """Take for a place at the head of a line the group that the rest of it tells of: Kunar: held by the Reds."""
    if not is_label(scan.sentence, chunk):
        return None
    able = [each for each in scan.groups if find_role(scan.sentence, each) in ("", "by", "under")]
    if not able:
        return None
    return Subject(able[0].groups) if not able[0].rivals else Subject((), (*able[0].rivals, *able[0].groups), RIVALS)


def _take_all(scan: Scan, subject: Subject) -> Subject:
    """Take all groups that an item names behind its place."""
    chunks = [chunk for chunk in scan.groups if find_role(scan.sentence, chunk) == ""]
    if len(chunks) < 2 or not subject.is_sure or any(chunk.rivals for chunk in chunks):
        return subject
    groups = tuple(dict.fromkeys(group for chunk in chunks for group in chunk.groups))
    is_mixed = not NEGATIONS.isdisjoint(scan.sentence.words)
    return (
        Subject((), groups, "of some it says that they are not there") if is_mixed else replace(subject, groups=groups)
    )


def _find_fronted(sentence: Sentence, clauses: Sequence[Clause], clause: Clause, context: Context) -> Subject | None:
    """Find of whom a clause at the head of a sentence speaks that names him only behind it: after losing its base."""
    is_own = any(sentence.words[each.first] in ("its", "their") for each in clause.others if each.kind == "anaphor")
    is_fronted = sentence.words[0] in FRONTING or (is_own and sentence.words[0] in ("in", "from", "across", "at"))
    if clause is not clauses[0] or clause.groups or not is_fronted or len(clauses) < 2:
        return None
    return find_ahead(sentence, clauses, replace(clause, has_verb=False), context)


def _drop_answered(found: list[Said]) -> list[Said]:
    """Drop a question about a place that another clause of the sentence answers."""
    sure: dict[int, set[str]] = {}
    for each in found:
        if each.subject.is_sure and each.finding == "present":
            sure.setdefault(id(each.chunk), set()).update(each.subject.groups)
    return [each for each in found if each.finding != "ask" or not _is_answered(each, sure.get(id(each.chunk), set()))]


def _is_answered(said: Said, groups: set[str]) -> bool:
    return groups.issuperset(said.subject.groups or said.subject.candidates)


def _judging_clause(clause: Clause, subject: Subject) -> Clause:
    """Take the words of the clause that follows in with a place at the head of a sentence."""
    if clause.has_verb or subject.clause is None or subject.clause is clause or subject.clause.first < clause.first:
        return clause
    return replace(subject.clause, first=clause.first, places=[*clause.places, *subject.clause.places])


def _read_where(
    sentence: Sentence, clauses: Sequence[Clause], clause: Clause, chunk: PlaceChunk, context: Context
) -> list[Said]:
    """Read what is said of a place by a clause that begins with where behind it."""
    at = clauses.index(clause) + 1
    if at >= len(clauses) or clauses[at].kind != "where" or clause.places[-1] is not chunk:
        return []
    where = clauses[at]
    subject = find_subject(sentence, where, PlaceChunk(chunk.places, where.end, where.end), context)
    if where.first - chunk.last > NEAR and (clause.groups or where.places or not where.groups):
        return []
    if subject is None:
        return []
    if where.first - chunk.last > NEAR and subject.is_sure:
        subject = Subject((), subject.groups, "“where” may mean another place", where)
    widened = replace(where, places=[chunk])
    finding, why = judge_clause(sentence, widened, PlaceChunk(chunk.places, where.end, where.end), False)
    return [Said(subject, chunk, widened, finding, why)] if finding != "nothing" else []


def _carry(scan: Scan, clause: Clause, chunk: PlaceChunk, context: Context, is_list: bool) -> Subject | None:
    """Carry on the subject of the heading, the lead-in or the sentence before where a sentence has none."""
    sentence = scan.sentence
    is_labelled = is_list and is_label(sentence, chunk) and not scan.groups
    told = scan.others if is_labelled else clause.others
    if compounds := [each for each in told if each.kind == "compound"]:
        is_ruled = is_labelled and sentence.peek(compounds[0].last + 1) in RULED
        return Subject((compounds[0].key,), clause=clause) if is_ruled else None
    if not SOMEBODY.isdisjoint(sentence.words[clause.first : clause.end]) and not scan.groups:
        return None
    if clause.kind == "relative" and sentence.words[clause.first] != "whose":
        return None
    if not TALKS.isdisjoint(sentence.words[clause.first : chunk.first]):
        return None
    if any(each.is_other for each in clause.others) or scan.groups:
        return _ask_whose(scan, clause, context)
    if is_list and context.lead:
        return Subject(context.lead, clause=clause)
    if context.is_of_body or _begins_with_name(scan, clause):
        return None
    finding, _ = judge_clause(scan.sentence, clause, chunk, _is_note(scan, context))
    candidates = context.list_candidates()
    is_listed = len(chunk.places) > 1 and finding == "ask" and not any(each.is_other for each in scan.others)
    is_told = (
        is_listed
        or finding in ("present", "absent")
        or not FACILITIES.isdisjoint(sentence.words[clause.first : clause.end])
    )
    if not is_told or not candidates:
        return None
    if len(context.lead) == 1 and not context.since_lead:
        return Subject(context.lead, clause=clause)
    if len(candidates) == 1 and not context.is_mixed:
        return Subject(candidates, clause=clause)
    alone = tuple(dict.fromkeys(context.paragraph))
    if len(alone) == 1 and context.topic == alone and not context.is_mixed:
        return Subject(alone, clause=clause)
    return Subject((), candidates, "the sentence names nobody", clause)


def _is_note(scan: Scan, context: Context) -> bool:
    """Tell a few words without a verb that go on about the group before them: Some 300 in Kunar, fewer in Ghor."""
    words = scan.sentence.words
    is_telling = any(word.isdigit() or word in NUMBERS or word in COUNTED for word in words)
    is_short = is_telling and scan.sentence.block.kind == "paragraph" and len(words) <= NOTE and VERBS.isdisjoint(words)
    return (
        is_short and not scan.groups and not scan.others and len(context.topic) == 1 and MONTHS.keys().isdisjoint(words)
    )


def _is_told(sentence: Sentence, subject: Subject) -> bool:
    """Tell whether a person only tells what another clause says of a group."""
    clause = subject.clause
    return (
        clause is not None and clause.first > PERSON and bool(clause.groups) and sentence.words[clause.first] == "that"
    )


def _is_of_person(scan: Scan) -> bool:
    """Tell whether a sentence begins with a person, and a comma or a title says so."""
    sentence = scan.sentence
    if any(chunk.first < PERSON for chunk in scan.groups) or len(sentence.words) <= PERSON or sentence.is_titled:
        return False
    size = next((at for at in range(1, PERSON + 1) if not sentence.caps[at]), PERSON)
    is_name = size > 1 and sentence.caps[0] and sentence.words[0] not in FUNCTION
    return is_name and (sentence.words[0] in TITLES or "," in sentence.read_gap(size - 1))


def _begins_with_name(scan: Scan, clause: Clause) -> bool:
    """Tell whether a clause begins with the name of somebody who is no group."""
    sentence, first = scan.sentence, clause.first
    start = min((each.first for each in scan.places), default=len(sentence.words))
    return (
        first + 1 < start and sentence.caps[first : first + 2] == [True, True] and sentence.words[first] not in FUNCTION
    )


def _ask_whose(scan: Scan, clause: Clause, context: Context) -> Subject | None:
    """Ask whose a camp or a cell is that somebody else tells of."""
    told = STRONGHOLDS.intersection(scan.sentence.words[clause.first : clause.end])
    bodies = [each.key for each in clause.others if each.kind == "body"]
    if bodies and context.lead and not scan.groups:
        return Subject((), context.lead, f"“{bodies[0]}” is not in the table", clause)
    candidates = context.list_candidates()
    return Subject((), candidates, "it is not said whose it is", clause) if told and candidates else None


def _pair_respectively(scan: Scan, found: list[Said]) -> list[Said]:
    """Part lists of groups and places that are meant one by one."""
    if "respectively" not in scan.sentence.words:
        return found
    result: list[Said] = []
    for each in found:
        groups, places = each.subject.groups, each.chunk.places
        if len(groups) > 1 and len(groups) == len(places):
            for group, place in zip(groups, places, strict=True):
                chunk = PlaceChunk((place,), place.first, place.last)
                result.append(replace(each, subject=replace(each.subject, groups=(group,)), chunk=chunk))
        elif len(groups) > 1 and len(places) > 1:
            result.append(replace(each, subject=Subject((), groups, "“respectively”", each.clause)))
        else:
            result.append(each)
    return result


def build_records(sentence: Sentence, said: Said, spot: Spot, levels: Levels) -> list[RecordProposal]:
    """Build one record for each kind of place in a list: units together, each region, the country, a number.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "Reds in Kunar")]), 0, 13)
    >>> kunar = PlaceChunk((Place("unit", "AF-KNR", 2, 2),), 2, 2)
    >>> said = Said(Subject(("reds",)), kunar, Clause("main", 0, 3), "present", "")
    >>> build_records(sentence, said, Spot("Reds in Kunar", 1), {})[0].as_written
    'Kunar'
    """
    is_absent = said.finding == "absent" or (said.finding == "ask" and said.chunk.places[0].role == "absent")
    is_asked = said.finding == "ask" or not said.subject.is_sure
    level = _find_level(sentence, said, levels)
    why = "; ".join(filter(None, (said.subject.why, said.why)))
    base = RecordProposal(
        () if is_asked else said.subject.groups, "in", spot,
        candidates=(said.subject.candidates or said.subject.groups) if is_asked else (),
        level=level[0] if len(level) == 1 else None,
        finding="absent" if is_absent else "present",
        observed=_find_period(sentence, said.clause),
        note=word_note(_find_hedges(sentence, said)),
        why=why,
        remarks=(f"level: {' or '.join(level)}",) if len(level) > 1 else (),
    )  # fmt: skip
    return _build_kinds(sentence, said.chunk, base)


def _find_level(sentence: Sentence, said: Said, levels: Levels) -> tuple[str, ...]:
    """Find the level in the words that lead up to a place, or else anywhere in its clause."""
    first, end = said.clause.first, said.clause.end
    earlier = [other.last + 1 for other in said.clause.places if other.last < said.chunk.first]
    own = find_level(sentence.words[max([first, *earlier]) : said.chunk.first], levels)
    return own if len(own) == 1 else find_level(sentence.words[first:end], levels)


def _find_hedges(sentence: Sentence, said: Said) -> tuple[str, ...]:
    """List the hedges of a place: those before all places of its clause, and those beside it."""
    clause, chunk = said.clause, said.chunk
    others = [each for each in clause.places if each.last < chunk.first or each.first > chunk.last]
    before = [each for each in others if each.last < chunk.first]
    start = max((each.last + 1 for each in before), default=clause.first)
    end = chunk.last + 1 if len(before) < len(others) else clause.end
    general = find_hedges(sentence, clause.first, min(each.first for each in before)) if before else ()
    return tuple(dict.fromkeys((*general, *find_hedges(sentence, start, max(end, start)))))


def _find_period(sentence: Sentence, clause: Clause) -> Period | None:
    """Find the date of a clause, or the one at the head of its sentence, which holds for all of it."""
    own = find_period(sentence, clause.first, clause.end)
    return own or (find_period(sentence, 0, min(LEADING, clause.first)) if clause.kind == "main" else None)


def _build_kinds(sentence: Sentence, chunk: PlaceChunk, base: RecordProposal) -> list[RecordProposal]:
    records: list[RecordProposal] = []
    units = [place for place in chunk.places if place.kind == "unit"]
    if units:
        written = sentence.cut(min(each.first for each in units), max(each.last for each in units))
        remarks = (*base.remarks, *_remark_units(sentence, units, chunk))
        codes = tuple(dict.fromkeys(each.key for each in units))
        records.append(replace(base, units=codes, as_written=written, remarks=remarks))
    for place in chunk.places:
        written = sentence.cut(place.first, place.last)
        if place.kind == "region":
            records.append(replace(base, kind="region", region=place.key, as_written=written))
        elif place.kind == "nationwide":
            records.append(replace(base, kind="nationwide", as_written=written))
        elif place.kind == "unlocated" and not (units and _is_spelt_out(sentence, place, units)):
            records.append(replace(base, kind="unlocated", count=place.count, as_written=written))
        elif place.kind == "unclear" and not _is_explained(sentence, place, units):
            why = "; ".join(filter(None, (base.why, "which units it means")))
            records.append(replace(base, kind="unclear", places=place.candidates, as_written=written, why=why))
    return records


def _is_explained(sentence: Sentence, place: Place, units: Sequence[Place]) -> bool:
    """Tell whether the units that a name stands for are listed beside it: in brackets, behind a colon, before it."""
    is_before = any(each.first > place.last for each in units) and not {"(", ":", "-", "–", "—"}.isdisjoint(
        sentence.read_gap(place.last)
    )
    return is_before or (bool(units) and not NAMING.isdisjoint(sentence.words[units[-1].last : place.first]))


def _remark_units(sentence: Sentence, units: Sequence[Place], chunk: PlaceChunk) -> list[str]:
    found = []
    for place in units:
        written = sentence.cut(place.first, place.last)
        if place.note == "capital" or "city" in written.lower().split():
            found.append(f"{written}: {CITY}")
    if chunk.is_range:
        found.append("the ends of a line are named, and nothing between them")
    return found


def _is_spelt_out(sentence: Sentence, place: Place, units: Sequence[Place]) -> bool:
    """Tell whether the units that a text counts are those that it names beside."""
    between = sentence.words[place.last + 1 : min((each.first for each in units if each.first > place.last), default=0)]
    is_open = any(
        word in ("including", "such", "notably", "especially", "particularly", "like", "among") for word in between
    )
    return place.count is not None and place.count.best == len(units) and not is_open


def _read_other_script(scan: Scan) -> list[Said]:
    """Read Dari and Pashto, of which names are known and no grammar: one list of groups is taken, more are asked."""
    sentence = scan.sentence
    able: list[GroupChunk] = [chunk for chunk in scan.groups if find_role(sentence, chunk) == ""]
    groups = tuple(dict.fromkeys(group for chunk in able for group in chunk.groups))
    rivals = tuple(dict.fromkeys(rival for chunk in able for rival in chunk.rivals))
    clause = Clause("main", 0, len(sentence.words))
    is_denied = any(word in NOT_ENGLISH for word in sentence.words)
    is_sure = (len(groups) == 1 and not rivals) or (len(able) == 1 and not rivals)
    subject = Subject(groups, clause=clause) if is_sure else Subject((), (*rivals, *groups), "several groups", clause)
    finding = "absent" if is_denied else "present"
    return [Said(subject, chunk, clause, finding, "") for chunk in scan.places]
