"""The operator's commands for the stack on this machine."""

import signal
import time
from contextlib import suppress
from typing import Final

from rich.markup import escape

from infra import emulator, stack
from infra.commands import Commands
from infra.demo.cast import DEMO_MEMBER
from infra.errors import OperatorError
from infra.locks import exclusive
from infra.paths import LocalStack, local_stack
from infra.progress import console
from infra.told import tell

STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
commands = Commands()


def stop_by_signal() -> None:
    # SIGINT too: a background job of a shell starts with it ignored, and Python keeps it so.
    for number in STOPPING:
        signal.signal(number, _interrupt)


@commands.command()
def run() -> None:
    """Bring the local stack up and stay until Ctrl-C."""
    local = local_stack()
    facts, is_new = stack.up(local, with_parent=True)
    if not is_new:
        raise OperatorError("This stack is already up. make down stops it.")
    _welcome(facts)
    console.print("Ctrl-C stops it. The answers are kept for the next make run.")
    try:
        with suppress(KeyboardInterrupt):
            _watch(local)
    finally:
        _ignore_signals()
        stack.down(local)
        console.print("Stopped.")


@commands.command()
def up() -> None:
    """Bring the local stack up and return."""
    facts, is_new = stack.up(local_stack())
    if not is_new:
        console.print("Already up.")
    _welcome(facts)


@commands.command()
def down() -> None:
    """Stop the local stack."""
    _ignore_signals()
    stopped = stack.down(local_stack())
    tell({"stopped": stopped}, "Stopped." if stopped else "Nothing is up.")


def _welcome(facts: stack.Facts) -> None:
    body = '{"email": "you@example.com", "name": "You"}'
    asked = f"{facts['api']}/v1/surveys/{facts['survey']}/invitations"
    lines = [
        f"\n[bold]Inbox[/bold]  {facts['inbox']}",
        f"[bold]API[/bold]    {facts['api']}",
        f"[bold]Key[/bold]    {facts['key']}",
        f"[bold]Pages[/bold]  {facts['app']}, sign in as {DEMO_MEMBER}: the link is in the inbox",
        f"\nFor a shell, also in {escape(str(local_stack().exports))}:\n",
        *map(escape, stack.exports(facts)),
        "\nAsk yourself for a rating, then open the inbox and tap a number:\n",
        f"curl -s -X POST {asked} -H 'Authorization: Bearer {facts['key']}' "
        f"-H 'Content-Type: application/json' -d '{body}'\n",
    ]
    tell(facts, *lines)


def _watch(local: LocalStack) -> None:
    while all(child.pid() for child in emulator.children(local)):
        time.sleep(1)
    with exclusive(local.home / "lock"):
        if not local.facts.exists():
            return
    ended = next(child for child in emulator.children(local) if child.pid() is None)
    raise OperatorError(f"{ended.name} ended by itself, see {ended.log}:\n{ended.end_of_log()}")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _ignore_signals() -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
