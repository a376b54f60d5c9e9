"""The line in the history of what a key or a member changes: who did it, not what was said."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from chalicelib import ids
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.audit import Change
from chalicelib.noting import noting

# Why a route leaves no line.
BY_THOUSANDS: Final = "programs do it by thousands, and what they make is listed by itself"
OWN_HISTORY: Final = "the task has a history of its own"
SHOWS: Final = "it shows what was typed, and stores nothing"
READS: Final = ("GET", "HEAD")
# What a line may name. Ids of people, answers, tasks and erasures would outlive what they are of.
NAMED: Final = frozenset(
    {"survey", "source", "hook", "webhook", "team", "member", "key", "goal", "month", "account"}
)


def noted(
    act: str,
    path: str,
    arguments: Mapping[str, str],
    key: ApiKey,
    now: datetime,
    repeats_as: str | None = None,
) -> AbstractContextManager[None]:
    """`path` with its names in braces. `repeats_as` is the Idempotency-Key: the same request again
    has the same line."""
    known = {name: text if name in NAMED else f"{{{name}}}" for name, text in arguments.items()}
    change = Change(now, act, path.format(**known), key.id, arguments.get("survey"))
    return noting(change, ids.derived_id("line", key.id, act, repeats_as) if repeats_as else "")
