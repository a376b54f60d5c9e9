import json
from pathlib import Path

import pytest

from chalicelib.scores.statistics.response_rate import Dispositions

VECTOR = json.loads((Path(__file__).parents[1] / "data/statistics_vectors.json").read_text())[
    "response_rate"
]


def test_the_vector_gives_its_rate() -> None:
    asked = Dispositions(*(VECTOR[code] for code in ("I", "P", "R", "NC", "O", "U")))
    assert asked.rr2 == pytest.approx(VECTOR["RR2"], abs=1e-12)


def test_nobody_asked_has_no_rate() -> None:
    assert Dispositions(0, 0, 0, 0, 0, 0).rr2 is None


def test_those_who_were_perhaps_never_reached_count_as_asked() -> None:
    assert Dispositions(0, 0, 0, 0, 0, 9).rr2 == 0
