"""What responses add to the counts. Pure."""

from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from chalicelib.invitations.invitation import Ended, Invitation
from chalicelib.responses.response import Response
from chalicelib.surveys.question import Answers
from chalicelib.surveys.scale import Scale, band_of, is_happy
from chalicelib.tally.tally import (
    ALL,
    NAMED,
    Cell,
    answered_field,
    difference,
    merged,
    named_field,
)

# A rate of one month is compared with that of another at equal age.
SOON: Final = timedelta(days=7)


def tally_changes(before: Response | None, after: Response) -> dict[Cell, dict[str, int]]:
    """What the change from `before` to `after` adds to the counts."""
    taken = contributions(before) if before else {}
    given = contributions(after)
    cells = taken.keys() | given.keys()
    changes = {cell: difference(taken.get(cell, {}), given.get(cell, {})) for cell in cells}
    return {cell: change for cell, change in sorted(changes.items()) if change}


def ending_changes(
    invitation: Invitation, response: Response | None, ended: Ended
) -> dict[Cell, dict[str, int]]:
    """What the end of an invitation adds to the counts: nothing while its answer counts."""
    of_invitation = {cell: {ended.value: 1} for cell in asked_cells(invitation)}
    of_response = tally_changes(response, replace(response, ended=ended)) if response else {}
    return merged(of_invitation, of_response)


def asked_cells(asked: Invitation | Response) -> list[Cell]:
    return [(segment, str(asked.asked_day)) for segment in (ALL, *asked.segments)]


def contributions(response: Response) -> dict[Cell, dict[str, int]]:
    """Only a counted answer is in a score. The judge's numbers are of the whole survey."""
    if response.gone:
        return {}
    shadow = {f"{response.state}|{response.why}|{response.posture}": 1}
    judged = {(ALL, response.asked_day): shadow} if response.posture else {}
    if not response.is_counted:
        return judged
    answer = contribution(response.score, bool(response.comment), response.scale)
    answer |= answer_counts(response.answers)
    if response.is_named_ballot and response.score is not None:
        answer |= {NAMED: 1, named_field(response.score): 1}
    # An open link asks nobody, so its answers are in no response rate. An invitation that was
    # counted as refused or bounced counts as answered once its answer comes.
    asked = {} if response.open else {"answered": 1, **_in_time(response)}
    asked |= {response.ended.value: -1} if response.ended else {}
    segments = (ALL, *response.segments)
    return merged(
        judged,
        {(segment, response.day): answer for segment in segments},
        {(segment, response.asked_day): asked for segment in segments},
    )


def _in_time(response: Response) -> dict[str, int]:
    """Both days are frozen, so what becomes of the answer later changes nothing."""
    if response.origin == "ballot":
        return {}  # its days are those of its release
    waited = date.fromisoformat(response.day) - date.fromisoformat(response.asked_day)
    return {"answered_in_7d": 1} if waited < SOON else {}


def answer_counts(answers: Answers) -> dict[str, int]:
    """To the survey's questions: who answered each, and what was chosen."""
    chosen = {
        answered_field(question, option): 1
        for question, given in answers.items()
        if not isinstance(given, str)
        for option in given
    }
    return {answered_field(question): 1 for question in answers} | chosen


def contribution(
    score: int | None, has_comment: bool, scale: Scale | str = Scale.NPS
) -> dict[str, int]:
    """What one answer adds to the counts; empty without a score."""
    if score is None:
        return {}
    praise = has_comment and is_happy(band_of(score, scale))
    words = ({"nc": 1} if has_comment else {}) | ({"praise": 1} if praise else {})
    return {f"c{score}": 1, "n": 1} | words
