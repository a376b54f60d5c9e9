"""What a survey publishes of a block of ballots, and of its close, for everybody who was asked:
receipts with their scores, and no words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib import sealed_keys
from chalicelib.ballots.box import Box
from chalicelib.releases.plan import Plan
from chalicelib.responses.response import Response
from chalicelib.surveys.scale import band_of, is_unhappy
from chalicelib.table import Item

Row = list[Any]  # the hash of a receipt, a score


def release_to_item(results: Sequence[Response], plan: Plan, box: Box, before: Item | None) -> Item:
    """`before` is that of the release before. `total` counts all answers that are published then.
    `unhappy` and `with_words` are told to the team, of those whom nobody can name."""
    rows = sorted([result.receipt, result.score] for result in results)
    unnamed = [result for result in results if not result.contact]
    counts = Counter({f"c{score}": 0 for _, score in rows})
    counts.update(f"c{score}" for _, score in rows)
    return {
        **sealed_keys.release(box.board, plan.number).as_item(),
        "id": str(plan.number),
        "survey": plan.survey,
        "number": plan.number,
        "day": plan.day,
        "rows": rows,
        "total": _added(before["total"] if before else {}, counts),
        "unhappy": sum(
            is_unhappy(band_of(result.score, result.scale))
            for result in unnamed
            if result.score is not None
        ),
        "with_words": sum(result.comment is not None for result in unnamed),
    }


def closed_to_item(box: Box, day: str) -> Item:
    """The closing record. Nothing in it is finer than a day."""
    return {
        **sealed_keys.closed(box.board).as_item(),
        "survey": box.survey,
        "day": day,
        "counts": dict(box.counts or {}),
    }


def total_of(release: Item | None) -> int:
    return sum(release["total"].values()) if release else 0


def _added(before: Mapping[str, int], counts: Mapping[str, int]) -> dict[str, int]:
    scores = sorted(before.keys() | counts.keys(), key=lambda name: int(name[1:]))
    return {name: before.get(name, 0) + counts.get(name, 0) for name in scores}
