"""The operator's commands. The Makefile names them."""

import signal
import sys
import time
from contextlib import suppress
from typing import Annotated

import typer
from rich.markup import escape

from infra import access_cli, carry_cli, deploy_cli, emulator, members_cli, stack, supply
from infra.demo.cast import DEMO_MEMBER
from infra.deploy import outputs
from infra.errors import OperatorError
from infra.locks import exclusive
from infra.paths import LocalStack, local_stack
from infra.progress import console
from infra.target import target_of

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
commands = typer.Typer(add_completion=False, no_args_is_help=True)
commands.add_typer(access_cli.commands)
commands.add_typer(members_cli.commands)
commands.add_typer(carry_cli.commands)
commands.add_typer(deploy_cli.commands)


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
    console.print("Stopped." if stack.down(local_stack()) else "Nothing is up.")


@commands.command()
def audit() -> None:
    """Look up what is known against every package. Ends with 1 when something is, and with 2
    when that could not be looked up."""
    results = [supply.audit(requirements) for requirements in supply.requirement_files()]
    for known in sorted({known for result in results for known in result.known}):
        console.print(f"  {known}", soft_wrap=True)
    unknown = {name for result in results for name in result.unknown}
    if unknown:
        console.print(
            "[red]Not audited[/red]: the data about vulnerabilities cannot be reached from here,"
            f" or does not know {', '.join(sorted(unknown)[:3])} ({len(unknown)} in all)."
        )
    if any(result.known for result in results) or unknown:
        raise typer.Exit(1 if any(result.known for result in results) else 2)
    console.print("Nothing is known against any package.")


@commands.command()
def recount(
    survey: Annotated[str, typer.Option(help="Empty is all surveys.")] = "",
    stage: Annotated[str, typer.Option(help="Empty is the local stack.")] = "",
    check: Annotated[bool, typer.Option(help="Only look, repair nothing.")] = False,
) -> None:
    """Count every tally again from the raw items and repair what is wrong."""
    from infra.recount import recount_stack

    if not recount_stack(outputs(target_of(stage)), survey or None, repairs=not check):
        raise typer.Exit(1)


@commands.command()
def erase(
    person: Annotated[str, typer.Option(help="An address, or the id of a person.")],
    stage: Annotated[str, typer.Option(help="Empty is the local stack.")] = "",
) -> None:
    """Erase a person: everything that names them or that they said."""
    from infra.erase import erase_on_stack

    erase_on_stack(outputs(target_of(stage)), person)


@commands.command()
def aside(
    back: Annotated[str, typer.Option(help="An id, or all: to the next tick.")] = "",
    stage: Annotated[str, typer.Option(help="Empty is the local stack.")] = "",
) -> None:
    """Show what failed five times when it was due, or bring it back."""
    from infra.aside import bring_aside_back, show_aside

    found = outputs(target_of(stage))
    if back:
        bring_aside_back(found, back)
    else:
        show_aside(found)


@commands.command()
def sweep(
    stage: Annotated[str, typer.Option(help="Empty is the local stack.")] = "",
    days: Annotated[int, typer.Option(help="How far to look back; 0 is as every night.")] = 0,
) -> None:
    """Find what got stuck and put it on its way again."""
    from infra.sweep import sweep_stack

    if not sweep_stack(target_of(stage), days):
        raise typer.Exit(1)


@commands.command()
def redrive(
    queue: Annotated[str, typer.Option(help="mail, events or stream; empty is all.")] = "",
    stage: Annotated[str, typer.Option(help="Empty is the local stack.")] = "",
    dry: Annotated[bool, typer.Option(help="Only count.")] = False,
) -> None:
    """Put what lies in the dead-letter queues on its way again."""
    from infra.redrive import redrive_stack

    if not redrive_stack(target_of(stage), queue, dry):
        raise typer.Exit(1)


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
    for line in lines:
        console.print(line, soft_wrap=True)


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


def main() -> None:
    # SIGINT too: a background job of a shell starts with it ignored, and Python keeps it so.
    for number in STOPPING:
        signal.signal(number, _interrupt)
    try:
        commands()
    except OperatorError as error:
        console.print(f"[red]Stopped:[/red] {escape(str(error))}", soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
