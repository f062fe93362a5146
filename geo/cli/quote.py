"""`presence quote`: a sentence of the copy of a source, by some of its words, ready for a record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import word_warnings
from geo.cli.terminal import echo, show_line
from geo.option_values import DEFAULT_TABLE

if TYPE_CHECKING:
    from geo.api import Job
    from geo.quotes.quote_search import Quotable

__all__ = ["command", "word_quotable"]


@click.command("quote")
@click.argument("source", metavar="SOURCE")
@click.argument("words", metavar="WORDS")
@click.option("--table", type=click.Path(path_type=Path), default=DEFAULT_TABLE, show_default=True, metavar="FILE",
              help="The table that has the source.")  # fmt: skip
@options.boundaries
@options.quiet
@options.job
def command(source: str, words: str, table: Path, job: Job) -> None:
    """Find a sentence in the copy of a source, to quote it.

    SOURCE is the id of a source with a `copy`, WORDS are some of the sentence, in quotes. Prints the lines of a record:
    the quote, its page where there are pages, and a locator where its words stand there more than once. Several
    sentences are printed one after the other, each with its place.

    \b
    Examples:
      presence quote un-2020 "training camps"
      presence quote un-2020 "training camps" --table presence.yaml
    """
    from geo.api import look_up_quote

    found = look_up_quote(source, words, table, job)
    for line in word_warnings(found.told):
        job.progress(line)
    echo("\n".join(word_quotable(each) for each in found.sentences))
    if len(found.sentences) > 1:
        job.progress(f"{len(found.sentences)} sentences hold these words; more of the words find fewer")


def word_quotable(found: Quotable) -> str:
    r"""Word a sentence as lines of a record, below its place.

    Examples
    --------
    >>> from geo.quotes.quote_search import Quotable
    >>> from geo.quotes.quoted_document import QuotePlace
    >>> print(word_quotable(Quotable('He said: "no".', QuotePlace(3, 12))))
    # page 12, line 3
    quote: "He said: \"no\"."
    page: "12"
    """
    lines = [f"# {found.place}", f"quote: {_quote(found.quote)}"]
    lines += [f"page: {_quote(found.page)}"] if found.page else []
    if found.locator:
        sides = {"prefix": found.locator.prefix, "suffix": found.locator.suffix}
        told = ", ".join(f"{side}: {_quote(text)}" for side, text in sides.items() if text)
        lines.append(f"locator: {{{told}}}")
    return "\n".join(map(show_line, lines))


def _quote(text: str) -> str:
    """Write a text in quotes, in which YAML finds nothing but the text."""
    return json.dumps(text, ensure_ascii=False)
