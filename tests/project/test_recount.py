"""What adds to a tally, the recount counts again."""

import re

from chalicelib.recount import KINDS
from infra.paths import ROOT

HOUSE = ROOT / "chalicelib"


def files_with(pattern: str) -> set[str]:
    return {
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        if re.search(pattern, path.read_text())
    }


def test_only_the_recount_scans_the_table() -> None:
    # noting.py only hands on.
    assert files_with(r"\.scan\(") == {"noting.py", "tally/cells.py"}


def test_whatever_adds_to_a_tally_is_counted_again_by_the_recount() -> None:
    kinds = {
        "invitations/store.py": "INVITE",
        "mail/store.py": "INVITE",
        "responses/store.py": "RESPONSE",
        "responses/erasing.py": "RESPONSE",
        "releases/store.py": "RESPONSE",
        "tasks/store.py": "TASK",
    }
    assert files_with(r"\btally_writes\b") == {*kinds, "tally/tally.py"}
    assert {kind.key.sk for kind in KINDS} == set(kinds.values())
