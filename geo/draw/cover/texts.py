"""Plain texts beside the figures and pages of a publication: captions and alternative texts, and snippets of HTML."""

from __future__ import annotations

from collections.abc import Iterator

from geo.draw.cover.content import MAIN, Edition, find_folder, name_social
from geo.draw.figure.words_inside import FigureWords
from geo.draw.web.embed import HEIGHT, RESIZE_HASH, draw_frame, draw_picture
from geo.draw.wording.captions import end_sentence, say_disclaimer, write_kicker, write_stamp
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.localised_names import LocalisedTable
from geo.option_values import FORMATS

__all__ = ["write_alternative_texts", "write_snippets"]


def write_alternative_texts(joined: LocalisedTable, edition: Edition) -> str:
    """Write caption, alternative text and credit of each picture, as they stand in its file, to be pasted elsewhere."""
    pictures = {", ".join(f"{kind}.{form}" for form in FORMATS): words for kind, words in edition.figures.items()}
    if edition.social:
        up = "" if edition.language == MAIN else "../"
        pictures[up + name_social(edition.language)] = edition.social
    return "\n".join(_write_picture(joined, files, words) for files, words in pictures.items())


def _write_picture(joined: LocalisedTable, files: str, words: FigureWords) -> str:
    phrases = joined.phrases
    told = words.title, words.deck, write_kicker(joined)
    caption = " ".join([*(end_sentence(phrases, each) for each in told if each), say_disclaimer(phrases)])
    credit = " ".join(filter(None, [end_sentence(phrases, words.author), words.credit, write_stamp(joined)]))
    said = {"caption": caption, "alternative": words.description, "credit": credit}
    return "".join([f"{files}\n", *(f"{phrases.say('publish', key, said=text)}\n" for key, text in said.items())])


def write_snippets(phrases: Catalogue, edition: Edition) -> str:
    """Write the HTML by which other pages show each page; of a whole address where that is known."""
    place = phrases.say("publish", "anywhere" if edition.base else "beside")
    policy = phrases.say("publish", "policy", hash=RESIZE_HASH)
    return "\n".join([f"{place}\n{policy}\n", *_list_snippets(phrases, edition)])


def _list_snippets(phrases: Catalogue, edition: Edition) -> Iterator[str]:
    base = edition.base and edition.base + find_folder(edition.language)
    for name, page in edition.pages.items():
        file, language = f"{name}.html", edition.language
        yield f"== {file}: {phrases.say('publish_page', name)}\n"
        frame = draw_frame(page.title, file, HEIGHT, language, base)
        yield f"{phrases.say('publish', 'frame')}\n\n{frame!s}"
        if name in edition.figures:
            picture = draw_picture(page.title, page.description, file, f"{name}.png", language, base)
            yield f"{phrases.say('publish', 'picture')}\n\n{picture!s}"
