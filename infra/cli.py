"""The command `heed`. Each target of the Makefile that an operator needs calls it."""

import sys
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

# typer has its own click, and no other name for a mistake in what was typed.
from typer._click.exceptions import NoArgsIsHelpError, UsageError

from infra import (
    access_cli,
    carry_cli,
    deploy_cli,
    doctor_cli,
    local_cli,
    members_cli,
    supply,
    surveys_cli,
)
from infra.commands import Commands, Stage
from infra.deploy import outputs
from infra.errors import BadArgument, OperatorError
from infra.target import target_of
from infra.told import tell

commands = Commands(
    help="Heed, for whoever runs it. STAGE is the part after heed- in the name of a stack on AWS.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
commands.add_typer(surveys_cli.commands, name="surveys")
for part in (access_cli, members_cli, carry_cli, deploy_cli, doctor_cli, local_cli):
    commands.add_typer(part.commands)


@commands.command()
def audit() -> None:
    """Look up what is known against every package. Ends with 1 when something is, and with 2
    when that could not be looked up."""
    results = [supply.audit(requirements) for requirements in supply.requirement_files()]
    known = sorted({known for result in results for known in result.known})
    unknown = sorted({name for result in results for name in result.unknown})
    said = [f"  {escape(line)}" for line in known]
    if unknown:
        said.append(
            "[red]Not audited[/red]: the data about vulnerabilities cannot be reached from here,"
            f" or does not know {', '.join(unknown[:3])} ({len(unknown)} in all)."
        )
    said = said or ["Nothing is known against any package."]
    tell({"known": known, "unknown": unknown}, *said)
    if known or unknown:
        raise typer.Exit(1 if known else 2)


@commands.command()
def recount(
    survey: Annotated[str, typer.Option(help="Empty is all surveys.")] = "",
    stage: Stage = "",
    check: Annotated[bool, typer.Option(help="Only look, repair nothing.")] = False,
) -> None:
    """Count every tally again from the raw items and repair what is wrong."""
    from infra.recount import recount_stack

    if not recount_stack(outputs(target_of(stage)), survey or None, repairs=not check):
        raise typer.Exit(1)


@commands.command()
def erase(
    person: Annotated[str, typer.Option(help="An address, or the id of a person.")],
    stage: Stage = "",
) -> None:
    """Erase a person: everything that names them or that they said."""
    from infra.erase import erase_on_stack

    erase_on_stack(outputs(target_of(stage)), person)


@commands.command()
def aside(
    back: Annotated[str, typer.Option(help="An id, or all: to the next tick.")] = "",
    stage: Stage = "",
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
    stage: Stage = "",
    days: Annotated[int, typer.Option(help="How far to look back; 0 is as every night.")] = 0,
) -> None:
    """Find what got stuck and put it on its way again."""
    from infra.sweep import sweep_stack

    if not sweep_stack(target_of(stage), days):
        raise typer.Exit(1)


@commands.command()
def redrive(
    queue: Annotated[
        str, typer.Option(help="mail, deliveries, events, stream; empty is all.")
    ] = "",
    stage: Stage = "",
    dry: Annotated[bool, typer.Option(help="Only count.")] = False,
) -> None:
    """Put what lies in the dead-letter queues on its way again."""
    from infra.redrive import redrive_stack

    if not redrive_stack(target_of(stage), queue, dry):
        raise typer.Exit(1)


def main(words: list[str] | None = None) -> None:
    local_cli.stop_by_signal()
    try:
        ended = commands(words, prog_name="heed", standalone_mode=False)
    except NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except UsageError as error:
        command = error.ctx.command_path if error.ctx else "heed"
        _stop(f"{error.format_message().rstrip('.')}. {command} --help tells more.", 2)
    except BadArgument as error:
        _stop(str(error), 2)
    except OperatorError as error:
        _stop(str(error), 1)
    except typer.Abort:
        _stop("Nothing was typed.", 1)
    except Exception as error:
        if not type(error).__module__.startswith("botocore."):
            raise
        _stop(f"AWS: {error}", 1)
    sys.exit(ended if isinstance(ended, int) else 0)


def _stop(said: str, code: int) -> NoReturn:
    shown = Console(stderr=True, highlight=False)
    shown.print(f"[red]Stopped:[/red] {escape(said)}", soft_wrap=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
