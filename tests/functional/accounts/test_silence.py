"""Silence is seen as silence."""

from datetime import timedelta

from msgspec.structs import replace

from chalicelib import moments
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Status
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import erase_response, new_operation
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.accounts import CONTACTS, answered, asked, contacts, put
from tests.support.samples import SURVEY


def test_who_answered_who_was_silent_and_who_was_never_asked(heed: Heed) -> None:
    for name, capacity in (("anna", "decides"), ("ben", "decides"), ("carl", "uses")):
        put(heed, name, capacity=capacity)
    answered(asked("anna"), 9)
    silent = asked("ben")
    found = contacts(heed)
    standing = {one["id"]: one["standing"] for one in found["items"]}
    assert standing == {"anna": "answered", "ben": "silent", "carl": "never_asked"}
    anna, ben, carl = (one["surveys"] for one in found["items"])
    assert anna[0]["answered"] | {"last_at": ""} == {"count": 1, "last_at": "", "band": "promoter"}
    assert anna[0]["silent_since"] is None
    assert ben[0]["answered"] is None
    assert ben[0]["silent_since"] == moments.to_text(silent.created_at)
    assert carl == []
    counts = {"contacts": 3, "asked": 2, "answered": 1, "silent": 1, "never_asked": 1}
    assert counts.items() <= found["summary"].items()
    assert found["summary"]["by_capacity"]["decides"]["answered"] == 1
    assert "1 of 2 who decide have answered." in found["summary"]["notes"]
    assert "score" not in str(found)


def test_silence_begins_with_the_first_asking_after_the_last_answer(heed: Heed) -> None:
    put(heed, "anna")
    days = [moments.now() - timedelta(days=days) for days in (90, 60, 30)]
    first, second, _ = (asked("anna", day) for day in days)
    answered(first, 3)
    (survey,) = contacts(heed)["items"][0]["surveys"]
    assert survey["asked"] == {"count": 3, "last_at": moments.to_text(days[2])}
    assert survey["silent_since"] == moments.to_text(second.created_at)
    assert survey["answered"]["band"] == "detractor"


def test_an_answer_that_was_erased_leaves_neither_answer_nor_silence(heed: Heed) -> None:
    put(heed, "anna")
    made = asked("anna")
    answered(made, 9)
    erase_response(
        made.id, new_operation(moments.now()), moments.now(), responses_wiring.record_needs()
    )
    found = contacts(heed)
    assert (found["items"][0]["standing"], found["items"][0]["surveys"]) == ("erased", [])
    assert (found["summary"]["erased"], found["summary"]["never_asked"]) == (1, 0)
    asked("anna")
    assert contacts(heed)["items"][0]["standing"] == "silent", "of another asking"


def test_a_mail_that_never_went_out_asked_nobody(heed: Heed) -> None:
    put(heed, "anna")
    asked("anna", status=Status.SUPPRESSED)
    assert contacts(heed)["items"][0]["standing"] == "never_asked"


def test_links_in_a_help_desk_s_own_mail_are_an_asking(heed: Heed) -> None:
    put(heed, "anna")
    body = {"email": "Anna@acme.example.com", "ticket": {"id": "1"}}
    heed.call("POST", f"/v1/surveys/{SURVEY.id}/links", body)
    found = contacts(heed)["items"][0]
    assert (found["standing"], found["surveys"][0]["asked"]["count"]) == ("silent", 1)


def test_a_contact_whom_no_mail_may_reach_says_why(heed: Heed) -> None:
    person = put(heed, "anna")["person"]
    invitations_wiring.people().mark(person, "unsubscribed", moments.now())
    found = contacts(heed)
    assert found["items"][0]["unreachable"] == "unsubscribed"
    assert found["summary"]["unreachable"] == 1


def test_whoever_left_is_listed_and_in_no_count(heed: Heed) -> None:
    put(heed, "anna", left=True)
    put(heed, "ben")
    summary = contacts(heed)["summary"]
    assert (summary["contacts"], summary["left"]) == (1, 1)


def test_one_survey_can_be_looked_at_alone(heed: Heed) -> None:
    put(heed, "anna")
    asked("anna")
    assert heed.call("GET", f"{CONTACTS}?survey=none").status_code == 404
    surveys_wiring.surveys().put(replace(SURVEY, id="other"))
    assert contacts(heed, "?survey=other")["items"][0]["standing"] == "never_asked"
    assert contacts(heed, f"?survey={SURVEY.id}")["items"][0]["standing"] == "silent"
