"""Jira and Jira Service Management, by three roads: an automation rule, a webhook of the
administration, and the older automation of Jira Service Management."""

from msgspec.structs import replace

from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import Hmac, secret_itself
from chalicelib.helpdesks.source import THANK_YOU, Shape, Source

DUPLICATE = ("duplicate", "duplicated")
MOVED = "changelog.items[field=status]"
RESOLUTION = "changelog.items[field=resolution]"


def _before(place: Place) -> str:
    """An edit of an issue that is done, or another resolution of it, tells of it again."""
    return "" if place.find(MOVED) or _is_resolved_now(place) else "done"


def _is_resolved_now(place: Place) -> bool:
    return bool(place.find(f"{RESOLUTION}.to")) and not place.find(f"{RESOLUTION}.from")


def _status(place: Place) -> str:
    """A resolution alone says it too: not each workflow has a status of the category *Done*."""
    found = place.text("issue.fields.status.statusCategory.key|issue.fields.status.name")
    return "done" if _is_resolved_now(place) and not place.find(MOVED) else found


def _resolved_at(place: Place) -> str:
    """Behind the issue's id."""
    return place.text("deliveryKey").partition("-")[2]


NATIVE = Shape(
    ticket="issue.key",
    known_by="webhookEvent",
    subject="issue.fields.summary",
    status=_status,
    solved=("done", "resolved", "closed"),
    before=_before,
    # Hidden for most profiles, and never there for customers of a portal.
    email="issue.fields.reporter.emailAddress",
    name="issue.fields.reporter.displayName",
    language="issue.fields.customfield_10031.languageCode",
    external_id="issue.fields.reporter.accountId|issue.fields.reporter.name",
    agent_ids="issue.fields.assignee.accountId|issue.fields.assignee.name",
    agent="issue.fields.assignee.emailAddress",
    group="issue.fields.project.key",
    organization="issue.fields.customfield_10002[0].name",
    solved_at="issue.fields.resolutiondate|timestamp",
    changed_at="timestamp",
    delivery=("h:x-atlassian-webhook-identifier",),
    wanted={"webhookEvent": ("jira:issue_updated",)},
    thanked={"issue.fields.labels": THANK_YOU},
    not_asked={"merged": ("issue.fields.resolution.name", DUPLICATE)},
)
AUTOMATION = Shape(
    ticket="ticket.key|ticket.id",
    known_by="ticket",
    subject="ticket.subject",
    url="ticket.url",
    status="ticket.status",
    solved=("resolved", "done", "closed", ""),
    email="requester.email",
    name="requester.name",
    language="requester.language",
    external_id="requester.accountId",
    agent="assignee.email",
    group="group",
    organization="organization",
    solved_at="deliveryKey",
    changed_at=_resolved_at,
    delivery=("deliveryKey",),
    wanted={"event": ("issue.resolved", "")},
    reopened={"event": ("issue.reopened",)},
    thanked={"ticket.labels": THANK_YOU},
    not_asked={"merged": ("ticket.resolution", DUPLICATE)},
    closed={
        "ticket": "id key subject status resolution url labels requestType priority",
        "requester": "email name accountId timeZone language",
    },
    once=("ticket", "requester"),
)
LEGACY = Shape(
    root="issue",
    ticket="key",
    subject="fields.summary",
    status="fields.status.statusCategory.key|fields.status.name",
    solved=("resolved", "done", "closed"),
    email="fields.reporter.emailAddress",
    name="fields.reporter.displayName",
    external_id="fields.reporter.accountId|fields.reporter.name",
    agent_ids="fields.assignee.accountId|fields.assignee.name",
    agent="fields.assignee.emailAddress",
    group="fields.project.key",
    solved_at="fields.resolutiondate|^timestamp",
    changed_at="^timestamp|fields.updated",
    delivery=("key", "^timestamp|fields.updated"),
    thanked={"fields.labels": THANK_YOU},
    not_asked={"merged": ("fields.resolution.name", DUPLICATE)},
)
# What an automation rule sends as *Issue data (Automation format)*; *Jira format* is as above.
ISSUE = replace(LEGACY, root="", known_by="fields.status")
SOURCE = Source(
    name="jira",
    title="Jira and Jira Service Management",
    docs="https://support.atlassian.com/cloud-automation/docs/jira-automation-actions/",
    signed=[Hmac("x-hub-signature", prefix="sha256="), secret_itself],
    shapes=[NATIVE, AUTOMATION, LEGACY, ISSUE],
    retries=False,
    lost="An automation rule tries once. A webhook of the administration is tried again.",
    thanks="A comment opens no issue unless a rule of yours does it. The label `thank_you` says it,"
    " which that rule or an agent may set.",
    paste="""\
An automation rule tells the address, and is the best of the three roads.

1. When: *Issue transitioned* to Resolved or Done. Then: *Send web request*.
2. Web request URL `HOOK_URL`, method POST. Header `Authorization`, value `Bearer SECRET`, *Hidden*.
3. Web request body: *Custom data*.

```
{
  "source": "jira-automation",
  "event": "issue.resolved",
  "deliveryKey": "{{issue.id}}-{{issue.resolutiondate}}",
  "ticket": {
    "key": {{issue.key.asJsonString}},
    "subject": {{issue.summary.asJsonString}},
    "status": "Resolved",
    "resolution": {{issue.resolution.name.asJsonString}},
    "labels": {{issue.labels.asJsonStringArray}},
    "url": {{issue.url.asJsonString}}
  },
  "requester": {
    "email": {{issue.reporter.emailAddress.asJsonString}},
    "name": {{issue.reporter.displayName.asJsonString}},
    "accountId": {{issue.reporter.accountId.asJsonString}}
  },
  "assignee": {"email": {{issue.assignee.emailAddress.asJsonString}}},
  "group": {{issue.project.key.asJsonString}}
}
```

4. A second rule, *Issue transitioned* from Resolved or Done to a status in which work goes on (not
   to Closed), that sends the same with `"event": "issue.reopened"`: an invitation that waits is
   cancelled.

`asJsonString` keeps a quotation mark in a summary inside its text.

A webhook of the administration (*System*, *WebHooks*, event *Issue updated*, the secret `SECRET`)
and the older THEN-webhook (`HOOK_URL?k=SECRET`) work too, and so does *Issue data* as the body of
the rule, in either format. They rarely tell the reporter's address: the reporter is looked up in
the directory by the account's id.
""",
)
