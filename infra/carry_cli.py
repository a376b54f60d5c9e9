"""The operator's commands that take data out of a stack and bring it into one."""

from pathlib import Path
from typing import Annotated

import typer

from infra.commands import Commands, Stage
from infra.deploy import outputs
from infra.errors import BadArgument
from infra.target import target_of

commands = Commands()
Other = Annotated[str, typer.Option(help="Another table than the stack's own.")]


@commands.command(name="export")
def export_items(
    to: Annotated[str, typer.Option(help="A new folder.")] = "",
    survey: Annotated[str, typer.Option(help="Empty is everything.")] = "",
    stage: Stage = "",
) -> None:
    """Write what a stack holds into a folder, or one survey of it."""
    from infra.exporting import export_stack

    folder = _folder(to, "TO")
    export_stack(_found(stage, ""), folder, survey or None)


@commands.command(name="import")
def import_items(
    origin: Annotated[str, typer.Option("--from", help="The folder of an export.")] = "",
    stage: Stage = "",
    table: Other = "",
    dry: Annotated[bool, typer.Option(help="Only count.")] = False,
) -> None:
    """Bring an export into a stack."""
    from infra.importing import import_stack

    folder = _folder(origin, "FROM")
    if not import_stack(_found(stage, table), folder, dry):
        raise typer.Exit(1)


@commands.command()
def late(
    hours: Annotated[float, typer.Option(help="What was due for longer.")] = 24,
    stage: Stage = "",
    table: Other = "",
    dry: Annotated[bool, typer.Option(help="Only count.")] = False,
) -> None:
    """Set aside what has waited too long to go by itself, as after a restore."""
    from datetime import timedelta

    from infra.late import set_late_aside

    set_late_aside(_found(stage, table), timedelta(hours=hours), dry)


def _found(stage: str, table: str) -> dict[str, str]:
    return outputs(target_of(stage)) | ({"TableName": table} if table else {})


def _folder(text: str, name: str) -> Path:
    if not text:
        raise BadArgument(f"{name}= names the folder.")
    return Path(text)
