"""Runs Sendria, in its own environment. Sendria 2.2.2 uses two things that Python 3.14 has taken
away: a function of pkgutil, and an event loop that is there unasked."""

import asyncio
import pkgutil
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

Loop = asyncio.AbstractEventLoop


def main() -> None:
    if not hasattr(pkgutil, "get_loader"):
        pkgutil.get_loader = find_loader
        # It closes all files when it starts, so the loop can only be made when it asks.
        asyncio.get_event_loop = have_event_loop
    from sendria.cli import main as run

    run()


def find_loader(module_or_name: str) -> Any:
    found = find_spec(module_or_name)
    return found and found.loader


def have_event_loop(known: Callable[[], Loop] = asyncio.get_event_loop) -> Loop:
    try:
        return known()
    except RuntimeError:
        asyncio.set_event_loop(asyncio.new_event_loop())
        return known()


if __name__ == "__main__":
    main()
