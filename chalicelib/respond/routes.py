"""The pages that people see. A GET shows; only a POST of the form changes anything."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from chalice.app import Blueprint
from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.errors import HeedError, LinkRejected, NotFound
from chalicelib.http import bytes_of
from chalicelib.intake.links import Link, Purpose, read_token
from chalicelib.logs import log_failure, log_request
from chalicelib.respond.form import FormRejected, new_operation, read_form
from chalicelib.survey.definition import Survey
from chalicelib.survey.scale import NPS_POINTS

pages = Blueprint(__name__)

FORM = ["*/*"]
View = Callable[..., HttpResponse]


def showing_pages(view: View) -> View:
    """Every denial is one page; our own fault is another, and never reads as a denial."""

    @wraps(view)
    def guarded(**arguments: Any) -> HttpResponse:
        name = view.__name__
        try:
            response = view(**arguments)
        except (LinkRejected, NotFound):
            response = _page("gone", 404, lang="en")
        except Exception as error:
            log_failure(name, error)
            response = _page("trouble", 503, lang="en")
            response.headers["Retry-After"] = "30"
        log_request(name, response.status_code)
        return response

    return guarded


@pages.route("/r/{token}/{score}", methods=["GET", "HEAD"])
@showing_pages
def show_chosen(token: str, score: str) -> HttpResponse:
    _, survey = _opened(token)
    if score not in {str(point) for point in NPS_POINTS}:
        raise LinkRejected
    return _answer_page(survey, action=f"../{token}", score=int(score))


@pages.route("/r/{token}", methods=["GET", "HEAD"])
@showing_pages
def show_scale(token: str) -> HttpResponse:
    _, survey = _opened(token)
    return _answer_page(survey, action=token)


@pages.route("/r/{token}", methods=["POST"], content_types=FORM)
@showing_pages
def take_answer(token: str) -> HttpResponse:
    from chalicelib import wiring
    from chalicelib.respond.record import record_response

    link, survey = _opened(token)
    try:
        form = read_form(bytes_of(pages.current_request), moments.now())
    except FormRejected as rejected:
        return _answer_page(
            survey,
            status=413 if rejected.problem == "comment_too_long" else 400,
            action=token,
            score=rejected.score,
            comment=rejected.comment,
            error=rejected.problem,
        )
    try:
        response = record_response(
            link.invitation,
            form.answer,
            form.operation,
            survey.tz,
            moments.now(),
            wiring.recording(),
        )
    except LinkRejected:
        raise
    except HeedError as error:
        return _not_saved(survey, token, form.answer.score, form.answer.comment or "", error)
    return _answer_page(
        survey,
        action=token,
        score=response.score,
        comment=response.comment or "",
        recorded=True,
    )


@pages.route("/u/{token}", methods=["GET", "HEAD"])
@showing_pages
def show_unsubscribe(token: str) -> HttpResponse:
    _, survey = _opened(token, Purpose.UNSUBSCRIBE)
    return _page("unsubscribe", 200, lang="en", survey_name=survey.name, action=token, done=False)


@pages.route("/u/{token}", methods=["POST"], content_types=FORM)
@showing_pages
def unsubscribe(token: str) -> HttpResponse:
    """The page's button, and RFC 8058: mail programs post here without showing a page."""
    from chalicelib import wiring

    link, survey = _opened(token, Purpose.UNSUBSCRIBE)
    invitation = wiring.invitations().find(link.invitation)
    if invitation is None:
        raise LinkRejected
    wiring.people().mark(invitation.person, "unsubscribed", moments.now())
    return _page("unsubscribe", 200, lang="en", survey_name=survey.name, action=token, done=True)


def _opened(token: str, purpose: Purpose = Purpose.ANSWER) -> tuple[Link, Survey]:
    from chalicelib import wiring

    link = read_token(token, purpose, wiring.token_keys(), moments.now())
    return link, wiring.catalogue().get(link.survey)


def _answer_page(
    survey: Survey,
    action: str,
    status: int = 200,
    score: int | None = None,
    comment: str = "",
    error: str | None = None,
    recorded: bool = False,
) -> HttpResponse:
    return _page(
        "answer",
        status,
        lang="en",
        survey_name=survey.name,
        team=survey.team,
        question=survey.question,
        low_label=survey.low_label,
        high_label=survey.high_label,
        points=list(NPS_POINTS),
        score=score,
        comment=comment,
        op=new_operation(moments.now()),
        action=action,
        error=error,
        recorded=recorded,
        promise=survey.promise,
    )


def _not_saved(
    survey: Survey, token: str, score: int, comment: str, error: HeedError
) -> HttpResponse:
    """503 with the form as it was filled in: nothing typed is lost."""
    log_failure("take_answer", error)
    page = _answer_page(survey, token, 503, score, comment, error="unavailable")
    page.headers["Retry-After"] = "30"
    return page


def _page(name: str, status: int, **context: object) -> HttpResponse:
    from chalicelib import render

    return HttpResponse(
        body=render.page(name, **context),
        status_code=status,
        headers={
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": render.content_security_policy(),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )
