"""`presence verify`: whether a folder is as it was published, and by whom; never more than was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli import options
from geo.cli.messages import count
from geo.cli.terminal import echo, show_line, write_json
from geo.option_values import VERIFY_FORMS

if TYPE_CHECKING:
    from geo.api import FileFinding, Verification
    from geo.model import Moment

__all__ = ["command"]

MOST_FILES = 50
MOST_CLAIMS = 10
LONGEST_CLAIM = 200
STATES = ("changed", "missing", "added")


@click.command("verify")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--signers", type=click.Path(path_type=Path), metavar="FILE",
              help="Who may have signed it: a file of allowed signers of OpenSSH, not from DIR.")  # fmt: skip
@click.option("--at-least", callback=options.parse_day, metavar="DATE",
              help="Refuse a table that may be older than this day, month or year.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(VERIFY_FORMS), default="text", show_default=True,
              help="For people, for a program.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, folder: Path, signers: Path | None, at_least: Moment | None, form: str) -> None:
    """Tell whether a published folder is as it was published.

    Each file in DIR is compared with manifest.json there: changed, missing, added; of a changed page also which claims
    differ. That list alone could be anyone's. If 'presence publish --sign' signed it, ssh-keygen checks the signature,
    and with --signers whose it is; without, any key is taken. The date is that of the table: an older folder that is
    whole is told as what it is, and refused with --at-least.

    Ends with 1 where anything differs, a signature is bad, the signer is unknown or the table older than asked for.

    \b
    Examples:
      presence verify public
      presence verify public --signers signers.txt --at-least 2020-06
    """
    from geo.api import VerifyOptions, verify_folder

    found = verify_folder(folder, VerifyOptions(signers, at_least))
    if form == "json":
        _print(write_json(_describe(found, folder)))
    else:
        for line in _word(found, folder, signers):
            _print(show_line(line))
    if not found.is_whole:
        ctx.exit(1)


def _print(text: str) -> None:
    """Print text with names of files that need be in no encoding, as JSON too writes what is none."""
    echo(text.encode(errors="backslashreplace").decode())


def _word(found: Verification, folder: Path, signers: Path | None) -> Iterator[str]:
    yield f"{folder}: {_word_verdict(found, signers)}"
    yield from (f"  {fault}" for fault in found.faults)
    for state in STATES:
        files = [each for each in found.differing if each.state == state]
        for each in files[:MOST_FILES]:
            yield from _word_file(each)
        if len(files) > MOST_FILES:
            yield f"  {state} {len(files) - MOST_FILES:,} more: --format json lists all"
    from geo.attribution import shorten_hash

    table = found.manifest
    dated = f"of {table.as_of}" if table.as_of else "without a date"
    made = f"table {table.title!r}, {dated}, data {shorten_hash(table.hash)}, presence-maps {table.tool}"
    yield f"  {_count(found)}; {made}"
    yield from (f"  not looked at: {each}" for each in found.skipped)


def _word_verdict(found: Verification, signers: Path | None) -> str:
    """Say what was found, as far as it was checked."""
    key = found.signer.key
    if key is None:
        if found.is_signed:
            return "not as signed: the signature is bad, so nothing here is known to be as published"
        return "differs from its own list" if found.differing else "matches its own list, which anyone can write"
    by = f"{found.signer.name}, {key}" if found.signer.name else str(key)
    checked = (
        f"signer named by {signers}" if found.signer.name else "signer not checked" if not signers else "signer unknown"
    )
    return f"{'changed' if found.differing else 'unchanged'} since signed by {by} ({checked})"


def _word_file(file: FileFinding) -> Iterator[str]:
    yield f"  {file.state} {file.path}" + (f": {file.why}" if file.why else "")
    if file.other:
        yield from _word_claims(f"claims that {file.other} has not", file.only_here)
        yield from _word_claims(f"claims of {file.other} that it has not", file.only_there)
        if not file.only_here and not file.only_there:
            yield f"    the same claims as {file.other}; what else differs was not compared"


def _word_claims(what: str, claims: Sequence[str]) -> Iterator[str]:
    if claims:
        more = f"; and {len(claims) - MOST_CLAIMS:,} more" if len(claims) > MOST_CLAIMS else ""
        yield f"    {what}: {'; '.join(each[:LONGEST_CLAIM] for each in claims[:MOST_CLAIMS])}{more}"


def _count(found: Verification) -> str:
    """Count files by their state, those that are as the list says first."""
    states = Counter(each.state for each in found.files)
    listed = "as signed" if found.signer.key else "as listed"
    others = [f"{states[state]:,} {state}" for state in STATES if states[state]]
    return ", ".join([f"{count(states['as listed'], 'file')} {listed}", *others])


def _describe(found: Verification, folder: Path) -> dict[str, Any]:
    """Describe the same for a program, each file with its state."""
    key = found.signer.key
    signed = {"kind": key.kind, "fingerprint": key.fingerprint, "signer": found.signer.name or None} if key else None
    return {
        "folder": str(folder),
        "whole": found.is_whole,
        "signed": found.is_signed,
        "signature": signed,
        "faults": list(found.faults),
        "table": {"title": found.manifest.title, "as_of": found.manifest.as_of or None, "hash": found.manifest.hash},
        "files": [_describe_file(each) for each in found.files],
        "skipped": list(found.skipped),
    }


def _describe_file(file: FileFinding) -> dict[str, Any]:
    told: dict[str, Any] = {"path": file.path, "state": file.state}
    told |= {"why": file.why} if file.why else {}
    claims = {"compared_with": file.other, "only_here": list(file.only_here), "only_there": list(file.only_there)}
    return told | ({"claims": claims} if file.other else {})
