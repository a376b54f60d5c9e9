"""What an attack tried, and whether it was stopped."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.support.outside import Answer


@dataclass(frozen=True)
class Try:
    """`table` is the table of attacks that it is from, `what` tells a reader how to repeat it."""

    table: str
    what: str
    stopped: bool
    answered: int


def tried(table: str, what: str, answer: Answer, stopped: bool) -> Try:
    return Try(table, what, stopped and answer.status < 500, answer.status)


def summary(tries: Iterable[Try]) -> str:
    rows, through = dict[str, Counter[str]](), list[Try]()
    for attack in tries:
        rows.setdefault(attack.table, Counter())["stopped" if attack.stopped else "through"] += 1
        through += [] if attack.stopped else [attack]
    lines = [f"{'attack':32}{'tries':>8}{'stopped':>9}{'through':>9}"]
    for table, counts in rows.items():
        lines.append(f"{table:32}{counts.total():8}{counts['stopped']:9}{counts['through']:9}")
    lines += [f"through: {attack.table}: {attack.what} ({attack.answered})" for attack in through]
    return "\n".join(lines)
