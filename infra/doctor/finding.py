"""What was found about one thing that a stack needs, and what to do about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """`do` is empty when nothing is to be done."""

    what: str
    state: State
    says: str
    do: str = ""


def ok(what: str, says: str) -> Finding:
    return Finding(what, State.OK, says)


def warning(what: str, says: str, do: str) -> Finding:
    return Finding(what, State.WARNING, says, do)


def problem(what: str, says: str, do: str) -> Finding:
    return Finding(what, State.PROBLEM, says, do)


Check = Callable[[], Iterable[Finding]]


def looked_at(what: str, check: Check) -> Iterator[Finding]:
    """What AWS refuses to tell is a finding too."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield from check()
    except ClientError as error:
        code = error.response["Error"]["Code"]
        do = f"Give whoever runs this the permission for {error.operation_name}, or try again."
        yield warning(what, f"AWS does not tell: {code}.", do)
    except BotoCoreError as error:
        yield warning(what, f"AWS was not reached: {type(error).__name__}.", "Try again.")
