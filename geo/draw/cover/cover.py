"""The cover of a publication: what it says, its picture, what there is to open and to take, how to cite it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import replace

from geo.attribution import list_authors, shorten_hash
from geo.draw.compose.dataset import describe_data, list_downloads, name_dataset
from geo.draw.cover.content import Edition, find_folder, name_social
from geo.draw.html import Markup, chain, frame_wide, tag, tag_row, tag_section, tag_source, tag_table, tell_language
from geo.draw.sections.change_log import draw_corrections
from geo.draw.sections.records import draw_off_map
from geo.draw.sections.sources import draw_licence, draw_sources
from geo.draw.serialise import dump_json
from geo.draw.web import assets
from geo.draw.web.address import Address, draw_address
from geo.draw.web.page import ICON
from geo.draw.wording.captions import (
    MapHead,
    end_sentence,
    say_disclaimer,
    write_about,
    write_credit,
    write_head,
    write_kicker,
    write_stamp,
)
from geo.draw.wording.evidence import DOT
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import list_off_map
from geo.draw.wording.table_date import say_age
from geo.option_values import FORMATS

__all__ = ["COVER", "draw_cover", "locate"]

COVER = "index.html"
OWN_NAMES = {"en": "English", "fa": "دری", "ps": "پښتو"}
"""What each language calls itself, which whoever looks for it can read."""


def locate(edition: Edition, file: str) -> Address:
    """Say where a file of an edition will stand, and its twins in other languages."""
    base, language = edition.base, edition.language
    others = {each: f"{base}{find_folder(each)}{_name(file)}" for each in edition.languages}
    picture = f"{base}{name_social(language)}" if edition.social else ""
    said = edition.social.description if edition.social else ""
    return Address(others[language], picture, said, others if len(others) > 1 else {})


def _name(file: str) -> str:
    """A server shows the cover of a folder where the folder is asked for."""
    return "" if file == COVER else file


def draw_cover(joined: LocalisedTable, edition: Edition) -> str:
    """Draw the cover of an edition, in whose language the table is; it needs no script, and no file to be seen."""
    head, style = write_head(joined), assets.read_sheets("cover.css")
    policy = (
        f"default-src 'none'; style-src {assets.hash_source(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )
    title, lede = joined.table.title, write_about(joined)
    described = name_dataset(title, describe_data(joined) | {"distribution": _list_downloads(edition)})
    address = locate(edition, COVER) if edition.base else None
    said = f"{end_sentence(joined.phrases, head.headline)} {head.deck}"
    metas = [
        {"charset": "utf-8"},
        {"http-equiv": "Content-Security-Policy", "content": policy},
        {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        {"name": "description", "content": said, "property": "og:description"},
        {"property": "og:title", "content": head.headline},
        {"property": "og:type", "content": "website"},
        {"name": "referrer", "content": "no-referrer"},
    ]
    whole = tag(
        "html", tell_language(edition.language),
        tag(
            "head", {},
            (tag("meta", each) for each in metas),
            draw_address(address) if address else "",
            tag("title", {}, f"{head.headline} – {title}"),
            tag("link", {"rel": "icon", "href": ICON}),
            tag_source("script", dump_json({**described, "url": address.url} if address else described),
                       {"type": "application/ld+json"}),
            tag_source("style", style),
        ),
        tag("body", {}, _draw_head(joined, edition, head, lede), tag("main", {}, _draw_parts(joined, edition)),
            _draw_foot(joined)),
    )  # fmt: skip
    return str(chain([Markup("<!DOCTYPE html>\n"), whole, "\n"]))


def _list_downloads(edition: Edition) -> list[dict[str, object]]:
    here = find_folder(edition.language)
    first = {key: paths[0] for key, paths in edition.data.items()}
    return list_downloads({key: edition.base + path if edition.base else _step(here, path)
                           for key, path in first.items()})  # fmt: skip


def _draw_head(joined: LocalisedTable, edition: Edition, head: MapHead, lede: str) -> Markup:
    phrases = joined.phrases
    caution = tag("strong", {}, say_disclaimer(phrases))
    return tag(
        "header", {},
        _link_languages(joined, edition),
        tag("p", {"class": "kicker"}, write_kicker(joined)),
        tag("h1", {}, head.headline),
        tag("p", {"class": "deck"}, f"{head.deck} ", caution),
        tag("p", {"class": "lede"}, lede) if lede else "",
    )  # fmt: skip


def _link_languages(joined: LocalisedTable, edition: Edition) -> Markup:
    if len(edition.languages) < 2:
        return Markup("")
    here = find_folder(edition.language)
    links = (
        tag("li", {}, tag("a", {"href": _step(here, find_folder(each) + COVER), **tell_language(each),
            **({"aria-current": "page"} if each == edition.language else {})}, OWN_NAMES[each]))
        for each in edition.languages
    )  # fmt: skip
    return tag("nav", {"aria-label": joined.phrases.say("publish", "languages")}, tag("ul", {}, links))


def _step(here: str, path: str) -> str:
    """Lead from a folder of the publication to one of its files."""
    return path.removeprefix(here) if path.startswith(here) else f"../{path}"


def _draw_parts(joined: LocalisedTable, edition: Edition) -> Iterator[Markup]:
    phrases = joined.phrases
    if edition.picture:
        yield _draw_picture(joined, edition)
    if list_off_map(joined):
        yield draw_off_map(joined, linked=False)
    yield tag_section("pages", phrases.say("publish", "pages"),
                      tag("ul", {"class": "cards"}, _list_pages(joined, edition)),
                      tag("p", {"class": "note"}, phrases.say("publish", "pages_note")))  # fmt: skip
    if edition.figures or edition.social:
        yield _draw_figures(joined, edition)
    yield _draw_data(joined, edition)
    yield _draw_cite(joined, edition)
    if joined.table.changes:  # By their ids, for the cover lists no record to lead to.
        yield draw_corrections(replace(joined, table=replace(joined.table, records=())))
    yield draw_sources(joined, linked=False)


def _draw_picture(joined: LocalisedTable, edition: Edition) -> Markup:
    """Show the picture inside the page, so that the page can be mailed and its policy allows no picture besides."""
    said = edition.social or edition.figures["overlay"]
    data = base64.b64encode(edition.picture).decode()
    image = tag("img", {"src": f"data:image/png;base64,{data}", "alt": said.description})
    link = {"href": "overlay.html"} if "overlay" in edition.pages else {}
    return tag(
        "figure", {},
        tag("a", link, image) if link else image,
        tag("figcaption", {}, tag("a", link, joined.phrases.say("open_map"))) if link else "",
    )  # fmt: skip


def _list_pages(joined: LocalisedTable, edition: Edition) -> Iterator[Markup]:
    phrases = joined.phrases
    for name in edition.pages:
        link = tag("a", {"href": f"{name}.html"}, phrases.say("publish_page", name))
        yield tag("li", {}, tag("h3", {}, link), tag("p", {}, phrases.say("publish_said", name)))


def _draw_figures(joined: LocalisedTable, edition: Edition) -> Markup:
    phrases = joined.phrases
    rows = [
        tag_row(phrases.say("publish_page", kind), [_link_files([f"{kind}.{form}" for form in FORMATS])])
        for kind in edition.figures
    ]
    if edition.social:
        file = _step(find_folder(edition.language), name_social(edition.language))
        rows.append(tag_row(phrases.say("publish", "social"), [_link_files([file])]))
    heads = [phrases.say("publish", key) for key in ("figure", "files")]
    title = phrases.say("publish", "figures")
    table = frame_wide(title, tag_table({}, heads, rows))
    texts = tag("p", {}, tag("a", {"href": "alt.txt"}, phrases.say("publish", "alt")))
    return tag_section(
        "figures", title, table, texts, tag("p", {"class": "note"}, phrases.say("publish", "figures_note"))
    )


def _link_files(files: Iterable[str]) -> Markup:
    """Link files by their endings, which no language turns round."""
    names = ((file, tag("bdi", {"dir": "ltr"}, file.rpartition(".")[2].upper())) for file in files)
    return chain((tag("a", {"href": file}, name) for file, name in names), " · ")


def _draw_data(joined: LocalisedTable, edition: Edition) -> Markup:
    phrases, here = joined.phrases, find_folder(edition.language)
    rows = (
        tag("li", {}, _link(_step(here, first), first), DOT, phrases.say("publish", key), _list_more(here, more))
        for key, (first, *more) in edition.data.items()
    )
    snippets = tag("li", {}, _link("snippets.txt", f"{here}snippets.txt"), DOT, phrases.say("publish", "snippets"))
    return tag_section("data", phrases.say("publish", "data"), tag("ul", {"class": "files"}, rows, snippets))


def _link(address: str, path: str) -> Markup:
    return tag("a", {"href": address}, tag("bdi", {"dir": "ltr"}, path))


def _list_more(here: str, paths: Iterable[str]) -> Markup:
    """List files beside another by their names: a server shows nobody what is in a folder."""
    links = chain((_link(_step(here, path), path.rpartition("/")[2]) for path in paths), " · ")
    return tag("p", {"class": "evidence"}, links) if paths else Markup("")


def _draw_cite(joined: LocalisedTable, edition: Edition) -> Markup:
    phrases, table = joined.phrases, joined.table
    made = phrases.say("publish", "made_with", dated=say_age(phrases, table), data=shorten_hash(joined.data_hash))
    whose = phrases.join_names(list_authors(table))
    said = " ".join([*(phrases.say("stop", said=each) for each in (whose, table.title) if each), made])
    link = edition.base + find_folder(edition.language)
    parts = [said, " ", tag("a", {"href": link}, tag("bdi", {"dir": "ltr"}, link))] if edition.base else [said]
    note = tag("p", {"class": "note"}, phrases.say("publish", "made_note"))
    return tag_section("cite", phrases.say("cite"), tag("p", {"id": "citation"}, *parts), draw_licence(joined), note)


def _draw_foot(joined: LocalisedTable) -> Markup:
    phrases = joined.phrases
    strong = tag("strong", {}, say_disclaimer(phrases))
    made = tag("p", {"id": "boundaries"}, f"{write_stamp(joined)} {write_credit(joined)}")
    return tag("footer", {}, tag("p", {}, strong, " ", phrases.say("foot")), made)
