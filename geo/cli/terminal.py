"""The door by which text reaches a terminal, and rows of text in columns."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import click

__all__ = ["HIDDEN", "align", "ask", "echo", "show", "show_html", "show_json", "show_line", "write_json"]

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys or hides instead of showing it; only the tab and the end of a line are meant."""


def show(text: str) -> str:
    r"""Write what a terminal would obey as an escape, so that it is seen instead.

    Examples
    --------
    >>> print(show("\x1b[2Ja\u202eb"))
    \x1b[2Ja\u202eb
    """
    return HIDDEN.sub(lambda found: ascii(found[0])[1:-1], text)


def show_line(text: str) -> str:
    r"""Do the same for what stands on one line, which the end of a line would leave.

    Examples
    --------
    >>> print(show_line("a\nb"))
    a\nb
    """
    return show(text).replace("\n", "\\n")


def echo(text: str, *, err: bool = False, nl: bool = True, over: bool = False) -> None:
    """Print text, which may come from a table, a file name or a page; nothing else here prints.

    With ``over`` it takes the place of the line on which a terminal stands.

    Examples
    --------
    >>> echo("Kabul")
    Kabul
    """
    click.echo("\r" * over + show(text), err=err, nl=nl)


def ask(question: str) -> str | None:
    """Ask for a line, which may be empty; None where the person ends the input.

    Ctrl-C ends the program as everywhere.
    """
    from geo.cli.signals import came

    try:
        answer: str = click.prompt(show_line(question), default="", show_default=False, prompt_suffix=" ")
    except click.Abort:
        if came:
            raise KeyboardInterrupt from None
        return None
    return answer.strip()


def write_json(data: dict[str, Any]) -> str:
    r"""Write JSON for people and programs, in which no terminal finds anything to obey.

    Examples
    --------
    >>> print(write_json({"a": "\x9b"}))
    {
      "a": "\u009b"
    }
    """
    import json  # Few commands write any.

    return show_json(json.dumps(data, ensure_ascii=False, indent=2))


def show_json(text: str) -> str:
    r"""Write in a JSON text what a terminal would obey as JSON's own escapes.

    Examples
    --------
    >>> print(show_json('"a\u202eb"'))
    "a\u202eb"
    """
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def show_html(text: str) -> str:
    r"""Write in HTML, or Markdown, what a terminal would obey or its encoding lacks as character references.

    Controls, which HTML has no place for, become the sign for what cannot be shown.

    Examples
    --------
    >>> show_html("<b>a\u202eb\x1b</b>")
    '<b>a&#x202e;b\ufffd</b>'
    """
    spelt = HIDDEN.sub(lambda found: f"&#x{ord(found[0]):x};" if found[0] > "\xa0" else "\ufffd", text)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return spelt.encode(encoding, "xmlcharrefreplace").decode(encoding)


def align(rows: Sequence[Sequence[str]]) -> list[str]:
    """Pad cells so that columns stand under each other, one line a row without blanks at its end.

    Examples
    --------
    >>> align([("CODE", "NAME"), ("AF-KAB", "Kabul")])
    ['CODE    NAME', 'AF-KAB  Kabul']
    >>> align([])
    []
    """
    rows = [[show_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
