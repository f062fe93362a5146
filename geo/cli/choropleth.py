"""`presence choropleth`: how many groups are named in each province."""

from __future__ import annotations

from geo.cli.one_map import make_map_command

__all__ = ["command"]

command = make_map_command(
    "choropleth",
    """Draw how many groups are named in each province.

    Counts the groups that TABLE (presence.yaml unless you name another) names there. With one --group: at which
    level it is reported. With --count sources: how many sources name any of them there; those of one author or one
    document, and those that quote each other or the same third one, are one.

    \b
    Examples:
      presence choropleth --open
      presence choropleth --level operational -o operational.html
      presence choropleth --group haqqani --roll-up
      presence choropleth --count sources -o sources.html
    """,
    counts=True,
)
