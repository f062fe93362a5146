"""`presence provinces`: the names and codes that a table may use."""

from __future__ import annotations

import click

from geo.cli.terminal import align, echo

__all__ = ["command"]

HEAD = ("CODE", "P-CODE", "NAME", "REGION", "DARI", "ALSO WRITTEN")


@click.command("provinces")
@click.argument("query", default="")
def command(query: str) -> None:
    """List provinces with their names and codes.

    With QUERY those that have it as name, spelling, code or region or, where none has, as a part of one.

    \b
    Examples:
      presence provinces
      presence provinces konar        finds Kunar by another spelling
      presence provinces eastern      lists a region
    """
    from geo.read.boundaries.unit_search import find_units

    rows = [
        (unit.code, unit.pcode, unit.name, unit.region, unit.name_fa, ", ".join(unit.aliases))
        for unit in find_units(query)
    ]
    echo("\n".join(align([HEAD, *rows])))
