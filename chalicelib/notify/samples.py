"""An invitation with made-up facts, for whoever sets up a survey."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from msgspec.structs import replace

from chalicelib.invitations.invitation import Invitation, Status, Ticket
from chalicelib.invitations.links import row_of
from chalicelib.mail.letter import facts_of
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of

_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)
_SAMPLE: Final = Invitation(
    id="sample",
    survey="",
    person="sample",
    email="kim@example.com",
    name="Kim Solheim",
    ticket=Ticket("zendesk", "4711", "Printer on the second floor", None),
    segments=(),
    status=Status.QUEUED,
    created_at=_TIME,
    expires_at=_TIME,
    key_id="a",
)


def sample_facts(survey: Survey, lang: str, url: str) -> Mapping[str, Any]:
    """What the e-mail shows. Every link is `url`."""
    links = [(point, url) for point in points_of(survey.scale)]
    sample = replace(_SAMPLE, survey=survey.id, locale=lang)
    return {**row_of(survey, links), **facts_of(sample, survey, url, url)}
