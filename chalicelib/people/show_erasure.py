"""The receipt of an erasure as the API shows it."""

from typing import cast

from chalicelib import moments
from chalicelib.people import schemas
from chalicelib.people.erasure import Erasure

UNFINDABLE = (
    "Answers to anonymous surveys cannot be found: nothing that is stored says whose they are, so"
    " none was deleted by guess (Art. 11 GDPR). Whoever holds the receipt of an answer takes it"
    " back with it."
)


def show_erasure(erasure: Erasure) -> schemas.Erasure:
    return {
        "id": erasure.id,
        "state": erasure.state,
        "asked_at": moments.to_text(erasure.asked_at),
        "done_at": moments.to_text(erasure.done_at) if erasure.done_at else None,
        "erased": cast(schemas.Erased, dict(erasure.counts)),
        "says": [UNFINDABLE] if erasure.counts["unfindable"] else [],
    }
