"""An outcome as the API shows it."""

from chalicelib import moments
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.outcomes import schemas
from chalicelib.outcomes.outcome import Outcome


def show_outcome(outcome: Outcome, told: Disclosure) -> schemas.Outcome:
    return {
        "id": outcome.id,
        "kind": outcome.kind,
        "person": outcome.person if told.sees_people else None,
        "account": outcome.account,
        "happened_at": moments.to_text(outcome.happened_at),
        "reason": outcome.reason,
        "note": outcome.note,
        "recorded_at": moments.to_text(outcome.recorded_at),
    }
