"""What respondents get of a survey, from the very templates of their e-mails and pages, with
made-up facts. Nothing is stored, and no link leads to an answer."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Literal

from chalicelib import render
from chalicelib.invitations.invitation import Invitation, Status, Ticket
from chalicelib.invitations.links import row_of
from chalicelib.mail.letter import facts_of
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.pages import show
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of

Kind = Literal["mail", "page", "thanks"]
KINDS: Final = ("mail", "page", "thanks")
# E-mails carry their style in attributes. Nothing runs, nothing is fetched, nothing is sent.
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox"
)
NOWHERE: Final = "#"
# A frame without scripts would show what is meant for browsers without them.
_SCRIPTED = re.compile(r"<(script|noscript)>.*?</\1>\n?", re.DOTALL)
_TIME = datetime(2026, 1, 1, tzinfo=UTC)
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
_RECEIPT: Final = "SAMP-LERE-CEIP-TXXX"


def render_preview(survey: Survey, kind: Kind, lang: str) -> str:
    """`survey` need not be stored, nor ready to ask. The best score is the one that is chosen."""
    if kind == "mail":
        return sample_mail(survey, lang, lambda score: NOWHERE).html
    read = survey.read_in(lang)
    chosen = show.Filled(score=points_of(survey.scale)[-1])
    state = State.COUNTED if kind == "thanks" else None
    evidence = NOWHERE if survey.counts == "tap" else None
    receipt = _RECEIPT if state else None
    sealed = show.Sealed(NOWHERE, NOWHERE, receipt) if survey.is_sealed else None
    page = show.answer(read, NOWHERE, "", chosen, evidence, state=state, sealed=sealed)
    return _SCRIPTED.sub("", str(page.body))


def sample_mail(survey: Survey, lang: str, url_of: Callable[[int], str]) -> render.Mail:
    """`url_of` gives the link of a score."""
    links = [(point, url_of(point)) for point in points_of(survey.scale)]
    sample = replace(_SAMPLE, survey=survey.id, locale=lang)
    nowhere = url_of(links[-1][0])
    facts = facts_of(sample, survey, nowhere, nowhere)
    return render.mail("invitation", **row_of(survey, links), **facts)
