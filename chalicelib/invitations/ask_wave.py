"""Asks many people at once, as an anonymous survey does: whoever is asked alone is known by it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import ids, moments
from chalicelib.ballots.box import Box
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.invitations.ask import AskNeeds, Request, ask
from chalicelib.invitations.fill_in import segments_of
from chalicelib.invitations.groups import LEAST, groups_of, places_in
from chalicelib.invitations.invitation import Invitation, Status
from chalicelib.invitations.known import NOTHING, Known
from chalicelib.invitations.throttle import reason_not_to_ask
from chalicelib.retry import reading
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.refuse_to_ask import refuse_to_ask

AT_ONCE = 8


class Wave(Struct, frozen=True):
    """`groups` are those that its answers may be shown for."""

    asked: int
    not_asked: int
    groups: tuple[str, ...]
    board: str


def ask_wave(survey: Survey, people: Sequence[Request], now: datetime, needs: AskNeeds) -> Wave:
    """Safe to run twice, and a run that had too little time is continued. Raises SuccessMissing,
    Conflict, Invalid when fewer than ten can be asked or are new, and Unavailable."""
    refuse_to_ask(survey)
    _refuse(survey, now)
    each = {needs.person_id(person.email): person for person in people}
    standing = _standing(survey, list(each), needs)
    known = {
        person: NOTHING if _is_asked(standing.get(person)) else _known(person, survey, now, needs)
        for person in each
    }
    asked = {person: who for person, who in each.items() if known[person] is not None}
    if len(asked) < LEAST:
        detail = f"{len(asked)} of them can be asked. It takes {LEAST}, or one is known by it."
        raise Invalid([FieldError("#/people", "too_few_people", detail)])
    segments = {
        person: segments_of(survey, who.facts or {}, known[person] or NOTHING)
        for person, who in asked.items()
    }
    box = needs.open_box(survey, groups_of(segments.values()))
    _begin(box, survey, asked.keys(), asked.keys() - standing.keys(), needs)
    sent = 0
    for person, who in asked.items():
        placed = replace(who, places=places_in(box.groups, segments[person]))
        made = standing.get(person) or ask(
            survey, placed, _invitation_id(survey, person), now, needs
        )
        sent += _is_asked(made)
    return Wave(sent, len(each) - sent, box.groups, box.board)


def _refuse(survey: Survey, now: datetime) -> None:
    """Raises Conflict."""
    if survey.identity != "anonymous":
        detail = "Only anonymous surveys ask in waves. Ask one by one: POST .../invitations."
        raise Conflict([FieldError("survey", "survey_not_anonymous", detail)])
    today = moments.day_in(now, survey.tz)
    if survey.closes_on is None or today > survey.closes_on:
        raise Conflict([FieldError("survey", "survey_closed", "Its last day is over.")])


def _begin(
    box: Box, survey: Survey, people: Collection[str], new: Collection[str], needs: AskNeeds
) -> None:
    """Of a wave that had too little time, the rest may be few. Any other few are known by what
    changes after they were asked. Raises Invalid and Unavailable."""
    wave = ids.derived_id("wave", survey.id, *sorted(people))
    if not new or wave in box.waves:
        return
    if len(new) < LEAST:
        detail = (
            f"{len(new)} of them were not asked before. It takes {LEAST} new people, or the"
            " answers that come then are known to be theirs. Leave them out, or ask more."
        )
        raise Invalid([FieldError("#/people", "too_few_new_people", detail)])
    needs.note_wave(box, wave)


def _standing(survey: Survey, people: list[str], needs: AskNeeds) -> dict[str, Invitation]:
    """What an earlier try has made, by person."""
    wanted = {_invitation_id(survey, person): person for person in people}
    found = reading(lambda: needs.invitations.find_all(list(wanted)), needs.pause, needs.time_left)
    return {wanted[invitation]: standing for invitation, standing in found.items()}


def _known(person_id: str, survey: Survey, now: datetime, needs: AskNeeds) -> Known | None:
    """What the directory says of somebody who can be asked. None: they cannot."""
    since = now - timedelta(days=survey.throttle_days)
    person, ledger = reading(
        lambda: needs.invitations.person_and_ledger(person_id, since), needs.pause, needs.time_left
    )
    return None if reason_not_to_ask(person, ledger, survey, now) else person.known


def _is_asked(invitation: Invitation | None) -> bool:
    return invitation is not None and invitation.status is not Status.SUPPRESSED


def _invitation_id(survey: Survey, person_id: str) -> str:
    return ids.derived_id("wave", survey.id, person_id)
