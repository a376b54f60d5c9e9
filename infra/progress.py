"""Shows each step of a command, with its time."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich.console import Console

console = Console(highlight=False)


@contextmanager
def step(what: str) -> Iterator[None]:
    started = time.monotonic()
    try:
        with _shown(what):
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
