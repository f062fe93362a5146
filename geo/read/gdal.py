"""Boundaries by GDAL in a process of its own: ``python -m geo.read.gdal FILE [LAYER]`` writes a layer as JSON.

GDAL opens more than it is told to, and in C: so it gets copies of files whose kind is known already, no network, no
driver that leads elsewhere, and limits of time and memory; and what becomes of it is no matter of ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["run_gdal"]

SECONDS = 120
MEMORY = 4 << 30
"""Bytes of address space; numpy and GDAL reserve a good part of one GB before they have read anything."""

MOST_UNITS = 10_000
SKIPPED = (
    "HTTP",
    "OGR_VRT",
    "VRT",
    "WFS",
    "OAPIF",
    "CSW",
    "KML",
    "LIBKML",
    "GML",
    "GMLAS",
    "SQLite",
    "GDALG",
    "OGCAPI",
)
CLOSED = {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{noext}", "GDAL_SKIP": ",".join(SKIPPED), "GDAL_NUM_THREADS": "1",
          "GDAL_HTTP_PROXY": "127.0.0.1:9", "GDAL_HTTPS_PROXY": "127.0.0.1:9"}  # fmt: skip
"""The last two send whatever GDAL would ask on its own to where nobody answers."""


def run_gdal(path: str, folder: Path, layer: str | None = None) -> dict[str, Any]:
    """Read a layer in another process.

    Parameters
    ----------
    path : str
        A file as GDAL is to open it, in ``folder``.
    folder : Path
        Where that process works.
    layer : str, optional
        Name of the layer; the only one with polygons without.

    Returns
    -------
    dict
        ``layers`` (names); where one was chosen also ``crs``, ``fields`` (name and values of each) and ``wkb`` (hex
        or None); or ``error``.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     sorted(run_gdal("none.shp", Path(folder)))
    ['error']
    """
    words = [sys.executable, "-W", "ignore", "-m", "geo.read.gdal", path, *([layer] if layer else [])]
    home = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603  # ourselves, with two names
            words, cwd=folder, env={**os.environ, **CLOSED, **home}, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"error": f"it takes more than {SECONDS} seconds"}
    except ValueError:
        return {"error": "the reader broke off"}
    return found


def main(words: Sequence[str]) -> None:
    """Read, and write what was found to standard output."""
    _limit_resources()
    path, layer = words[0], words[1] if len(words) > 1 else None
    try:
        found = _read(path, layer)
    except MemoryError:
        found = {"error": f"it takes more than {MEMORY >> 30} GB of memory"}
    except Exception as error:  # noqa: BLE001  # whatever GDAL says is said in one line by the process that asked
        found = {"error": str(error).partition("\n")[0]}
    sys.stdout.write(json.dumps(found))


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; there the time alone is limited.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(path: str, layer: str | None) -> dict[str, Any]:
    import pyogrio

    shapes = {str(name): str(kind) for name, kind in pyogrio.list_layers(path)}
    drawn = [name for name, kind in shapes.items() if "None" not in kind]
    chosen = layer if layer is not None else drawn[0] if len(drawn) == 1 else None
    if chosen not in shapes:
        return {"layers": drawn}
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=chosen, force_2d=True, max_features=MOST_UNITS + 1)
    fields = [[str(name), [_write_text(value) for value in values.tolist()]] for name, values in _pair(meta, columns)]
    shapes_found = [None if each is None else bytes(each).hex() for each in (wkb if wkb is not None else ())]
    return {"layers": drawn, "crs": meta["crs"], "fields": fields, "wkb": shapes_found}


def _pair(meta: dict[str, Any], columns: Sequence[Any]) -> list[tuple[Any, Any]]:
    return list(zip(meta["fields"].tolist(), columns, strict=True))


def _write_text(value: Any) -> str:
    """Write a value as a key may be written: whole numbers without a point; lists and the like not at all."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else "" if value != value else str(value)
    return str(value) if isinstance(value, str | int) else ""


if __name__ == "__main__":
    main(sys.argv[1:])
