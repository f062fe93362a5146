"""The wheel by itself, in a folder of its own: what a user of pip gets."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("geo", "shapefiles", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")


def call(*words: object, cwd: Path) -> str:
    done = subprocess.run(list(map(str, words)), cwd=cwd, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the sources, so that nothing is left in the clone."""
    clone = tmp_path_factory.mktemp("clone")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, clone)
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", clone / "dist", ".", cwd=clone)
    return next((clone / "dist").glob("presence_maps-*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install it into an environment that sees this one's libraries but not this one's editable `geo`."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home, with_pip=False, symlinks=sys.platform != "win32")
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / Path(sys.executable).name
    there = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    # A folder named in a .pth file is searched, but the .pth files in it, so the editable finder, are not read.
    (there / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    call(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--force-reinstall",
        "--ignore-installed", wheel, cwd=home,
    )  # fmt: skip
    return python


def test_the_wheel_holds_what_is_needed_and_no_more(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} <= {
        "geo",
        next(n for n in names if "dist-info" in n).split("/")[0],
    }
    for wanted in ("geo/py.typed", "geo/read/starter.yaml", "geo/shapefiles/provinces.shp", "geo/cli/main.py"):
        assert wanted in names
    assert not [name for name in names if "/inputs/" in name or "test" in name]


def test_from_nothing_to_maps_in_an_empty_folder(python: Path, tmp_path: Path) -> None:
    where = call(python, "-c", "import geo.shapefiles; print(geo.shapefiles.__file__)", cwd=tmp_path)
    assert str(ROOT) not in where
    presence = python.with_name("presence" + python.suffix)
    call(presence, "init", cwd=tmp_path)
    call(presence, "build", cwd=tmp_path)
    assert sorted(path.name for path in (tmp_path / "maps").iterdir()) == [
        "choropleth.html", "compare.html", "overlay.html", "report.html",
    ]  # fmt: skip
