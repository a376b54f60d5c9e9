"""Open links: one address for a signature, a QR code or a kiosk. A visitor has no name and no
invitation, so an answer counts in the score and not in the response rate.

A device is known for a while by a random key. Its cookie and its form hold the key. The id of
the answer is a one-way hash of the key, so only this device can change the answer. Of two forms
of a device the one that was pressed later stands.
"""

import re
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import asdict

from chalicelib import ids, moments
from chalicelib.errors import LinkRejected
from chalicelib.responses.record import RecordNeeds, new_operation, write
from chalicelib.responses.response import Answer, OpenVisit, Response, new_response, with_answer
from chalicelib.retry import retrying
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.wording import N_, Message

# For a form that is sent twice, where the survey has no pause.
SHORTEST_PAUSE = timedelta(minutes=1)
DEVICE = re.compile(r"[a-z2-7]{26}")


class OpenSurvey(Survey, frozen=True, kw_only=True):
    """A survey as an open link shows it: nobody is known, so nobody can be contacted."""

    @property
    def promise(self) -> Message:
        return N_("%(team)s sees your answer. Nobody asks who you are.")


class Device(Struct, frozen=True):
    """`cookie` came with an earlier answer, `form` with the page that was shown at `opened_at`;
    each None if there is none."""

    cookie: str | None
    form: str | None
    opened_at: datetime | None = None


class Taken(Struct, frozen=True):
    """`device` is the key that changes this answer until the pause is over."""

    response: Response
    device: str


def for_anybody(survey: Survey) -> OpenSurvey:
    """Raises LinkRejected when the survey has no open link, or is still a draft."""
    if not survey.open_link or survey.is_draft:
        raise LinkRejected
    return OpenSurvey(**{**asdict(survey), "asks_contact": False})


def device_of(cookie: str | None, form: str | None, opened_at: datetime) -> Device:
    known = [key if key and DEVICE.fullmatch(key) else None for key in (cookie, form)]
    return Device(known[0], known[1], opened_at)


def record_open_answer(
    survey: Survey,
    answer: Answer,
    segments: tuple[str, ...],
    device: Device,
    now: datetime,
    needs: RecordNeeds,
) -> Taken:
    """Adds an answer, or changes the one that this device gave within the survey's pause.
    Raises Unavailable after all tries."""
    fresh = ids.new_id()

    def record(attempt: int) -> Taken:
        key, current = _current_answer(survey, device, fresh, now, needs)
        if current:
            after = _changed(current, answer, key, device, now)
        else:
            after = _first(survey, answer, segments, key, now)
        if after is not current:
            after = write(current, after, attempt, needs)
        return Taken(after, key)

    return retrying(record, needs.pause)


def _current_answer(
    survey: Survey, device: Device, fresh: str, now: datetime, needs: RecordNeeds
) -> tuple[str, Response | None]:
    """The key of the answer, and the answer when it may still be changed."""
    for key in (device.cookie, device.form):
        current = needs.responses.find(_response_id(survey, key)) if key else None
        if key and current and _may_change(current, survey, now):
            return key, current
        if key and key == device.form and current is None:
            return key, None
    return fresh, needs.responses.find(_response_id(survey, fresh))


def _may_change(current: Response, survey: Survey, now: datetime) -> bool:
    pause = max(timedelta(minutes=survey.open_link_pause_minutes), SHORTEST_PAUSE)
    return not current.gone and now < current.answered_at + pause


def _response_id(survey: Survey, device: str) -> str:
    return ids.derived_id("open", survey.id, device)


def _first(
    survey: Survey, answer: Answer, segments: tuple[str, ...], device: str, now: datetime
) -> Response:
    visit = OpenVisit(_response_id(survey, device), survey.id, segments)
    day = moments.day_in(now, survey.tz).isoformat()
    fresh = new_response(visit, day, now, survey.scale)
    return with_answer(fresh, answer, new_operation(now), now)


def _changed(
    current: Response, answer: Answer, key: str, device: Device, now: datetime
) -> Response:
    """A doubled POST is one answer. A form of a page from before the answer, without the cookie
    that came with the answer, is a copy that somebody else sends."""
    is_older = current.pressed_at is not None and (answer.pressed_at or now) <= current.pressed_at
    was_open = device.opened_at is not None and device.opened_at < current.changed_at
    if is_older and was_open and key != device.cookie:
        return current
    return with_answer(current, answer, new_operation(now), now)
