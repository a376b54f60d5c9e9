"""What a survey's page tells of a single answer."""

from tests.functional.conftest import Heed
from tests.support.members import signed_in
from tests.support.reading_pages import text_of
from tests.support.samples import SURVEY
from tests.support.scores import count

PAGE = f"/app/surveys/{SURVEY.id}"


def test_an_interval_that_does_not_hold_its_score_stands_nowhere(heed: Heed) -> None:
    count(SURVEY.id, [0] * 10 + [1])
    page = signed_in(heed).open(PAGE)
    assert "100 of 100, 1 answer" in text_of(page)
    assert "between" not in text_of(page)
    assert "-48" not in page.body.decode()
    assert 'class="interval"' not in page.body.decode()


def test_of_two_answers_there_is_one(heed: Heed) -> None:
    count(SURVEY.id, [0] * 10 + [2])
    page = signed_in(heed).open(PAGE)
    assert "100 of 100, between -24 and 100, 2 answers" in text_of(page)
    assert 'class="interval"' in page.body.decode()
