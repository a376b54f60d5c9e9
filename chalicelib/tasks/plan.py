"""What the plan of a survey wants of one answer, as the answer is now. Pure.

An answer of the best band without words, of somebody who does not ask to be contacted, is nobody's
matter in any plan: the rules of the bus leave it out, so that most answers start no function.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.named_plans import effects_of
from chalicelib.surveys.plan import Do, Effect, When
from chalicelib.surveys.scale import is_happy

# Of what was said longer ago, or before an import, nobody is written to or told. Its task is opened
# all the same.
FRESH_FOR: Final = timedelta(days=1)
NOT_WANTED, ERASED, NOT_COUNTED = "not_wanted", "erased", "not_counted"
WORDS: Final = ("words_to_server", "words_to_team")
# An answer has one task, one follow-up and so on, whatever its plan says how often.
ONE_OF_A_KIND: Final = ("open_task", "follow_up", *WORDS)
# What a note in a ticket tells. Each comes once, in one note with what is not told yet.
NOTE: Final = "note_in_ticket"
Fact = Literal["words", "contact", "score"]
FACTS: Final[tuple[Fact, ...]] = ("words", "contact", "score")


class Planned(Struct, frozen=True):
    """`id` is the same for the same effect of the same answer; of one that is not `once` it
    is another for each change of the answer. `tells`: the facts of a note, each with the id by
    which it is known that it was told; the first is that of the note."""

    id: str
    do: Do
    to: str | None
    due_at: datetime
    tells: Mapping[Fact, str] = field(default_factory=dict)


def plan(
    survey: Survey, response: Response | None, now: datetime, history: Collection[str] = ()
) -> list[Planned]:
    """What is wanted and is not in `history`: the ids of what was done, or waits to be done."""
    undone = (without(effect, history) for effect in _wanted(survey, response))
    return [
        effect
        for effect in undone
        if effect and (effect.do == "open_task" or _is_fresh(response, now))
    ]


def without(effect: Planned, history: Collection[str]) -> Planned | None:
    """What is left to do of it."""
    if not effect.tells:
        return None if effect.id in history else effect
    left = {fact: told for fact, told in effect.tells.items() if told not in history}
    return replace(effect, id=next(iter(left.values())), tells=left) if left else None


def reason_to_drop(survey: Survey, response: Response | None, *effect_ids: str) -> str | None:
    """Asked when its time has come. None: it, or one of them, is to be done."""
    if response is None or response.gone:
        return ERASED
    if not response.is_counted:
        return NOT_COUNTED
    planned = list(_wanted(survey, response))
    wanted = {effect.id for effect in planned}.union(*(one.tells.values() for one in planned))
    return NOT_WANTED if wanted.isdisjoint(effect_ids) else None


def id_of(response_id: str, do: Do) -> str:
    """Of the first effect of its kind that goes to no webhook."""
    return ids.derived_id("effect", response_id, do, "", "0")


def id_of_fact(response_id: str, fact: Fact) -> str:
    """Of a note that tells it once."""
    return ids.derived_id("effect", response_id, NOTE, fact)


def conditions_of(survey: Survey, response: Response) -> tuple[When, ...]:
    """The conditions under which the plan of this day opens a task of the answer."""
    wanted = _of_the_answer(survey, response)
    return tuple(effect.when for effect in wanted if effect.do == "open_task")


def asks_still(conditions: Sequence[When], response: Response) -> bool:
    """Whether one of them is true of the answer as it is now, or its person wishes contact."""
    is_theirs = response.is_counted and _is_somebodys_matter(response)
    return is_theirs and any(matches(when, response) for when in (*conditions, _CONTACT.when))


def wants_a_task(survey: Survey, response: Response | None) -> bool:
    return any(effect.do == "open_task" for effect in _wanted(survey, response))


def _wanted(survey: Survey, response: Response | None) -> Iterator[Planned]:
    if response is None or not response.is_counted or response.band is None:
        return
    seen, given = Counter[tuple[str, str]](), set[Do]()
    for effect in (*_of_the_answer(survey, response), _CONTACT):
        place = (effect.do, effect.to or "")
        number = seen[place]
        seen[place] += 1
        is_one = effect.do in ONE_OF_A_KIND or (effect.do == NOTE and effect.once)
        if (is_one and effect.do in given) or not _holds(effect, survey, response):
            continue
        if is_one:  # whichever of them wants it
            given.add(effect.do)
            number = 0
        yield _planned(effect, number, survey, response)


def _planned(effect: Effect, number: int, survey: Survey, response: Response) -> Planned:
    place, version = (effect.do, effect.to or "", str(number)), str(response.version)
    effect_id = ids.derived_id("effect", response.id, *place, *(() if effect.once else (version,)))
    tells = {
        fact: id_of_fact(response.id, fact) if effect.once else effect_id
        for fact in (facts_to_note(survey, response) if effect.do == NOTE else ())
    }
    return Planned(
        id=next(iter(tells.values()), effect_id),
        do=effect.do,
        to=effect.to,
        due_at=response.changed_at + timedelta(minutes=effect.after),
        tells=tells,
    )


def _is_fresh(response: Response | None, now: datetime) -> bool:
    if response is None or now - response.changed_at > FRESH_FOR:
        return False
    imported_at = response.imported_at
    return imported_at is None or response.changed_at > imported_at


def _of_the_answer(survey: Survey, response: Response) -> Sequence[Effect]:
    # What was imported alarms nobody, and of a sealed survey nobody is told of one answer.
    if response.origin != "tap" or survey.is_sealed or not _is_somebodys_matter(response):
        return ()
    return effects_of(survey)


def _is_somebodys_matter(response: Response) -> bool:
    is_best = response.band is not None and is_happy(response.band)
    return not is_best or bool(response.comment) or response.contact


def _holds(effect: Effect, survey: Survey, response: Response) -> bool:
    if effect.do in WORDS and not has_words(response):
        return False
    has_note = response.ticket is not None and bool(facts_to_note(survey, response))
    return matches(effect.when, response) and (effect.do != NOTE or has_note)


def facts_to_note(survey: Survey, response: Response) -> list[Fact]:
    has_score = survey.note_score and response.score is not None
    said = zip(FACTS, (has_words(response), response.contact, has_score), strict=True)
    return [fact for fact, is_said in said if is_said]


def has_words(response: Response) -> bool:
    return bool(response.comment and response.comment.strip())


def matches(when: When, response: Response) -> bool:
    score = response.score or 0
    return (
        (not when.bands or response.band in when.bands)
        and (when.scores is None or when.scores.min <= score <= when.scores.max)
        and (when.words is None or when.words == has_words(response))
        and (when.contact is None or when.contact == response.contact)
        and all(f"{name}={value}" in response.segments for name, value in when.segments.items())
    )


_CONTACT: Final = Effect("open_task", When(contact=True))
