"""As many answers as wanted, spread evenly over days, groups and points: as real answers, or
as the counts that so many real ones leave."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice, product

from chalicelib import tally_keys, wiring
from chalicelib.aws.clients import client
from chalicelib.aws.table import pack
from chalicelib.responses.counts import contribution
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.settings import settings
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item, Table
from chalicelib.tally.tally import ALL, LOOP, Cell, add_counts, tally_writes
from tests.support.samples import invitation, put_invitation, recording

GROUPS = ("Network", "Service Desk", "Workplace")
POINTS = range(11)
Cells = dict[Cell, dict[str, int]]


def answer(table: Table, survey: Survey, answers: int, days: Sequence[str]) -> None:
    """Each is asked and answered on its day, with a comment."""
    places = islice(cycle(_places(days)), answers)
    for number, (day, group, point) in enumerate(places):
        now = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
        asked = invitation(
            f"{survey.id}-{number}",
            survey=survey.id,
            segments=(f"region={group}",),
            created_at=now,
            sent_at=now,
            asked_day=day,
        )
        put_invitation(table, asked)
        said, operation = Answer(point, "words"), new_operation(now)
        record_response(asked.id, said, operation, survey.tz, now, recording(table))


def count(
    survey: Survey,
    answers: int,
    days: Sequence[str],
    shards: int = 1,
    dimensions: Sequence[str] = ("region",),
) -> None:
    """With `shards`, every count is on each of them: what contention leaves in the end."""
    cells = counts_of(answers // shards, days, dimensions)
    if shards > 1:
        put_all([{**tally_keys.shards(survey.id).as_item(), "open": shards}])
    put_all(item for shard in range(shards) for item in _items(survey, cells, shard))


def count_the_rest(survey: Survey, answers: int, days: Sequence[str]) -> None:
    """What the judge did and what became of the tasks."""
    judged = {"counted|input|unknown": answers, "held|robot|scanned": answers}
    closed = {"opened": answers, "closed": answers, "fixed": answers, "cause|vpn": answers}
    cells: Cells = {(ALL, day): judged for day in days}
    cells |= {(LOOP, day): closed for day in days}
    for write in tally_writes(survey.id, cells, 0):
        wiring.table().write(write)


def put_all(items: Iterable[Item]) -> None:
    """As they are, without what would otherwise write them: 25 at a time."""
    name = settings().table
    waiting = iter([{"PutRequest": {"Item": pack(item)}} for item in items])
    while batch := list(islice(waiting, 25)):
        client("dynamodb").batch_write_item(RequestItems={name: batch})


def counts_of(answers: int, days: Sequence[str], dimensions: Sequence[str] = ("region",)) -> Cells:
    places = list(_places(days))
    each, more = divmod(answers, len(places))
    cells: Cells = {}
    for number, (day, group, point) in enumerate(places):
        times = each + (number < more)
        asked = {"asked": 1, "answered": 1, "answered_in_7d": 1}
        one = contribution(point, has_comment=True) | asked
        counts = dict.fromkeys(one, times) if times else {}
        for segment in (ALL, *(f"{dimension}={group}" for dimension in dimensions)):
            add_counts(cells.setdefault((segment, day), {}), counts)
    return cells


def _places(days: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    return product(days, GROUPS, POINTS)


def _items(survey: Survey, cells: Cells, shard: int) -> list[Item]:
    writes = tally_writes(survey.id, cells, shard)
    return [{**write.key.as_item(), **write.add} for write in writes]
