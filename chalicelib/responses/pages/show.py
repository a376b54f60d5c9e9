"""The pages as HTTP answers."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any, Final

from chalice.app import Response as HttpResponse
from msgspec import Struct, field
from msgspec.structs import asdict

from chalicelib import render
from chalicelib.brands.brand import PLAIN, Branding
from chalicelib.discreet import Discreet
from chalicelib.errors import LinkRejected
from chalicelib.responses.judge.entries import FACTS_KEPT
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.pages.form import LONGEST, LONGEST_COMMENT, Earlier, Form, FormRejected
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.question import Answers
from chalicelib.surveys.scale import points_of

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}
# How the pages of a request look; asked for when one is shown, behind all that has to be read.
_BRANDING: Final[ContextVar[Callable[[], Branding]]] = ContextVar("branding", default=lambda: PLAIN)
# Runs when the function starts, so that the first page is made as fast as any other.
render.prepare()

NOTHING = Earlier()
STATUS = {"comment_too_long": 413, "words_too_long": 413, "unavailable": 503}


class Sealed(Struct, frozen=True):
    """What the page of a sealed survey links to, as relative addresses, and the receipt of a form
    that was sent."""

    board: str
    receipts: str
    receipt: str | None = None


class Filled(Discreet, frozen=True):
    """What the form on the page holds, and what is wrong with it. Words to the question `too_long`
    are."""

    hidden = ("comment", "address", "answers")

    score: int | None = None
    comment: str = ""
    contact: bool = False
    address: str = ""
    answers: Answers = field(default_factory=dict)
    earlier: Earlier = NOTHING
    error: str | None = None
    too_long: str | None = None


EMPTY = Filled()


class Said(StrEnum):
    """What a person asked on the page that stops mails."""

    ALL = "all"
    SURVEY = "survey"
    UNDONE = "undone"


@contextmanager
def branded(branding: Callable[[], Branding]) -> Iterator[None]:
    token = _BRANDING.set(branding)
    try:
        yield
    finally:
        _BRANDING.reset(token)


def answer(
    survey: Survey,
    action: str,
    nonce: str,
    filled: Filled = EMPTY,
    evidence: str | None = None,
    keep: bool = False,
    state: State | None = None,
    sealed: Sealed | None = None,
) -> HttpResponse:
    """`action` and `evidence` are relative addresses; `evidence` None: the page reports nothing."""
    return page(
        "answer",
        STATUS.get(filled.error, 400) if filled.error else 200,
        survey.lang,
        script=True,
        **question_of(survey),
        **asdict(filled),
        nonce=nonce,
        action=action,
        evidence=evidence,
        taps=survey.counts == "tap" and evidence is not None,
        state=state.value if state else None,
        keep=keep,
        sealed=sealed,
    )


def score_in(text: str, survey: Survey) -> int:
    """Raises LinkRejected."""
    # Gateways and mail programs leave a bracket, a dot or an entity behind an address.
    found = re.match(r"(10|[0-9])(?![0-9A-Za-z])", text, re.ASCII)
    if found is None or int(found[1]) not in points_of(survey.scale):
        raise LinkRejected
    return int(found[1])


def question_of(survey: Survey) -> Mapping[str, Any]:
    """What the page shows of the survey."""
    low, high = survey.ends
    return {
        "survey_name": survey.name,
        "team": survey.team,
        "question": survey.asked,
        "scale": survey.scale,
        "look": survey.look,
        "low_label": low,
        "high_label": high,
        "points": list(points_of(survey.scale)),
        "trial": survey.trial,
        "promise": survey.promise,
        "asks_contact": survey.asks_contact,
        "questions": survey.questions,
        **LONGEST,
        "names_itself": survey.names_itself,
    }


def taken(
    survey: Survey,
    action: str,
    nonce: str,
    form: Form,
    state: State,
    sealed: Sealed | None = None,
) -> HttpResponse:
    """What became of a form, and not of an answer that another visit gave."""
    said = form.said
    filled = Filled(form.score, said.comment, said.contact, form.address or "", said.answers, said)
    return answer(survey, action, nonce, filled, state=state, sealed=sealed)


def rejected(survey: Survey, action: str, nonce: str, why: FormRejected) -> HttpResponse:
    earlier, answers = why.earlier, {**why.earlier.answers, **why.answers}
    said = (why.score, why.comment, why.contact, why.address or "", answers, earlier)
    return answer(survey, action, nonce, Filled(*said, why.problem, why.too_long))


def not_saved(survey: Survey, action: str, nonce: str, form: Form) -> HttpResponse:
    """503 with the form as it was filled in: nothing typed is lost."""
    earlier, answers = form.earlier, {**form.earlier.answers, **form.answers}
    said = (form.score, form.comment or "", form.contact, form.address or "", answers, earlier)
    shown = answer(survey, action, nonce, Filled(*said, "unavailable"))
    shown.headers["Retry-After"] = "30"
    return shown


def too_many(survey: Survey, action: str, nonce: str, form: Form, retry_after: int) -> HttpResponse:
    """The form as it was filled in, to be sent again later. `retry_after` in seconds."""
    shown = not_saved(survey, action, nonce, form)
    shown.status_code = 429
    shown.headers["Retry-After"] = str(retry_after)
    return shown


def closed(survey: Survey, contact_address: str) -> HttpResponse:
    return page(
        "closed",
        410,
        survey.lang,
        survey_name=survey.name,
        team=survey.team,
        contact_address=contact_address,
    )


def promise(survey: Survey, contact_address: str, board: str | None = None) -> HttpResponse:
    """`board` is a relative address."""
    return page(
        "promise",
        200,
        survey.lang,
        survey_name=survey.name,
        team=survey.team,
        identity=survey.identity,
        promise=survey.promise,
        closes_on=survey.closes_on.isoformat() if survey.closes_on else None,
        smallest_group=survey.smallest_group,
        team_runs_mail=survey.team_runs_mail and not survey.has_shared_link,
        shared=survey.has_shared_link,
        asks_more=bool(survey.questions),
        board=board,
        asks_contact=survey.asks_contact,
        keep_days=survey.keep_days,
        contact_address=contact_address,
        noted_days=max(survey.open_days, FACTS_KEPT.days),
    )


def unsubscribe(
    survey: Survey, action: str, said: Said | None = None, nonce: str = ""
) -> HttpResponse:
    """`nonce` lets the page take back what was `said`."""
    return page(
        "unsubscribe",
        200,
        survey.lang,
        survey_name=survey.name,
        action=action,
        said=said.value if said else None,
        nonce=nonce,
    )


def stop(lang: str, action: str, done: bool) -> HttpResponse:
    return page("stop", 200, lang, action=action, done=done)


def trouble(lang: str, written: Mapping[str, str]) -> HttpResponse:
    """503 without a survey, with what somebody wrote, to be sent again."""
    shown = page("trouble", 503, lang, written=written, longest_comment=LONGEST_COMMENT)
    shown.headers["Retry-After"] = "30"
    return shown


def page(name: str, status: int, lang: str, script: bool = False, **context: Any) -> HttpResponse:
    brand = _BRANDING.get()()
    return HttpResponse(
        body=render.page(name, lang=lang, brand=brand, **context),
        status_code=status,
        headers={
            **HEADERS,
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": render.content_security_policy(script, brand),
        },
    )
