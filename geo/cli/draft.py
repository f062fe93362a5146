"""`presence draft`: a text becomes proposals of records, for a person to accept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from geo.cli import options
from geo.cli.messages import count, name_place, word_warnings
from geo.option_values import DEFAULT_TABLE

if TYPE_CHECKING:
    from geo.api import Drafted, Job

__all__ = ["command"]


@click.command("draft")
@click.argument("texts", type=click.Path(path_type=Path, allow_dash=True), nargs=-1, required=True, metavar="TEXT...")
@options.file("yaml", "The draft, .yaml; standard output without.", "-")
@click.option("--table", type=click.Path(path_type=Path), default=DEFAULT_TABLE, show_default=True, metavar="FILE",
              help="The table whose groups, aliases and levels are looked for.")  # fmt: skip
@click.option("--source", metavar="ID", help="The id that the text has, or will have, under `sources` of the table.")
@click.option("--review", is_flag=True,
              help="Go through what is proposed on this terminal; what you accept goes into the table.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace a file that stands there.")
@options.boundaries
@options.quiet
@options.job
@click.pass_context
def command(
    ctx: click.Context, texts: tuple[Path, ...], out: Path, table: Path, source: str | None, review: bool, force: bool,
    job: Job,
) -> None:  # fmt: skip
    """Draft records from a text, for a person to accept.

    TEXT is plain text, Markdown, HTML or PDF, or - for standard input. What it says of the groups of a table is written
    as YAML in which every proposal is a comment, with the sentence that it rests on and its place. Nothing enters a
    table by itself: take "# " off the lines that are right, answer where "?" stands, and put them into the table. No
    model and no network has a part in it.

    With --review you are asked of one proposal after the other, on a terminal: accept, edit, skip. What you accept is
    in the table at once, with every comment and every other byte as it was. You may stop at any moment; the same
    command goes on where you stopped.

    \b
    Examples:
      presence draft report.txt --source un-2020
      presence draft report.txt --source un-2020 --review
      presence draft page.html annex.md --table presence.yaml -o draft.yaml
    """
    from geo.api import DraftOptions, build_draft

    if review:
        from geo.cli.draft_review import check_terminal, review_texts

        _refuse_draft(ctx)
        check_terminal(texts)
        review_texts(texts, DraftOptions(table, source), job)
        return
    drafted = build_draft(texts, out, job, DraftOptions(table, source), force=force)
    for line in (*word_warnings(drafted.told), _summarise(drafted, out)):
        job.progress(line)


def _refuse_draft(ctx: click.Context) -> None:
    """Refuse words about a draft where none is written."""
    if given := [name for name in ("out", "force") if ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE]:
        named = " and ".join({"out": "-o", "force": "--force"}[name] for name in given)
        raise click.UsageError(f"--review writes into the table and no draft: leave out {named}, or --review.")


def _summarise(drafted: Drafted, out: Path) -> str:
    """Say how much is proposed, and why it is nothing where it is."""
    draft = drafted.draft
    asked = sum(each.is_question for each in draft.records)
    rest = len(draft.strengths) + len(draft.statements) + len(draft.ties)
    said = (
        f"{count(len(draft.records) - asked, 'record')}, {count(asked, 'question')}, {count(rest, 'further proposal')}"
    )
    hint = "" if draft.records else "; no sentence says of a group of the table that it is in a place"
    return f"wrote {name_place(out)}: {said}{hint}"
