"""Every field of every answer of the API, with the scope `people:read` and without it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.surveys.items import definition_of
from chalicelib.tasks.routes import NEW
from infra.openapi_routes import routes
from tests.support.known_people import BEGIN, CONTACTS, SURVEYS, KnownPeople
from tests.support.routes_left_out import LEFT_OUT
from tests.support.samples import SURVEY

CSV, LINES = "text/csv", "application/jsonl"
PERSON = {"person", "email", "name"}
RESPONSE = {"id", "person", "ticket", "answered_at", "changed_at"}
TASK = {"id", "created_at", "due_at", "ticket", "response/answered_at", "response/changed_at"}
CONTACT = {f"items/*/{name}" for name in (*PERSON, "unreachable", "standing", "surveys")}
# Its people are no respondents; their names and addresses are hidden all the same.
TEAM = {"name": "Desk", "people": [{"id": "kari", "name": "Kari", "email": "kari@example.com"}]}
# Of every route: the fields that differ. `MADE` are those of what each request makes anew.
HIDDEN: dict[str, set[str]] = {
    f"GET {SURVEYS}/responses": {f"items/*/{name}" for name in RESPONSE},
    f"GET {SURVEYS}/responses?updated_since=2026-11-20": {f"items/*/{name}" for name in RESPONSE},
    f"PATCH {SURVEYS}/responses/ANSWER": RESPONSE,
    "GET /v1/tasks": {f"items/*/{name}" for name in TASK},
    "GET /v1/tasks?state=closed": set(),
    "POST /v1/tasks": {"id", "created_at", "due_at", "history"},
    "GET /v1/tasks/TASK": TASK,
    "PATCH /v1/tasks/TASK": {*TASK, "history"},
    f"GET {CONTACTS}": {*CONTACT, "summary"},
    f"GET {CONTACTS}?survey={SURVEY.id}": {*CONTACT, "summary"},
    f"GET {CONTACTS}/c-4": PERSON,
    f"PUT {CONTACTS}/c-4": PERSON,
    "GET /v1/teams": {"items/*/people"},
    "GET /v1/teams/desk": {"people"},
    "PUT /v1/teams/desk": {"people"},
    "POST /v1/outcomes": {"person"},
    "GET /v1/outcomes/o-1": {"person"},
    "GET /v1/outcomes?kind=churn": {"items/*/person"},
    "GET /v1/invitations/SUPPRESSED": {"reason"},
    "GET /v1/invitations/REFUSED": {"ended"},
    f"POST {SURVEYS}/invitations": {"reason"},
    f"POST {SURVEYS}/links": {"warning"},
    # The first item is about an account that said nothing.
    f"GET {SURVEYS}/insights?from=2026-10-01": {
        *("items/*/numbers", "items/*/rule", "items/*/says"),
        "accounts_as_of",  # and when such accounts were looked for
    },
    # The whole answer: see REFUSED.
    f"GET {SURVEYS}/invitations": set(),
    f"GET {SURVEYS}/outcomes?kind=churn": set(),
}
ALIKE = [
    "GET /v1/surveys",
    f"GET {SURVEYS}",
    f"PUT {SURVEYS}",
    f"GET {SURVEYS}/scores",
    f"GET {SURVEYS}/scores?by=organization&interval=day",
    f"GET {SURVEYS}/goals",
    f"POST {SURVEYS}/goals",
    "GET /v1/benchmarks",
    f"GET {SURVEYS}/themes",
    f"GET {SURVEYS}/judged",
    f"GET {SURVEYS}/causes",
    f"GET {SURVEYS}/loop",
    f"GET {SURVEYS}/reports/2026-10",
    f"PUT {SURVEYS}/reports/2026-10",
    "GET /v1/accounts",
    "GET /v1/accounts/acme",
    "PUT /v1/accounts/acme",
    f"POST {CONTACTS}/imports",
    "POST /v1/outcomes/imports",
    "GET /v1/history",
    "GET /v1/brand",
    "PUT /v1/brand",
    "GET /v1/keys",
    "GET /v1/hooks",
    "GET /v1/webhooks",
    "GET /v1/health",
]
REFUSED = {f"GET {SURVEYS}/outcomes?kind=churn", f"GET {SURVEYS}/invitations"}
AS_FILES = [(request, kind) for request in list(HIDDEN)[:2] for kind in (CSV, LINES)]
REQUESTS = [(request, "application/json") for request in (*HIDDEN, *ALIKE)] + AS_FILES
FOR_WHOM = {"email": "erik@acme.example.com", "name": "Erik"}
BODIES: dict[str, Any] = {
    f"PATCH {SURVEYS}/responses/ANSWER": {"state": "counted"},
    "POST /v1/tasks": NEW,
    "PATCH /v1/tasks/TASK": {"state": "taken", "note": "Rang them."},
    f"PUT {CONTACTS}/c-4": {"email": "anna@acme.example.com", "name": "Anna Solheim"},
    f"POST {CONTACTS}/imports": b"contact,email\r\nx,x@acme.example.com\r\n",
    "POST /v1/outcomes/imports": b"id,kind,email,reason,happened_at\r\n"
    b"o-1,churn,anna@acme.example.com,moved,2026-11-20T00:00:00Z\r\n",
    "POST /v1/outcomes": {
        "id": "o-1",
        "kind": "churn",
        "email": "anna@acme.example.com",
        "reason": "moved",
        "happened_at": "2026-11-20T00:00:00Z",
    },
    f"POST {SURVEYS}/invitations": FOR_WHOM,
    f"POST {SURVEYS}/links": {**FOR_WHOM, "ticket": KnownPeople.ticket("erik")},
    f"PUT {SURVEYS}": definition_of(SURVEY) | {"open_link": True, "tz": "Europe/Oslo"},
    f"POST {SURVEYS}/goals": {"metric": "score", "target": 40, "by": "2027-06-30"},
    "PUT /v1/teams/desk": TEAM,
    "PUT /v1/brand": {"name": "Northwind IT", "accent": "#1f4e9e"},
    f"PUT {SURVEYS}/reports/2026-10": {"heard": ["The Wi-Fi drops."], "did": []},
    "PUT /v1/accounts/acme": {"name": "Acme", "audience": "internal"},
}
# What each request makes has an id of its own.
MADE = {
    "POST /v1/tasks": {"id"},
    f"POST {SURVEYS}/invitations": {"id"},
    f"POST {SURVEYS}/goals": {"id"},
}


class World:
    """Two answers, one of them with a task, a contact who said nothing, and an outcome."""

    def __init__(self, people: KnownPeople, key: str) -> None:
        self.people, self.heed, self.key = people, people.heed, key
        people.contact("anna")
        people.contact("sigrun", account="quiet")
        people.told("PUT", "/v1/teams/desk", TEAM)
        self.ids = {
            "REFUSED": people.asked("sigrun"),
            "TASK": people.has_task("anna", hours=3),
            "ANSWER": people.answered("bo", 9, "Kind people", hours=27),
        }
        (ended,) = [item for item in self.heed.items("INVITE") if item["id"] == self.ids["REFUSED"]]
        people.set(ended, ended="refused")
        for name in ("erik", "anna"):
            people.mark(name, "unsubscribed")
        people.clock.move_to(BEGIN + timedelta(hours=30))
        people.told("POST", "/v1/outcomes", BODIES["POST /v1/outcomes"])
        suppressed = people.told("POST", f"{SURVEYS}/invitations", FOR_WHOM)
        self.ids["SUPPRESSED"] = suppressed["id"]

    def call(self, request: str, kind: str, key: str) -> Any:
        method, path = request.split()
        told = Disclosure(True) if key == self.heed.key else Disclosure(False, self.secret)
        for name, real in self.ids.items():
            whole = name in ("TASK", "ANSWER")
            path = path.replace(f"/{name}", f"/{told.shown_id(real) if whole else real}")
        body = BODIES.get(request)
        named = {"Content_Type": "text/csv"} if isinstance(body, bytes) else {}
        return self.heed.call(method, path, body, key, Accept=kind, **named)

    def both(self, request: str, kind: str) -> tuple[Any, Any]:
        """The answers to both keys, the second to the same table as the first."""
        if request.startswith(f"PATCH {SURVEYS}"):
            self.people.hold(self.ids["ANSWER"])
        stored = [item for item in self.heed.stored() if item["SK"] in ("RESPONSE", "CHANGE")]
        full = self.call(request, kind, self.heed.key)
        for item in stored:
            self.people.put(item)
        return full, self.call(request, kind, self.key)

    @property
    def secret(self) -> bytes:
        return b"person key of these tests"

    @property
    def hidden_texts(self) -> set[str]:
        """Who answered, and when to the millisecond."""
        texts = {self.ids["TASK"], self.ids["ANSWER"], "Anna", "anna@", "T-anna", "Laptop of anna"}
        texts |= {self.people.person(name) for name in ("anna", "bo", "sigrun", "erik")}
        return texts | {': "unsubscribed"', ': "refused"', "31.123Z", "33.123Z"}


@pytest.fixture
def world(people: KnownPeople, key: str) -> World:
    return World(people, key)


def rows_of(answer: Any, kind: str) -> Any:
    text = answer.body.decode()
    if kind == CSV:
        return {"items": list(csv.DictReader(io.StringIO(text)))}
    if kind == LINES:
        return {"items": [json.loads(line) for line in text.splitlines()]}
    return json.loads(text)


def fields(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """The fields, and their values as text. Where one side has null there is nothing below."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from fields(part, f"{at}/{name}".lstrip("/"))
    elif isinstance(value, list) and at == "items":
        for part in value:
            yield from fields(part, f"{at}/*")
    else:
        yield at, json.dumps(value, sort_keys=True)


