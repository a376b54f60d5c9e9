"""The receipt of an erasure as the API shows it."""

from typing import cast

from chalicelib import moments
from chalicelib.people import schemas
from chalicelib.people.erasure import Erasure


def show_erasure(erasure: Erasure) -> schemas.Erasure:
    return {
        "id": erasure.id,
        "state": erasure.state,
        "asked_at": moments.to_text(erasure.asked_at),
        "done_at": moments.to_text(erasure.done_at) if erasure.done_at else None,
        "erased": cast(schemas.Erased, dict(erasure.counts)),
    }
