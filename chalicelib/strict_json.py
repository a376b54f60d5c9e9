"""JSON that comes in. Readers differ on a key that stands twice, and most let the last one
win: a text that gets out of its quotes could then say whom a mail goes to."""

import json
from collections import Counter
from typing import Any

from chalicelib.errors import BadRequest

LONGEST_NAME = 60


def read_strict_json(raw: str | bytes, **how: Any) -> Any:
    """`how` is for json.loads. NaN and Infinity are no JSON. Raises ValueError, RecursionError, or
    BadRequest for a key that an object has twice, at any depth."""
    return json.loads(raw, object_pairs_hook=_once_each, parse_constant=_refuse, **how)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(
            name for name, count in Counter(name for name, _ in pairs).items() if count > 1
        )
        # As JSON, since a name may hold what no answer can.
        named = json.dumps(twice[:LONGEST_NAME])
        raise BadRequest("key_given_twice", f"The key {named} is given twice.")
    return made
