"""Answers that are counted, and where their scores are read."""

from datetime import timedelta

from chalicelib import moments, wiring
from chalicelib.tally.tally import tally_writes
from tests.support.samples import SURVEY

SCORES = f"/v1/surveys/{SURVEY.id}/scores"


def count(
    survey: str, counts: list[int], lowest: int = 0, segment: str = "all", ago: int = 0
) -> None:
    """Answers by point, the lowest first, so many days ago."""
    fields = {f"c{lowest + place}": number for place, number in enumerate(counts) if number}
    fields["n"] = sum(counts)
    day = (moments.now() - timedelta(days=ago)).date().isoformat()
    for write in tally_writes(survey, {(segment, day): fields}, 0):
        wiring.table().write(write)
