"""What tells that nobody is to be asked, and what stands in the way of a trigger, by source."""

from typing import Any

import pytest

from chalicelib.errors import Invalid
from chalicelib.helpdesks import registry
from chalicelib.helpdesks.instructions import instructions
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Source, shape_of
from chalicelib.helpdesks.trigger import read_trigger, reason_to_ignore
from tests.support.inbound import Sample, sample, samples

EVERY = pytest.mark.parametrize("source", registry.every(), ids=lambda source: source.name)


def reason(told: Sample, changes: dict[str, Any]) -> str | None:
    (place, *_) = told.places()
    for path, value in changes.items():
        put(place.item, path, value)
    shape = shape_of(told.desk, place, "")
    assert shape
    return reason_to_ignore(shape, place.below(shape.root))


def put(item: Any, path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for parent in parents:
        item = item[int(parent)] if parent.isdigit() else item[parent]
    item[last] = value


SOLVED = [told for told in samples() if told.reason in ("", "address_unknown")]


@pytest.mark.parametrize("told", SOLVED, ids=lambda told: told.name)
def test_a_solved_ticket_is_not_ignored(told: Sample) -> None:
    assert reason(told, {}) is None


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("zendesk_event_ticket_status_changed", {"event.current": "OPEN"}, "status_not_solved"),
        ("zendesk_event_ticket_status_changed", {"event.previous": "SOLVED"}, "solved_before"),
        ("zendesk_event_ticket_status_changed", {"detail.tags": ["closed_by_merge"]}, "merged"),
        ("zendesk_event_ticket_status_changed", {"type": "zen:event-type:x"}, "event_not_wanted"),
        (
            "freshdesk_simple_wrapped",
            {"freshdesk_webhook.triggered_event": "{status:{from:4,to:5}}"},
            "solved_before",
        ),
        (
            "freshdesk_simple_wrapped",
            {"freshdesk_webhook.triggered_event": "{status:{from:4,to:2}}"},
            "status_not_solved",
        ),
        (
            "freshservice_workflow_webhook",
            {"freshservice_webhook.ticket_status": "Open"},
            "status_not_solved",
        ),
        ("jira_native_issue_resolved", {"changelog.items": []}, "solved_before"),
        (
            "jira_native_issue_resolved",
            {"issue.fields.status.statusCategory.key": "new"},
            "status_not_solved",
        ),
        ("jira_native_issue_resolved", {"issue.fields.resolution.name": "Duplicate"}, "merged"),
        ("jira_automation_send_web_request", {"ticket.resolution": "Duplicate"}, "merged"),
        ("servicenow_business_rule", {"state": "2"}, "status_not_solved"),
        ("generic_canonical_trigger", {"ticket.status": "not solved"}, "status_not_solved"),
        ("generic_canonical_trigger", {"ticket.status": ["solved"]}, "status_not_solved"),
        ("servicenow_business_rule", {"close_code": "Duplicate"}, "merged"),
        ("zammad_default_ticket_closed", {"ticket.state": "merged"}, "merged"),
        ("zammad_default_ticket_closed", {"ticket.state": "open"}, "status_not_solved"),
        ("chatwoot_conversation_status_changed", {"status": "open"}, "status_not_solved"),
        ("chatwoot_conversation_status_changed", {"event": "message_created"}, "event_not_wanted"),
        ("chatwoot_conversation_status_changed", {"meta.sender.blocked": True}, "spam"),
        ("freescout_convo_status", {"status": "spam"}, "spam"),
        ("helpscout_convo_status", {"status": "spam"}, "spam"),
        ("helpscout_convo_status", {"status": "active"}, "status_not_solved"),
        ("helpscout_convo_status", {"state": "deleted"}, "deleted"),
        ("freescout_convo_status", {"status": "active"}, "status_not_solved"),
        ("glpi_ticket_update", {"item.status.id": 2}, "status_not_solved"),
        ("glpi_ticket_update", {"event": "new"}, "event_not_wanted"),
        ("glpi_ticket_update", {"item.is_deleted": True}, "deleted"),
        ("intercom_conversation_admin_closed", {"data.item.state": "open"}, "status_not_solved"),
        ("intercom_ticket_closed", {"topic": "ticket.created"}, "event_not_wanted"),
        ("github_issues_closed", {"issue.state_reason": "duplicate"}, "merged"),
        ("github_issues_closed", {"action": "reopened"}, "event_not_wanted"),
        ("osticket_plugin", {"status_state": "open"}, "status_not_solved"),
        ("salesforce_outbound_message", {"sObject.Status": "New"}, "status_not_solved"),
        ("generic_canonical_trigger", {"ticket.status": "open"}, "status_not_solved"),
        ("generic_canonical_trigger", {"ticket.status": "never heard of"}, "status_not_solved"),
        ("generic_canonical_trigger", {"event": "ticket.created"}, "event_not_wanted"),
        ("hubspot_ticket_property_change_batch", {"propertyValue": "3"}, "status_not_solved"),
        ("hubspot_ticket_property_change_batch", {"propertyName": "subject"}, "event_not_wanted"),
    ],
)
def test_nobody_is_asked_for_a_reason(name: str, changes: dict[str, Any], expected: str) -> None:
    assert reason(sample(name), changes) == expected


