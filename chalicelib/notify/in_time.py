"""Waits so long for what cannot be told to stop, and no longer."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Found = TypeVar("Found")


def in_time(work: Callable[[], Found], seconds: float) -> Found:
    """Raises what `work` raises, and TimeoutError. Work that is late goes on in a thread that
    nobody waits for, not even the end of the program."""
    future: Future[Found] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future.result(timeout=seconds)
