"""GitHub's issues, and whatever signs as GitHub does. It tells no address.
https://docs.github.com/webhooks"""

from typing import Any
from urllib.parse import parse_qs

from chalicelib.helpdesks.bodies import read_json
from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import GITHUB
from chalicelib.helpdesks.source import Shape, Source

FORM = b"payload="  # of the other content type that GitHub offers


def _read(raw: bytes) -> dict[str, Any]:
    """Raises BadRequest."""
    if not raw.startswith(FORM):
        return read_json(raw)
    # Each byte as it is, whatever it stands for.
    fields = parse_qs(raw.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    return read_json(fields["payload"][0].encode("latin-1"))


def _serving(place: Place) -> list[Any]:
    """One of them is `assignee` as well."""
    several = place.find("issue.assignees[*].login")
    return [place.find("issue.assignee.login"), *(several if isinstance(several, list) else [])]


SOURCE = Source(
    name="github",
    title="GitHub issues",
    docs="https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues",
    signed=[GITHUB],  # the older header with SHA-1 is not looked at
    shapes=[
        Shape(
            ticket="issue.number",
            within="repository.full_name",
            subject="issue.title",
            url="issue.html_url",
            status="issue.state",
            solved=("closed",),
            name="issue.user.login",
            external_id="issue.user.login",
            agent_ids=_serving,
            group="repository.full_name",
            organization="organization.login",
            solved_at="issue.closed_at",
            delivery=("h:x-github-delivery",),
            wanted={"action": ("closed",)},
            reopened={"action": ("reopened",)},
            changed_at="issue.updated_at",
            not_asked={
                "merged": ("issue.state_reason", ("duplicate",)),
                "not_planned": ("issue.state_reason", ("not_planned",)),
            },
        )
    ],
    read=_read,
    tests={"h:x-github-event": ("ping",)},
    retries=False,
    lost="Never tried again; *Redeliver* sends it once more, for three days.",
    paste="""\
The repository's or organization's *Settings*, *Webhooks*, *Add webhook*: payload URL `HOOK_URL`,
either content type, secret `SECRET`, *Let me select individual events*: Issues.

GitHub tells no address. Put each person's login into Heed's directory as the id in GitHub.
""",
)
