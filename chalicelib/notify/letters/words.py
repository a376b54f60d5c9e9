"""The words of an answer, to whoever served and to the people of the team, with the ticket. Never a
score: words are to learn from. Of a named survey the team may know who said it; whoever served has
the ticket."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct

from chalicelib.invitations.served import Served
from chalicelib.notify.compose import Addressee, Composed
from chalicelib.notify.letter import Letter
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.plan import ERASED, id_of, reason_to_drop
from chalicelib.teams.team import Team

LEFT_TEAM: Final = "left_team"
NOBODY_NAMED: Final = "nobody_named"
KIND: Final = "words"
OWN_WORDS: Final = "own_words"


class WordsNeeds(Struct, frozen=True):
    response: Callable[[str], Response | None]
    survey: Callable[[str], Survey]
    served: Callable[[str, datetime], Served | None]
    team: Callable[[str], Team | None]


def compose_words(letter: Letter, now: datetime, needs: WordsNeeds) -> Composed | str:
    response, survey = needs.response(letter.about), needs.survey(str(letter.survey))
    to_team = "team" in letter.to
    effect = id_of(letter.about, "words_to_team" if to_team else "words_to_server")
    reason = reason_to_drop(survey, response, effect)
    if response is None or reason:
        return reason or ERASED
    found = _member(letter, survey, needs) if to_team else _server(letter, survey, now, needs)
    if isinstance(found, str):
        return found
    if found.person == response.person:
        return OWN_WORDS
    return Composed(found, survey.id, _facts(response, survey, names_person=to_team))


def _member(letter: Letter, survey: Survey, needs: WordsNeeds) -> Addressee | str:
    team = needs.team(letter.to["team"])
    for member in team.people if team else ():
        if member.id == letter.to["member"]:
            return Addressee(member.person, member.email, member.lang or survey.lang)
    return LEFT_TEAM


def _server(letter: Letter, survey: Survey, now: datetime, needs: WordsNeeds) -> Addressee | str:
    served = needs.served(letter.about, now)
    return Addressee(served.person, served.email, survey.lang) if served else NOBODY_NAMED


def _facts(response: Response, survey: Survey, names_person: bool) -> dict[str, str | None]:
    ticket = response.ticket
    return {
        "survey_name": survey.name,
        "team": survey.team,
        "comment": response.comment,
        "person_name": response.name if names_person else None,
        "ticket_id": ticket.id if ticket else None,
        "ticket_subject": ticket.subject if ticket else None,
        "ticket_url": ticket.url if ticket else None,
    }
