"""Whatever the table holds, an export takes or leaves it, and says why."""

import re

from chalicelib import keys
from chalicelib.kinds import KINDS
from infra.carried import CARRIED, LEFT_OUT, Moved, file_of, goes, kinds_that_go, reasons
from infra.late import MAY_WAIT

ALL = {kind.pk for kind in KINDS}


def test_every_kind_is_carried_or_left_out() -> None:
    assert CARRIED.keys() | LEFT_OUT.keys() == ALL, "decide in infra/carried.py"
    assert not CARRIED.keys() & LEFT_OUT.keys()


def test_a_kind_that_is_left_out_has_its_reason() -> None:
    for survey in (None, "it-help-desk"):
        told = reasons(survey)
        assert told.keys() | set(kinds_that_go(survey)) == ALL
        assert all(len(reason) > 15 for reason in told.values())


def test_every_kind_has_a_file_of_its_own() -> None:
    assert len({file_of(kind) for kind in CARRIED}) == len(CARRIED)
    assert all(goes({"PK": f"{kind}x", "SK": "x"}, None) for kind in CARRIED)


def test_whatever_may_be_due_is_looked_at_for_what_is_late() -> None:
    """The rows of the table of keys that wait in the due index stand below their kind."""
    kind, waiting = "", set()
    for row in re.findall(r"^\| .*\|$", keys.__doc__ or "", re.MULTILINE):
        found = re.search(r"`([A-Z]+#)", row.split("|")[2])
        kind = found[1] if found else kind
        if "`due_shard = <0..3>`" in row:
            waiting.add(kind if kind != "CHANGE#" else "RESPONSE#")
    assert waiting == set(MAY_WAIT)


def test_answers_of_a_sealed_survey_and_its_boards_go_with_it() -> None:
    moved = Moved("it-2026", set())
    answer = {"PK": "RESPONSE#x", "SK": "RESPONSE", "list_pk": "RESPONSES#it-2026#3"}
    change = {"PK": "CHANGE#x", "SK": "CHANGE", "list_pk": "CHANGES#it-2026"}
    board = {"PK": "BOARD#x", "SK": "RELEASE#00001", "survey": "it-2026"}
    assert all(goes(item, moved) for item in (answer, change, board))
    other = Moved("it-2027", set())
    assert not any(goes(item, other) for item in (answer, change, board))
