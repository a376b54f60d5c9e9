"""What tells that nothing but thanks opened a ticket, by source."""

from typing import Any

import pytest

from chalicelib.helpdesks import registry
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.source import Source, shape_of
from chalicelib.helpdesks.trigger import is_thank_you
from tests.support.inbound import Sample, sample, samples
from tests.unit.helpdesks.test_reasons import put

EVERY = pytest.mark.parametrize("source", registry.every(), ids=lambda source: source.name)
FIRST, LATER, LAST = 1795182309, 1795200000, 1795210000  # seconds
TOLD = "data.item.statistics"


def is_told(told: Sample, changes: dict[str, Any]) -> bool:
    (place, *_) = told.places()
    for path, value in changes.items():
        put(place.item, path, value)
    return _says(told.desk, place)


def _says(source: Source, place: Place) -> bool:
    shape = shape_of(source, place, "")
    assert shape
    return is_thank_you(shape, place.below(shape.root))


@pytest.mark.parametrize("told", samples(), ids=lambda told: told.name)
def test_no_first_resolution_is_a_thank_you(told: Sample) -> None:
    assert not is_told(told, {})


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("zendesk_trigger_rendered", {"ticket.tags": "wifi thank_you"}),
        ("zendesk_event_ticket_status_changed", {"detail.tags": ["wifi", "thank_you"]}),
        ("freshdesk_simple_wrapped", {"freshdesk_webhook.ticket_tags": "wifi, thank_you"}),
        ("freshdesk_advanced_template", {"ticket.tags": "Thank_You"}),
        ("jira_automation_send_web_request", {"ticket.labels": ["thank_you"]}),
        ("jira_native_issue_resolved", {"issue.fields.labels": ["thank-you"]}),
        ("jsm_legacy_automation_webhook", {"issue.fields.labels": ["thank-you"]}),
        ("chatwoot_conversation_status_changed", {"labels": ["wifi", "thank_you"]}),
        ("generic_canonical_trigger", {"ticket.tags": ["thank_you"]}),
        ("helpscout_convo_status", {"tags": [{"tag": "wifi"}, {"tag": "thank_you"}]}),
        ("zammad_custom_payload_template", {"ticket.tags": "wifi,thank_you"}),
        (
            "zammad_default_ticket_closed",
            {
                "ticket.last_contact_customer_at": "2026-11-20T15:00:00.000Z",
                "ticket.last_contact_agent_at": "2026-11-20T13:44:00.000Z",
            },
        ),
        (
            "intercom_conversation_admin_closed",
            {f"{TOLD}.last_contact_reply_at": LATER, f"{TOLD}.last_admin_reply_at": FIRST - 60},
        ),
        ("intercom_conversation_admin_closed", {f"{TOLD}.last_contact_reply_at": LATER}),
        ("freescout_convo_status", {"customerWaitingSince.latestReplyFrom": "customer"}),
    ],
)
def test_its_tool_tells_a_thank_you(name: str, changes: dict[str, Any]) -> None:
    assert is_told(sample(name), changes)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("zendesk_trigger_rendered", {"ticket.tags": "no_thank_you thank_you_all"}),
        (
            "zammad_default_ticket_closed",
            {
                "ticket.last_contact_customer_at": "2026-11-20T15:00:00.000Z",
                "ticket.last_contact_agent_at": "2026-11-20T15:20:00.000Z",
            },
        ),
        (
            "intercom_conversation_admin_closed",
            {f"{TOLD}.last_contact_reply_at": LATER, f"{TOLD}.last_admin_reply_at": LAST},
        ),
        (
            "intercom_conversation_admin_closed",
            {f"{TOLD}.last_contact_reply_at": FIRST - 60, f"{TOLD}.last_admin_reply_at": FIRST},
        ),
        ("freescout_convo_status", {"customerWaitingSince": None}),
    ],
)
def test_work_in_between_is_no_thank_you(name: str, changes: dict[str, Any]) -> None:
    assert not is_told(sample(name), changes)


@EVERY
def test_a_source_that_tells_it_says_how(source: Source) -> None:
    assert bool(source.thanks) >= any(shape.thanked for shape in source.shapes)
