"""Every option that more than one command takes, declared once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.errors import PresenceError, Problem, TableError
from geo.option_values import BASES, CONFIDENCE, COUNTS, DEFAULT_TABLE, GRADE, GRADES, LANGUAGES

if TYPE_CHECKING:  # Whoever asks for help waits for no reader.
    from geo.model import Moment, UnitNoun

__all__ = [
    "allow_empty", "basemap", "boundaries", "boundary_words", "choices", "count", "file", "forced", "job", "kept",
    "out", "parse_day", "quiet", "refuse_open", "show", "table", "tables",
]  # fmt: skip


def _hint_at_init(ctx: click.Context, param: click.Parameter, value: Path) -> Path:  # noqa: ARG001
    """Tell someone who has no table yet how to get one."""
    if str(value) == DEFAULT_TABLE and not value.exists():
        raise TableError([Problem(DEFAULT_TABLE, "no such file", "a table; 'presence init' writes one to start from")])
    return value


def _hint_at_each(ctx: click.Context, param: click.Parameter, value: tuple[Path, ...]) -> tuple[Path, ...]:
    """Take the table of the folder where none is named; Click gives arguments without end no default."""
    return tuple(_hint_at_init(ctx, param, path) for path in value or (Path(DEFAULT_TABLE),))


table = click.argument(
    "table",
    type=click.Path(path_type=Path, allow_dash=True),
    default=DEFAULT_TABLE,
    callback=_hint_at_init,
)
tables = click.argument(
    "tables", metavar="[TABLE]...", type=click.Path(path_type=Path, allow_dash=True), nargs=-1, callback=_hint_at_each
)
count = click.option(
    "--count", type=click.Choice(COUNTS), default="groups", show_default=True,
    help="What is counted in each province: groups, or independent sources that name any.",
)  # fmt: skip
out = click.option(
    "-o", "--out", type=click.Path(path_type=Path), default="maps", show_default=True, metavar="DIR",
    help="Folder for the maps; made if it is missing.",
)  # fmt: skip
kept = click.option("--keep", is_flag=True, help="Remove no page of an earlier run from the folder.")
forced = click.option("--force", is_flag=True, help="Replace pages that were changed since they were written.")
basemap = click.option(
    "--basemap", is_flag=True, help="Lay OpenStreetMap below; the map then asks its server, which may refuse."
)
allow_empty = click.option("--allow-empty", is_flag=True, help="Accept a table without records.")
show = click.option("--open", "show", is_flag=True, help="Open the map in the browser.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")


def file(form: str | None, help_text: str, default: str | None = None) -> Callable[[Callable[..., Any]], Any]:
    """Give a command ``-o`` for its one file, in this format or, without, in one that the command knows."""

    def complete(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:  # noqa: ARG001
        from geo.api import complete_file

        return complete_file(value, form) if value and form else value

    return click.option(
        "-o", "--out", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default=default,
        show_default=default is not None, metavar="FILE", callback=complete, help=help_text,
    )  # fmt: skip


def refuse_open(show: bool, out: Path | None) -> None:
    """Refuse to open what goes to standard output."""
    from geo.api import OUTPUT

    if show and out == OUTPUT:
        raise click.UsageError("--open opens a file, and -o - writes none.")


def parse_day(ctx: click.Context, param: click.Parameter, value: str | None) -> Moment | None:  # noqa: ARG001
    """Read the day of a map."""
    from geo.read.fields.dates import read_day

    try:
        return read_day(value)
    except PresenceError as error:
        raise click.BadParameter(f"{error.problems[0].found}; expected {error.problems[0].expected}") from None


def _check_grade(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    """Take a letter, a digit or both."""
    if value is not None and not GRADE.fullmatch(value):
        raise click.BadParameter(f"{value!r}; expected {GRADES}")
    return value


_choices: dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]] = {
    "groups": click.option(
        "--group", "groups", multiple=True, metavar="ID", help="Show this group only; may be repeated."
    ),
    "level": click.option("--level", metavar="ID", help="Count claims at this level or, where it has a rank, above."),
    "roll_up": click.option("--roll-up", is_flag=True, help="Count a group as the group it is part of."),
    "as_of": click.option(
        "--as-of", metavar="DATE", callback=parse_day, help="Take only what was published by this day, month or year."
    ),
    "basis": click.option(
        "--basis", type=click.Choice(BASES), multiple=True,
        help="Take only records of this basis; may be repeated.",
    ),
    "confidence": click.option(
        "--confidence", type=click.Choice(CONFIDENCE), help="Take only records of at least this confidence."
    ),
    "grade": click.option(
        "--grade", metavar="GRADE", callback=_check_grade,
        help="Take only records graded so or better: B (source), 3 (item) or B3.",
    ),
    "language": click.option(
        "--lang", "language", type=click.Choice(LANGUAGES), default="en", show_default=True,
        help="Language: English, Dari, Pashto.",
    ),
}  # fmt: skip


_OF_A_JOB = ("choices", "boundaries", "allow_empty")


def job(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its `Job`, of what these options say that it takes; it stands below all of them."""

    @wraps(command)
    def call(*, quiet: bool = True, **given: Any) -> Any:
        from geo.api import Job
        from geo.cli.messages import choose_voice

        words = {"allow_empty": None, **{name: given.pop(name) for name in _OF_A_JOB if name in given}}
        return command(job=Job(progress=choose_voice(quiet), **words), **given)

    return call


