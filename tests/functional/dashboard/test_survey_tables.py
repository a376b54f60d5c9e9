"""The tables of a survey's page as CSV, with the session's cookie alone."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from chalicelib.dashboard.survey.tables import OF_API, OWN
from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.support.answers import NOON, Said
from tests.support.members import Browser, signed_in
from tests.support.reading_pages import links_on
from tests.support.samples import SURVEY

PAGE = f"/app/surveys/{SURVEY.id}"


@pytest.fixture
def said(heed: Heed) -> Iterator[Said]:
    with time_machine.travel(NOON, tick=False) as clock:
        made = Said(heed, clock)
        for number in range(6):
            made.answer(f"a{number}", 2, "=slow(1)", segments=("organization=B",))
        yield made


def rows(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))


def test_the_words_are_a_file_in_which_nothing_is_a_formula(said: Said) -> None:
    answer = signed_in(said.heed).open(f"{PAGE}/words.csv")
    assert [row["comment"] for row in rows(answer)] == ["'=slow(1)"] * 6
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="it-help-desk-words.csv"'
    )


def test_the_file_has_what_the_page_was_asked_for(said: Said) -> None:
    assert rows(signed_in(said.heed).open(f"{PAGE}/words.csv?words=happy")) == []


def test_every_table_of_the_page_is_a_file(said: Said) -> None:
    browser = signed_in(said.heed)
    said.heed.call("POST", f"/v1/surveys/{SURVEY.id}/goals", GOAL)
    said.answer("happy", 9, "kind")
    page = browser.open(f"{PAGE}?words=all")
    links = [link for link in links_on(page) if ".csv" in link]
    names = {link.rpartition("/")[2].partition(".csv")[0] for link in links}
    # There are no tasks here, so there is no table of causes.
    assert names == {*OF_API, *OWN} - {"causes"} | {"segment-organization"}
    files = re.findall(r'</table>\n</div>\n<p class="csv"><a href="([^"]+)"', page.body.decode())
    assert len(files) == len(set(files)) == page.body.count(b"<table>")
    assert [browser.open(link).status_code for link in links] == [200] * len(links)


def test_the_table_of_points_and_that_of_silence_are_files_of_their_own(said: Said) -> None:
    browser = signed_in(said.heed)
    points = rows(browser.open(f"{PAGE}/points.csv"))
    assert [row["count"] for row in points if row["point"] == "2"] == ["6"]
    silence = rows(browser.open(f"{PAGE}/silence.csv"))
    assert {row["became"]: row["people"] for row in silence}["answered"] == "6"
    of_segment = rows(browser.open(f"{PAGE}/segment-organization.csv"))
    assert {row["segment"] for row in of_segment} >= {"organization"}
    assert browser.open(f"{PAGE}/segment-nothing.csv").status_code == 404


GOAL = {"metric": "score", "target": 40, "by": "2027-06-30"}


def test_a_viewer_s_file_has_no_names(said: Said) -> None:
    found = rows(signed_in(said.heed, Role.VIEWER).open(f"{PAGE}/words.csv"))
    assert {row["person_name"] for row in found} == {""}
    assert {row["answered_at"] for row in found} == {"2026-11-20"}


def test_a_viewer_gets_no_file_of_outcomes(said: Said) -> None:
    assert signed_in(said.heed, Role.VIEWER).open(f"{PAGE}/outcomes.csv").status_code == 404


@pytest.mark.parametrize("name", ["words", "nothing.csv", "words.json", ".csv"])
def test_there_is_no_other_file(said: Said, name: str) -> None:
    assert signed_in(said.heed).open(f"{PAGE}/{name}").status_code == 404


def test_nobody_gets_a_file_without_a_session(said: Said) -> None:
    assert Browser(said.heed).open(f"{PAGE}/words.csv").status_code == 303
