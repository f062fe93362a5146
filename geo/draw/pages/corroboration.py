"""The choropleth of sources: how many that do not rest on each other name a group in each unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from geo.draw.compose.data_block import tell_classes
from geo.draw.compose.page_content import MapView, PageContent, Section
from geo.draw.html import Markup, chain, frame_wide, tag, tag_row, tag_section, tag_table
from geo.draw.marks.legend import Looks, count_classes, describe_class, find_disputed, find_looks
from geo.draw.marks.map_classes import LegendRow, MapClass, Solid, Texture
from geo.draw.marks.palette import INK, RAMP
from geo.draw.pages.table_page import PageScript, describe_table, list_table_sections
from geo.draw.wording.captions import VIEW_KINDS
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import name_source, write_summary
from geo.join.classes import REGION, UNNAMED, Gap, GroupCount
from geo.join.corroboration import Corroboration, count_sources

__all__ = ["describe_corroboration"]

MOST_NAMES = 4
UNSOURCED = Texture("fill-unsourced", 9, 45, (
    tag("rect", {"width": "9", "height": "9", "fill": RAMP[0]}),
    tag("circle", {"cx": "4.5", "cy": "4.5", "r": "2", "fill": "none", "stroke": INK}),
))  # fmt: skip


def describe_corroboration(joined: LocalisedTable) -> PageContent:
    """Say all that the page says.

    Examples
    --------
    >>> from geo.api import join_table
    >>> from geo.draw.wording.localised_names import localise
    >>> content = describe_corroboration(localise(join_table("presence: {A: [Kabul]}")[0]))
    >>> content.view.classes["AF-KAB"].label
    'Named, but no record gives a source'
    """
    table, phrases = joined.table, joined.phrases
    counted = [group for group in joined.shown if table.groups[group].kind in VIEW_KINDS["count"]]
    found = count_sources(table, counted, joined.choices)
    numbers = {code: len(voices) for code, voices in found.voices.items()}
    looks = find_looks(joined, max(numbers.values(), default=0))
    gaps = {code: each for code, each in joined.count_classes.items() if isinstance(each, Gap)}
    classes = {
        code: _describe_number(joined, looks, numbers[code]) if code in numbers
        else describe_class(joined, looks, gaps[code], "count")
        for code in joined.report.units
    }  # fmt: skip
    view = MapView(
        name="count",
        classes=classes,
        rows=_list_rows(joined, looks, classes),
        headline=_write_headline(joined, found),
        summary=_write_summary(joined, found),
        disputed=find_disputed(joined),
        heading=phrases.say("sources_units"),
        colours={**looks.list_colours(), _describe_number(joined, looks, 0).key: UNSOURCED.paint},
        textures=(UNSOURCED,),
    )
    sections = [Section("voices", phrases.say("nav_voices"), _draw_voices(joined, found))]
    content = describe_table(
        joined, looks, view, [*sections, *list_table_sections(joined, looks).values()],
        PageScript("corroboration", ("count",), ("precomputed_classes.js",)),
    )  # fmt: skip
    return replace(content, data={**content.data, "given": tell_classes(view)})


def _describe_number(joined: LocalisedTable, looks: Looks, number: int) -> MapClass:
    said = joined.phrases.write_number(number)
    label = joined.phrases.say({0: "class_voices_none", 1: "class_voices_one"}.get(number, "class_voices"), n=said)
    return MapClass(
        GroupCount(number).key, label, Solid(looks.counts[number]) if number else UNSOURCED, said, (1, -number)
    )


def _list_rows(joined: LocalisedTable, looks: Looks, classes: Mapping[str, MapClass]) -> list[LegendRow]:
    counts = Counter(classes.values())
    most = max((-each.order[1] for each in counts if not each.is_gap), default=0)
    wanted = {each.key: each for each in counts}
    for each in (_describe_number(joined, looks, number) for number in range(1, most + 1)):
        wanted[each.key] = each
    for gap in (Gap(REGION), UNNAMED):
        wanted[gap.key] = describe_class(joined, looks, gap, "count")
    return count_classes(joined, wanted.values(), classes.values(), find_disputed(joined))


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
    said = [write_summary(joined, with_off_map=False), phrases.say("voices_summary")]
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
