"""Erases what somebody said to an anonymous survey and signed with their address. The number stays,
of nobody: it is on the board."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from chalicelib import keys
from chalicelib.ballots.memory import BallotMemory
from chalicelib.people.erasure import Erasure
from chalicelib.people.store import PeopleStore, counting
from chalicelib.responses.record import RecordNeeds
from chalicelib.responses.take_words import take_words
from chalicelib.surveys.definition import Survey
from chalicelib.table import Delete
from chalicelib.tasks.store import erasing as erasing_task


class Typed(Struct, frozen=True):
    """An answer to which the person typed their address."""

    response: str


class EraseTypedNeeds(Struct, frozen=True):
    people: PeopleStore
    recording: RecordNeeds
    memory: BallotMemory
    survey: Callable[[str], Survey]


def erase_typed(
    typed: Typed, person_id: str, erasure: Erasure, now: datetime, needs: EraseTypedNeeds
) -> None:
    """The address leads to the answer, so it goes last. Safe to run twice. Raises as
    Table.transact."""
    key = keys.contact_of_response(typed.response)
    stored, case = needs.people.get(key), needs.people.case(typed.response)
    # The index may be late.
    if stored is None or stored["person"] != person_id:
        return
    comments = int(bool(case.response and case.response.comment))
    if case.response:
        survey = needs.survey(case.response.survey)
        needs.memory.end_conversation(survey.id, typed.response)
        take_words(typed.response, survey, now, needs.recording, keeps_address=True)
    if case.task:
        shard = needs.recording.shard_of(case.task.survey, 0)
        counts = {"tasks": 1, "notes": case.task.notes}
        went = counting(erasure.id, {name: count for name, count in counts.items() if count})
        needs.people.transact([*erasing_task(case.task, shard), *went])
    counts = {"typed": 1} | ({"comments": comments} if comments else {})
    needs.people.transact([Delete(key, {"PK": key.pk}), *counting(erasure.id, counts)])
