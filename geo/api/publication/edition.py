"""A publication in one language: its pages, figures, texts and cover, as bytes by their place in the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.checks.map_refusals import limit_groups
from geo.api.job import Job
from geo.api.maps import MapOptions, draw_pages
from geo.errors import TableError
from geo.model import Quoted
from geo.option_values import FORMATS, LANGUAGES, MAPS, SOCIAL
from geo.read.own_page import parse_page
from geo.write.manifest import MANIFEST

if TYPE_CHECKING:
    from geo.draw.cover.content import Edition
    from geo.draw.figure.words_inside import FigureWords
    from geo.join.joined_table import JoinedTable
    from geo.model import Table, Topology

__all__ = ["Joined", "list_languages", "render_edition"]

FIGURES = ("overlay", "choropleth", "compare")
DPI = 150
"""Of a PNG, which is for screens: who prints takes the PDF."""


@dataclass(frozen=True)
class Joined:
    """What an edition is drawn of: a joined table in its language, its boundaries, and the table as it was named.

    ``checked`` are the quotes that were found in the copies of their sources.
    """

    table: JoinedTable
    topology: Topology
    source: Path
    checked: frozenset[Quoted] = frozenset()


def list_languages(table: Table) -> tuple[str, ...]:
    """List the languages that a table says anything in; English, which is said for every table, always.

    Examples
    --------
    >>> from geo.model import Heading, Table
    >>> list_languages(Table("t", {}, {}, {}, (), (), translations={"fa-AF": Heading("t")}))
    ('en', 'fa')
    """
    named = [each.names for each in table.levels.values()] + [each.names for each in table.groups.values()]
    tags = [*table.translations, *(tag for names in (*named, *table.region_names.values()) for tag in names)]
    known = {tag.split("-")[0].lower() for tag in (*tags, *_list_note_tags(table))}
    return tuple(each for each in LANGUAGES if each == LANGUAGES[0] or each in known)


def _list_note_tags(table: Table) -> Iterator[str]:
    groups = table.groups.values()
    strengths = [each for group in groups for whole in group.strengths for each in (whole, *whole.of_which)]
    evidence = [each.evidence for each in table.records] + [each.evidence for each in table.relations]
    evidence += [each.evidence for each in strengths]
    evidence += [each.evidence for group in groups for each in group.statements]
    evidence += [group.part_of.evidence for group in groups if group.part_of]
    for notes in (each.notes for kind in (table.levels, table.sources, table.groups) for each in kind.values()):
        yield from (tag for tag, _ in notes)
    yield from (tag for each in evidence for tag, _ in each.notes)


def render_edition(joined: Joined, empty: Edition, job: Job) -> dict[str, bytes]:
    """Draw all that there is in one language; ``empty`` says which, where, and where data are.

    A figure that has no room for what it would have to say is left out, and told.
    """
    from geo.draw.cover.content import PublishedPage, find_folder, name_social
    from geo.draw.cover.cover import COVER, draw_cover, locate
    from geo.draw.cover.texts import write_alternative_texts, write_snippets
    from geo.draw.wording.localised_names import localise

    told = replace(job, progress=lambda line: job.progress(_name_language(line, empty.language)))
    drawn, words, social = _draw_figures(joined, told)
    edition = replace(empty, figures=words, social=social, picture=drawn.get(SOCIAL, drawn.get("overlay.png", b"")))
    named, folder = localise(joined.table), find_folder(edition.language)
    addresses = {name: locate(edition, f"{name}.html") for name in MAPS} if edition.base else {}
    stamp = named.phrases.say("publish", "compare", place=edition.base + MANIFEST)
    options = MapOptions(addresses=addresses, stamp=stamp, checked=joined.checked)
    pages = draw_pages(joined.table, joined.topology, joined.source, MAPS, told, options)
    read = {name: parse_page(data.decode(), name) for name, data in pages.items()}
    first = sorted(read, key=lambda name: name != "overlay")
    edition = replace(edition, pages={name: PublishedPage(read[name].title, read[name].description) for name in first})
    texts = {COVER: draw_cover(named, edition), "snippets.txt": write_snippets(named.phrases, edition)}
    if words or social:
        texts["alt.txt"] = write_alternative_texts(named, edition)
    files = {f"{folder}{name}.html": data for name, data in pages.items()}
    files |= {f"{folder}{name}": data for name, data in drawn.items() if name != SOCIAL}
    files |= {f"{folder}{name}": text.encode() for name, text in texts.items()}
    return files | ({name_social(edition.language): drawn[SOCIAL]} if social else {})


def _name_language(line: str, language: str) -> str:
    return line if language == LANGUAGES[0] else f"{language}: {line}"


def _draw_figures(joined: Joined, job: Job) -> tuple[dict[str, bytes], dict[str, FigureWords], FigureWords | None]:
    """Draw figures: files by name, what each kind says of itself, and what the picture for social media says."""
    files: dict[str, bytes] = {}
    words: dict[str, FigureWords] = {}
    for kind in FIGURES:
        if kind == "compare" and not _share_any(joined.table):
            job.progress(f"leaving out figure {kind}: no two groups are named in the same {_name_unit(joined)}")
        elif drawn := _draw(joined, kind, "a4", FORMATS, job):
            words[kind], made = drawn
            files |= {f"{kind}.{form}": data for form, data in made.items()}
    for kind in FIGURES[:2]:
        if drawn := _draw(joined, kind, SOCIAL, ("png",), job):
            return {**files, SOCIAL: drawn[1]["png"]}, words, drawn[0]
    return files, words, None


def _share_any(joined: JoinedTable) -> bool:
    from geo.join.overlap import choose_pair

    pair = choose_pair(joined.footprints)
    return bool(pair) and bool(joined.footprints[pair[0]].named & joined.footprints[pair[1]].named)


def _name_unit(joined: Joined) -> str:
    return joined.table.gazetteer.noun.one


def _draw(
    joined: Joined, kind: str, size: str, forms: tuple[str, ...], job: Job
) -> tuple[FigureWords, Mapping[str, bytes]] | None:
    """Draw a figure in some formats; None, and told, where it is refused."""
    from geo.draw.figure.draw_figure import draw_figure
    from geo.draw.figure.save import Shown, find_dpi, save_figure

    name = f"figure {kind}" if size != SOCIAL else f"the picture for social media, of {kind}"
    job.progress(f"drawing {name}")
    try:
        if kind == "overlay":
            limit_groups(joined.table, joined.source, job.boundaries, "figure")
        figure = draw_figure(joined.table, joined.topology, kind, size=size, source=str(joined.source))
    except TableError as error:
        job.progress(f"leaving out {name}: {error.problems[0].found}")
        return None
    dpi = find_dpi(size) if size == SOCIAL else DPI
    assert isinstance(figure, Shown) and figure.words  # noqa: S101, PT018  # what draw_figure gives
    return figure.words.clean(), {form: save_figure(figure, form, dpi) for form in forms}
