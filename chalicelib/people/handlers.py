"""What is forgotten by itself, once an hour."""

from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import asdict

from chalicelib import moments
from chalicelib.errors import Unavailable
from chalicelib.logs import log_failure, logger
from chalicelib.people import wiring
from chalicelib.people.erase_person import erase_person
from chalicelib.people.forget import forget

# No step begins later: it may wait for some tries.
MARGIN_MS: Final = 60_000


def run_forget(context: Any) -> None:
    """Safe to run twice: each step is one transaction, and finds what is left. Raises
    Unavailable after all that could be done, so that a failure rings."""

    def time_left() -> float:
        return float(context.get_remaining_time_in_millis() - MARGIN_MS) / 1000

    failed = _finish_erasures(time_left)
    done = forget(moments.now(), wiring.forget_needs(time_left))
    logger().info("forget", extra={**asdict(done), "failed_erasures": failed})
    if failed or done.failed:
        raise Unavailable


def _finish_erasures(time_left: Callable[[], float]) -> int:
    failed = 0
    for person in wiring.people().unfinished():
        try:
            erase_person(person, moments.now, wiring.erase_person_needs(time_left))
        except Exception as error:  # it holds up nobody else
            log_failure("finish_erasure", error)
            failed += 1
    return failed
