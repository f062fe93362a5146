"""The command `presence`: finds its commands when they are asked for and turns every error into an exit code."""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import keyword
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from geo import __version__
from geo.cli.signals import INTERRUPTED, answer_signals, find_exit, ignore_signals, word_end
from geo.cli.streams import close_streams, open_streams
from geo.cli.terminal import echo, show
from geo.errors import FormatError, PresenceError

__all__ = ["main", "run"]

COMMANDS = {
    "build": "Draw every map of a table into a folder.",
    "edit": "Edit a table by form and map, in a browser.",
    "watch": "Draw every map again whenever the table is saved.",
    "choropleth": "Draw how many groups are named in each province.",
    "overlay": "Draw which groups are named in each province.",
    "compare": "Compare the footprints of groups, or what two sources say.",
    "timeline": "Draw a table over time.",
    "diff": "Tell what differs between two tables.",
    "events": "Count recorded events in provinces.",
    "figure": "Draw a figure for print or a slide.",
    "publish": "Write a folder to publish: maps, figures, data, a cover.",
    "verify": "Tell whether a published folder is as it was published.",
    "embed": "Print the HTML that shows a map in a web page.",
    "check": "Tell what is wrong or doubtful in a table.",
    "quote": "Find a sentence in the copy of a source, to quote it.",
    "log": "Draft the log of corrections from an older table.",
    "fmt": "Tidy a table, and keep its words, comments and order.",
    "provinces": "List provinces with their names and codes.",
    "boundaries": "Tell what is in a boundary file.",
    "init": "Write a commented table to start from.",
    "schema": "Print the format of a table as a JSON Schema.",
    "draft": "Draft records from a text, for a person to accept.",
    "import": "Turn a spreadsheet into a table.",
    "export": "Write a table for spreadsheets, GIS and exchange.",
}
"""Each command and the first line of its help, said here so that a list of them loads none."""

INTERNAL = 70  # exit code; 1 and 2 are Click's own, those of signals stand in geo.cli.signals


def run() -> NoReturn:
    """Run the command in a process of its own, without searching for cyclic garbage: it ends too soon to need that."""
    gc.disable()
    atexit.register(gc.freeze)  # Otherwise Python searches everything once more on its way out.
    answer_signals()
    open_streams()
    try:
        code = _run_main()
        is_told = close_streams()
    except KeyboardInterrupt:  # a signal outside of any command
        code, is_told = INTERRUPTED, True
    ignore_signals()
    sys.exit(find_exit(code if is_told else code or 1))


def _run_main() -> int:
    try:
        main(prog_name="presence")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except PresenceError as error:  # from --help and --version, which no command answers
        echo(str(error), err=True)
        return 1
    return 0


class Problems(click.ClickException):
    """Problems to mend, shown as they are, so that an editor finds ``file:line:column`` at the start."""

    def show(self, file: Any = None) -> None:
        """Print the problems, one a line."""
        click.echo(show(self.message), file=file, err=file is None)


class WrongUsage(Problems):
    """Problems of the words of a command, which tell more than Click knows."""

    exit_code = click.UsageError.exit_code


@contextmanager
def _show_words() -> Iterator[None]:
    """Let Click name a wrong word so that it can be seen, not as it was written."""
    try:
        yield
    except click.UsageError as error:
        said = error.format_message()
        if show(said) == said:
            raise
        raise click.UsageError(show(said), error.ctx) from error


class LazyGroup(click.Group):
    """Loads a command's module only when needed, and is the one place where errors become exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # Click's signature
        """Name all commands in the order of a first use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(cmd_name, COMMANDS)
            return ctx.fail(f"No such command {cmd_name!r}. Did you mean {near[0]!r}?") if near else None
        ending = "_" if keyword.iskeyword(cmd_name) else ""  # no module can be called "import"
        command: click.Command = importlib.import_module(f"geo.cli.{cmd_name}{ending}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands; Click would load them all to ask each for its first line."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the command; Click would repeat a wrong one as it is."""
        with _show_words():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            with _show_words():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            echo(word_end(), err=True)
            ctx.exit(find_exit(INTERRUPTED))
        except Exception as error:  # noqa: BLE001  # the last line of defence: nothing else may reach the user
            if ctx.params.get("debug"):
                import traceback

                traceback.print_exc()
            _fail(ctx, error)


def _fail(ctx: click.Context, error: Exception) -> None:
    if isinstance(error, PresenceError):
        raise (WrongUsage if isinstance(error, FormatError) else Problems)(str(error)) from error
    if isinstance(error, OSError):
        if error.errno == errno.EPIPE:  # The reader of our output has gone; Click ends in silence.
            raise error
        raise Problems(str(error)) from error
    hint = "" if ctx.params.get("debug") else "; run 'presence --debug ...' for more and report it, please"
    notes = "".join(f"; {note}" for note in getattr(error, "__notes__", ()))
    echo(f"internal error: {type(error).__name__}: {error}{hint}{notes}".replace("\n", " "), err=True)
    ctx.exit(INTERNAL)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="presence")
@click.option("--debug", is_flag=True, help="Show where an error came from.")
def main(debug: bool) -> None:  # LazyGroup reads it from the context
    """Draw maps of who is reported in which province from one YAML table.

    \b
    Example, from nothing to maps:
      presence init          writes presence.yaml, a table to start from
      presence check         tells what is wrong or doubtful in it
      presence build         writes its maps into maps/: start with overlay.html
    """