def choices(*without: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options that say what the user wants to see but for these fields, as one `Choices`."""
    names = [name for name in _choices if name not in without]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def call(**given: Any) -> Any:
            from geo.api import Choices

            asked = {name: given.pop(name) for name in names}
            if "groups" in asked:
                asked["groups"] = asked["groups"] or None
            return command(choices=Choices(**asked), **given)

        made: Callable[..., Any] = call
        for name in reversed(names):
            made = _choices[name](made)
        return made

    return decorate


def _parse_noun(ctx: click.Context, param: click.Parameter, value: str | None) -> UnitNoun | None:  # noqa: ARG001
    """Read what units are called."""
    from geo.read.boundaries.user_units import make_noun

    try:
        return None if value is None else make_noun(value)
    except PresenceError as error:
        raise click.BadParameter(f"{error.problems[0].found}; expected {error.problems[0].expected}") from None


_words: list[Callable[[Callable[..., Any]], Callable[..., Any]]] = [
    click.option("--layer", metavar="NAME", help="Layer of the boundary file, where it has several."),
    click.option("--key", metavar="FIELD", help="Go by this field of it alone; by all of them without."),
    click.option("--aliases", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                 help="CSV: a text of the boundary file, and the name or code it means here (- for no unit)."),
    click.option("--units", metavar="NOUN", callback=_parse_noun,
                 help="Take every shape for a unit of its own, called so: district, or oblast/oblasti."),
    click.option("--name", metavar="FIELD", help="With --units: the field of names; --key is that of codes."),
    click.option("--within", metavar="FIELD",
                 help="With --units: the field of the larger area that holds each; a record may name it as `region`."),
    click.option("--dissolve", is_flag=True,
                 help="Unite the shapes of each province; with --units those of each area of --within."),
]  # fmt: skip
_file = click.option(
    "--boundaries", "boundary_file", type=click.Path(path_type=Path), metavar="FILE",
    help="GeoJSON, TopoJSON, Shapefile (or .zip), GeoPackage; the bundled provinces without.",
)  # fmt: skip


def boundary_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how its ``boundary_file`` is read, as one `BoundaryFile`."""

    @wraps(command)
    def call(*, boundary_file: Path | None, **given: Any) -> Any:
        from geo.api import BoundaryFile
        from geo.read.boundaries.user_units import UnitChoices

        layer, key, aliases = (given.pop(word) for word in ("layer", "key", "aliases"))
        units, name, within, dissolve = (given.pop(word) for word in ("units", "name", "within", "dissolve"))
        if boundary_file is None and any((layer, key, aliases, units, name, within, dissolve)):
            raise click.UsageError("--layer, --key and the like say how a file is read: --boundaries FILE is missing.")
        if units is None and any((name, within)):
            raise click.UsageError("--name and --within go with --units NOUN.")
        own = None if units is None else UnitChoices(units, None, name, within, dissolve)
        return command(
            boundaries=BoundaryFile(boundary_file, layer, key, aliases, own, dissolve and own is None), **given
        )

    for word in reversed(_words):
        call = word(call)
    return call


def boundaries(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--boundaries`` and the options that go with it."""
    return _file(boundary_words(command))
