"""The operator's command for members."""

from typing import Annotated

import typer

from infra.access_cli import Stage, found_of, words_of
from infra.progress import console

commands = typer.Typer()


@commands.command()
def member(
    address: Annotated[str, typer.Option(help="Empty lists the members.")] = "",
    role: Annotated[str, typer.Option(help="viewer, team, manager or admin.")] = "",
    surveys: Annotated[str, typer.Option(help="Comma-separated; empty is all.")] = "",
    name: Annotated[str, typer.Option(help="Empty is the address.")] = "",
    remove: Annotated[bool, typer.Option(help="Take the place away, at once.")] = False,
    stage: Stage = "",
) -> None:
    """List who may sign in to the pages, add or change a member, or remove one."""
    from infra.members import add_member, remove_member, table_of_members

    found = found_of(stage)
    if remove:
        remove_member(found, address)
        console.print("Removed, and signed out everywhere.")
    elif address:
        add_member(found, address, role, words_of(surveys), name)
        print(f"{found['ApiAddress']}/app/sign-in")
    else:
        console.print(table_of_members(found))
