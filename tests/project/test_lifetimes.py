"""Every kind of item says how long it lives, and why."""

import re

from chalicelib import keys
from infra.paths import ROOT

TABLE = (keys.__doc__ or "").rpartition("| PK | Lives | Why |")[2]


def test_every_kind_of_item_has_a_line() -> None:
    made = set(re.findall(r'f"([A-Z]+#)', (ROOT / "chalicelib" / "keys.py").read_text()))
    of_index = {"INVITES#", "CHANGES#", "TASKS#", "OUTCOMES#"}
    rows = {"ASKED#", "SILENT#", "TICKET#", "TOLD#", "FACT#", "CONTACT#"}
    told = set(re.findall(r"`([A-Z]+#)`", TABLE))
    assert told - rows == made - of_index - rows
    assert rows <= told


def test_every_line_says_how_long_and_why() -> None:
    lines = [line.strip("| ").split(" | ") for line in TABLE.splitlines() if line.startswith("| ")]
    assert len(lines) > 15
    assert all(len(line) == 3 and all(line) for line in lines)