def differing(one: Any, other: Any, hidden: set[str]) -> set[str]:
    def of(body: Any) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in fields(body):
            whole = next((field for field in hidden if name.startswith(f"{field}/")), name)
            found.setdefault(whole, []).append(value)
        return found

    left, right = of(one), of(other)
    return {name for name in left.keys() | right.keys() if left.get(name) != right.get(name)}


def in_a_file(name: str, kind: str) -> set[str]:
    """The columns of a field."""
    several = {
        "person": {"person_id", "person_name", "person_email"},
        "ticket": {"ticket_id", "ticket_subject"},
    }
    field = name.removeprefix("items/*/")
    return (
        {f"items/*/{column}" for column in several.get(field, {field})} if kind == CSV else {name}
    )


def complaints(world: World, request: str, kind: str) -> list[Any]:
    """What is wrong with the answer to a key that does not see people."""
    full, few = world.both(request, kind)
    assert full.status_code < 300, full.body
    if request in REFUSED:
        return [] if few.status_code == 403 else ["not refused"]
    hidden = HIDDEN.get(request, set()) | MADE.get(request, set())
    wanted = {column for name in hidden for column in in_a_file(name, kind)}
    found = differing(rows_of(full, kind), rows_of(few, kind), hidden)
    told = few.body.decode() + json.dumps(dict(few.headers))
    # Who asks is told the id of what was asked.
    own = {*world.ids.values()} if "invitations" in request or "links" in request else set()
    return [*(found ^ wanted), *(text for text in world.hidden_texts - own if text in told)]


def test_only_the_listed_fields_differ_and_none_tells_who_or_when(world: World) -> None:
    found = {(request, kind): complaints(world, request, kind) for request, kind in REQUESTS}
    assert {request: wrong for request, wrong in found.items() if wrong} == {}


def test_every_route_is_walked() -> None:
    walked = {re.sub(r"\?.*", "", request) for request in (*HIDDEN, *ALIKE)}
    every = {f"{route.method} {route.path}" for route in routes()} - LEFT_OUT
    patterns = {re.sub(r"{\w+}", "[^/]+", route): route for route in every}
    found = {
        route for pattern, route in patterns.items() for one in walked if re.fullmatch(pattern, one)
    }
    assert found == every
