"""A survey's page: what a manager reads on it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from chalicelib import moments, wiring
from chalicelib.aws import clients
from chalicelib.members.role import Role
from chalicelib.tally.tally import ALL, COURSE, LOOP, tally_writes
from tests.functional.conftest import Heed
from tests.support.answers import NOON, Said
from tests.support.members import Browser, signed_in
from tests.support.reading_pages import links_on, part_of, text_of
from tests.support.samples import SURVEY
from tests.support.scores import count
from tests.support.slowness import slow_table

PAGE = f"/app/surveys/{SURVEY.id}"


@pytest.fixture
def said(heed: Heed) -> Iterator[Said]:
    with time_machine.travel(NOON, tick=False) as clock:
        made = Said(heed, clock)
        made.answer("a", 2, "Waiting in the queue", segments=("group=Network",))
        made.answer("b", 9, "Kind people", segments=("group=Network", "organization=B"))
        made.answer("c", 10, None, segments=("group=Desk",))
        made.answer("d", 4, "Too slow", segments=())
        yield made


@pytest.fixture
def browser(said: Said) -> Browser:
    return signed_in(said.heed)


def words(page: Any) -> str:
    return part_of(page, "words")


def counted(fields: dict[str, int], segment: str = ALL, ago: int = 0) -> None:
    day = (moments.now() - timedelta(days=ago)).date().isoformat()
    for write in tally_writes(SURVEY.id, {(segment, day): fields}, 0):
        wiring.table().write(write)


def test_words_of_unhappy_people_come_first_and_before_every_number(browser: Browser) -> None:
    page = browser.open(PAGE)
    text = text_of(page)
    assert text.index("Waiting in the queue") < text.index("Wins") < text.index("The score")
    assert "Too slow" in words(page)
    assert "Kind people" not in words(page)


def test_words_of_happy_people_and_of_everybody_are_one_link_away(browser: Browser) -> None:
    (happy,) = [link for link in links_on(browser.open(PAGE)) if "words=happy" in link]
    assert "Kind people" in words(browser.open(happy.partition("#")[0]))
    assert "Too slow" in words(browser.open(f"{PAGE}?words=all"))


def test_words_are_found_by_search_and_by_theme(browser: Browser) -> None:
    found = words(browser.open(f"{PAGE}?words=all&q=kind"))
    assert "Kind people" in found
    assert "Too slow" not in found
    assert "Kind people" not in words(browser.open(f"{PAGE}?words=all&theme=Waiting"))


def test_more_words_than_fit_are_on_the_next_page(said: Said, browser: Browser) -> None:
    for number in range(10):
        said.answer(f"more-{number}", 1, f"Trouble {number}")
    (more,) = [link for link in links_on(browser.open(PAGE)) if "cursor=" in link]
    assert "Waiting in the queue" in words(browser.open(more.partition("#")[0]))


def test_what_somebody_wrote_is_text(said: Said, browser: Browser) -> None:
    said.answer("e", 1, "<script>alert(1)</script>")
    body = browser.open(PAGE).body
    assert b"<script" not in body
    assert b"&lt;script&gt;alert(1)" in body


def test_a_link_keeps_the_time_and_the_group(browser: Browser) -> None:
    links = links_on(browser.open(f"{PAGE}?days=7d&segment=group%3DNetwork"))
    (happy,) = [link for link in links if "words=happy" in link]
    assert "days=7d" in happy
    assert "segment=group%3DNetwork" in happy


def test_the_words_of_one_group_are_those_of_the_group(browser: Browser) -> None:
    page = browser.open(f"{PAGE}?segment=group%3DNetwork")
    assert "Waiting in the queue" in words(page)
    assert "Too slow" not in words(page)
    assert "Only answers of group=Network" in text_of(page)


@pytest.mark.parametrize(
    "query",
    [
        "days=own&from=2026-11-20&until=2026-11-01",
        "days=own&from=1999-01-01",
        "days=forever",
        "sort=score",
        "words=best",
        "segment=nothing",
        "q=x",
    ],
)
def test_an_odd_link_is_refused_with_a_page(browser: Browser, query: str) -> None:
    page = browser.open(f"{PAGE}?{query}")
    assert 400 <= page.status_code < 500
    assert b"That could not be done" in page.body


def test_a_survey_that_is_not_there_has_no_page(browser: Browser) -> None:
    assert browser.open("/app/surveys/nothing").status_code == 404


def test_in_its_first_year_a_survey_shows_wins_and_no_rise(said: Said, browser: Browser) -> None:
    count(SURVEY.id, [9, 9, 9], lowest=0, ago=40)
    count(SURVEY.id, [30, 30], lowest=9)
    page = browser.open(f"{PAGE}?days=30d")
    assert "We cannot tell yet." in part_of(page, "score")
    assert "it is better" not in text_of(page)
    assert "1 comment of praise" in part_of(page, "wins")


@pytest.mark.parametrize(
    ("now", "finding"),
    [
        ([2, 2, 2, 90], "Yes, it is better."),
        ([90, 2, 2, 2], "No, it is worse."),
        ([24, 24, 24, 26], "We cannot tell: no clear change."),
        ([1, 0, 0, 0], "We cannot tell: too few answers."),
    ],
)
def test_after_a_year_the_page_says_whether_it_is_better(
    heed: Heed, now: list[int], finding: str
) -> None:
    count(SURVEY.id, [5], lowest=5, ago=500)
    count(SURVEY.id, [25, 25, 25, 25], lowest=6, ago=45)
    count(SURVEY.id, now, lowest=6)
    assert finding in part_of(signed_in(heed).open(f"{PAGE}?days=30d"), "score")


def test_a_month_of_few_answers_is_hollow_and_stands_in_the_table(heed: Heed) -> None:
    count(SURVEY.id, [4], lowest=9, ago=40)
    count(SURVEY.id, [40], lowest=9)
    page = signed_in(heed).open(PAGE)
    html = page.body.decode()
    chart = html[html.index("chart course") : html.index("</figure>")]
    assert chart.count('class="few"') == chart.count('class="enough"') == 1
    assert "Score by month" in text_of(page)


def test_silence_is_told_as_silence(heed: Heed) -> None:
    counted({"asked": 40, "answered": 10, "refused": 2, "bounced": 1, "answered_in_7d": 8})
    told = part_of(signed_in(heed).open(PAGE), "silence")
    assert "40 people were asked." in told
    assert "30 have not answered." in told
    assert "Silent 27 67.5%" in told


def test_the_page_says_whether_everybody_was_called_back_and_what_was_fixed(heed: Heed) -> None:
    counted({"opened": 12, "closed": 11, "cause|vpn": 8, "cause|desk": 3}, LOOP)
    course = {"touched": 12, "touched_in_time": 12, "closed": 11, "closed_in_time": 10}
    counted({**course, "overdue": 2, "fixed|vpn": 5}, COURSE)
    page = signed_in(heed).open(PAGE)
    assert "Taken up in time: all 12 that were due" in part_of(page, "loop")
    assert "Closed in time: 10 of 12 that were due" in part_of(page, "loop")
    assert "vpn 8 5" in part_of(page, "causes")


def test_a_viewer_reads_words_and_learns_no_name(said: Said) -> None:
    page = signed_in(said.heed, Role.VIEWER).open(PAGE)
    assert "Waiting in the queue" in words(page)
    assert "Ingrid Solheim" not in text_of(page)
    assert "48213" not in text_of(page)
    assert "outcomes" not in page.body.decode()


def test_a_team_learns_whose_words_they_are(said: Said) -> None:
    page = signed_in(said.heed, Role.TEAM).open(PAGE)
    assert "Ingrid Solheim" in words(page)


@pytest.mark.parametrize(
    ("lang", "heading", "day"),
    [
        ("de", "Besser als vorher?", "20. Nov. 2026"),
        ("fr", "Score par mois", "20 nov. 2026"),
        ("es", "¿Mejor que antes?", "20 nov 2026"),
        ("nb", "Bedre enn før?", "20. nov. 2026"),
    ],
)
def test_the_page_is_in_the_reader_s_language(
    said: Said, lang: str, heading: str, day: str
) -> None:
    text = text_of(signed_in(said.heed, lang=lang).open(PAGE))
    assert heading in text
    assert day in text
    assert "Better than before?" not in text


def test_a_survey_without_any_answer_has_a_page(heed: Heed) -> None:
    page = signed_in(heed).open(PAGE)
    assert page.status_code == 200
    assert "No answers yet" in part_of(page, "score")


@pytest.mark.parametrize(("seconds", "good"), [(0.5, 99), (0.05, 14)])
def test_what_there_is_no_time_or_no_answer_for_is_left_out_and_the_rest_is_shown(
    said: Said, browser: Browser, monkeypatch: pytest.MonkeyPatch, seconds: float, good: int
) -> None:
    with slow_table(clients.client("dynamodb"), monkeypatch, seconds, good):
        page = browser.open(PAGE)
    assert page.status_code == 200
    assert "Too slow" in words(page)
    assert "Not everything could be read in time." in text_of(page)
    assert "Not everything" not in text_of(browser.open(PAGE))


def test_a_page_without_time_for_a_word_says_that_it_is_not_there_now(
    said: Said, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with slow_table(clients.client("dynamodb"), monkeypatch, seconds=2.5, good=99):
        page = browser.open(PAGE)
    assert page.status_code == 503
    assert "Not just now" in text_of(page)
