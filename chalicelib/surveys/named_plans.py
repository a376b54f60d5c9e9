"""The plans that have names. docs/tasks.md says what each does. Pure."""

from collections.abc import Sequence
from typing import Final

from chalicelib.surveys.definition import Survey
from chalicelib.surveys.plan import Do, Effect, When
from chalicelib.surveys.scale import Band


def effects_of(survey: Survey) -> Sequence[Effect]:
    """Without the task of whoever asks to be contacted, which every plan has."""
    if isinstance(survey.plan, list):
        return survey.plan
    return _NAMED[survey.plan](survey)


def _effect(
    do: Do,
    bands: Sequence[Band] = (),
    after: int = 0,
    words: bool | None = None,
    contact: bool | None = None,
) -> Effect:
    when = When(bands=list(bands), words=words, contact=contact)
    return Effect(do=do, when=when, after=after)


_UNHAPPY: Final = (Band.DETRACTOR, Band.DISSATISFIED)
_MIDDLE: Final = (Band.PASSIVE, Band.NEUTRAL)


def _default(survey: Survey) -> list[Effect]:
    return [
        _effect("open_task", _UNHAPPY),
        _effect("follow_up", _UNHAPPY, survey.follow_up_minutes),
    ]


def _help_desk(survey: Survey) -> list[Effect]:
    """The ticket and whoever worked on it hear the words, and the ticket who wishes contact."""
    return [
        *_default(survey),
        _effect("words_to_server"),
        _effect("note_in_ticket", words=True),
        _effect("note_in_ticket", contact=True),
    ]


def _internal_department(survey: Survey) -> list[Effect]:
    """Colleagues: the team hears the words."""
    return [*_default(survey), _effect("words_to_team")]


def _external_client(survey: Survey) -> list[Effect]:
    """A person calls, and no e-mail goes out by itself. Who is neither happy nor unhappy and says
    why is called too."""
    return [
        _effect("open_task", _UNHAPPY),
        _effect("open_task", _MIDDLE, words=True),
        _effect("words_to_team"),
    ]


_NAMED: Final = {
    "default": _default,
    "help_desk": _help_desk,
    "internal_department": _internal_department,
    "external_client": _external_client,
}
