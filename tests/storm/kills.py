"""`kill -9` of a function in the middle of whatever it does."""

import os
import random
import re
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.conftest import Stack

# Places in /proc/PID/stat behind the name of the program: proc_pid_stat(5).
PARENT, STARTED = 1, 19
STARTING_S = 8.0


@contextmanager
def killing(stack: Stack, every: float, seed: int) -> Iterator[Counter[str]]:
    """About once in `every` seconds; 0: never. Gives whom it hit."""
    killed, over = Counter[str](), threading.Event()
    chance = random.Random(f"kills-{seed}")

    def kill_again() -> None:
        while not over.wait(chance.uniform(0.5, 1.5) * every):
            found = sorted(_workers(stack).items())
            if found:
                pid, name = chance.choice(found)
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed[name] += 1

    thread = threading.Thread(target=kill_again, daemon=True)
    if every:
        thread.start()
    try:
        yield killed
    finally:
        over.set()


def _workers(stack: Stack) -> dict[int, str]:
    """The functions that this stack's emulator runs, by process. One that starts is left alone:
    the emulator does not recover from that."""
    emulator, found = (stack.home / "run" / "ministack.pid").read_text().strip(), {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            facts = (process / "stat").read_text().rpartition(")")[2].split()
            name = re.search(r"ministack-lambda-(heed-[a-z-]+?)-\w+/", _command(process))
            if facts[PARENT] == emulator and name and _age_s(facts) > STARTING_S:
                found[int(process.name)] = name[1]
    return found


def _age_s(facts: list[str]) -> float:
    up = float(Path("/proc/uptime").read_text().split()[0])
    return up - int(facts[STARTED]) / os.sysconf("SC_CLK_TCK")


def _command(process: Path) -> str:
    return (process / "cmdline").read_text().replace("\0", " ")
