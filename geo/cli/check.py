"""`presence check`: what is wrong or doubtful in a table, and the colours its groups get."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from geo.build import Checked, check_table
from geo.cli import options
from geo.cli.say import count, word_warnings
from geo.cli.text import HIDDEN, align, echo, show_line
from geo.errors import Problem, TableError

__all__ = ["command"]


@click.command("check")
@options.table
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people or for programs.")  # fmt: skip
@options.allow_empty
@click.pass_context
def command(ctx: click.Context, table: Path, strict: bool, form: str, allow_empty: bool) -> None:
    """Tell what is wrong or doubtful in a table.

    Prints what TABLE (presence.yaml unless you name another) holds, and the slot and colour of each group; warnings
    go to standard error. The exit code is 1 where there are errors.

    \b
    Examples:
      presence check
      presence check --strict --format json provinces.yaml
    """
    try:
        checked = check_table(table, allow_empty=allow_empty)
        if strict and checked.warnings:
            raise TableError(checked.warnings)
    except TableError as error:
        if form == "text":
            raise
        echo(_write_json({"ok": False, "problems": _list_problems(error.problems)}))
        ctx.exit(1)
    if form == "json":
        echo(_write_json(_describe(checked)))
        return
    for line in word_warnings(checked.warnings):
        echo(line, err=True)
    echo(_word_table(checked))


def _count_parts(checked: Checked) -> dict[str, int]:
    table = checked.table
    names = ("groups", "records", "claims", "sources", "levels", "relations")
    return {name: len(getattr(table, name)) for name in names}


def _word_table(checked: Checked) -> str:
    counts = ", ".join(count(number, name[:-1]) for name, number in _count_parts(checked).items())
    rows = [
        (str(slot.slot + 1), slot.colour, slot.group, checked.table.groups[slot.group].name) for slot in checked.slots
    ]
    return "\n".join([show_line(checked.table.title), counts, *align([("SLOT", "COLOUR", "GROUP", "NAME"), *rows])])


def _describe(checked: Checked) -> dict[str, Any]:
    slots = [{"slot": slot.slot + 1, "colour": slot.colour, "group": slot.group} for slot in checked.slots]
    return {
        "ok": True,
        "title": checked.table.title,
        "counts": _count_parts(checked),
        "slots": slots,
        "problems": _list_problems(checked.warnings),
    }


def _list_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "file": problem.file,
            "line": problem.position.line if problem.position else None,
            "column": problem.position.column if problem.position else None,
            "severity": problem.severity,
            "found": problem.found,
            "expected": problem.expected,
            "nearest": list(problem.nearest),
        }
        for problem in problems
    ]


def _write_json(data: dict[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
