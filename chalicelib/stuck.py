"""What counts as stuck, and where it is found: in the indexes, by time, never by a scan."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from chalicelib import keys, moments, sent_keys
from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import POSTPONE, Status, is_queued
from chalicelib.listed import Listing
from chalicelib.notify.letter_store import KEPT
from chalicelib.notify.untold import arrival_of, is_told, opened_at, opening_of
from chalicelib.responses.response import Response
from chalicelib.responses.store import ResponseStore
from chalicelib.surveys.definition import Survey
from chalicelib.table import (
    ABSENT,
    MOST_KEYS,
    Item,
    Query,
    Table,
    Update,
    each,
    key_of,
    one_by_one,
)
from chalicelib.tasks.follow_up import reason_not_to_follow_up
from chalicelib.tasks.plan import asks_still, wants_a_task
from chalicelib.tasks.store import TaskStore, task_from_item
from chalicelib.tasks.task import CLOSED, OPEN, Task
from chalicelib.webhooks.delivery import NOTE, TRIED_FOR
from chalicelib.webhooks.store import WebhookStore

A_DAY: Final = timedelta(days=1)
# Longer than the queue needs for a few tries. A second message for one mail sends nothing.
MAIL_LATE: Final = timedelta(hours=1)
# Longer than Lambda's own tries of a consumer.
ANSWER_LATE: Final = timedelta(minutes=5)
# The tick comes every minute.
DUE_LATE: Final = timedelta(minutes=10)
LETTERS_KNOWN: Final = KEPT / 2


def late_due(table: Table, now: datetime) -> int:
    """As many as one page of each shard holds."""
    highest = moments.to_text(now - DUE_LATE)
    pages = [
        table.query(Query(str(shard), index="due", highest=highest))
        for shard in range(keys.DUE_SHARDS)
    ]
    return sum(len(page.items) for page in pages)


def late_mails(
    table: Table, survey: Survey, now: datetime, back: timedelta
) -> Iterator[list[tuple[str, Item]]]:
    """Invitations and reminders, a hundred invitations at a time. An invitation is found by
    when it was made, and may have waited since."""
    waits = timedelta(days=survey.reminder_days, minutes=survey.delay_minutes)
    # A look at the last hours does not read all invitations that may yet be reminded.
    lowest = moments.to_text(now - back - (waits if back >= A_DAY else timedelta()))
    made = one_by_one(table, Query(keys.invitations_of(survey.id), "listed", lowest))
    while some := list(islice(made, MOST_KEYS)):
        reminders = each(table, [keys.reminder(item["id"]) for item in some])
        found = [("invitation", item) for item in some]
        found += [("reminder", item) for item in reminders.values()]
        yield [(kind, item) for kind, item in found if _is_stuck(item, now)]


def late_deliveries(
    table: Table, now: datetime, back: timedelta
) -> Iterator[list[tuple[str, Item]]]:
    """Of all webhooks, and notes in tickets. A delivery is found by when it was made, and may have
    been tried since."""
    tried = TRIED_FOR if back >= A_DAY else timedelta()
    lowest = moments.to_text(now - back - tried)
    for to in (NOTE, *(webhook.id for webhook in WebhookStore(table).every())):
        made = one_by_one(table, Query(sent_keys.deliveries_to(to), "listed", lowest))
        while some := list(islice(made, MOST_KEYS)):
            yield [("delivery", item) for item in some if _is_stuck(item, now)]


def changed_answers(
    table: Table, survey: Survey, now: datetime, back: timedelta
) -> Iterator[list[Response]]:
    """By the time of their last change, a page at a time."""
    since, until = moments.to_text(now - back), moments.to_text(now - ANSWER_LATE)
    changes = Listing(keys.changes_of(survey.id), since, until)
    responses, after = ResponseStore(table), None
    while True:
        page = responses.changed(changes, MOST_KEYS, after)
        yield page.responses
        after = page.next
        if after is None:
            return


def outlived_tasks(table: Table, survey: Survey, changed: Sequence[Response]) -> list[str]:
    """Open tasks that nobody has taken, of answers that want none any more. Who opened one again
    knows of its answer."""
    better = [keys.task(one.id) for one in changed if _may_have_improved(survey, one)]
    found, answers = map(task_from_item, each(table, better).values()), {a.id: a for a in changed}
    return [task.id for task in found if _has_outlived(task, answers[task.id])]


def _has_outlived(task: Task, answer: Response) -> bool:
    is_left = task.closing or task.is_taken or task.asks_no_more
    return not is_left and not asks_still(task.conditions, answer)


def late_follow_ups(
    table: Table, survey: Survey, changed: Sequence[Response], now: datetime
) -> list[tuple[str, Item]]:
    wanted = [one for one in changed if reason_not_to_follow_up(survey, one) is None]
    found = each(table, [keys.follow_up(response.id) for response in wanted])
    return [("follow-up", item) for item in found.values() if _is_stuck(item, now)]


def late_letters(table: Table, now: datetime) -> Iterator[list[tuple[str, Item]]]:
    """A hundred at a time. Only those that have not gone are listed."""
    highest = moments.to_text(now - MAIL_LATE)
    for shard in range(keys.DUE_SHARDS):
        listed = Query(sent_keys.letters_in(str(shard)), "listed", highest=highest)
        letters = one_by_one(table, listed)
        while some := list(islice(letters, MOST_KEYS)):
            yield [("letter", item) for item in some if _is_stuck(item, now)]


def untold_tasks(table: Table, now: datetime, back: timedelta) -> Iterator[dict[str, Any]]:
    """The events that told of open tasks nobody has acted on, which were opened an hour ago or
    before. They are told of again only where no letter is there; letters end after some time. And
    those that were imported, which have no reminder yet."""
    tasks, place = TaskStore(table), None
    since, until = now - min(back, LETTERS_KNOWN), now - MAIL_LATE
    while True:
        page, place = tasks.page(OPEN, MOST_KEYS, place)
        for task in page:
            event, at = opening_of(task), opened_at(task)
            if event and at and since <= at <= until and not is_told(task, at):
                yield event
            arrival = arrival_of(task, since)
            if arrival:
                yield arrival
        if place is None:
            return


def told_closings(table: Table, now: datetime, back: timedelta) -> Iterator[Task]:
    """Tasks that were closed with words for their person, an hour ago or before; the last closed
    first."""
    tasks, place = TaskStore(table), None
    since, until = now - min(back, LETTERS_KNOWN), now - MAIL_LATE
    while True:
        page, place = tasks.page(CLOSED, MOST_KEYS, place)
        for task in page:
            closing = task.closing
            if closing and closing.at < since:
                return
            if closing and closing.tell and closing.at <= until and not is_told(task, closing.at):
                yield task
        if place is None:
            return


def put_back(table: Table, item: Item, now: datetime) -> bool:
    """The next tick queues it. A claim stays: whoever sends it has to know that somebody may
    have sent it before. Gives False when it moved meanwhile."""
    as_read = {
        name: item.get(name, ABSENT)
        for name in ("status", "attempts", "claimed_until", "due_shard")
    }
    due = {"due_at": moments.to_text(now), "due_shard": keys.due_shard(item["id"])}
    try:
        table.write(Update(key_of(item), set={**POSTPONE.set, **due}, when=as_read))
    except WriteRefused:
        return False
    return True


def _is_stuck(item: Item, now: datetime) -> bool:
    since = max(item["created_at"], item.get("due_at", ""))
    if since > moments.to_text(now - MAIL_LATE) or "due_shard" in item:
        return False
    is_claimed = item.get("claimed_until", "") > moments.to_text(now)
    return item["status"] == Status.WAITING or (is_queued(item) and not is_claimed)


def _may_have_improved(survey: Survey, response: Response) -> bool:
    # Most answers were never changed, and need no look at a task.
    is_changed = response.changed_at > response.answered_at
    return is_changed and response.is_counted and not wants_a_task(survey, response)
