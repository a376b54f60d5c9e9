"""Which calls of a function fail, and how: drawn by chance from a seed, and counted."""

import json
import random
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

# What may happen to a call. LATE: the answer comes when nobody waits for it any more.
THROTTLED = "throttled"
BROKEN = "server error"
UNSENT = "reset before it was sent on"
UNHEARD = "done, answer lost"
LATE = "done, answer late"
CONFLICT = "conflict"
HALF = "half of it refused"

# Of a hundred calls, in a storm of strength 1. By the name under which a service is signed.
SHARES: Mapping[str, Mapping[str, float]] = {
    "dynamodb": {THROTTLED: 1, BROKEN: 0.7, UNSENT: 0.7, UNHEARD: 1, LATE: 0.2, CONFLICT: 1.5},
    "events": {THROTTLED: 4, BROKEN: 4, UNSENT: 4, UNHEARD: 6, LATE: 1, HALF: 6},
    "ses": {THROTTLED: 4, BROKEN: 3, UNSENT: 4, UNHEARD: 6, LATE: 2},
}
# Seconds: longer than Heed waits for an answer (chalicelib/aws/clients.py).
TOO_LONG = {"dynamodb": 4.4, "events": 4.4, "ses": 10.4}
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems")


@dataclass(frozen=True)
class Call:
    """One request of a function. `operation` is empty for SES, which names it in the body."""

    service: str
    operation: str
    body: bytes


@dataclass(frozen=True)
class Refusal:
    status: int
    kind: str
    body: bytes


class Faults:
    """`strength` 0 lets every call pass. Which calls fail depends on the seed and on the order
    in which they come."""

    def __init__(self, seed: int, strength: float) -> None:
        self.strength = strength
        self.calls: Counter[str] = Counter()
        self.injected: Counter[tuple[str, str]] = Counter()
        self._chance = random.Random(seed)
        self._lock = threading.Lock()

    def choose(self, call: Call) -> str | None:
        with self._lock:
            self.calls[call.service] += 1
            kind = self._drawn(call)
            if kind:
                self.injected[call.service, kind] += 1
            return kind

    def _drawn(self, call: Call) -> str | None:
        left = self._chance.random() * 100
        for kind, share in SHARES.get(call.service, {}).items():
            left -= share * self.strength
            if left < 0:
                return kind if kind != CONFLICT or call.operation in WRITES else None
        return None


def refusal(call: Call, kind: str) -> Refusal:
    if call.service == "ses":
        code = "Throttling" if kind == THROTTLED else "InternalFailure"
        error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>made up</Message></Error>"
        told = f"<ErrorResponse>{error}<RequestId>made-up</RequestId></ErrorResponse>"
        return Refusal(400 if kind == THROTTLED else 500, "text/xml", told.encode())
    if kind == CONFLICT:
        return _conflict(call)
    return _told(*({THROTTLED: ("ThrottlingException", 400)}.get(kind) or _broken(call)))


def _broken(call: Call) -> tuple[str, int]:
    return ("InternalServerError" if call.service == "dynamodb" else "InternalException"), 500


def _conflict(call: Call) -> Refusal:
    if call.operation != "TransactWriteItems":
        return _told("TransactionConflictException", 400)
    reasons = [{"Code": "None"} for _ in json.loads(call.body)["TransactItems"]]
    reasons[0] = {"Code": "TransactionConflict", "Message": "made up"}
    return _told("TransactionCanceledException", 400, CancellationReasons=reasons)


def _told(code: str, status: int, **more: object) -> Refusal:
    told = {"__type": f"made.up#{code}", "message": "made up", **more}
    return Refusal(status, "application/x-amz-json-1.0", json.dumps(told).encode())
