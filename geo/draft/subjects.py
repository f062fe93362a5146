"""Who is said to be in a place of a clause: a group that stands there, one that a word stands for, or a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geo.draft.clauses import Clause, find_role
from geo.draft.mentions import Mention, is_speaker
from geo.draft.scan import GroupChunk, PlaceChunk
from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import EVENTS, PERSONS, STRONG, VERBS, read_words

__all__ = ["Context", "Subject", "find_subject"]

COPULAS = read_words("subjects.copulas")
KINDS = ("network", "movement", "front")
"""Words for a group that are part of the names of some."""

HOSTING = frozenset(
    [
        "hosts",
        "host",
        "hosted",
        "hosting",
        "harbours",
        "harbors",
        "shelters",
        "sheltered",
        "home",
        "has",
        "had",
        "sees",
        "saw",
    ]
)
STATES = frozenset(("government", "army", "ministry", "military", "administration", "coalition"))
OF_FAMILIES = "families are no fighters"
KIN = read_words("subjects.kin")
WRITERS = read_words("subjects.writers")
HOLDINGS = read_words("subjects.holdings")
"""What anybody may own in a place: posts, homes."""

ORDERED = {"first": slice(0, 1), "first_two": slice(0, 2), "second": slice(1, 2), "last_two": slice(-2, None),
           "last": slice(-1, None)}  # fmt: skip
COUNTED = {3: "three", 4: "four"}
QUOTES = frozenset('"“”„«»')
RECENT = 3
NEXT = 2
ASIDE = 5
MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Subject:
    """Groups that are in a place, or candidates where that is a question; ``why`` says what makes it one."""

    groups: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    why: str = ""
    clause: Clause | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it is no question."""
        return bool(self.groups)


