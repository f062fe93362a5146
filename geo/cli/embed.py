"""`presence embed`: the HTML by which a web page or a CMS shows a map."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import Voice, choose_voice
from geo.cli.terminal import echo, show_html

if TYPE_CHECKING:
    from geo.api import Snippets

__all__ = ["command"]

LIVE = "<!-- Live: shows the map as it is whenever this page is opened. -->"
FROZEN = "<!-- Frozen: shows this state of the map for good. -->"
PICTURE = "<!-- Where frames are stripped: a picture that leads to the map. -->"


@click.command("embed")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--live", "only", flag_value="live", help="Print the snippet that follows the file, and no other.")
@click.option(
    "--frozen", "only", flag_value="frozen", help="Print the snippet of a copy that never changes, and no other."
)
@click.option("--height", type=click.IntRange(200, 20_000), metavar="PIXELS",
              help="Height of the frame where the map cannot tell its own.  [default: 900]")  # fmt: skip
@options.quiet
def command(file: Path, only: str | None, height: int | None, quiet: bool) -> None:
    """Print the HTML that shows a map in a web page.

    FILE is a map such as maps/overlay.html. Three snippets are printed: live, which shows FILE as it is; frozen, which
    shows a copy that is written beside it and named after its content; and a picture with a link, for systems that
    strip frames. Paste one of them, and put the map, or the copy, beside the page.

    \b
    Examples:
      presence embed maps/overlay.html
      presence embed maps/report.html --frozen --height 1200
    """
    from geo.api import build_snippets

    voice = choose_voice(quiet)
    made = build_snippets(file, height=height, freeze=only != "live")
    parts = {"live": (LIVE, made.live), "frozen": (FROZEN, made.frozen), "picture": (PICTURE, made.picture)}
    for name, (label, snippet) in parts.items():
        if only is None:
            echo(show_html(f"{label}\n{snippet}"))
        elif name == only:
            echo(show_html(snippet), nl=False)
    _tell(made, _say_picture(made, file) if only is None else "", voice)


def _say_picture(made: Snippets, file: Path) -> str:
    """Say how to make the picture of a page, in its language and of what it shows."""
    picture = file.with_name(made.image)
    if not made.figure:
        return f"the picture is one of the screen: open {file.name}, and save it as {shlex.quote(str(picture))}"
    words = shlex.join(("presence", "figure", *made.figure, "--format", "png", "-o", str(picture)))
    return f"make the picture with: {words}; name the table and choose --as-of and the like as for the map"


def _tell(made: Snippets, figure: str, voice: Voice) -> None:
    """Say what was written, how to make the picture, and what a strict site has to allow."""
    if made.copy:
        voice(f"wrote {made.copy}, the frozen copy")
    if figure:
        voice(figure)
    voice(f"where a Content-Security-Policy holds, add {made.resize_hash} to script-src and 'self' to frame-src")
