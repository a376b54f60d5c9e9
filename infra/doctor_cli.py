"""The operator's command that looks whether a stack can do its work."""

from dataclasses import asdict

import typer

from infra.commands import Commands, Stage
from infra.errors import BadArgument
from infra.target import target_of
from infra.told import table_of, tell

commands = Commands()


@commands.command()
def doctor(stage: Stage = "") -> None:
    """Look at what a stack on AWS needs to send mail and to be reached. Ends with 1 when there is
    a problem."""
    from chalicelib import moments
    from infra.doctor.examine import examine
    from infra.doctor.finding import State
    from infra.doctor.records import Records
    from infra.progress import step

    if not stage:
        raise BadArgument("doctor looks at a stack on AWS: --stage prod, or STAGE=prod.")
    with step(f"Looking at heed-{stage}"):
        found = list(examine(target_of(stage), Records(), moments.now()))
    tell([asdict(one) for one in found], table_of([asdict(one) for one in found]))
    if any(one.state is State.PROBLEM for one in found):
        raise typer.Exit(1)
