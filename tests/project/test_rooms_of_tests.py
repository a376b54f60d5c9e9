"""Tests stand in the rooms of what they test, in files that are read in one go."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE, TESTS = ROOT / "chalicelib", ROOT / "tests"
FILES = sorted(path for path in TESTS.rglob("*.py") if "node_modules" not in path.parts)
MOST_LINES = 300
# What lies in no room of chalicelib/, but beside the rooms.
NO_ROOM = {Path("house")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_a_file_of_tests_stays_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("kind", ["unit", "functional"])
def test_each_folder_of_tests_is_a_room(kind: str) -> None:
    tests = [path.relative_to(TESTS / kind) for path in (TESTS / kind).rglob("test_*.py")]
    folders = {path.parent for path in tests} - NO_ROOM
    rooms = {path.parent.relative_to(HOUSE) for path in HOUSE.rglob("*/__init__.py")}
    assert folders
    assert folders - rooms == set()
