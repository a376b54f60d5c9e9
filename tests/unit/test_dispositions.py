from chalicelib.scores.statistics.response_rate import Dispositions, dispositions_of
from tests.recount import tallied
from tests.samples import SURVEY
from tests.unit.test_ending import Asked


def test_everybody_asked_has_one_code() -> None:
    counts = {"asked": 500, "answered": 200, "refused": 10, "bounced": 25, "n": 205, "c9": 205}
    codes = dispositions_of(counts)
    assert codes == Dispositions(200, 0, 10, 265, 0, 25)
    assert codes.rr2 == 0.4


def test_nobody_asked_has_no_rate() -> None:
    assert dispositions_of({}) == Dispositions(0, 0, 0, 0, 0, 0)
    assert dispositions_of({"n": 3, "c9": 3}).rr2 is None


def test_the_codes_come_from_the_tally_of_what_happened() -> None:
    cell = (SURVEY.id, "all", "2026-11")
    sums: dict[str, int] = {}
    for steps in ("answer", "refuse", "bounce", "refuse answer", ""):
        for field, count in tallied(Asked().do(*steps.split()).table.items.values())[cell].items():
            sums[field] = sums.get(field, 0) + count
    assert dispositions_of(sums) == Dispositions(2, 0, 1, 1, 0, 1)
