"""The choropleth of sources: how many that do not rest on each other name a group in each unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from geo.draw.html import Markup, chain, frame_wide, tag, tag_row, tag_section, tag_table
from geo.draw.marks.legend import LAST_CLASSES, LegendRow, find_disputed, name_class
from geo.draw.marks.palette import INK, RAMP
from geo.draw.marks.textures import Textures
from geo.draw.pages.page_plan import Section
from geo.draw.pages.precomputed_classes import PrecomputedClasses
from geo.draw.wording.captions import VIEW_KINDS
from geo.draw.wording.evidence import name_source
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import write_summary
from geo.join.corroboration import Corroboration, count_sources

__all__ = ["class_by_sources"]

MOST_NAMES = 4
UNSOURCED = "n:0"
TEXTURES: Textures = {
    "unsourced": (9, 45, (
        tag("rect", {"width": "9", "height": "9", "fill": RAMP[0]}),
        tag("circle", {"cx": "4.5", "cy": "4.5", "r": "2", "fill": "none", "stroke": INK}),
    )),
}  # fmt: skip


def class_by_sources(joined: LocalisedTable) -> PrecomputedClasses:
    """Class units by the number of independent sources that name a group there.

    Examples
    --------
    >>> from geo.api import join_table
    >>> from geo.draw.wording.localised_names import localise
    >>> class_by_sources(localise(join_table("presence: {A: [Kabul]}")[0])).classes["AF-KAB"]
    'n:0'
    """
    table = joined.table
    counted = [group for group in joined.shown if table.groups[group].kind in VIEW_KINDS["count"]]
    found = count_sources(table, counted, joined.choices)
    classes = {code: str(key) for code, key in joined.units["count_class"].items()}
    classes |= {unit: f"n:{len(voices)}" for unit, voices in found.voices.items()}
    return PrecomputedClasses(
        view="count",
        classes=classes,
        rows=_list_rows(joined, classes),
        headline=_write_headline(joined, found),
        summary=_write_summary(joined, found),
        heading=joined.phrases.say("sources_units"),
        colours={UNSOURCED: "url(#fill-unsourced)"},
        textures=TEXTURES,
        disputed=find_disputed(joined, "count"),
        sections=(Section("voices", joined.phrases.say("nav_voices"), _draw_voices(joined, found)),),
    )


def _list_rows(joined: LocalisedTable, classes: Mapping[str, str]) -> tuple[LegendRow, ...]:
    counts = Counter(classes.values())
    most = max((int(key[2:]) for key in counts if key.startswith("n:")), default=0)
    keys = [f"n:{number}" for number in range(most, 0, -1)] + ([UNSOURCED] if UNSOURCED in counts else [])
    keys += [key for key in LAST_CLASSES if key in counts or key in ("gap:region", "gap:none")]
    rows = [LegendRow(key, _name_class(key, joined), counts[key]) for key in keys]
    if disputed := find_disputed(joined, "count"):
        rows.append(LegendRow("disputed", joined.phrases.say("class_disputed"), len(disputed)))
    return tuple(rows)


def _name_class(key: str, joined: LocalisedTable) -> str:
    if not key.startswith("n:"):
        return name_class(key, joined, "count")
    words = {UNSOURCED: "class_voices_none", "n:1": "class_voices_one"}
    return joined.phrases.say(words.get(key, "class_voices"), n=joined.phrases.write_number(int(key[2:])))


def _write_headline(joined: LocalisedTable, found: Corroboration) -> str:
    phrases = joined.phrases
    noun = joined.gazetteer.noun
    most = max(map(len, found.voices.values()), default=None)
    if most is None:
        return phrases.say("headline_none")
    if most < 2:  # one voice alone corroborates nothing
        return phrases.say("headline_uncorroborated")
    units = [code for code in joined.report.units if len(found.voices.get(code, ())) == most]
    names = phrases.join_names([joined.gazetteer.units[code].name for code in units])
    if len(units) > MOST_NAMES:
        names = phrases.say("number_of", n=phrases.write_number(len(units)), what=noun.many)
    key = "headline_corroborated" if len(units) == 1 else "headline_corroborated_each"
    return phrases.say(key, sources=phrases.say_head_count("sources_counted", most), names=names)


def _write_summary(joined: LocalisedTable, found: Corroboration) -> str:
    phrases = joined.phrases
    said = [write_summary(joined, kinds=VIEW_KINDS["count"]), phrases.say("voices_summary")]
    if number := len(found.dependent):
        said.append(phrases.say_count("voices_dependent", number))
    if found.unsourced:
        said.append(phrases.say("voices_unsourced", n=phrases.write_number(len(found.unsourced))))
    return " ".join(said)


def _draw_voices(joined: LocalisedTable, found: Corroboration) -> Markup:
    """Return the section that names the sources of each unit; those that are one voice stand together."""
    phrases = joined.phrases
    noun, units = joined.gazetteer.noun, joined.gazetteer.units
    heads = (noun.forms["Unit"], phrases.say("voices_number"), phrases.say("sources"))
    order = sorted(found.voices, key=lambda code: (-len(found.voices[code]), units[code].name))
    rows = (
        tag_row(
            tag("a", {"href": f"#unit={code}"}, units[code].name),
            (phrases.write_number(len(found.voices[code])),
             phrases.mark_up("semicolon").join(_draw_voice(joined, voice) for voice in found.voices[code])),
            {"data-unit": code},
        )
        for code in order
    )  # fmt: skip
    return tag_section(
        "voices", phrases.say("sources_units"),
        tag("p", {}, phrases.say("voices_note")),
        frame_wide(phrases.say("nav_voices"), tag_table({}, heads, rows)),
    )  # fmt: skip


def _draw_voice(joined: LocalisedTable, voice: tuple[str, ...]) -> Markup:
    table = joined.table
    links = (
        tag(
            "a", {"href": f"#source-{table.source_numbers[source]}"}, name_source(joined.phrases, table.sources[source])
        )
        for source in voice
    )
    return chain(links, " + ")
