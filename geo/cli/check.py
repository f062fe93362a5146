"""`presence check`: what is wrong or doubtful in a table, and the colours its groups get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from geo.cli import options
from geo.cli.github_annotations import word_command
from geo.cli.messages import count, word_warnings
from geo.cli.terminal import align, echo, show_line, write_json
from geo.errors import Problem, TableError
from geo.option_values import QUOTE_STATES

if TYPE_CHECKING:
    from geo.api import Checked, CheckedQuotes, Job
    from geo.quotes.table_quotes import QuoteFinding

__all__ = ["command"]

MOST_PLACES = 4
Result: TypeAlias = "Checked | TableError"


@click.command("check")
@options.tables
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--quotes", is_flag=True, help="Look for each quote in the copy of its source.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True,
              help="For people, for programs, or as annotations of GitHub Actions.")  # fmt: skip
@click.option("--since", type=click.Path(path_type=Path), metavar="FILE",
              help="The table as published, or its folder: warn of what changed and is not in the log.")  # fmt: skip
@options.choices("groups", "level", "roll_up", "language")
@options.boundaries
@options.allow_empty
@options.job
@click.pass_context
def command(
    ctx: click.Context, tables: tuple[Path, ...], strict: bool, quotes: bool, form: str, since: Path | None, job: Job
) -> None:
    """Tell what is wrong or doubtful in a table.

    Prints what each TABLE (presence.yaml unless you name others) holds, and the slot and colour of each group; warnings
    go to standard error. The exit code is 1 where there are errors; with --since and --strict also where anything
    changed without an entry in the log of corrections, which `presence log` drafts. With --quotes a quote that does
    not stand in the `copy` of its source is an error; blanks, hyphens at ends of lines, quotation marks and ligatures
    make no difference, every other letter does.

    \b
    Examples:
      presence check
      presence check --as-of 2020-07                     what counts of it on that day
      presence check --strict --format json provinces.yaml
      presence check --quotes                            each quote found in the copy of its source, or not
      presence check --since tables/one.yaml             what changed since and is not in its log
      presence check --format github tables/*.yaml       in a workflow of GitHub Actions
    """
    if since and len(tables) > 1:
        raise click.UsageError("--since compares one table with what was published of it.")
    results = [_check(table, strict, quotes, since, job) for table in tables]
    if form == "json":
        told = [_describe(result) for result in results]
        echo(write_json(told[0] if len(told) == 1 else _join(tables, told)))
    elif form == "github":
        for result in results:
            _annotate(result, strict)
    else:
        _tell(tables, results)
    if any(isinstance(result, TableError) or result.errors for result in results):
        ctx.exit(1)


def _check(table: Path, strict: bool, quotes: bool, since: Path | None, job: Job) -> Result:
    """Check one table; what is wrong in it is a result like any other."""
    from geo.api import check_table

    try:
        checked = check_table(table, job, since, quotes=quotes)
    except TableError as error:
        return error
    return TableError((*checked.errors, *checked.warnings)) if strict and checked.warnings else checked


def _tell(tables: tuple[Path, ...], results: list[Result]) -> None:
    """Tell people of each table in turn; problems stand together at the end, where they are seen."""
    blocks = []
    for table, result in zip(tables, results, strict=True):
        if not isinstance(result, TableError):
            for line in word_warnings(result.warnings):
                echo(line, err=True)
            blocks.append(
                _word_table(result) if len(tables) == 1 else f"{show_line(str(table))}\n{_word_table(result)}"
            )
    if blocks:
        echo("\n\n".join(blocks))
    if errors := [problem for result in results for problem in _list_errors(result)]:
        raise TableError(errors) from next((each for each in results if isinstance(each, TableError)), None)


def _list_errors(result: Result) -> tuple[Problem, ...]:
    return result.problems if isinstance(result, TableError) else result.errors


def _annotate(result: Result, strict: bool) -> None:
    """Print nothing but workflow commands: GitHub obeys any line that looks like one, a title too."""
    told = result.problems if isinstance(result, TableError) else (*result.errors, *result.warnings)
    for problem in told:
        echo(word_command(problem, "error" if strict else problem.severity))


def _count_parts(checked: Checked) -> dict[str, int]:
    table = checked.table
    names = ("groups", "records", "claims", "sources", "levels", "relations")
    return {name: len(getattr(table, name)) for name in names}


def _word_table(checked: Checked) -> str:
    counts = ", ".join(count(number, name[:-1]) for name, number in _count_parts(checked).items())
    hidden = sum(checked.hidden.values())
    counts += f"; {count(hidden, 'record')} left out" if hidden else ""
    counts += f"; {count(checked.stale, 'record')} out of date" if checked.stale else ""
    rows = [
        (str(slot.slot + 1), slot.colour, slot.group, checked.table.groups[slot.group].name) for slot in checked.slots
    ]
    told = [show_line(checked.table.title), counts, *align([("SLOT", "COLOUR", "GROUP", "NAME"), *rows])]
    return "\n".join([*told, *(["", *_word_quotes(checked.quotes)] if checked.quotes else [])])


def _word_quotes(quotes: CheckedQuotes) -> Iterator[str]:
    """Count what became of quotes, then say it of each: where it stands in the copy, or what is most like it there."""
    states = [each.state for each in quotes.findings]
    yield f"{count(len(states), 'quote')}: {', '.join(f'{states.count(state)} {state}' for state in QUOTE_STATES)}"
    rows = [
        (str(each.evidence.position or ""), each.of, each.evidence.source or "", each.state, _say_where(each))
        for each in quotes.findings
    ]
    yield from align([("PLACE", "OF", "SOURCE", "QUOTE", "IN ITS COPY"), *rows]) if rows else ()


def _say_where(finding: QuoteFinding) -> str:
    found = finding.found
    more = len(found.places) - MOST_PLACES
    places = "; ".join(map(str, found.places[:MOST_PLACES])) + (f" and {more} more" if more > 0 else "")
    return f"{places}, {found.why}" if found.why else f"nearest: {places}" if found.nearest else places


def _describe(result: Result) -> dict[str, Any]:
    if isinstance(result, TableError):
        return {"ok": False, "problems": _list_problems(result.problems)}
    slots = [{"slot": slot.slot + 1, "colour": slot.colour, "group": slot.group} for slot in result.slots]
    return {
        "ok": not result.errors,
        "title": result.table.title,
        "counts": _count_parts(result) | {"left_out": sum(result.hidden.values()), "out_of_date": result.stale},
        "slots": slots,
        **({"quotes": [*map(_describe_quote, result.quotes.findings)]} if result.quotes else {}),
        "problems": _list_problems((*result.errors, *result.warnings)),
    }


def _describe_quote(finding: QuoteFinding) -> dict[str, Any]:
    evidence, found = finding.evidence, finding.found
    position = evidence.position
    return {
        "of": finding.of,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "source": evidence.source,
        "quote": evidence.quote,
        "state": found.state,
        "places": [{"page": place.page, "line": place.line} for place in found.places],
        "why": found.why or None,
        "nearest": found.nearest or None,
    }


def _join(tables: tuple[Path, ...], told: list[dict[str, Any]]) -> dict[str, Any]:
    """Put what is told of several tables together: whoever reads only ``ok`` and ``problems`` reads all."""
    return {
        "ok": all(each["ok"] for each in told),
        "tables": [{"table": str(table), **each} for table, each in zip(tables, told, strict=True)],
        "problems": [problem for each in told for problem in each["problems"]],
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
