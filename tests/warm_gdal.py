"""The process that reads boundaries, forked from one that has loaded its libraries, which takes longer than to read.

It has the same limits and the same folder. In tests of the process itself, and with `make whole`, it is started anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from geo.read.boundaries import gdal_process

__all__ = ["keep_warm"]

ROOT = Path(__file__).parents[1]
LIBRARIES = ("pyogrio", "shapely", "geo.read.boundaries.antimeridian", "geo.read.boundaries.overlapping_shapes")
RunGdal = Callable[..., dict[str, Any]]


@contextmanager
def keep_warm() -> Iterator[RunGdal]:
    """Give what stands for `run_gdal`; it starts when it is first asked, and what breaks off is read as users read."""
    started: list[subprocess.Popen[str]] = []

    def run(path: str, folder: Path, layer: str | None = None) -> dict[str, Any]:
        if not started:
            started.append(_start())
        asked, told = started[0].stdin, started[0].stdout
        if path.endswith(gdal_process.PARQUET) or not (asked and told):
            return gdal_process.run_gdal(path, folder, layer)
        asked.write(json.dumps([str(folder), path, *([layer] if layer else [])]) + "\n")
        asked.flush()
        found: dict[str, Any] | None = json.loads(told.readline())
        return gdal_process.run_gdal(path, folder, layer) if found is None else found

    try:
        yield run
    finally:
        for process in started:
            process.communicate()


def _start() -> subprocess.Popen[str]:
    env = {**os.environ, **gdal_process.CLOSED, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    words = [sys.executable, "-W", "ignore", "-m", "tests.warm_gdal"]
    return subprocess.Popen(
        words, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )


def main() -> None:
    """Read what is asked for, each in a fork; tell nothing of one that broke off."""
    for name in gdal_process.UNUSED:
        sys.modules[name] = None  # type: ignore[assignment]
    for name in LIBRARIES:
        import_module(name)
    for line in sys.stdin:
        folder, *words = json.loads(line)
        child = os.fork()
        if not child:
            os.chdir(folder)
            gdal_process.main(words)
            sys.stdout.flush()
            os._exit(0)
        print("" if os.waitpid(child, 0)[1] == 0 else "null", flush=True)


if __name__ == "__main__":
    main()
