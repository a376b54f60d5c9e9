"""The help desks that the page of hooks offers, each with what its admin does and pastes. HOOK_URL
stands for the address of the hook."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class DeskSource:
    name: str
    title: str
    paste: str


# docs/zendesk.md has the same body; a test compares.
ZENDESK: Final = """\
Endpoint URL: HOOK_URL
Request method: POST, format JSON, no authentication

Conditions of the trigger (all):
  Ticket is Updated
  Status changed to Solved
  Tags contains none of survey_sent
Actions:
  Notify active webhook, with the body below
  Add tags survey_sent

{
  "source": "zendesk",
  "event": "ticket.solved",
  "ticket": {
    "id": "{{ticket.id}}",
    "url": "{{ticket.link}}",
    "subject": "{{ticket.title | escape}}",
    "updated_at": "{{ticket.updated_at_with_timestamp}}"
  },
  "requester": {
    "email": "{{ticket.requester.email}}",
    "name": "{{ticket.requester.name | escape}}",
    "language": "{{ticket.requester.language}}"
  },
  "assignee": {"email": "{{ticket.assignee.email}}"},
  "group": "{{ticket.group.name | escape}}",
  "organization": "{{ticket.organization.name | escape}}"
}
"""
SOURCES: Final = (DeskSource("zendesk", "Zendesk", ZENDESK),)


def source_named(name: str) -> DeskSource | None:
    return next((source for source in SOURCES if source.name == name), None)
