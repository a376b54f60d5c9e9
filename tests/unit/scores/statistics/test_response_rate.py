import json
from pathlib import Path

import pytest

from chalicelib.scores.statistics.response_rate import Dispositions

VECTOR = json.loads((Path(__file__).parents[3] / "data/statistics_vectors.json").read_text())[
    "response_rate"
]


def test_the_vector_gives_its_rates() -> None:
    asked = Dispositions(*(VECTOR[code] for code in ("I", "P", "R", "NC", "O", "U")))
    assert [asked.rr1, asked.rr2, asked.rr3(0.4), asked.rr5, asked.rr6] == pytest.approx(
        [VECTOR[rate] for rate in ("RR1", "RR2", "RR3_e04", "RR5", "RR6")], abs=1e-12
    )


def test_the_unknown_are_between_all_in_and_all_out() -> None:
    asked = Dispositions(180, 20, 10, 260, 5, 25)
    assert (asked.rr3(1), asked.rr3(0)) == (asked.rr1, asked.rr5)


def test_nobody_asked_has_no_rate() -> None:
    nobody = Dispositions(0, 0, 0, 0, 0, 0)
    assert nobody.rr1 is nobody.rr2 is nobody.rr3(0.4) is nobody.rr5 is nobody.rr6 is None


def test_all_bounced_answered_none_and_were_perhaps_never_reached() -> None:
    bounced = Dispositions(0, 0, 0, 0, 0, 9)
    assert (bounced.rr1, bounced.rr2, bounced.rr3(0.4)) == (0, 0, 0)
    assert bounced.rr3(0) is bounced.rr5 is bounced.rr6 is None
