"""Who answered, and when, is decided in one place."""

import re
from pathlib import Path

import pytest

from infra.paths import ROOT

HOME = ROOT / "chalicelib"
# A role holds scopes, as a key does.
GATE = {"api_keys/api_key.py", "disclosure/disclosure.py", "members/role.py"}
# They read times of answers, and show them by the gate.
SHOWING = [path for path in HOME.rglob("show_*.py") if "pages" not in path.parts]
PAGE = re.compile(r"^@page\([^)]*\)", re.MULTILINE)
TIME_SHOWN = r"to_text\((answer|response|task)\.\w+_at\)"


def test_no_other_module_asks_for_the_scope() -> None:
    asking = {
        str(path.relative_to(HOME))
        for path in HOME.rglob("*.py")
        # A view or a page may need the scope as a whole.
        if re.search(r"(?<!scope=Scope\.)\bPEOPLE_READ\b", PAGE.sub("", path.read_text()))
    }
    assert asking == GATE


@pytest.mark.parametrize("path", SHOWING, ids=lambda path: str(path.relative_to(HOME)))
def test_no_module_shows_the_time_of_an_answer_by_itself(path: Path) -> None:
    assert not re.search(TIME_SHOWN, path.read_text())
