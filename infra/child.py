"""A process that outlives the command that started it, and can be stopped by a later one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.errors import OperatorError
from infra.locks import try_lock
from infra.private import UMASK, open_private

WITH_PARENT = Path(__file__).with_name("with_parent.py")


@dataclass(frozen=True)
class Stopped:
    """`was_cut_off`: it did not end in time when it was asked to."""

    group: int
    was_cut_off: bool


@dataclass(frozen=True)
class Child:
    """The pid file is also the standard input of the process, and it is locked. The lock lasts as
    long as the process, so a number from before a crash or a reboot is never taken for it."""

    name: str
    home: Path

    @property
    def log(self) -> Path:
        return self.home / "log" / f"{self.name}.log"

    @property
    def _pid_file(self) -> Path:
        return self.home / "run" / f"{self.name}.pid"

    def start(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        with_parent: bool = False,
    ) -> None:
        """`with_parent`: it is asked to stop when this process ends, also when that is killed."""
        if with_parent:
            command = [sys.executable, WITH_PARENT, str(os.getpid()), *command]
        for folder in (self.log.parent, self._pid_file.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._pid_file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not try_lock(handle):
                raise OperatorError(f"{self.name} is already running.")
            self._spawn(handle, command, environment)
        finally:
            os.close(handle)

    def _spawn(
        self, handle: int, command: Sequence[str | Path], environment: Mapping[str, str]
    ) -> None:
        with os.fdopen(open_private(self.log), "wb") as log:
            # In its own session: a Ctrl-C must not reach it before it is asked to stop.
            process = subprocess.Popen(
                command,
                stdin=handle,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=self.home,
                start_new_session=True,
                umask=UMASK,
            )
        os.truncate(handle, 0)
        os.pwrite(handle, str(process.pid).encode(), 0)

    def pid(self) -> int | None:
        try:
            handle = os.open(self._pid_file, os.O_RDWR)
        except FileNotFoundError:
            return None
        try:
            return None if try_lock(handle) else int(os.pread(handle, 20, 0) or b"0") or None
        finally:
            os.close(handle)

    def end(self, pid: int, patience: float) -> Stopped:
        """What was asked to stop has ended after this. `patience` in seconds."""
        wait_until(lambda: self.pid() is None, patience)
        was_cut_off = self.pid() is not None
        # The processes that it started (Lambda workers) are in its group and must stop too.
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
        return Stopped(pid, was_cut_off)

    def send(self, number: signal.Signals) -> int | None:
        """The process that it was sent to; None if nothing runs."""
        pid = self.pid()
        if pid:
            os.kill(pid, number)
        return pid

    def end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def stop_together(children: Iterable[Child], patience: float) -> dict[Child, Stopped]:
    """All are asked before one is waited for. `patience` in seconds, for all of them; who did not
    run is left out."""
    asked = {child: child.send(signal.SIGTERM) for child in children}
    end = time.monotonic() + patience
    return {
        child: child.end(pid, max(0, end - time.monotonic())) for child, pid in asked.items() if pid
    }


def is_group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def wait_until(done: Callable[[], bool], patience: float) -> None:
    end = time.monotonic() + patience
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
