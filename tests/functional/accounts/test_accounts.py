"""Accounts and their contacts through the API: silence is seen as silence."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Invitation, Status
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.samples import SURVEY, invitation

ACME = "/v1/accounts/acme"
CONTACTS = f"{ACME}/contacts"
ANNA = {"email": "anna@acme.example.com", "name": "Anna Berg", "role": "CFO", "capacity": "decides"}
CSV = {"Content-Type": "text/csv"}


@pytest.fixture(autouse=True)
def _acme(heed: Heed) -> None:
    assert heed.call("PUT", ACME, {"name": "Acme"}).status_code == 200


def put(heed: Heed, contact: str, /, **fields: Any) -> dict[str, Any]:
    body = {"email": f"{contact}@acme.example.com", **fields}
    answer = heed.call("PUT", f"{CONTACTS}/{contact}", body)
    assert answer.status_code == 200, answer.body
    shown: dict[str, Any] = answer.json_body
    return shown


def asked(name: str, at: datetime | None = None, **changes: Any) -> Invitation:
    """As the mail room leaves it, with the contact ledger."""
    person = invitations_wiring.person_of(f"{name}@acme.example.com")
    at = at or moments.now() - timedelta(days=3)
    made = invitation(f"{name} {at}", person=person, created_at=at, sent_at=at, **changes)
    invitations_wiring.invitations().add(made, invitations_wiring.people().get(person))
    return made


def answered(made: Invitation, score: int) -> None:
    now = moments.now()
    record_response(
        made.id, Answer(score), new_operation(now), "UTC", now, responses_wiring.recording()
    )


def contacts(heed: Heed, query: str = "", **arguments: Any) -> dict[str, Any]:
    answer = heed.call("GET", CONTACTS + query, **arguments)
    assert answer.status_code == 200, answer.body
    found: dict[str, Any] = answer.json_body
    return found


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json_body["type"].rpartition(":")[2]


def test_an_account_is_put_shown_and_listed(heed: Heed) -> None:
    shown = {"id": "acme", "name": "Acme", "audience": "external"}
    assert heed.call("GET", ACME).json_body == shown
    listed = heed.call("GET", "/v1/accounts").json_body
    assert listed == {"items": [shown], "next": None}
    assert problem(heed.call("GET", "/v1/accounts/none")) == (404, "not-found")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (ACME, {"name": ""}),
        (ACME, {"name": "Acme", "audience": "both"}),
        (ACME, {"name": "Acme", "size": 3}),
        (f"{CONTACTS}/anna", {"email": "anna"}),
        (f"{CONTACTS}/anna", {**ANNA, "capacity": "owns"}),
        (f"{CONTACTS}/anna", {**ANNA, "left": "yes"}),
    ],
)
def test_what_cannot_be_used_is_refused(heed: Heed, path: str, body: dict[str, Any]) -> None:
    assert problem(heed.call("PUT", path, body)) == (422, "validation")


@pytest.mark.parametrize("path", ["/v1/accounts/a%20b", f"{CONTACTS}/{'a' * 65}"])
def test_what_no_id_looks_like_is_nowhere(heed: Heed, path: str) -> None:
    assert heed.call("PUT", path, ANNA).status_code == 404


def test_a_contact_of_an_unknown_account_is_not_stored(heed: Heed) -> None:
    path = "/v1/accounts/none/contacts/anna"
    assert problem(heed.call("PUT", path, ANNA)) == (404, "not-found")
    assert problem(heed.call("GET", path)) == (404, "not-found")


def test_names_are_shown_only_to_a_key_that_may_see_people(heed: Heed) -> None:
    put(heed, "anna", name="Anna Berg", role="CFO")
    key = heed.make_key(Scope.ACCOUNTS_READ)
    for shown in (
        contacts(heed, key=key)["items"][0],
        heed.call("GET", f"{CONTACTS}/anna", key=key).json_body,
    ):
        assert (shown["email"], shown["name"], shown["role"]) == (None, None, "CFO")
    assert contacts(heed)["items"][0]["name"] == "Anna Berg"
    assert problem(heed.call("PUT", f"{CONTACTS}/anna", ANNA, key=key)) == (403, "scope-missing")


def test_a_contact_put_again_is_the_same_one_and_keeps_its_day(heed: Heed) -> None:
    first = put(heed, "anna", role="CFO")
    again = put(heed, "anna", role="CEO", left=True)
    assert again == first | {"role": "CEO", "left": True}
    assert [one["id"] for one in contacts(heed)["items"]] == ["anna"]


def test_another_person_under_the_same_id_is_a_new_contact(heed: Heed) -> None:
    first = put(heed, "anna")
    other = put(heed, "anna", email="berta@acme.example.com")
    assert other["person"] != first["person"]
    assert other["added_at"] > first["added_at"]


def test_a_contact_is_deleted_once(heed: Heed) -> None:
    put(heed, "anna")
    gone = heed.call("DELETE", f"{CONTACTS}/anna")
    assert (gone.status_code, gone.body) == (204, b"")
    assert contacts(heed)["items"] == []
    assert problem(heed.call("DELETE", f"{CONTACTS}/anna")) == (404, "not-found")


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
        made.id, new_operation(moments.now()), moments.now(), responses_wiring.recording()
    )
    assert contacts(heed)["items"][0]["standing"] == "never_asked"


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
    surveys_wiring.surveys().put(SURVEY.model_copy(update={"id": "other"}))
    assert contacts(heed, "?survey=other")["items"][0]["standing"] == "never_asked"
    assert contacts(heed, f"?survey={SURVEY.id}")["items"][0]["standing"] == "silent"


def test_contacts_go_on_from_a_cursor_of_their_own_account(heed: Heed) -> None:
    for name in ("anna", "ben", "carl"):
        put(heed, name)
    page = heed.call("GET", f"{CONTACTS}?limit=2")
    cursor = page.json_body["next"]
    assert page.headers["Link"] == f'<?limit=2&cursor={cursor}>; rel="next"'
    assert [one["id"] for one in contacts(heed, f"?cursor={cursor}")["items"]] == ["carl"]
    heed.call("PUT", "/v1/accounts/other", {"name": "Other"})
    other = heed.call("GET", f"/v1/accounts/other/contacts?cursor={cursor}")
    assert problem(other) == (409, "does-not-fit")


def test_accounts_go_on_from_a_cursor_of_their_own_list(heed: Heed) -> None:
    heed.call("PUT", "/v1/accounts/other", {"name": "Other"})
    cursor = heed.call("GET", "/v1/accounts?limit=1").json_body["next"]
    found = heed.call("GET", f"/v1/accounts?cursor={cursor}").json_body["items"]
    assert [one["id"] for one in found] == ["other"]
    surveys_wiring.surveys().put(SURVEY.model_copy(update={"id": "other"}))
    surveys = heed.call("GET", "/v1/surveys?limit=1").json_body["next"]
    foreign = heed.call("GET", f"/v1/accounts?cursor={surveys}")
    assert problem(foreign) == (409, "does-not-fit")
    for query in ("limit=101", "audience=external"):
        assert problem(heed.call("GET", f"/v1/accounts?{query}")) == (422, "validation")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=1.0", "colour=red", "cursor=x"])
def test_a_page_that_cannot_be_given_is_refused(heed: Heed, query: str) -> None:
    assert problem(heed.call("GET", f"{CONTACTS}?{query}")) == (422, "validation")


FILE = """contact,email,name,capacity
anna,anna@acme.example.com,"Berg, Anna",decides
ben,no address,Ben,uses
carl,carl@acme.example.com,Carl,owns
dora,dora@acme.example.com
anna,anna@acme.example.com,Twice,uses
ed,ed@acme.example.com,,
"""


def test_good_rows_are_stored_and_bad_ones_are_told(heed: Heed) -> None:
    done = heed.call("POST", CONTACTS, FILE.encode(), **CSV).json_body
    counts = (done["rows"], done["stored"], done["refused"], done["failed"])
    assert counts == (6, 2, 4, 0)
    assert [(one["line"], one["status"]) for one in done["results"]] == [
        (2, "stored"),
        (3, "refused"),
        (4, "refused"),
        (5, "refused"),
        (6, "refused"),
        (7, "stored"),
    ]
    pointers = [one["errors"][0]["pointer"] for one in done["results"] if one["errors"]]
    assert pointers == ["#/email", "#/capacity", "#", "#"]
    assert "no address" not in str(done)
    stored = {one["id"]: one for one in contacts(heed)["items"]}
    assert sorted(stored) == ["anna", "ed"]
    assert (stored["anna"]["name"], stored["anna"]["capacity"]) == ("Berg, Anna", "decides")


def test_a_file_sent_twice_changes_nothing(heed: Heed) -> None:
    heed.call("POST", CONTACTS, FILE.encode(), **CSV)
    before = contacts(heed)["items"]
    heed.call("POST", CONTACTS, FILE.encode(), **CSV)
    assert contacts(heed)["items"] == before


def test_a_file_says_nothing_of_the_columns_it_does_not_have(heed: Heed) -> None:
    put(heed, "anna", role="CFO", engagement="high", name="Anna", left=True)
    raw = b"contact,email,name\r\nanna,anna@acme.example.com,\r\n"
    heed.call("POST", CONTACTS, raw, **CSV)
    found = contacts(heed)["items"][0]
    assert (found["role"], found["engagement"], found["left"]) == ("CFO", "high", True)
    assert found["name"] is None


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b"contact,name\r\n", "text/csv", 409),
        (b"contact,email,colour\r\n", "text/csv", 409),
        (b"contact,email,email\r\n", "text/csv", 409),
        (b"", "text/csv", 409),
        (b"contact,email\r\n" + b"a,b\r\n" * 1001, "text/csv", 409),
        (b"contact,email\r\n" + b"a" * 262_144, "text/csv", 413),
        (b"contact,email\r\n\xff,b\r\n", "text/csv", 400),
        (b'contact,email\r\n"a"b,c\r\n', "text/csv", 409),
        (b"contact,email\r\n", "application/json", 415),
    ],
)
def test_a_file_that_cannot_be_read_stores_nothing(
    heed: Heed, raw: bytes, kind: str, status: int
) -> None:
    answer = heed.call("POST", CONTACTS, raw, **{"Content-Type": kind})
    assert answer.status_code == status
    assert contacts(heed)["items"] == []


def test_no_log_line_names_a_contact(heed: Heed, log_lines: Any) -> None:
    put(heed, "anna", name="Anna Berg", role="CFO")
    heed.call("POST", CONTACTS, FILE.encode(), **CSV)
    contacts(heed)
    written = log_lines.getvalue().lower()
    assert written
    assert [word for word in ("anna", "berg", "@", "cfo") if word in written] == []
