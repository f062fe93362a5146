"""The sdist and the wheel by themselves, in folders of their own: what a distributor and a user of pip get.

With `make package` they are read, installed and used, also with nothing but a wheelhouse, and without a network. That
each file is listed for the wheel, `test_house.py` sees with every run of the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.daily import takes_long
from tests.pages import list_maps
from tests.sources import MADE_BY_SETUPTOOLS, NOT_FOR_DISTRIBUTORS, ROOT, list_sources

pytestmark = takes_long
PLACE = "Scripts" if sys.platform == "win32" else "bin"
# Neither a folder of wheels nor an index of this machine may help.
ALONE = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON", "COV"))} | {
    "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "SOURCE_DATE_EPOCH": "315532800",
}  # fmt: skip


def list_pages() -> list[str]:
    """List the pages of the table that `init` writes."""
    starter = ROOT / "geo" / "read" / "starter.yaml"
    return sorted(f"{name}.html" for name in list_maps(starter, without=["timeline"]))


def call(*words: object, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        list(map(str, words)), cwd=cwd, env=env, capture_output=True, text=True, timeout=1800, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the sources, so that nothing is left in the clone."""
    clone = tmp_path_factory.mktemp("clone")
    for name in list_sources():
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, clone / name)
    return clone


@pytest.fixture(scope="module")
def sdist(clone: Path) -> Path:
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", clone / "dist", ".", cwd=clone, env=ALONE)
    return next((clone / "dist").glob("presence_maps-*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> Path:
    """Return the wheel that was built from the sdist."""
    return next(sdist.parent.glob("presence_maps-*.whl"))


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.iterdir())


def install(home: Path, *what: object) -> Path:
    """Install into an environment that sees this one's libraries but not this one's editable `geo`."""
    venv.create(home, with_pip=False, symlinks=sys.platform != "win32")
    python = home / PLACE / Path(sys.executable).name
    there = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    # A folder named in a .pth file is searched, but the .pth files in it, so the editable finder, are not read.
    (there / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    call(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--force-reinstall",
        "--ignore-installed", "--no-build-isolation", *what, cwd=home,
    )  # fmt: skip
    return python


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a user of the wheel."""
    return install(tmp_path_factory.mktemp("home"), wheel)


def read_wheel(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_sdist_holds_the_clone(unpacked: Path) -> None:
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    names = {name for name in names if not name.startswith("presence_maps.egg-info/")}
    assert names - MADE_BY_SETUPTOOLS == set(list_sources()) - NOT_FOR_DISTRIBUTORS
    for wanted in ("LICENSE", "README.md", "shapefiles/provinces.shp", "shapefiles/make.py", "tests/lowest.txt"):
        assert wanted in names


def test_the_clone_and_the_sdist_give_the_same_wheel(clone: Path, wheel: Path) -> None:
    call(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        clone / "direct",
        ".",
        cwd=clone,
        env=ALONE,
    )
    other = clone / "direct" / wheel.name
    assert read_wheel(other) == read_wheel(wheel)
    assert other.read_bytes() == wheel.read_bytes()


def test_the_wheel_holds_what_is_needed_and_no_more(wheel: Path) -> None:
    names = list(read_wheel(wheel))
    information = next(name for name in names if "dist-info" in name).split("/")[0]
    assert {name.partition("/")[0] for name in names} == {"geo", information}
    for wanted in ("geo/py.typed", "geo/read/starter.yaml", "geo/shapefiles/provinces.shp", "geo/cli/main.py"):
        assert wanted in names
    assert f"{information}/licenses/LICENSE" in names
    assert not [name for name in names if "/inputs/" in name or "test" in name]


def test_from_nothing_to_maps_in_an_empty_folder(python: Path, tmp_path: Path) -> None:
    where = call(python, "-c", "import geo.shapefiles; print(geo.shapefiles.__file__)", cwd=tmp_path)
    assert str(ROOT) not in where
    presence = python.with_name("presence" + python.suffix)
    call(presence, "init", cwd=tmp_path)
    call(presence, "build", cwd=tmp_path)
    assert sorted(path.name for path in (tmp_path / "maps").glob("*.html")) == list_pages()


def test_an_index_would_take_them(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "tools", with_pip=True)
    tools = tmp_path / "tools" / PLACE
    call(tools / "python", "-m", "pip", "install", "--quiet", "twine", "check-wheel-contents", cwd=tmp_path)
    call(tools / "twine", "check", "--strict", sdist, wheel, cwd=tmp_path)
    call(tools / "check-wheel-contents", wheel, cwd=tmp_path)


def test_from_a_wheelhouse_to_maps_without_a_network(wheel: Path, tmp_path: Path) -> None:
    """Carry a folder of wheels to a machine that has Python and nothing else, and work there."""
    house, away, home = tmp_path / "house", tmp_path / "away", tmp_path / "home"
    call(sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", house, wheel, cwd=tmp_path)
    venv.create(home, with_pip=True)
    away.mkdir()
    # Where the machine allows it, in a network of its own that leads nowhere, not even to itself.
    lonely = ["unshare", "-n"] if shutil.which("unshare") and os.geteuid() == 0 else []
    environment = ALONE | {"HOME": str(tmp_path), "PIP_FIND_LINKS": str(house)}

    def work(*words: object) -> str:
        return call(*lonely, home / PLACE / str(words[0]), *words[1:], cwd=away, env=environment)

    work("python", "-m", "pip", "install", "presence-maps")
    work("python", "-m", "pip", "check")
    work("presence", "init")
    work("presence", "check", "--strict")
    work("presence", "build")
    work("presence", "figure", "overlay", "--format", "pdf", "-o", "overlay.pdf")
    assert sorted(path.name for path in (away / "maps").glob("*.html")) == list_pages()
    assert (away / "overlay.pdf").read_bytes().startswith(b"%PDF-")


def test_the_sdist_passes_its_own_tests(unpacked: Path, tmp_path: Path) -> None:
    """Test as a distributor does, in place: Python finds ``geo/`` beside the tests before any wheel."""
    python = install(tmp_path, "--editable", unpacked)
    words = ["-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", "tests", "geo", "--ignore=tests/browser"]
    environment = {key: value for key, value in ALONE.items() if key != "SOURCE_DATE_EPOCH"}
    assert " passed" in call(python, *words, cwd=unpacked, env=environment)
