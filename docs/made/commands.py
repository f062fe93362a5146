"""The reference of the commands, from the commands themselves."""

from __future__ import annotations

import inspect
import re

import click

from geo.cli.main import main

__all__ = ["escape", "write_commands"]

CODE = re.compile(r"(`[^`]+`)")
SIGNS = re.compile(r"([\\*_<>\[\]#|{}$~])")
MEANT = re.compile(r"'(presence[^']*)'|(?<![\w-])(--[a-z][a-z-]*)")
"""A command or an option in a sentence, which is set as code; two hyphens would else become a dash."""

BLOCK = "\b\n"
"""Click's sign for a part whose lines stay as they are."""


def escape(text: str) -> str:
    r"""Write text so that Markdown shows it as it is; what stands between backticks stays code.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> escape("a [TABLE] or `--out_file`")
    'a \\[TABLE\\] or `--out_file`'
    """
    parts = CODE.split(text)
    return "".join(part if place % 2 else SIGNS.sub(r"\\\1", part) for place, part in enumerate(parts))


def write_commands() -> str:
    """Write a section for each command, in the order of ``presence --help``.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> write_commands().splitlines()[0]
    '## presence build'
    """
    context = click.Context(main, info_name="presence", **main.context_settings)
    found = ((name, main.get_command(context, name)) for name in main.list_commands(context))
    return "\n".join(_write_command(name, command, context) for name, command in found if command)


def _write_command(name: str, command: click.Command, parent: click.Context) -> str:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = inspect.cleandoc(command.help or "").split("\n\n")
    said = [_write_example(part) if part.startswith(BLOCK) else _write_words(part) for part in parts]
    options = [param for param in command.get_params(context) if isinstance(param, click.Option)]
    records = [option.get_help_record(context) for option in options]
    told = [f"`{record[0]}`\n: {_write_words(record[1])}" for record in records if record]
    return "\n".join([f"## presence {name}\n", f"```text\n{usage}\n```\n", *said, "**Options**\n", *told])


def _write_words(part: str) -> str:
    return MEANT.sub(lambda found: f"`{found[1] or found[2]}`", escape(" ".join(part.split()))) + "\n"


def _write_example(part: str) -> str:
    head, *lines = part.removeprefix(BLOCK).splitlines()
    block = inspect.cleandoc("\n".join(["", *lines]))
    return f"{head}\n\n```sh\n{block}\n```\n"
