"""Runs MiniStack, in its own environment, and saves its state while it runs. By itself it saves
only when it is asked to stop, so a crash would lose all that was there."""

import asyncio
import copy
import json
import logging
import signal
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any

# What came after the last save is lost in a crash.
SAVED_EVERY = 10.0  # seconds
# What changes while people answer. The rest is large, and is saved when SAVE_ALL comes.
DATA = ("dynamodb", "secretsmanager", "sqs")
SAVE_ALL = signal.SIGUSR1


class Copies:
    """MiniStack's `copy`. Its table is copied at each save, which takes longer than to write it,
    and requests wait meanwhile. What is written between two requests needs no copy."""

    copy = staticmethod(copy.copy)

    def __init__(self) -> None:
        self._writer: int | None = None

    def deepcopy(self, value: Any) -> Any:
        return value if threading.get_ident() == self._writer else copy.deepcopy(value)

    @contextmanager
    def left_out(self) -> Iterator[None]:
        """For this thread."""
        self._writer = threading.get_ident()
        try:
            yield
        finally:
            self._writer = None


class UnpackedOnce(zipfile.ZipFile):
    """A function's code. MiniStack unpacks it for each process of each function, which takes
    longer than to start the function. As on AWS, code writes nothing beside itself, so all may
    read the same files."""

    _one_at_a_time = threading.Lock()

    def extractall(self, path: Any = None, *_: Any, **__: Any) -> None:
        code = Path(str(self.filename)).read_bytes()
        kept = Path(tempfile.gettempdir()) / f"code-{sha256(code).hexdigest()}"
        with self._one_at_a_time:
            if not kept.exists():
                # In a place of its own until it is whole.
                begun = tempfile.mkdtemp()
                super().extractall(begun)
                Path(begun).rename(kept)
        for found in kept.iterdir():
            (Path(path) / found.name).symlink_to(found)


def write_at_once(value: Any, file: IO[str], **options: Any) -> None:
    """For `json.dump`, which takes ten times as long: it is Python that writes bit by bit."""
    file.write(json.dumps(value, **options))


def main(translator: str) -> None:
    # The SAM translator is for MiniStack alone: Lambda workers share its environment, and must
    # not find there what the zip should hold.
    sys.path.append(translator)
    from ministack import app
    from ministack.core import lambda_runtime
    from ministack.services import dynamodb

    json.dump = write_at_once  # type: ignore[assignment]
    lambda_runtime.zipfile = SimpleNamespace(**vars(zipfile) | {"ZipFile": UnpackedOnce})
    dynamodb.copy = copies = Copies()
    save_all = threading.Event()
    signal.signal(SAVE_ALL, lambda *_: save_all.set())
    # A line for each file at each save.
    logging.getLogger("persistence").setLevel(logging.WARNING)
    threading.Thread(target=_save_again, args=(save_all, copies), daemon=True).start()
    app.main()


def _save_again(save_all: threading.Event, copies: Copies) -> None:
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
            data = {name: states.pop(name) for name in DATA if name in states}
            if asked:
                persistence.save_all(states)
            between_requests(app._MAIN_LOOP, partial(_save, data, copies))


def _save(states: dict[str, Callable[[], Any]], copies: Copies) -> None:
    from ministack.core import persistence

    with copies.left_out():
        persistence.save_all(states)


def between_requests(loop: asyncio.AbstractEventLoop, do: Callable[[], Any]) -> Any:
    """The loop works on one request of the table at a time. What is read beside it may hold the
    half of a transaction, or fail because the table changes meanwhile."""

    async def done() -> Any:
        return do()

    return asyncio.run_coroutine_threadsafe(done(), loop).result()


if __name__ == "__main__":
    main(sys.argv.pop())
