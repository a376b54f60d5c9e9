"""Many items at once, put into moto past its client: as many real ones would be."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from moto.dynamodb.models import dynamodb_backends

from chalicelib import keys, moments
from chalicelib.accounts.account import Account, Capacity, Contact, Engagement
from chalicelib.accounts.store import AccountStore
from chalicelib.aws.table import pack
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.items import to_item
from chalicelib.responses.items import response_to_item
from chalicelib.responses.response import Answer, Response, answered
from chalicelib.settings import settings
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from chalicelib.tasks.store import TaskStore
from chalicelib.tasks.task import task_for
from tests.support.fakes import FakeTable
from tests.support.samples import invitation

TRIGGER = Path(__file__).parents[1] / "data/zendesk_trigger_rendered.json"
FIRST = datetime(2026, 10, 6, 12, tzinfo=UTC)
ACCOUNT = "123456789012"  # moto's


def fill(items: Iterable[Item]) -> None:
    table = dynamodb_backends[ACCOUNT]["us-east-1"].get_table(settings().table)
    for item in items:
        table.put_item(pack(item), overwrite=True)


def answers(survey: Survey, count: int) -> Iterator[Item]:
    for number in range(count):
        asked = _asked(survey, number)
        yield response_to_item(_answer(asked, number, survey))


def tasks(survey: Survey, count: int) -> Iterator[Item]:
    """Open ones, each with its answer."""
    table = FakeTable()
    for number in range(count):
        response = _answer(_asked(survey, number), 2, survey)
        table.items[keys.response(response.id)] = response_to_item(response)
        TaskStore(table).add(task_for(response, survey, response.answered_at), 0)
    return (item for key, item in table.items.items() if key.pk.startswith(("TASK#", "RESP")))


def contacts(survey: Survey, count: int) -> Iterator[Item]:
    """Of one account. Each was asked once and answered."""
    table = FakeTable()
    store = AccountStore(table)
    store.put(Account("acme", "Acme", survey.audience))
    for number in range(count):
        asked = _asked(survey, number)
        at = moments.to_text(asked.created_at)
        row = keys.asked(asked.person, at, asked.id).as_item()
        yield {**row, "survey": survey.id, "asked_at": at, "invitation": asked.id}
        yield to_item(asked)
        yield response_to_item(_answer(asked, number, survey))
        known = Capacity.UNKNOWN, Engagement.UNKNOWN
        contact = f"contact-{number:06}"
        store.put_contact(
            Contact("acme", contact, asked.person, asked.email, None, None, *known, False, FIRST)
        )
    yield from table.items.values()


def _asked(survey: Survey, number: int) -> Invitation:
    at = FIRST + timedelta(seconds=number)
    name = f"{survey.id}-{number:06}"
    segments = ("region=Network",)
    return invitation(name, survey=survey.id, segments=segments, created_at=at, sent_at=at)


def _answer(asked: Invitation, number: int, survey: Survey) -> Response:
    said = Answer(number % 11, "Solved in one call, thank you.")
    day = asked.created_at.date().isoformat()
    return answered(asked, None, said, f"{number:012x}", day, asked.created_at, survey.scale)