@dataclass
class Context:
    """What was spoken of before: groups of the last sentences, of all, and of the heading or the lead-in."""

    recent: list[tuple[str, ...]] = field(default_factory=list)
    is_mixed: bool = False
    seen: dict[str, int] = field(default_factory=dict)
    lead: tuple[str, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    since_lead: bool = False
    age: int = 0
    is_of_body: bool = False
    named: set[str] = field(default_factory=set)
    topic: tuple[str, ...] = ()
    paragraph: list[str] = field(default_factory=list)
    lead_places: tuple[PlaceChunk, ...] = ()
    last_places: tuple[PlaceChunk, ...] = ()

    def note(self, groups: Sequence[str], has_unknown: bool) -> None:
        """Remember the groups of a sentence that names any."""
        self.age = min(self.age + 1, RECENT + 1)
        if self.age > RECENT:
            self.recent, self.topic = [], ()
        if groups:
            self.age, self.is_of_body = 0, False
            self.since_lead = self.since_lead or any(group not in self.lead for group in groups)
            self.recent = [tuple(groups), *self.recent][:RECENT]
            self.paragraph += groups
            self.is_mixed = has_unknown
            for group in reversed(groups):
                self.seen.pop(group, None)
                self.seen[group] = 1
        elif has_unknown:
            self.is_mixed = self.is_of_body = True

    def list_state(self) -> tuple[object, ...]:
        """List all that reading on depends on, to know the same state again."""
        places = tuple(
            tuple((place.kind, place.key) for chunk in chunks for place in chunk.places)
            for chunks in (self.lead_places, self.last_places)
        )
        return (
            tuple(self.recent), self.is_mixed, self.is_of_body, tuple(self.seen), self.lead, self.since_lead, self.age,
            *places, frozenset(self.named), self.topic, tuple(self.paragraph),
        )  # fmt: skip

    def copy(self) -> Context:
        """Copy it, so that reading on changes the copy alone."""
        copied = replace(self, recent=[*self.recent], seen={**self.seen}, named={*self.named})
        copied.paragraph = [*self.paragraph]
        return copied

    def list_candidates(self) -> tuple[str, ...]:
        """List the groups spoken of before, the last first."""
        return tuple(dict.fromkeys((*self.lead, *reversed(self.seen))))[:MOST_CANDIDATES]


def find_subject(sentence: Sentence, clause: Clause, place: PlaceChunk, context: Context) -> Subject | None:
    """Find who is said to be in a place of a clause; None where it is nobody of interest.

    Examples
    --------
    >>> from geo.draft.places import Place
    >>> from geo.read.documents.blocks import join_lines
    >>> sentence = Sentence(join_lines("paragraph", [(1, "The Reds are in Kunar")]), 0, 21)
    >>> kunar = PlaceChunk((Place("unit", "AF-KNR", 4, 4),), 4, 4)
    >>> clause = Clause("main", 0, 5, groups=[GroupChunk(("reds",), 1, 1)], places=[kunar])
    >>> find_subject(sentence, clause, kunar, Context()).groups
    ('reds',)
    """
    if _is_of_locals(sentence, clause, place):
        return None
    subject = _find_in_clause(sentence, clause, place, context) or _find_beside(sentence, clause, place, context)
    if subject and subject.is_sure and _is_of_kin(sentence, clause, place):
        return Subject((), subject.groups, OF_FAMILIES, clause)
    return subject


def _is_of_locals(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a place that says only where somebody else is: people in Kunar wish them well."""
    at = place.first - 2
    is_near = any(
        each.kind == "actor" and each.last == at and each.first > clause.first and not _is_agent(sentence, each)
        for each in clause.others
    )
    return is_near and sentence.words[at + 1] in ("in", "of", "from") and not any(
        word in EVENTS or word in STRONG for word in sentence.words[clause.first : clause.end]
    )  # fmt: skip


def _is_agent(sentence: Sentence, mention: Mention) -> bool:
    """Tell by whom something is done: housed by the de facto authorities in Kunar."""
    return "by" in sentence.words[max(mention.first - 4, 0) : mention.first]


def _is_of_kin(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell whether families are spoken of, and not those whose families they are."""
    words = sentence.words
    for step in (clause, clause.before, clause.parent):
        if step is None or (step is not clause and (clause.groups or step.places)):
            continue
        named = {each.last for each in step.groups} | {each.last for each in step.others if each.kind == "anaphor"}
        for at in range(step.first, min(step.end, place.first)):
            if words[at] in KIN and (words[at + 1 : at + 2] == ["of"] or at - 1 in named):
                return PERSONS.isdisjoint(words[step.first : at])
    return False


def _find_in_clause(sentence: Sentence, clause: Clause, place: PlaceChunk, context: Context) -> Subject | None:
    roles = [(chunk, find_role(sentence, chunk)) for chunk in clause.groups]
    able = [(chunk, role) for chunk, role in roles if role not in ("speaker", "compare", "topic")]
    before = [chunk for chunk, role in able if chunk.last < place.first and role == ""]
    oblique = [(chunk, role) for chunk, role in able if chunk.last < place.first and role]
    after = [(chunk, role) for chunk, role in able if chunk.first > place.last]
    standing = [each for each in clause.others if each.kind == "anaphor" and each.last < place.first]
    if freed := _find_freed(sentence, place, [chunk for chunk, _ in able]):
        return _take(clause, freed)
    if _is_turn(sentence, clause, place) and (other := _find_beside(sentence, clause, place, context)):
        return other
    if hosted := _find_hosted(sentence, clause, place, [chunk for chunk, _ in able]):
        return _take(clause, hosted)
    if before:
        return _join_standing(sentence, clause, before[-1], _choose(sentence, clause, before, place), context)
    if clause.kind == "joined" or (clause.kind == "relative" and sentence.words[clause.first] != "whose"):
        antecedent = _find_beside(sentence, clause, place, context)
        if antecedent:
            return antecedent
    if standing and _is_of_actor(sentence, clause, standing[-1]):
        return None
    if standing:
        chosen = next(
            (each for each in standing if each.key in ORDERED or each.key in ("former", "latter")), standing[-1]
        )
        return _resolve(sentence, clause, chosen, context)
    if oblique:
        return _choose_oblique(sentence, clause, oblique, place)
    if after and not _is_taken(sentence, clause, place, after[0][0]):
        chunk, role = next(((chunk, role) for chunk, role in after if role == ""), after[0])
        actor = _find_actor(sentence, clause, place)
        why = f"“{actor}” stands before it" if actor and role != "by" else ""
        return _take(clause, chunk, why or ("" if role in ("", "by") else "it is not said who is there"))
    behind = [each for each in clause.others if each.kind == "anaphor" and each.first > place.last]
    return _resolve(sentence, clause, behind[0], context) if behind else None


def _find_actor(sentence: Sentence, clause: Clause, place: PlaceChunk) -> str:
    """Find somebody who is no group and is said to be or to do something in a place before a group is named."""
    acting = [each for each in clause.others if each.kind == "actor" and each.last < place.first]
    is_doing = bool(acting) and any(
        sentence.words[at] in COPULAS or sentence.words[at] in VERBS for at in range(acting[0].last + 1, place.first)
    )
    if not acting or not is_doing or not _acts(sentence, clause, acting[0]):
        return ""
    return sentence.cut(acting[0].first, acting[0].last)


def _is_of_actor(sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Tell posts and homes that belong to somebody who is no group: troops reinforced their posts."""
    owned = sentence.words[mention.last + 1 : mention.last + 2]
    if sentence.words[mention.first] in ("its", "their") and not WRITERS.isdisjoint(owned):
        return True
    if sentence.words[mention.first] not in ("its", "their") or HOLDINGS.isdisjoint(
        sentence.words[mention.last + 1 : mention.last + 4]
    ):
        return False
    return any(
        each.is_other and each.first < mention.first and not is_speaker(sentence, each.last) for each in clause.others
    )


def _find_freed(sentence: Sentence, place: PlaceChunk, chunks: Sequence[GroupChunk]) -> GroupChunk | None:
    """Find of whom a place is said to be free."""
    return next(
        (
            chunk
            for chunk in chunks
            if chunk.first > place.last
            and not {"free", "rid", "devoid", "cleared"}.isdisjoint(
                sentence.words[max(chunk.first - 3, 0) : chunk.first]
            )
        ),
        None,
    )


def _is_turn(sentence: Sentence, clause: Clause, place: PlaceChunk) -> bool:
    """Tell a place with which a clause only goes on about whom the one before it named: but not in Kunar."""
    words = sentence.words[clause.first : place.first]
    return words[:1] == ["but"] and {*words} <= {"but", "not", "in", "never", "no", "longer", "also", "the"}


def _find_hosted(
    sentence: Sentence, clause: Clause, place: PlaceChunk, chunks: Sequence[GroupChunk]
) -> GroupChunk | None:
    """Find whom a place is said to host."""
    at = next((at for at in range(place.last + 1, clause.end) if sentence.words[at] in HOSTING), None)
    if at is None or any(chunk.last < place.first for chunk in chunks):
        return None
    return next((chunk for chunk in chunks if chunk.first > at), None)


def _join_standing(
    sentence: Sentence, clause: Clause, chunk: GroupChunk, subject: Subject, context: Context
) -> Subject:
    """Add the group for which a word stands beside one that is named: neither the network nor the Reds."""
    for each in clause.others:
        between = sentence.words[each.last + 1 : chunk.first]
        if each.kind == "anaphor" and 0 < len(between) < 4 and set(between) <= {"and", "nor", "or", "the"}:
            other = _resolve(sentence, clause, each, context)
            if other and other.is_sure and subject.is_sure:
                return Subject(tuple(dict.fromkeys((*other.groups, *subject.groups))), clause=clause)
            if other:
                return Subject((), (*subject.groups, *other.candidates), other.why, clause)
    return subject


def _take(clause: Clause, chunk: GroupChunk, why: str = "") -> Subject:
    if chunk.rivals:
        return Subject((), (*chunk.rivals, *chunk.groups), "a name that several groups go by", clause)
    return Subject((), chunk.groups, why, clause) if why else Subject(chunk.groups, clause=clause)


def _choose(sentence: Sentence, clause: Clause, before: list[GroupChunk], place: PlaceChunk) -> Subject:
    nearest = before[-1]
    between = sentence.words[nearest.last + 1 : place.first]
    barrier = [
        each for each in clause.others
        if each.is_other and nearest.last < each.first < place.first and not is_speaker(sentence, each.last)
    ]  # fmt: skip
    if barrier:
        return _take(clause, nearest, f"“{sentence.cut(barrier[-1].first, barrier[-1].last)}” stands between")
    is_own = any(word in STRONG or word in PERSONS or word in COPULAS for word in between[:-1])
    if is_own or len({chunk.groups for chunk in before}) == 1:
        return _take(clause, nearest)
    groups = tuple(dict.fromkeys(group for chunk in reversed(before) for group in chunk.groups))
    return Subject((), groups, "several groups stand before it", clause)


def _choose_oblique(
    sentence: Sentence, clause: Clause, oblique: list[tuple[GroupChunk, str]], place: PlaceChunk
) -> Subject | None:
    chunk, role = oblique[-1]
    between = sentence.words[chunk.last + 1 : place.first]
    if role == "by" or any(word in STRONG or word in PERSONS for word in between):
        return _take(clause, chunk)
    return _take(clause, chunk, "it is not said who is there")


def _is_taken(sentence: Sentence, clause: Clause, place: PlaceChunk, chunk: GroupChunk) -> bool:
    """Tell whether somebody else, who is no group, stands between a place and the group behind it as its subject."""
    actors = [each for each in clause.others if each.is_other and each.first < chunk.first]
    return any(each.last < place.first and find_role(sentence, chunk) in ("against", "to") for each in actors)


def _find_beside(sentence: Sentence, clause: Clause, place: PlaceChunk, context: Context) -> Subject | None:
    """Look in the clauses beside it, and in the sentences before."""
    if any(each.is_other and each.first < place.first and _acts(sentence, clause, each) for each in clause.others):
        return None
    if place.first - clause.first < 2 and sentence.peek(place.last + 1) in VERBS:
        return None  # The place itself is the subject.
    parent = clause.before if clause.kind in ("main", "joined") else clause.parent
    if clause.kind == "where":
        return None
    while parent is not None:
        subject = _find_main(sentence, parent, clause, context)
        if subject:
            return subject
        if any(each.is_other and not is_speaker(sentence, each.last) for each in parent.others):
            return None
        parent = parent.parent or parent.before
    return None


def _acts(sentence: Sentence, clause: Clause, mention: Mention) -> bool:
    """Tell whether somebody is the subject of a clause, and not only among whom or of whom something is done."""
    is_first = not any(sentence.words[at] in VERBS for at in range(clause.first, mention.first))
    return is_first and not is_speaker(sentence, mention.last)


def _find_main(sentence: Sentence, parent: Clause, clause: Clause, context: Context) -> Subject | None:
    """Find the subject of a clause, which one that hangs on it takes over."""
    near = [chunk for chunk in parent.groups if chunk.last == clause.first - 1]
    if clause.kind == "relative" and near and find_role(sentence, near[0]) != "compare":
        return _take(clause, near[0])
    chunks = [chunk for chunk in parent.groups if find_role(sentence, chunk) == ""]
    if chunks:
        chosen = chunks[-1] if clause.kind == "relative" else chunks[0]
        return _take(clause, chosen)
    standing = [each for each in parent.others if each.kind == "anaphor"]
    return _resolve(sentence, parent, standing[0], context) if standing else None


def find_ahead(sentence: Sentence, clauses: Sequence[Clause], clause: Clause, context: Context) -> Subject | None:
    """Find the subject of the clause that follows a place at the head of a sentence."""
    if clause.has_verb or clause.groups:
        return None
    for following in clauses:
        if following.first <= clause.first or following.kind in ("where", "relative"):
            continue
        if following.end - following.first < ASIDE and any(
            is_speaker(sentence, each.last) for each in following.others
        ):
            continue  # In Kunar, elders said, they
        subject = _find_main(sentence, following, following, context)
        if subject or following.has_verb:
            return subject
    return None


def _resolve(sentence: Sentence, clause: Clause, mention: Mention, context: Context) -> Subject | None:
    """Find for which group a word stands: surely only where no other is possible."""
    said = sentence.cut(mention.first, mention.last)
    if sentence.words[mention.first] in ("it", "its") and _is_of_state(sentence, mention):
        return None
    inner = _list_inner(sentence, clause, mention)
    how, why = mention.key, f"“{said}”"
    candidates = tuple(dict.fromkeys((*inner, *context.list_candidates())))[:MOST_CANDIDATES]
    candidates = candidates or _list_named(context, said)
    if how == "other" and "," in sentence.read_gap(mention.last) and any(sentence.caps[mention.last + 1 :][:NEXT]):
        return None  # Another movement, the Browns
    if how == "other":
        return Subject((), candidates, why, clause)
    if how in ("one", "many") and context.is_of_body and not inner:
        return None
    if how == "we":
        inner = tuple(group for chunk in _list_speakers(clause) for group in chunk.groups)
        asked = inner or (context.list_candidates() if QUOTES.intersection(sentence.text) else ())
        return Subject((), asked, "somebody speaks of himself", clause) if asked else None
    if how in ORDERED:
        return _take_ordered(clause, how, candidates, why, context)
    if how in ("one", "many") and _is_of_named_body(clause, mention):
        return None
    last = inner or _list_last(context, how)
    if how in ("former", "latter") and len(last) == 2:
        return Subject((last[0 if how == "former" else 1],), clause=clause)
    if how == "both" and len(last) == 2:
        return Subject(last, clause=clause)
    spoken = tuple(dict.fromkeys(context.paragraph))
    if (
        how == "both"
        and said.lower().startswith("both")
        and len(last) < 2
        and len(spoken) == 2
        and not context.is_mixed
    ):
        return Subject(spoken, clause=clause)
    if how == "all" and len(last) > 2 and COUNTED.get(len(last), "") in said.lower().split():
        return Subject(last, clause=clause)
    if how in ("one", "many") and len(last) == 1:
        return Subject(last, clause=clause)
    if kind := next((kind for kind in KINDS if kind in said.lower()), ""):
        fitting = tuple(each for each in candidates if kind in context.names.get(each, "").lower())
        if len(fitting) == 1 and fitting[0] in last:
            return Subject(fitting, clause=clause)
        candidates = tuple(dict.fromkeys((*fitting, *candidates)))
    if how in ("both", "many"):
        candidates = tuple(dict.fromkeys((*last, *candidates)))
    return Subject((), candidates[:MOST_CANDIDATES], why, clause)


def _take_ordered(clause: Clause, how: str, candidates: tuple[str, ...], why: str, context: Context) -> Subject | None:
    """Take the first or the last of the groups that stand in one list, here or in the sentence before."""
    step, listed = clause.before, tuple[str, ...]()
    while step is not None and not listed:
        listed = next((chunk.groups for chunk in step.groups if len(chunk.groups) > 1 and not chunk.rivals), ())
        step = step.before
    if not listed and context.recent and not context.is_mixed:
        listed = context.recent[0]
    if len(listed) > 1:
        return Subject(listed[ORDERED[how]], clause=clause)
    return Subject((), candidates, why, clause) if how in ("first_two", "last_two") else None


def _is_of_named_body(clause: Clause, mention: Mention) -> bool:
    """Tell a movement or an army that is no group of the table, stands before a word, and is meant by it."""
    step: Clause | None = clause
    while step is not None:
        if any(chunk.first < mention.first for chunk in step.groups):
            return False
        if any(each.kind == "body" and each.first < each.last < mention.first for each in step.others):
            return True
        step = step.before
    return False


def _is_of_state(sentence: Sentence, mention: Mention) -> bool:
    """Tell a government or an army that is named before it, and is meant by it."""
    return not STATES.isdisjoint(sentence.words[: mention.first])


def _list_named(context: Context, said: str) -> tuple[str, ...]:
    """List the groups of the table that a word may stand for in a text that has named none yet."""
    kind = next((kind for kind in KINDS if kind in said.lower()), "")
    return tuple(group for group, name in context.names.items() if kind in name.lower())[:MOST_CANDIDATES]


def _list_last(context: Context, how: str) -> tuple[str, ...]:
    """List the groups for which a word may stand that the sentence itself does not name."""
    if how in ("one", "many") and context.lead and (not context.since_lead or context.topic == context.lead):
        return context.lead
    if not context.recent or context.is_mixed:
        return ()
    if how in ("one", "many") and context.topic:
        return context.topic
    recent = context.recent[0]
    is_only = len(recent) == 1 and (context.topic == recent or set(context.paragraph) <= set(recent))
    return recent if len(recent) > 1 or is_only else ()


def _list_speakers(clause: Clause) -> list[GroupChunk]:
    """List the groups of a sentence around words that are its own."""
    found, step = list(clause.groups), clause.before
    while step is not None:
        found += step.groups
        step = step.before
    return found


def _list_inner(sentence: Sentence, clause: Clause, mention: Mention) -> tuple[str, ...]:
    """List the groups that the sentence names before a word that stands for one."""
    found: list[str] = []
    step: Clause | None = clause
    seen: list[Clause] = []
    while step is not None and step not in seen:
        seen.append(step)
        for chunk in step.groups:
            if chunk.first < mention.first and find_role(sentence, chunk) in ("", "speaker", "with", "against", "by"):
                found += chunk.groups
        step = step.before
    return tuple(dict.fromkeys(found))
