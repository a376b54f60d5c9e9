"""What a field may look like, whichever tool sends it."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace

from chalicelib.errors import BadRequest
from chalicelib.helpdesks.bodies import read_json, read_rendered
from chalicelib.helpdesks.source import Shape, shape_of
from chalicelib.helpdesks.times import changed_at, moment_in
from chalicelib.helpdesks.trigger import is_reopened, is_solved, read_trigger, reason_to_ignore
from tests.support.inbound import Sample, sample
from tests.unit.helpdesks.test_reasons import put

AT = datetime(2026, 11, 20, 13, 45, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T13:45:09Z",
        "2026-11-20T13:45:09.0+0000",
        "2026-11-20T14:45:09.000+0100",
        "2026-11-20 13:45:09",
        "2026-11-20 13:45:09 UTC",
        "2026-11-20T13:45:09z",
        "1795182309",
        "1795182309000",
        "1795182309.0",
    ],
)
def test_the_times_that_tools_write(text: str) -> None:
    assert moment_in(text) == AT


@pytest.mark.parametrize("text", ["", "soon", "10417-2026-11-20T13:45:09Z", "20", "#{ticket.x}"])
def test_what_is_no_time(text: str) -> None:
    assert moment_in(text) is None


def told(name: str, **changes: Any) -> Any:
    found = sample(name)
    (place, *_) = found.places()
    for path, value in changes.items():
        put(place.item, path.replace("__", "."), value)
    return found, place


def changed_at_of(name: str) -> datetime:
    found, place = told(name)
    shape = shape_of(found.desk, place, "")
    assert shape
    return changed_at(shape, place.below(shape.root), AT.replace(year=2030))


@pytest.mark.parametrize("name", ["servicenow_business_rule", "jira_automation_send_web_request"])
def test_the_tool_s_own_time_counts_and_not_that_of_the_arrival(name: str) -> None:
    assert changed_at_of(name) == AT


def shape(**changes: Any) -> Shape:
    return replace(Shape(ticket="id", status="state", solved=("Closed",)), **changes)


@pytest.mark.parametrize("state", ["Closed", "closed", "CLOSED", " closed "])
def test_a_declaration_may_write_a_status_as_the_tool_does(state: str) -> None:
    (place,) = sample("freescout_convo_status").places()
    item = {"id": 7, "state": state, "label": ["Thank_You"], "event": "Ticket.Closed"}
    at = replace(place, item=item, top=item)
    assert is_solved(shape(), at)
    assert reason_to_ignore(shape(wanted={"event": ("Ticket.Closed",)}), at) is None
    assert reason_to_ignore(shape(not_asked={"spam": ("label", ("THANK_YOU",))}), at) == "spam"


def test_a_resolved_incident_that_is_closed_is_not_open_again() -> None:
    closed, at = told("servicenow_business_rule", event="incident.reopened", state="7")
    assert not is_reopened(closed.desk.shapes[0], at)
    opened, at = told("servicenow_business_rule", event="incident.reopened", state="2")
    assert is_reopened(opened.desk.shapes[0], at)


OWN = [
    ("github_issues_closed", {"issue.assignees": [{"login": "x"}, {"login": "ana"}]}, "issue.user"),
    (
        "zendesk_event_ticket_status_changed",
        {"detail.assignee_id": 7, "detail.requester_id": "7"},
        "",
    ),
    ("jira_native_issue_resolved", {"issue.fields.assignee.accountId": "qm:fictional:417"}, ""),
    ("jsm_legacy_automation_webhook", {"issue.fields.assignee.accountId": "qm:fictional:417"}, ""),
    (
        "glpi_ticket_update",
        {
            "item.team": [
                {"name": "ana", "type": "User", "role": "requester"},
                {"name": "IT", "type": "Group", "role": "assigned"},
                {"name": "ana", "type": "User", "role": "assigned"},
            ]
        },
        "",
    ),
]


@pytest.mark.parametrize(("name", "changes", "author"), OWN)
def test_whoever_serves_the_own_ticket_is_known_by_an_id_too(
    name: str, changes: dict[str, Any], author: str
) -> None:
    found = sample(name)
    (place, *_) = found.places()
    for path, value in (changes | ({f"{author}.login": "ana"} if author else {})).items():
        put(place.item, path, value)
    form = shape_of(found.desk, place, "")
    assert form
    assert reason_to_ignore(form, place.below(form.root)) == "own_ticket"


def test_chatwoot_s_changes_come_in_any_order() -> None:
    changes = [
        {"assignee_id": {"previous_value": 1, "current_value": 2}},
        {"status": {"previous_value": "resolved", "current_value": "resolved"}},
    ]
    desk, at = told("chatwoot_conversation_status_changed", changed_attributes=changes)
    assert reason_to_ignore(desk.desk.shapes[0], at) == "solved_before"
    for odd in (None, {}, [], ["status"], [{"status": None}], [{"status": "open"}]):
        desk, at = told("chatwoot_conversation_status_changed", changed_attributes=odd)
        assert reason_to_ignore(desk.desk.shapes[0], at) is None


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([{"field": "resolution", "from": None, "to": "1"}], None),
        ([{"field": "status", "from": "3", "to": "5"}], None),
        ([{"field": "resolution", "from": "1", "to": "2"}], "solved_before"),
        ([{"field": "summary", "from": None, "to": None}], "solved_before"),
    ],
)
def test_jira_tells_a_resolution_from_a_correction_of_it(items: Any, expected: str | None) -> None:
    desk, at = told("jira_native_issue_resolved", changelog={"items": items})
    assert reason_to_ignore(desk.desk.shapes[0], at) == expected


@pytest.mark.parametrize("email", [" ana@example.com", "ana@example.com\n", "\tana@example.com "])
def test_a_blank_beside_an_address_loses_no_survey(email: str) -> None:
    desk, at = told("generic_canonical_trigger", requester__email=email)
    assert read_trigger("generic", desk.desk.shapes[0], at).email == "ana@example.com"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", '[{"a": NaN}]'])
def test_what_json_has_no_word_for_is_no_json(value: str) -> None:
    for read in (read_json, read_rendered):
        with pytest.raises(BadRequest) as refused:
            read(f'{{"a": {value}}}'.encode())
        assert refused.value.code == "not_json"


def test_a_backslash_of_a_template_is_one_and_an_escape_of_json_stays_one() -> None:
    assert read_rendered(b'{"a": "x\\"}') == {"a": "x\\"}
    assert read_rendered(b'{"a": "C:\\Users", "b": "\\u0041"}') == {
        "a": "C:\\Users",
        "b": "\\u0041",
    }
    assert read_rendered(b'{"a": "\\u0041\\"b"}') == {"a": 'A"b'}


def form(of: Sample) -> bytes:
    return urlencode({"payload": of.raw.decode()}).encode()


def test_github_s_other_content_type_says_the_same() -> None:
    of = sample("github_issues_closed")
    of = replace(of, raw=of.raw.replace(b"Laptop", "Bærbar & 電腦+".encode()))
    assert of.desk.read(form(of)) == json.loads(of.raw)
    for odd in (b"payload=", b"payload=%FF", b"payload=x", b"payload"):
        with pytest.raises(BadRequest):
            of.desk.read(odd)
