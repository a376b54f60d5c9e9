"""What a range of days makes of closed tasks."""

from chalicelib.scores.wins import wins
from chalicelib.tasks.causes import causes_of


def test_causes_come_the_most_frequent_first_and_then_by_name() -> None:
    loop = {"opened": 9, "closed": 7, "cause|VPN": 2, "cause|Wi-Fi": 3, "cause|access": 2}
    assert causes_of(loop | {"cause|gone": 0}) == [("Wi-Fi", 3), ("access", 2), ("VPN", 2)]


def test_spellings_that_a_changed_list_left_behind_are_one_cause() -> None:
    assert causes_of({"cause|wi-fi": 1, "cause|Wi-Fi": 2}) == [("Wi-Fi", 3)]


def test_wins_are_praise_loops_closed_and_causes_fixed() -> None:
    loop = {"opened": 15, "closed": 12, "fixed": 4, "cause|Wi-Fi": 12}
    assert wins({"n": 40, "praise": 6}, loop) == {
        "praise": 6,
        "loops_closed": 12,
        "causes_fixed": 4,
    }
    improved = {"opened": 3, "closed": 3, "fixed": 1, "cause|Wi-Fi": 1, "cause|answer improved": 2}
    assert wins({}, improved)["loops_closed"] == 1
    assert wins({}, {}) == {"praise": 0, "loops_closed": 0, "causes_fixed": 0}
