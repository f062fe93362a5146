"""`presence overlay`: which groups are named in each province."""

from __future__ import annotations

from geo.cli.one_map import make_map_command

__all__ = ["command"]

command = make_map_command(
    "overlay",
    """Draw which groups are named in each province.

    One band of colour for each group that TABLE (presence.yaml unless you name another) names there.

    \b
    Examples:
      presence overlay --open
      presence overlay --group haqqani --group let -o two.html
    """,
)
