"""Opens the ballot box of a sealed survey, at its first ask."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from chalicelib import ids
from chalicelib.ballots.ballot_keys import BallotKeyStore
from chalicelib.ballots.box import Box
from chalicelib.ballots.links import MOST_GROUPS
from chalicelib.ballots.store import BallotStore
from chalicelib.errors import Conflict, FieldError
from chalicelib.retry import reading, retrying
from chalicelib.surveys.definition import Survey


class OpenBoxNeeds(Struct, frozen=True):
    ballots: BallotStore
    keys: BallotKeyStore
    pause: Callable[[int], None]


def open_box(survey: Survey, groups: Sequence[str], needs: OpenBoxNeeds) -> Box:
    """Safe to run twice: gives the box that is there, and then `groups` change nothing. Raises
    Conflict and Unavailable."""
    if len(groups) > MOST_GROUPS:
        detail = f"Its segments have more than {MOST_GROUPS} values to tell apart."
        raise Conflict([FieldError("#/segments", "too_many_groups", detail)])
    found = reading(lambda: needs.ballots.box(survey.id), needs.pause)
    if found:
        return found
    # The keys come first: a box without keys would refuse every ballot.
    reading(lambda: needs.keys.make(survey.id), needs.pause)
    box = Box(
        survey=survey.id,
        identity=survey.identity,
        smallest_group=survey.smallest_group,
        board=ids.new_id(),
        groups=tuple(groups),
        closes_on=survey.closes_on.isoformat() if survey.closes_on else None,
    )
    return retrying(lambda _: needs.ballots.open_box(box), needs.pause)


def note_wave(box: Box, wave: str, needs: OpenBoxNeeds) -> None:
    """Before its first ask. Safe to run twice. Raises Unavailable."""

    def note(_: int) -> None:
        found = needs.ballots.box(box.survey)
        if found and wave not in found.waves:
            needs.ballots.note_wave(found, wave)

    retrying(note, needs.pause)
