"""The page that stops mails: all of them or those of one survey, and the way back."""

import re

import pytest
from chalice.test import HTTPResponse
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.token import Purpose
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY

OTHER = replace(SURVEY, id="other")
BACK = "/v1/people/resubscriptions"
INGRID = {"email": "ingrid@example.com"}


class Page:
    """Ingrid was asked, and has the link in the foot of the mail."""

    def __init__(self, heed: Heed) -> None:
        self.heed = heed
        surveys_wiring.surveys().put(OTHER)
        self.ask()
        self.link = f"/u/{heed.token(heed.items('INVITE')[0], Purpose.UNSUBSCRIBE)}"

    def ask(self, survey: str = SURVEY.id) -> str | None:
        """Why not."""
        path = f"/v1/surveys/{survey}/invitations"
        reason: str | None = self.heed.call("POST", path, INGRID).json_body["reason"]
        return reason

    def press(self, **fields: str) -> HTTPResponse:
        return self.heed.post_form(self.link, fields)

    def undo(self, shown: HTTPResponse, act: str) -> HTTPResponse:
        found = re.search(r'name="nonce" value="([^"]+)"', shown.body.decode())
        assert found
        return self.press(act=act, nonce=found[1])


@pytest.fixture
def page(heed: Heed) -> Page:
    return Page(heed)


def test_only_this_survey_is_stopped_and_the_reason_says_so(page: Page) -> None:
    shown = page.press(act="survey")
    assert "Done. You will get no more e-mails about this survey." in shown.body.decode()
    assert page.ask() == "unsubscribed_from_survey"
    assert page.ask("other") is None


def test_one_click_of_a_mail_program_still_stops_all(page: Page) -> None:
    page.press(**{"List-Unsubscribe": "One-Click"})
    assert (page.ask(), page.ask("other")) == ("unsubscribed", "unsubscribed")


@pytest.mark.parametrize(("act", "undo"), [("", "undo_all"), ("survey", "undo_survey")])
def test_what_was_stopped_can_be_taken_back_at_once(page: Page, act: str, undo: str) -> None:
    shown = page.press(act=act)
    assert f'value="{undo}"' in shown.body.decode()
    assert "You will get these e-mails again." in page.undo(shown, undo).body.decode()
    assert page.ask() == "throttled"


def test_an_undo_of_the_survey_leaves_what_stops_all(page: Page) -> None:
    shown = page.press(act="survey")
    page.press()
    page.undo(shown, "undo_survey")
    assert page.ask() == "unsubscribed"


def test_an_undo_that_no_page_offered_takes_nothing_back(page: Page) -> None:
    page.press()
    assert page.press(act="undo_all", nonce="made up").status_code == 404
    assert page.ask() == "unsubscribed"


def test_a_get_changes_nothing_and_does_not_tell_what_was_stopped(page: Page) -> None:
    before = page.heed.http.get(page.link).body
    page.press(act="survey")
    people = page.heed.items("PERSON")
    assert page.heed.http.get(page.link).body == before
    assert page.heed.items("PERSON") == people


class TestAskedBack:
    def test_an_admin_lifts_it_and_is_kept_with_the_person(self, page: Page) -> None:
        page.press()
        page.press(act="survey")
        key = page.heed.make_key(Scope.PEOPLE_WRITE)
        lifted = page.heed.call("POST", BACK, INGRID, key=key).json_body
        assert (lifted["unsubscribed"], lifted["surveys"]) == (True, [SURVEY.id])
        assert lifted["unreachable"] is None
        (person,) = page.heed.items("PERSON")
        assert person["taken_back_by"] == lifted["lifted_by"]
        assert page.ask() == "throttled"

    def test_of_one_survey_alone(self, page: Page) -> None:
        page.press()
        page.press(act="survey")
        lifted = page.heed.call("POST", BACK, INGRID | {"survey": SURVEY.id}).json_body
        assert (lifted["unsubscribed"], lifted["surveys"]) == (False, [SURVEY.id])
        assert lifted["unreachable"] == "unsubscribed"

    def test_also_what_met_a_conflict(self, page: Page) -> None:
        person = invitations_wiring.person_of(INGRID["email"])
        invitations_wiring.people().opt_out(person, moments.now())
        assert page.heed.call("POST", BACK, INGRID).json_body["unsubscribed"]
        assert page.heed.items("OPTOUT") == []
        assert page.ask() == "throttled"

    def test_a_complaint_stays(self, page: Page) -> None:
        person = invitations_wiring.person_of(INGRID["email"])
        invitations_wiring.people().mark(person, "complained", moments.now())
        page.press()
        lifted = page.heed.call("POST", BACK, INGRID).json_body
        assert (lifted["unsubscribed"], lifted["unreachable"]) == (True, "complained")
        assert page.ask() == "complained"

    def test_nothing_is_written_where_nothing_was_stopped(self, page: Page) -> None:
        before = page.heed.items("PERSON")
        lifted = page.heed.call("POST", BACK, INGRID).json_body
        assert (lifted["unsubscribed"], lifted["surveys"]) == (False, [])
        assert page.heed.items("PERSON") == before

    def test_it_takes_its_scope(self, page: Page) -> None:
        key = page.heed.make_key(Scope.PEOPLE_READ)
        assert page.heed.call("POST", BACK, INGRID, key=key).status_code == 403


class TestErased:
    @pytest.fixture(autouse=True)
    def _erased(self, page: Page) -> None:
        page.press(act="survey")
        assert page.heed.call("POST", "/v1/people/erasures", INGRID).status_code == 200

    def test_which_survey_they_left_is_forgotten(self, page: Page) -> None:
        assert SURVEY.id not in str(page.heed.items("PERSON"))

    def test_nobody_brings_them_back(self, page: Page) -> None:
        lifted = page.heed.call("POST", BACK, INGRID).json_body
        assert (lifted["surveys"], lifted["unreachable"]) == ([], "erased")
        page.press(act="survey")
        assert SURVEY.id not in str(page.heed.items("PERSON"))
        assert page.ask() == "erased"


def test_an_export_tells_a_person_which_surveys_they_left(page: Page) -> None:
    page.press(act="survey")
    person = invitations_wiring.person_of(INGRID["email"])
    told = page.heed.call("GET", f"/v1/people/export?person={person}").json_body
    assert (told["left_surveys"], told["unsubscribed_at"]) == ([SURVEY.id], None)
