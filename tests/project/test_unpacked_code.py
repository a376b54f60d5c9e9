"""The code of the local stack's functions is unpacked once, and each process finds all of it."""

import shutil
import zipfile
from pathlib import Path

import pytest

from infra.run_ministack import UnpackedOnce

FILES = {"app.py": "import chalicelib", "chalicelib/__init__.py": "", "chalicelib/a/b.py": "B = 1"}


@pytest.fixture(autouse=True)
def _place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def unpacked(code: Path, name: str) -> Path:
    """Into a folder, as MiniStack does it for a process."""
    folder = code.parent / name
    folder.mkdir()
    with UnpackedOnce(code) as found:
        found.extractall(folder)
    return folder


def zipped(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "code.zip", "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return folder / "code.zip"


def read(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in FILES}


def test_each_process_finds_the_whole_code(tmp_path: Path) -> None:
    code = zipped(tmp_path / "one", FILES)
    assert read(unpacked(code, "first")) == read(unpacked(code, "second")) == FILES


def test_it_is_unpacked_for_the_first_process_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, unpack, times = (
        zipped(tmp_path / "one", FILES),
        zipfile.ZipFile.extractall,
        list[object](),
    )
    monkeypatch.setattr(zipfile.ZipFile, "extractall", lambda *given: times.append(unpack(*given)))
    for name in ("first", "second", "third"):
        unpacked(code, name)
    assert len(times) == 1


def test_a_process_that_goes_takes_the_code_from_no_other(tmp_path: Path) -> None:
    code = zipped(tmp_path / "one", FILES)
    first, second = unpacked(code, "first"), unpacked(code, "second")
    shutil.rmtree(first)
    assert read(second) == FILES


def test_another_release_is_other_code(tmp_path: Path) -> None:
    unpacked(zipped(tmp_path / "one", FILES), "first")
    changed = FILES | {"chalicelib/a/b.py": "B = 2"}
    assert read(unpacked(zipped(tmp_path / "two", changed), "first")) == changed
