"""Shows each step of a command, with its time."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.progress import TimeElapsedColumn as Elapsed

console = Console(highlight=False)
SECONDS = 5  # between two lines of one step


@contextmanager
def step(what: str) -> Iterator[None]:
    with _timed(what), _shown(what):
        yield


@contextmanager
def counting(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """As `step`. Gives a function that is told how many more are done."""
    with _bar(what, total) if console.is_terminal else _lines(what, total) as count:
        yield count


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        _timed(what),
        Progress(*columns, Elapsed(), console=console, transient=True) as progress,
    ):
        task = progress.add_task(what, total=total)
        yield lambda more: progress.advance(task, more)


@contextmanager
def _lines(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    done, said_at = 0, time.monotonic()

    def count(more: int) -> None:
        nonlocal done, said_at
        done += more
        if time.monotonic() - said_at >= SECONDS:
            said_at = time.monotonic()
            console.print(f"  {what}: {done}{f' of {total}' if total is not None else ''}")

    with step(what):
        yield count


@contextmanager
def _timed(what: str) -> Iterator[None]:
    started = time.monotonic()
    try:
        yield
    except BaseException:
        console.print(f"  {what}  [red]not finished[/red]")
        raise
    console.print(f"  {what}  [dim]{time.monotonic() - started:.1f} s[/dim]")


def _shown(what: str) -> AbstractContextManager[object]:
    if console.is_terminal:
        return console.status(what)
    console.print(f"  {what} ...")
    console.file.flush()
    return nullcontext()
