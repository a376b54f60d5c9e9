"""What a visit tells the judge: an arrival, a beacon, an act."""

from collections.abc import Callable

from chalice.app import Response as HttpResponse

from chalicelib.errors import Unavailable, VisitFull
from chalicelib.failures import report_failure
from chalicelib.networks import Network
from chalicelib.responses.judge.evidence import LARGEST_BEACON, beacon_of, read_beacon
from chalicelib.responses.judge.facts import Act, Arrival, Beacon, Place
from chalicelib.responses.judge.nonce import Nonce
from chalicelib.responses.pages import show
from chalicelib.responses.pages.form import Form
from chalicelib.responses.pages.visitor import Visitor
from chalicelib.web.user_agent import is_speculative


def is_doubtful(visitor: Visitor) -> bool:
    return visitor.client.robot or visitor.client.network is Network.SCANNER


def arrive(
    visitor: Visitor,
    place: Place,
    nonce: Nonce,
    score: int | None,
    note: Callable[[Arrival], object],
) -> None:
    """A page is shown even when nothing can be noted. Raises LinkRejected as `note` does."""
    ahead = is_speculative(visitor.request.headers)
    at = visitor.now.timestamp()
    try:
        note(Arrival(at, visitor.client, place, score, nonce.visit, ahead))
    except VisitFull:
        pass  # it is counted in the item
    except Unavailable as error:
        report_failure("note_arrival", error)


def beacon_in(visitor: Visitor, of: str) -> Beacon | None:
    """None when it is none of a page of `of`: an invitation's."""
    body = read_beacon(visitor.raw)
    nonce = visitor.read_nonce(body["nonce"], of) if body else None
    if body is None or nonce is None or not nonce.bound or visitor.is_from_another_site:
        return None
    return beacon_of(body, nonce, visitor.client, visitor.now.timestamp())


def beacon_answer(visitor: Visitor, counts: bool = False) -> HttpResponse:
    """204, or 413 when it is too large. It says when the tap counts, as the page after a form
    does, and else nothing of what the judge makes of it."""
    status = 413 if len(visitor.raw) > LARGEST_BEACON else 204
    recorded = {"Heed-Recorded": "yes"} if counts else {}
    return HttpResponse(body="", status_code=status, headers={**show.HEADERS, **recorded})


def act_of(visitor: Visitor, form: Form, nonce: Nonce) -> Act:
    return Act(
        at=visitor.now.timestamp(),
        client=visitor.client,
        visit=nonce.visit,
        score=form.score,
        opened_at=nonce.issued_at,
        operation=nonce.operation,
        bound=nonce.bound and not visitor.is_from_another_site,
        trusted=form.trusted,
        gesture=form.gesture,
        pressed_at=form.pressed_at(nonce.issued_at, visitor.now.timestamp()),
    )
