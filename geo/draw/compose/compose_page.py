"""The content of a page becomes a page: the one place where its parts are put together."""

from __future__ import annotations

from collections.abc import Iterable

import folium

from geo.draw.compose.data_block import build_block
from geo.draw.compose.dataset import name_dataset
from geo.draw.compose.page_content import PageContent, Section
from geo.draw.html import Markup, chain, tag
from geo.draw.marks.chips import draw_chip_key
from geo.draw.marks.static_map import draw_legend, draw_static_map
from geo.draw.marks.textures import draw_patterns
from geo.draw.web.folium_layer import Picture
from geo.draw.web.page import Page, make_map
from geo.draw.wording.captions import write_credit
from geo.draw.wording.catalogue import LAYOUT
from geo.draw.wording.localised_names import LocalisedUnits, localise_neighbours
from geo.join.classes import MOST_BANDS
from geo.model import Topology

__all__ = ["compose_page"]

MOST_KICKER = 100
"""Letters that two lines of a telephone hold."""

ISOLATE = "\u2069"
"""Ends a title in other letters than its page; here its element keeps it apart."""

BETWEEN = f"{ISOLATE},،· "


def compose_page(
    content: PageContent, drawn: LocalisedUnits, topology: Topology, *, standalone: bool = True
) -> folium.Map:
    """Put a page together, of shapes (thinned boundaries) that have the same codes as the units."""
    view, phrases, units = content.view, drawn.phrases, drawn.gazetteer.units
    topology = localise_neighbours(topology, drawn)
    names = {code: unit.name for code, unit in units.items()}
    said = phrases.say("map_described", said=content.description)
    switches = tag("fieldset", {"id": "switches"}, tag("legend", {}, phrases.say("show")))
    bar = (switches if content.has_bar else Markup(""), content.slider)
    texts = {
        **{key: phrases.say(key) for key in LAYOUT},
        **content.layout,
        "headline": view.headline,
        "kicker": content.kicker,
        "title": content.title,
        "lede": content.lede,
        "about": content.about,
        "left_out": content.left_out,
        "summary": view.summary,
        "credits": f"{write_credit(drawn)} {phrases.say('tools')}",
        "boundaries": write_credit(drawn),
        "stamp": content.stamp,
    }
    parts = {
        "kicker": _draw_kicker(content),
        "nav": _link_sections(content.sections),
        "still": draw_static_map(
            names, topology, view.classes, view.list_signs(), view.disputed, said, chips=view.chips,
            has_large_signs=view.has_large_signs,
        ),
        "units_heading": chain([view.heading or texts["units_heading"]]),
        "legend": draw_legend(phrases, view.rows if content.rows is None else content.rows),
        "legend_note": chain([content.legend_note]),
        "chip_key": draw_chip_key(phrases, {chip for chips in view.chips.values() for chip in chips},
            is_crowded=any(len(chips) > MOST_BANDS for chips in view.chips.values())),
        "bar": tag("div", {"id": "bar"}, *bar) if any(bar) else Markup(""),
        "switches": Markup("") if content.has_bar else switches,
        "pair": content.pair_form,
        "groups": content.groups,
        "filters": content.filters,
        "note": content.note,
        "off_map": content.off_map,
        "sections": chain((section.markup for section in content.sections), "\n"),
    }  # fmt: skip
    page = Page(
        title=f"{view.headline} – {content.title}",
        description=content.description,
        texts=texts,
        parts=parts,
        patterns=draw_patterns((each.fill for each in view.classes.values()), view.textures),
        scripts=content.scripts,
        style=content.style,
        block=build_block(content, drawn, topology),
        headline=view.headline,
        dataset=name_dataset(content.title, content.dataset),
        lang=phrases.language,
        tabbed=content.is_tabbed,
    )
    picture = Picture(
        topology=topology,
        fills={code: each.fill.paint for code, each in view.classes.items()},
        labels={code: f"{names[code]}: {each.label}" for code, each in view.classes.items()},
        patterns=page.patterns,
        legend=draw_legend(phrases, view.rows),
        credit=" ".join(filter(None, (write_credit(drawn), content.credit))),
    )
    return make_map(page, picture, standalone=standalone)


def _draw_kicker(content: PageContent) -> Markup:
    """Keep the title apart: where it is long, a telephone cuts it to a line, and never what follows, perhaps a day."""
    _, title, rest = content.kicker.partition(content.title)
    if not title:
        return chain([content.kicker])
    said = rest.lstrip(BETWEEN)
    is_long = len(content.kicker) > MOST_KICKER or content.slider
    between = rest.removesuffix(said).lstrip(ISOLATE)
    return chain([tag("bdi", {"class": "long" if is_long else ""}, title), tag("span", {}, between), said])


def _link_sections(sections: Iterable[Section]) -> Markup:
    return chain(tag("li", {}, tag("a", {"href": f"#{each.id}"}, each.label)) for each in sections)
