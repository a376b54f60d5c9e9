"""A survey as its respondents will get it, before anybody is asked."""

import re

import pytest

from chalicelib.dashboard.setup.surveys.preview import KINDS, render_preview
from chalicelib.languages import LANGUAGES
from chalicelib.surveys.definition import Survey
from tests.support.given_surveys import body_of, survey_of
from tests.support.samples import SURVEY


def survey(**changes: object) -> Survey:
    given = body_of(SURVEY) | changes
    return survey_of(given)


def test_the_mail_asks_the_question_with_a_link_for_every_score() -> None:
    mail = render_preview(SURVEY, "mail", "en")
    assert str(SURVEY.question) in mail
    assert mail.count('aria-label="') == 11
    assert "Kim Solheim" in mail


def test_the_page_shows_what_was_chosen_and_thanks_say_that_it_counts() -> None:
    assert "You chose 10" in render_preview(SURVEY, "page", "en")
    assert "Your 10 is recorded" in render_preview(SURVEY, "thanks", "en")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_its_own_preview(kind: str, lang: str) -> None:
    shown = render_preview(SURVEY, kind, lang)  # type: ignore[arg-type]
    assert f'lang="{lang}"' in shown
    assert (shown != render_preview(SURVEY, kind, "en")) == (lang != "en")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_no_link_leads_anywhere_and_nothing_runs(kind: str) -> None:
    shown = render_preview(SURVEY, kind, "de")  # type: ignore[arg-type]
    assert set(re.findall(r'(?:href|action)="([^"]*)"', shown)) <= {"#", "data:,"}
    assert not re.search("<(no)?script", shown)


def test_a_draft_can_be_looked_at() -> None:
    assert "recommend" in render_preview(survey(success=None), "mail", "en")


def test_the_promise_is_the_one_that_respondents_read() -> None:
    sealed = survey(identity="confidential", segments=[])
    assert "shown to nobody" in render_preview(sealed, "mail", "en")
    assert "Receipt" in render_preview(sealed, "thanks", "en")


def test_what_was_typed_is_text_and_no_markup() -> None:
    hostile = survey(question='<img src=x onerror="alert(1)">')
    for kind in KINDS:
        assert "<img" not in render_preview(hostile, kind, "en")  # type: ignore[arg-type]
