"""Releases what is due, once a minute. A tick only changes items; the stream makes the events. A
late tick does its work late and loses none. Each item is on its own: one that fails holds up
nothing behind it, and what the time does not suffice for is done by the next tick."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from chalicelib import keys, moments
from chalicelib.deadline import LONGEST_FUNCTION_S, in_time
from chalicelib.errors import LinkRejected, Unavailable, WriteRefused
from chalicelib.invitations.invitation import QUEUE
from chalicelib.logs import log_failure, logger
from chalicelib.metrics import put_metric
from chalicelib.retry import retrying
from chalicelib.set_aside import MARKS, count_set_aside, note_failure
from chalicelib.table import Item, Page, Query, Table, Update, key_of

BECOMES: dict[str, Item] = {
    "INVITE": QUEUE.set,
    "FOLLOWUP": QUEUE.set,
    "REMINDER": QUEUE.set,
    "LETTER": QUEUE.set,
    "DELIVERY": QUEUE.set,
    "VISIT": {},
    "HELPED": {},
}
SETTLES = ("RESPONSE", "VISIT")
WRITE_LETTERS = ("DIGEST", "REPORT")
# Without its `due_shard` an item is out of the index, and its `due_at` can still be read. A
# visit waits anew when its link is opened again.
LEAVES = dict.fromkeys(("VISIT", "HELPED"), ("due_shard", "due_at"))
# More of them in one tick are one failure of the item.
TRIES: Final = 3
# No work begins later: one call may wait for 11 s, and the failures are still to be noted.
MARGIN_MS: Final = 15_000


class TickNeeds(Struct, frozen=True):
    """`settle` brings a response up to date; `mark_overdue` gives whether a task is,
    `settle_helped` looks at an answer to *Did this help?*;
    `write_letters` does those that a digest or a report needs. `spread`
    calls the first for each of the second, and may do several at once. `time_left` gives
    seconds."""

    table: Table
    settle: Callable[[str], None]
    mark_overdue: Callable[[str], bool]
    settle_helped: Callable[[str], None]
    write_letters: Callable[[Item], None]
    pause: Callable[[int], None]
    time_left: Callable[[], float]
    spread: Callable[[Callable[[int], "Done"], Iterable[int]], Iterable["Done"]] = map


class Done(Struct):
    """`lag`: for how long the oldest item was due, in seconds. `failed` items are tried by the
    next tick, `set_aside` ones are not. `unknown` counts what nobody would hear of: a part of
    the index that could not be read, a failure that could not be noted."""

    lag: float = 0
    taken: int = 0
    failed: int = 0
    set_aside: int = 0
    unknown: int = 0
    finished: bool = True


def run_tick(context: Any) -> None:
    """Safe to run twice: each item is taken by a conditional write. Raises Unavailable after
    all that could be done, so that what is `unknown` rings."""
    now = moments.now()

    def time_left() -> float:
        return float(context.get_remaining_time_in_millis() - MARGIN_MS) / 1000

    needs = tick_needs(time_left)
    _tell(tick(now, needs), needs.table)


def tick_needs(time_left: Callable[[], float]) -> TickNeeds:
    from chalicelib import wiring
    from chalicelib.notify import wiring as notify_wiring
    from chalicelib.notify.write_digests import write_digests
    from chalicelib.notify.write_reports import write_report
    from chalicelib.responses import wiring as responses_wiring
    from chalicelib.tasks import helped
    from chalicelib.tasks import wiring as tasks_wiring
    from chalicelib.tasks.change_task import mark_overdue

    def settle(response: str) -> None:
        # The sweep's tick may run for minutes, and a reader of changes does not wait so long.
        with in_time(None, LONGEST_FUNCTION_S):
            responses_wiring.settle(response, moments.now(), time_left)

    def mark_task(task: str) -> bool:
        return mark_overdue(task, moments.now(), tasks_wiring.change_task_needs())

    def settle_asked(task: str) -> None:
        with suppress(LinkRejected):  # it is forgotten
            helped.settle(task, moments.now(), tasks_wiring.helped_needs())

    def write_letters(item: Item) -> None:
        about = keys.id_of(item["PK"])
        if item["SK"] == "DIGEST":
            write_digests(about, moments.now(), notify_wiring.write_digests_needs())
        else:
            survey, _, month = about.partition("#")
            write_report(survey, month, moments.now(), notify_wiring.write_reports_needs())

    return TickNeeds(
        wiring.table(),
        settle,
        mark_task,
        settle_asked,
        write_letters,
        wiring.pause,
        time_left,
        at_once,
    )


def tick(now: datetime, needs: TickNeeds) -> Done:
    def release(shard: int) -> Done:
        return _release_shard(shard, now, needs)

    parts = list(needs.spread(release, range(keys.DUE_SHARDS)))
    return Done(
        lag=max(part.lag for part in parts),
        taken=sum(part.taken for part in parts),
        failed=sum(part.failed for part in parts),
        set_aside=sum(part.set_aside for part in parts),
        unknown=sum(part.unknown for part in parts),
        finished=all(part.finished for part in parts),
    )


def at_once(work: Callable[[int], Done], shards: Iterable[int]) -> Iterable[Done]:
    with ThreadPoolExecutor(keys.DUE_SHARDS) as pool:
        return list(pool.map(work, shards))


def _release_shard(shard: int, now: datetime, needs: TickNeeds) -> Done:
    """Everything once, then what failed again: nobody waits behind an item that fails."""
    done, failed = Done(), list[Item]()
    try:
        for item in _due(shard, now, needs):
            done.lag = max(done.lag, _seconds_due(item, now))
            if needs.time_left() <= 0:
                done.finished = False
                break
            try:
                done.taken += _release(item, needs)
            except Exception:  # whatever it is, it is this item's; it is tried again below
                failed.append(item)
    except Exception as error:
        log_failure("tick_reads", error)
        done.unknown += 1
    for item in failed:
        _release_again(item, needs, done)
    return done


def _due(shard: int, now: datetime, needs: TickNeeds) -> Iterator[Item]:
    query: Query | None = Query(str(shard), index="due", highest=moments.to_text(now))
    while query:
        page = _page(query, needs)
        yield from page.items
        query = replace(query, after=page.next) if page.next else None


def _seconds_due(item: Item, now: datetime) -> float:
    return (now - moments.from_text(item["due_at"])).total_seconds()


def _page(query: Query, needs: TickNeeds) -> Page:
    return retrying(
        lambda _: needs.table.query(query), needs.pause, TRIES, (Exception,), needs.time_left
    )


def _release(item: Item, needs: TickNeeds) -> bool:
    """Gives False when another tick was here, or the item was put off."""
    if item["SK"] == "TASK":
        return needs.mark_overdue(keys.id_of(item["PK"]))
    if item["SK"] in WRITE_LETTERS:
        needs.write_letters(item)
        return True  # it has another time now, or none
    if item["SK"] == "HELPED":
        needs.settle_helped(keys.id_of(item["PK"]))
    if item["SK"] in SETTLES:
        needs.settle(keys.id_of(item["PK"]))
        if item["SK"] == "RESPONSE":
            return True  # it has another time now, or none
    # The condition fails when another tick took the item, or when it was postponed.
    write = Update(
        key_of(item),
        set=BECOMES[item["SK"]],
        remove=[*LEAVES.get(item["SK"], ("due_shard",)), *MARKS],
        when={"due_shard": item["due_shard"], "due_at": item["due_at"]},
    )
    try:
        needs.table.write(write)
    except WriteRefused:
        return False
    return True


def _release_again(item: Item, needs: TickNeeds, done: Done) -> None:
    """A failure counts when the tick had the time to try again."""
    if needs.time_left() <= 0:
        done.failed += 1
        done.finished = False
        return
    try:
        needs.pause(0)
        done.taken += retrying(
            lambda _: _release(item, needs), needs.pause, TRIES - 1, (Exception,), needs.time_left
        )
    except Unavailable as error:
        _note(item, error.__cause__ or error, needs, done)


def _note(item: Item, error: BaseException, needs: TickNeeds, done: Done) -> None:
    log_failure("tick", error)
    done.failed += 1
    try:
        done.set_aside += note_failure(needs.table, item, error)
    except Exception as unnoted:
        log_failure("tick_notes", unnoted)
        done.unknown += 1


def _tell(done: Done, table: Table) -> None:
    logger().info("tick", extra=asdict(done))
    waiting = count_set_aside(table)
    if waiting:
        put_metric("SetAside", waiting)
    if done.unknown:
        raise Unavailable
    # Each minute: its absence is the signal that no tick does its work.
    put_metric("TickLag", done.lag)
