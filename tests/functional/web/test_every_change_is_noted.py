"""Every route of the API that changes something leaves a line in the history, with the change."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

import app
from chalicelib import targets, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.web.endpoint import Endpoint
from chalicelib.web.routing import split, view_of
from chalicelib.webhooks import wiring as webhooks_wiring
from chalicelib.webhooks.delivery import State
from chalicelib.webhooks.webhook import Kind
from tests.functional.conftest import HOOK, Heed
from tests.functional.invitations.test_list_and_change import IN_A_MONTH, waiting
from tests.functional.notify.test_reports import IN_DECEMBER, WORDS
from tests.functional.releases.test_releases import MORNING
from tests.support.ballots import ANONYMOUS, stored_box
from tests.support.deliveries import WEBHOOK, delivery
from tests.support.given_surveys import body_of
from tests.support.known_people import KnownPeople
from tests.support.lines import is_noted, lines
from tests.support.samples import SURVEY, stored_invitation
from tests.support.wave import DEFINITION, PEOPLE
from tests.support.webhooks import put_team, stored_webhook

Walk = tuple[str, object]
S, H, W = f"/v1/surveys/{SURVEY.id}", f"/v1/hooks/zendesk/{HOOK}", f"/v1/webhooks/{WEBHOOK.id}"
REPORT = f"{S}/reports/2026-11"
ROWS = {
    "/v1/people/imports": b"email\r\nanna@example.com\r\n",
    "/v1/accounts/acme/contacts/imports": b"contact,email\r\nx,x@acme.example.com\r\n",
    "/v1/outcomes/imports": b"id,kind,email,reason,happened_at\r\n"
    b"o-1,churn,anna@example.com,moved,2026-11-20T00:00:00Z\r\n",
}
OUTCOME = {
    "id": "o-1",
    "kind": "churn",
    "email": "anna@example.com",
    "reason": "moved",
    "happened_at": "2026-11-20T00:00:00Z",
}
ACCOUNT = {"subdomain": "acme", "client_id": "heed", "client_secret": "a-secret-of-these-tests"}
HOOKED = {
    "name": "Reports",
    "url": "https://hooks.example.com/heed",
    "events": ["TaskOpened"],
    "team": "desk",
}
OLA = {"email": "ola@example.com", "name": "Ola", "role": "team"}
GOAL = {"metric": "score", "target": 40, "by": "2027-06-30"}


def at(path: str, body: object = None) -> Callable[[Heed], Walk]:
    return lambda heed: (path, body)


def after(method: str, before: str, said: object, path: str, body: object = None) -> Any:
    """Of what is made first. MADE in `path` is its address."""

    def walk(heed: Heed) -> Walk:
        answer = heed.call(method, before, said)
        assert answer.status_code < 300, answer.body
        return path.replace("MADE", answer.headers.get("Location", "")), body

    return walk


def of_webhook(path: str = W, body: object = None, **changes: Any) -> Callable[[Heed], Walk]:
    def walk(heed: Heed) -> Walk:
        stored_webhook(**changes)
        return path, body

    return walk


def of_answer(body: object) -> Callable[[Heed], Walk]:
    def walk(heed: Heed) -> Walk:
        with time_machine.travel(MORNING, tick=False) as clock:
            people = KnownPeople(heed, clock)
            made = people.answered("bo", 9, hours=27)
            people.hold(made)
        return f"{S}/responses/{made}", body

    return walk


def sent(heed: Heed) -> Walk:
    made = stored_invitation(wiring.table(), created_at=MORNING, expires_at=IN_A_MONTH)
    return f"/v1/invitations/{made.id}/sending", None


def with_actions(heed: Heed) -> Walk:
    stored_webhook(kind=Kind.SLACK, url=None)
    heed.call("PUT", f"{W}/actions", {"signing_secret": "8" * 32})
    return f"{W}/actions", None


def closed(heed: Heed) -> Walk:
    path, body = "/v1/surveys/old", body_of(SURVEY) | {"id": "old"}
    for method, address in (("PUT", path), ("POST", f"{path}/closing")):
        assert heed.call(method, address, body if method == "PUT" else None).status_code < 300
    return path, None


def unsubscribed(heed: Heed) -> Walk:
    person = invitations_wiring.person_of("anna@example.com")
    invitations_wiring.people().mark(person, "unsubscribed", MORNING)
    return "/v1/people/resubscriptions", {"email": "anna@example.com"}


def contact(heed: Heed) -> Walk:
    KnownPeople(heed, None).contact("anna")
    return "/v1/accounts/acme/contacts/c-4", None


def box(noun: str) -> Callable[[Heed], Walk]:
    def walk(heed: Heed) -> Walk:
        stored_box(ANONYMOUS, 23)
        return f"/v1/surveys/{ANONYMOUS.id}/{noun}", None

    return walk


def of_person(path: str, body: object = None) -> Callable[[Heed], Walk]:
    def walk(heed: Heed) -> Walk:
        person = heed.call("POST", "/v1/people", {"email": "anna@example.com"}).json_body["id"]
        return path.replace("PERSON", person), body

    return walk


def ended_delivery(heed: Heed) -> Walk:
    stored_webhook()
    webhooks_wiring.delivery_log().add(delivery("a" * 26, state=State.FAILED, due_at=None))
    return f"{W}/deliveries/replays", {"delivery": "a" * 26}


# What is asked of each route, when what it needs is there.
WALKS: dict[str, Callable[[Heed], Walk]] = {
    "PUT /v1/brand": at("/v1/brand", {"name": "Acme"}),
    "POST /v1/hooks": at("/v1/hooks", {"source": "zendesk", "survey": SURVEY.id}),
    "DELETE /v1/hooks/{source}/{hook}": at(H),
    "POST /v1/hooks/{source}/{hook}/secrets": at(f"{H}/secrets", {"secret": "x" * 40}),
    "DELETE /v1/hooks/{source}/{hook}/secrets": at(f"{H}/secrets"),
    "PUT /v1/hooks/{source}/{hook}/account": at(f"{H}/account", ACCOUNT),
    "DELETE /v1/hooks/{source}/{hook}/account": after(
        "PUT", f"{H}/account", ACCOUNT, f"{H}/account"
    ),
    "PATCH /v1/hooks/{source}/{hook}": at(H, {"mapping": {}}),
    "POST /v1/webhooks": at("/v1/webhooks", HOOKED),
    "PATCH /v1/webhooks/{webhook}": of_webhook(body={"name": "Other"}),
    "DELETE /v1/webhooks/{webhook}": of_webhook(),
    "POST /v1/webhooks/{webhook}/secrets": of_webhook(f"{W}/secrets", {}),
    "DELETE /v1/webhooks/{webhook}/secrets": of_webhook(f"{W}/secrets"),
    "POST /v1/webhooks/{webhook}/test": of_webhook(f"{W}/test"),
    "POST /v1/webhooks/{webhook}/deliveries/replays": ended_delivery,
    "PUT /v1/webhooks/{webhook}/actions": of_webhook(
        f"{W}/actions", {"signing_secret": "8" * 32}, kind=Kind.SLACK, url=None
    ),
    "DELETE /v1/webhooks/{webhook}/actions": with_actions,
    "PUT /v1/surveys/{survey}": at(S, body_of(SURVEY)),
    "DELETE /v1/surveys/{survey}": closed,
    "POST /v1/surveys/{survey}/releases": box("releases"),
    "POST /v1/surveys/{survey}/closing": box("closing"),
    "POST /v1/surveys/{survey}/waves": after(
        "PUT", "/v1/surveys/it-2026", DEFINITION, "/v1/surveys/it-2026/waves", {"people": PEOPLE}
    ),
    "POST /v1/invitations/{invitation}/cancellation": lambda heed: (
        f"/v1/invitations/{waiting(heed)}/cancellation",
        None,
    ),
    "POST /v1/invitations/{invitation}/sending": sent,
    "POST /v1/surveys/{survey}/goals": at(f"{S}/goals", GOAL),
    "DELETE /v1/surveys/{survey}/goals/{goal}": after("POST", f"{S}/goals", GOAL, "MADE"),
    "PATCH /v1/surveys/{survey}/responses/{response}": of_answer({"state": "counted"}),
    "DELETE /v1/surveys/{survey}/responses/{response}": of_answer(None),
    "PUT /v1/surveys/{survey}/reports/{month}": at(REPORT, WORDS),
    "POST /v1/surveys/{survey}/reports/{month}/sending": after(
        "PUT", REPORT, WORDS, f"{REPORT}/sending"
    ),
    "POST /v1/outcomes/imports": at("/v1/outcomes/imports"),
    "DELETE /v1/outcomes/{outcome}": after("POST", "/v1/outcomes", OUTCOME, "/v1/outcomes/o-1"),
    "POST /v1/accounts/{account}/contacts/imports": after(
        "PUT",
        "/v1/accounts/acme",
        {"name": "Acme", "audience": "internal"},
        "/v1/accounts/acme/contacts/imports",
    ),
    "DELETE /v1/accounts/{account}/contacts/{contact}": contact,
    "PUT /v1/teams/{team}": at("/v1/teams/it", {"name": "IT"}),
    "DELETE /v1/teams/{team}": at("/v1/teams/desk"),
    "POST /v1/people/imports": at("/v1/people/imports"),
    "DELETE /v1/people/{person}": of_person("/v1/people/PERSON"),
    "POST /v1/people/resubscriptions": unsubscribed,
    "POST /v1/people/erasures": of_person("/v1/people/erasures", {"email": "anna@example.com"}),
    "POST /v1/keys": at("/v1/keys", {"name": "Reports", "scopes": ["read"]}),
    "DELETE /v1/keys/{key}": after("POST", "/v1/keys", {"name": "x", "scopes": ["read"]}, "MADE"),
    "POST /v1/members": at("/v1/members", OLA),
    "PATCH /v1/members/{member}": after("POST", "/v1/members", OLA, "MADE", {"role": "viewer"}),
    "DELETE /v1/members/{member}": after("POST", "/v1/members", OLA, "MADE"),
}
NOTED = [
    f"{method} {path}"
    for route, view in app.ROUTES.items()
    for methods, path in [split(route)]
    for method in methods
    if path.startswith("/v1")
    and isinstance(view_of(view), Endpoint)
    and is_noted(view_of(view), method)
]


@pytest.fixture(autouse=True)
def _ready(heed: Heed, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(targets, "resolve", lambda host, port: ["93.184.216.34"])
    put_team()
    with time_machine.travel(IN_DECEMBER, tick=False):
        yield


def walk(heed: Heed, route: str, path: str, body: object, **headers: str) -> list[Any]:
    """The lines that one request leaves."""
    before = lines(heed)
    if path in ROWS:
        body, headers = ROWS[path], headers | {"Content_Type": "text/csv"}
    answer = heed.call(route.split()[0], path, body, **headers)
    assert answer.status_code < 300, answer.body
    return [line for line in lines(heed) if line not in before]


@pytest.mark.parametrize("route", NOTED)
def test_a_change_leaves_its_line(heed: Heed, route: str) -> None:
    assert route in WALKS, (
        f"{route} changes something: give in WALKS what is asked of it, or say in its declaration"
        ' why the history needs no line of it: not_noted="..."'
    )
    path, body = WALKS[route](heed)
    found = walk(heed, route, path, body)
    act = view_of(next(view for known, view in app.ROUTES.items() if known == route)).name
    acts = [act, f"{act}_done"] if path in ROWS or act == "erase" else [act]
    assert [line[0] for line in found] == acts
    (key,) = {line[2] for line in found}
    assert key in [item["id"] for item in heed.items("KEY")]
    assert "anna" not in str(found)


def test_nothing_is_walked_that_needs_no_line() -> None:
    assert set(WALKS) <= set(NOTED)


@pytest.mark.parametrize(
    "route", [route for route in WALKS if route.startswith("POST") and route in NOTED]
)
def test_the_same_request_again_has_the_same_line(heed: Heed, route: str) -> None:
    declared = view_of(app.ROUTES[route])
    if not declared.repeats:
        return
    path, body = WALKS[route](heed)
    assert walk(heed, route, path, body, Idempotency_Key="once")
    assert walk(heed, route, path, body, Idempotency_Key="once") == []
