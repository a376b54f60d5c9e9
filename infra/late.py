"""What waits and is late: nothing that was due for more than a day mails by itself after an
import or a restore, because it may have been mailed long ago."""

from collections import Counter
from datetime import timedelta
from typing import Final

from chalicelib import keys, moments, wiring
from chalicelib.errors import WriteRefused
from chalicelib.invitations.invitation import POSTPONE, is_queued
from chalicelib.retry import WRITE_FAILED, retrying
from chalicelib.table import ABSENT, Item, Update, key_of
from infra.exporting import every_item
from infra.noted import noted
from infra.outputs import use_stack
from infra.progress import counting
from infra.told import tell

A_DAY: Final = timedelta(days=1)
MAILED: Final = ("INVITE", "REMINDER", "FOLLOWUP", "LETTER", "DELIVERY")
MAY_WAIT: Final = (
    "INVITE#",
    "RESPONSE#",
    "TASK#",
    "FOLLOWUP#",
    "REMINDER#",
    "LETTER#",
    "DELIVERY#",
    "DIGEST#",
    "REPORT#",
)


def waits_since(item: Item) -> str | None:
    """When it was or is to be handled. None when nothing waits, or when it is set aside."""
    if item["SK"] in MAILED and is_queued(item):
        return str(item.get("due_at") or item["created_at"])
    waits = item.get("due_shard", keys.SET_ASIDE) != keys.SET_ASIDE
    return str(item["due_at"]) if waits else None


def waiting_as(item: Item, since: str, shard: str) -> Item:
    """A mail that is queued waits again: its message is in no queue of this stack."""
    postponed = POSTPONE.set if item["SK"] in MAILED and is_queued(item) else {}
    return {**postponed, "due_at": since, "due_shard": shard}


def set_late_aside(outputs: dict[str, str], late: timedelta, dry: bool) -> None:
    """What was due for longer than `late`. Reads the whole table."""
    use_stack(outputs)
    limit = moments.to_text(moments.now() - late)
    found = Counter[str]()
    with counting("Looking for what waits too long") as count, noted("late", "heed late"):
        for item in every_item(wiring.table(), list(MAY_WAIT)):
            since = waits_since(item)
            if since is not None and since <= limit and (dry or _set_aside(item, since)):
                found[item["SK"]] += 1
                count(1)
    _show(found, limit, dry)


def _set_aside(item: Item, since: str) -> bool:
    """False when it moved meanwhile."""
    as_read = {name: item.get(name, ABSENT) for name in ("status", "due_at", "due_shard")}
    key = key_of(item)
    change = Update(key, set=waiting_as(item, since, keys.SET_ASIDE), when=as_read)
    tries = tuple(error for error in WRITE_FAILED if error is not WriteRefused)
    try:
        retrying(lambda _: wiring.table().write(change), wiring.pause, on=tries)
    except WriteRefused:
        return False
    return True


def _show(found: Counter[str], limit: str, dry: bool) -> None:
    was = "would be" if dry else "is"
    kinds = {kind.lower(): number for kind, number in sorted(found.items())}
    tell(
        {"before": limit, "dry": dry, "set_aside": kinds},
        *(f"  {number:8}  {kind}" for kind, number in kinds.items()),
        f"{found.total()} that waits since before {limit} {was} set aside.",
        *(["make aside shows it, and BACK= brings it back."] if found and not dry else []),
    )
