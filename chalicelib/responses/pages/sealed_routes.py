"""The pages behind the links of a sealed survey. A GET reads no ballot, writes nothing and is the
same for a used link and an unused one. What the page saw comes with its form."""

import secrets

from chalice.app import Response as HttpResponse
from msgspec import Struct
from msgspec.structs import asdict, replace

from chalicelib import moments
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.ballots.ballot import Seen, Vote
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.ballots.box import Box
from chalicelib.ballots.cast import Cast, cast
from chalicelib.ballots.links import (
    NONCE_BYTES,
    SealedLink,
    nonce_of_form,
    read_sealed_token,
    survey_of,
)
from chalicelib.errors import BallotsClosed, LinkRejected
from chalicelib.failures import report_failure
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.judge.client import client_of
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.pages import show, show_sealed, wiring
from chalicelib.responses.pages.form import Form, FormRejected, read_form
from chalicelib.responses.pages.show_sealed import Shown, Written
from chalicelib.responses.pages.visitor import Visitor
from chalicelib.responses.receipt import Receipt
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of
from chalicelib.web.rate_limit import seconds_left

NO_NONCE = ""  # it would tell one page of a link from the next


class Door(Struct, frozen=True):
    """`survey` is in the visitor's language."""

    link: SealedLink
    survey: Survey
    box: Box
    keys: BallotKeys

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.box.groups[place] for place in self.link.groups)

    def around(self, root: str) -> show.Sealed:
        """`root` leads from the page to the folder of all pages."""
        return show.Sealed(f"{root}b/{self.box.board}", f"{root}c/{self.survey.id}")


def chosen(visitor: Visitor, token: str, score: str) -> HttpResponse:
    door = _open(visitor, token)
    around = door.around("../../")
    if score == "promise":
        return show.promise(door.survey, wiring.reply_to(), around.board)
    point = show.score_in(score, door.survey)
    return show.answer(door.survey, f"../{token}", NO_NONCE, show.Filled(point), sealed=around)


def scale(visitor: Visitor, token: str) -> HttpResponse:
    door = _open(visitor, token)
    return show.answer(door.survey, token, NO_NONCE, sealed=door.around("../"))


def take(visitor: Visitor, token: str) -> HttpResponse:
    door = _open(visitor, token)
    try:
        form = _form(visitor, door.survey)
    except FormRejected as rejected:
        return show.rejected(door.survey, token, NO_NONCE, rejected)
    try:
        if door.survey.has_shared_link and not _is_within_rate(visitor, door.survey):
            return show.too_many(door.survey, token, NO_NONCE, form, seconds_left(visitor.now))
        done = _cast(visitor, door, form)
    except LinkRejected:
        raise
    except Exception as error:  # whatever it is, the words go back
        report_failure("take_answer", error)
        return show.not_saved(door.survey, token, NO_NONCE, form)
    if door.survey.has_shared_link:
        return _taken_by_shared_link(token, door, form, done)
    state = State.HELD if done.is_held else State.COUNTED
    receipt = replace(door.around("../"), receipt=done.code)
    return show.taken(door.survey, token, NO_NONCE, form, state, receipt)


def _taken_by_shared_link(token: str, door: Door, form: Form, done: Cast) -> HttpResponse:
    """Another form behind this link is another answer, so what changes it is the receipt."""
    if done.is_held:
        return show.taken(door.survey, token, NO_NONCE, form, State.HELD)
    receipt = Receipt(form.score, form.comment, False, answers=form.answers)
    shown = Shown(done.code, receipt, Written(is_saved=True))
    return show_sealed.receipts(door.survey, shown, root="../c/")


def _is_within_rate(visitor: Visitor, survey: Survey) -> bool:
    return wiring.tries().take(f"{survey.id}/answers", visitor.address, visitor.now)


def _form(visitor: Visitor, survey: Survey) -> Form:
    """It says all that there is to say: what an earlier form of the visit said is gone. Raises
    FormRejected."""
    points = points_of(survey.scale)
    form = read_form(visitor.raw, points, survey.questions, survey.names_itself)
    return replace(form, earlier=show.NOTHING)


def _open(visitor: Visitor, token: str) -> Door:
    """Raises LinkRejected, also when its survey has closed: nobody learns which."""
    visitor.leaves_line = False
    survey = surveys_wiring.catalogue().get(survey_of(token))
    keys = ballots_wiring.ballot_keys().find(survey.id) if survey.is_sealed else None
    if keys is None:
        raise LinkRejected
    link = read_sealed_token(token, keys)
    box = ballots_wiring.ballots().box(survey.id)
    today = moments.day_in(visitor.now, survey.tz).isoformat()
    if box is None or not box.takes_on(today):
        raise BallotsClosed
    if any(place >= len(box.groups) for place in link.groups):
        raise LinkRejected
    return Door(link, survey.read_in(visitor.language(link.language, survey)), box, keys)


def _cast(visitor: Visitor, door: Door, form: Form) -> Cast:
    """Raises LinkRejected and Unavailable."""
    vote = Vote(form.score, form.comment, form.answers, form.address)
    seen = _seen(visitor, form, door.keys)
    needs = responses_wiring.cast_needs(door.survey)
    nonce = _nonce(visitor, form, seen, door)
    return cast(door.survey, nonce, door.groups, vote, seen, visitor.now, needs)


def _nonce(visitor: Visitor, form: Form, seen: Seen, door: Door) -> bytes:
    if not door.survey.has_shared_link:
        return door.link.nonce
    # Without script nothing tells two people's forms apart, so each is an answer of its own.
    if form.open_ms is None:
        return secrets.token_bytes(NONCE_BYTES)
    return nonce_of_form(visitor.raw, seen.client, door.keys)


def _seen(visitor: Visitor, form: Form, keys: BallotKeys) -> Seen:
    # Under the survey's own key: nothing elsewhere can be compared with it, and it dies with it.
    client = client_of(visitor.address, visitor.request.headers, keys.record)
    return Seen(
        client=client.prefix + client.agent,
        network=client.network.value,
        robot=client.robot,
        bound=not visitor.is_from_another_site,
        trusted=form.trusted,
        gesture=asdict(form.gesture) if form.gesture else None,
        elapsed_ms=form.open_ms,
    )
