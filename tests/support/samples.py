"""Made-up surveys, people and answers for tests."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from chalicelib import ids, keys, moments
from chalicelib.ballots.box import Box
from chalicelib.invitations.ask import AskNeeds
from chalicelib.invitations.invitation import Invitation, Status, Ticket
from chalicelib.invitations.items import to_item, unopened_visit
from chalicelib.invitations.person import person_id
from chalicelib.invitations.store import InvitationStore
from chalicelib.invitations.token import TokenKeys
from chalicelib.responses.record import RecordNeeds
from chalicelib.responses.store import ResponseStore
from chalicelib.surveys.definition import Survey
from chalicelib.table import Put, Table
from chalicelib.tally.shards import ShardOf, Shards
from chalicelib.tally.tally import ALL, tally_writes
from chalicelib.tasks.change_task import ChangeTaskNeeds
from chalicelib.tasks.store import TaskStore
from chalicelib.teams.store import TeamStore
from chalicelib.web.idempotency import DeliveryStore

NOW = datetime(2026, 11, 20, 13, 45, 10, tzinfo=UTC)
KEYS = TokenKeys("a", {"a": b"first key of these tests", "b": b"second key of these tests"})
SURVEY = Survey(
    id="it-help-desk",
    name="IT Help Desk",
    success="People get back to work within a day and say that we made it easy.",
    question="How likely are you to recommend the IT Help Desk?",
    audience="internal",
    team="IT Help Desk",
    counts="send",
    segments=["group", "organization"],
)


def ask_needs(table: Table) -> AskNeeds:
    return AskNeeds(
        InvitationStore(table),
        DeliveryStore(table),
        lambda address: person_id(address, "person key of these tests"),
        lambda: "a",
        lambda survey, groups: groups,
        lambda survey, groups: Box(survey.id, survey.identity, 5, "board", tuple(groups)),
        lambda box, wave: None,
        lambda attempt: None,
    )


def last_shard(table: Table) -> ShardOf:
    """Of those that are open, where chance would take any."""
    return Shards(table, lambda count: count - 1).for_try


def recording(table: Table) -> RecordNeeds:
    return RecordNeeds(ResponseStore(table), lambda attempt: None, last_shard(table))


def task_needs(table: Table, survey: Survey = SURVEY) -> ChangeTaskNeeds:
    return ChangeTaskNeeds(
        TaskStore(table),
        lambda _: survey,
        TeamStore(table).find,
        lambda attempt: None,
        last_shard(table),
        lambda calendar: (),
    )


def invitation(name: str = "one", **changes: object) -> Invitation:
    base = Invitation(
        id=ids.derived_id(name),
        survey=SURVEY.id,
        person=ids.derived_id("person", name),
        email=f"{name}@example.com",
        name="Ingrid Solheim",
        ticket=Ticket("zendesk", "48213", "Laptop will not join the office Wi-Fi", None),
        segments=("group=IT Service Desk",),
        status=Status.SENT,
        created_at=NOW,
        expires_at=NOW + timedelta(days=30),
        key_id="a",
        sent_at=NOW,
        asked_day="2026-11-20",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def stored_invitation(table: Table, name: str = "one", **changes: object) -> Invitation:
    """As the mail room leaves it: counted as asked when it is sent."""
    made = invitation(name, **changes)
    put_invitation(table, made)
    return made


def put_ledger(table: Table, made: Invitation) -> None:
    """So that an erasure finds the invitation."""
    row = keys.asked(made.person, moments.to_text(made.created_at), made.id)
    table.write(Put({**row.as_item(), "survey": made.survey, "invitation": made.id}))


def put_invitation(table: Table, made: Invitation) -> None:
    cells = {(segment, made.asked_day): {"asked": 1} for segment in (ALL, *made.segments)}
    counts = tally_writes(made.survey, cells, 0) if made.asked_day else []
    table.transact([Put(to_item(made)), Put(unopened_visit(made)), *counts])
