"""Runs MiniStack, in its own environment, and saves its state while it runs. By itself it saves
only when it is asked to stop, so a crash would lose all that was there."""

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

# What came after the last save is lost in a crash.
SAVED_EVERY = 10.0  # seconds
# What changes while people answer. The rest is large, and is saved when SAVE_ALL comes.
DATA = ("dynamodb", "secretsmanager", "sqs")
SAVE_ALL = signal.SIGUSR1


def main(translator: str) -> None:
    # The SAM translator is for MiniStack alone: Lambda workers share its environment, and must
    # not find there what the zip should hold.
    sys.path.append(translator)
    from ministack import app

    save_all = threading.Event()
    signal.signal(SAVE_ALL, lambda *_: save_all.set())
    # A line for each file at each save.
    logging.getLogger("persistence").setLevel(logging.WARNING)
    threading.Thread(target=_save_again, args=(save_all,), daemon=True).start()
    app.main()


def _save_again(save_all: threading.Event) -> None:
    from ministack import app
    from ministack.core import persistence

    is_complete = False
    while True:
        asked = save_all.wait(SAVED_EVERY)
        if asked:
            save_all.clear()
            is_complete = True
        if is_complete:
            states = app._build_persistence_save_dict()
            data = {
                name: partial(between_requests, app._MAIN_LOOP, states[name])
                for name in DATA
                if name in states
            }
            persistence.save_all((states if asked else {}) | data)


def between_requests(loop: asyncio.AbstractEventLoop, get_state: Callable[[], Any]) -> Any:
    """The loop works on one request of the table at a time. A copy made beside it may hold the
    half of a transaction, or fail because the table changes meanwhile."""

    async def take() -> Any:
        return get_state()

    return asyncio.run_coroutine_threadsafe(take(), loop).result()


if __name__ == "__main__":
    main(sys.argv.pop())
