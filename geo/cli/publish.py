"""`presence publish`: a table as a folder that goes public as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import tell_published
from geo.option_values import LANGUAGES

if TYPE_CHECKING:
    from geo.api import Job

__all__ = ["command"]


@click.command("publish")
@options.table
@click.option("-o", "--out", type=click.Path(path_type=Path), default="publication", show_default=True, metavar="DIR",
              help="Folder for the publication; made if it is missing.")  # fmt: skip
@click.option("--lang", "languages", type=click.Choice(LANGUAGES), multiple=True,
              help="Language beside English; may be repeated.  [default: those that the table has]")  # fmt: skip
@click.option("--base-url", default="", metavar="URL",
              help="Address at which the folder will stand, for search engines and social media.")  # fmt: skip
@click.option("--sign", type=click.Path(path_type=Path), metavar="KEY",
              help="SSH key that signs manifest.json: a private one, or a public one of an agent.")  # fmt: skip
@click.option("--force", is_flag=True,
              help="Replace whatever stands where a file goes, and the publication of another table.")  # fmt: skip
@options.boundaries
@options.allow_empty
@options.quiet
@options.job
def command(
    table: Path, out: Path, languages: tuple[str, ...], base_url: str, sign: Path | None, force: bool, job: Job
) -> None:
    """Write a folder to publish: maps, figures, data, a cover.

    Into the folder go every map of 'presence build' in every language that the table has, figures as SVG, PNG and PDF,
    a picture for social media, alternative texts, snippets to embed, the table written anew without comments and
    without what is `internal`, CSV, GeoJSON, a Data Package, STIX 2.1, how to cite it, and manifest.json, the list of
    all files with their SHA-256. index.html is its cover. A figure that has no room for what it says is left out.

    It holds all of the table: 'presence build' and 'presence figure' show a part. Either all is written or nothing. A
    second run replaces what the first one wrote. What was changed since, what no publication wrote, and the publication
    of another table are refused, unless --force is given; other files in the folder stay. TABLE is presence.yaml unless
    you name another.

    With --sign, ssh-keygen signs manifest.json into manifest.json.sig; nobody is asked for a passphrase, so a key that
    has one goes into an agent first. 'presence verify' compares the folder with both.

    \b
    Examples:
      presence publish
      presence publish provinces.yaml -o public --base-url https://example.org/maps/
      presence publish --lang fa -o public --sign maps.key
    """
    from geo.api import PublishOptions, publish_table

    chosen = PublishOptions(languages or None, base_url, force, sign)
    tell_published(publish_table(table, out, job, chosen), out, table, job)
