"""`presence schema`: the format of a table, for an editor."""

from __future__ import annotations

import click

from geo.cli.terminal import echo

__all__ = ["command"]


@click.command("schema")
def command() -> None:
    """Print the format of a table as a JSON Schema.

    Editors with the YAML language server (VS Code, Neovim, Helix, Emacs and others) then complete keys, show what each
    is for and underline mistakes. 'presence init' writes it beside the table; after an update, write it again.

    \b
    Examples:
      presence schema > presence.schema.json
      and in presence.yaml, as the first line:
      # yaml-language-server: $schema=presence.schema.json
    """
    from geo.read.table.json_schema import load_schema

    echo(load_schema(), nl=False)
