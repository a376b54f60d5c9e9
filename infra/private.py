"""Folders and files of a local stack, which hold keys, addresses and answers: for nobody else on
this machine."""

import os
from pathlib import Path

# For a process: what it makes is 0700 or 0600.
UMASK = 0o077


def make_private(folder: Path) -> None:
    """Also what an earlier release made in it, readable by others."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for place, folders, files in os.walk(folder):
        for name in folders:
            Path(place, name).chmod(0o700)
        for name in files:
            path = Path(place, name)
            # A socket or a link is not ours to change.
            if path.is_file() and not path.is_symlink():
                path.chmod(0o600)


def open_private(path: Path) -> int:
    """An empty file to write, as a descriptor."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def write_private(path: Path, text: str) -> None:
    """Whole or not at all."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)  # of a run that was cut off, perhaps of an earlier release
    with open(open_private(fresh), "w") as file:
        file.write(text)
    os.replace(fresh, path)