def test_a_conversation_that_the_team_began_does_not_ask_the_agent() -> None:
    told = sample("intercom_conversation_admin_closed")
    (place,) = told.places()
    author = {"type": "admin", "email": "tomas.reyes@example.org", "name": "Tomas"}
    put(place.item, "data.item.source.author", author)
    shape = told.desk.shapes[0]
    trigger = read_trigger("intercom", shape, place)
    assert (trigger.email, trigger.name, trigger.external_id) == (None, None, "emp-00417")


@pytest.mark.parametrize(
    "email", ["a@example.com, b@example.com", ["a@example.com"], "Ana <a@example.com>", 7, True]
)
def test_one_address_or_none(email: Any) -> None:
    told = sample("generic_canonical_trigger")
    (place,) = told.places()
    put(place.item, "requester.email", email)
    with pytest.raises(Invalid) as refused:
        read_trigger("generic", told.desk.shapes[0], place)
    assert refused.value.errors[0].pointer == "#/requester/email"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("hubspot_workflow_one_contact", "properties.hs_all_associated_contact_emails.value"),
        ("hubspot_workflow_customized", "email"),
    ],
)
def test_of_several_contacts_nobody_knows_who_asked(name: str, path: str) -> None:
    told = sample(name)
    (place,) = told.places()
    put(place.item, path, "ana@example.com;ingrid@example.com")
    shape = shape_of(told.desk, place, "")
    assert shape
    trigger = read_trigger("hubspot", shape, place)
    assert (trigger.email, trigger.ticket.id) == (None, "48213")


def test_an_address_in_a_name_is_a_name() -> None:
    told = sample("generic_canonical_trigger")
    (place,) = told.places()
    put(place.item, "requester.name", "ceo@example.com")
    trigger = read_trigger("generic", told.desk.shapes[0], place)
    assert (trigger.email, trigger.name) == ("ingrid.solheim@example.com", "ceo@example.com")


def test_segments_of_the_generic_trigger_are_facts() -> None:
    told = sample("generic_canonical_trigger")
    facts = read_trigger("generic", told.desk.shapes[0], told.places()[0]).facts
    assert facts["department"] == "Finance"


@EVERY
def test_what_is_pasted_has_a_place_for_the_address(source: Source) -> None:
    assert "HOOK_URL" in source.paste
    shown = instructions(source, "https://heed.example.com/v1/hooks/x/y", "s3cret")
    assert "https://heed.example.com/v1/hooks/x/y" in shown
    assert "HOOK_URL" not in shown
    assert "SECRET" not in shown
    assert source.docs in shown


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b", 1),
        ("^t", "top"),
        ("h:x", "header"),
        ("list[0].n", "first"),
        ("list[n=second].v", 2),
        ("list[9].n", None),
        ("list[*]", ["one", "plain"]),
        ("list[*].n", ["first", None]),
        ("a[*].n", None),
        ("missing|a.b", 1),
        (("missing", "a.c"), "two"),
        ("a.b.c.d", None),
        ("", None),
    ],
)
def test_a_path_leads_to_a_field(path: Any, found: Any) -> None:
    item = {"a": {"b": 1, "c": "two"}, "list": [{"n": "first", "name": "one"}, "plain"]}
    if path == "list[n=second].v":
        item["list"] = [{"n": "first", "v": 1}, {"n": "second", "v": 2}]
    assert Place(item, {"t": "top"}, {"x": "header"}).find(path) == found
