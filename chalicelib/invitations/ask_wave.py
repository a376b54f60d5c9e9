"""Asks many people at once, as an anonymous survey does: whoever is asked alone is known by it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from chalicelib import ids, moments
from chalicelib.errors import Conflict, FieldError, Invalid
from chalicelib.invitations.ask import AskNeeds, Request, ask, segments_of
from chalicelib.invitations.groups import LEAST, groups_of, places_in
from chalicelib.invitations.invitation import Invitation, Status
from chalicelib.invitations.throttle import reason_not_to_ask
from chalicelib.retry import reading
from chalicelib.surveys.definition import Survey

AT_ONCE = 8
T = TypeVar("T")
G = TypeVar("G")


@dataclass(frozen=True)
class Wave:
    """`groups` are those that its answers may be shown for."""

    asked: int
    not_asked: int
    groups: tuple[str, ...]
    board: str


def ask_wave(survey: Survey, people: Sequence[Request], now: datetime, needs: AskNeeds) -> Wave:
    """Safe to run twice: each person has one invitation of a survey. Raises SuccessMissing,
    Conflict, Invalid when fewer than ten can be asked, and Unavailable after all tries."""
    survey.refuse_draft()
    _refuse(survey, now)
    each = {needs.person_id(person.email): person for person in people}
    reachable = _at_once(partial(_can_be_asked, survey=survey, now=now, needs=needs), list(each))
    asked = {person: each[person] for person, can in zip(each, reachable, strict=True) if can}
    if len(asked) < LEAST:
        detail = f"{len(asked)} of them can be asked. It takes {LEAST}, or one is known by it."
        raise Invalid([FieldError("#/people", "too_few_people", detail)])
    segments = {person: segments_of(survey, who.facts or {}) for person, who in asked.items()}
    box = needs.open_box(survey, groups_of(segments.values()))
    letters = [
        (_invitation_id(survey, person), replace(who, places=places_in(box.groups, own)))
        for (person, who), own in zip(asked.items(), segments.values(), strict=True)
    ]
    made = _at_once(lambda one: ask(survey, one[1], one[0], now, needs), letters)
    sent = sum(map(_is_asked, made))
    return Wave(sent, len(each) - sent, box.groups, box.board)


def _refuse(survey: Survey, now: datetime) -> None:
    """Raises Conflict."""
    if survey.identity != "anonymous":
        detail = "Only anonymous surveys ask in waves. Ask one by one: POST .../invitations."
        raise Conflict([FieldError("survey", "survey_not_anonymous", detail)])
    today = moments.day_in(now, survey.tz)
    if survey.closes_on is None or today > survey.closes_on:
        raise Conflict([FieldError("survey", "survey_closed", "Its last day is over.")])


def _can_be_asked(person_id: str, survey: Survey, now: datetime, needs: AskNeeds) -> bool:
    """Also true of somebody whom an earlier try has asked already."""

    def look() -> bool:
        standing = needs.invitations.find(_invitation_id(survey, person_id))
        if standing:
            return _is_asked(standing)
        since = now - timedelta(days=survey.throttle_days)
        person, ledger = needs.invitations.person_and_ledger(person_id, since)
        return reason_not_to_ask(person, ledger, survey, now) is None

    return reading(look, needs.pause, needs.time_left)


def _is_asked(invitation: Invitation) -> bool:
    return invitation.status is not Status.SUPPRESSED


def _invitation_id(survey: Survey, person_id: str) -> str:
    return ids.derived_id("wave", survey.id, person_id)


def _at_once(work: Callable[[T], G], items: Sequence[T]) -> list[G]:
    """Each with the time that the request has left."""
    contexts = [copy_context() for _ in items]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda one, context: context.run(work, one), items, contexts))
