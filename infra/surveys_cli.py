"""The operator's commands for surveys."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from infra.commands import Commands, Stage
from infra.deploy import outputs
from infra.target import target_of
from infra.told import tell, tell_rows

commands = Commands(
    help="What is asked: list, show, put, close, delete surveys.", no_args_is_help=True
)
Survey = Annotated[str, typer.Argument(help="Its id.", metavar="SURVEY")]


@commands.command(name="list")
def list_all(stage: Stage = "") -> None:
    """List the surveys by id."""
    from infra.surveys import list_surveys

    tell_rows(list_surveys(outputs(target_of(stage))), "There is no survey.")


@commands.command()
def show(survey: Survey, stage: Stage = "") -> None:
    """Show a survey as JSON: what `put` takes."""
    from infra.surveys import show_survey

    found = show_survey(outputs(target_of(stage)), survey)
    tell(found, escape(json.dumps(found, indent=2, ensure_ascii=False)))


@commands.command()
def put(
    survey: Survey,
    origin: Annotated[str, typer.Option("--from", help="A file of JSON; - is the input.")],
    stage: Stage = "",
) -> None:
    """Make a survey, or change it, as PUT /v1/surveys/SURVEY does."""
    from infra.surveys import put_survey, read_body

    body = read_body(origin)
    put_survey(outputs(target_of(stage)), survey, body)
    tell({"put": survey}, f"{survey} is stored.")


@commands.command()
def close(survey: Survey, stage: Stage = "") -> None:
    """Close a survey. A sealed one for good: a call a minute later destroys its keys."""
    from infra.surveys import close_survey

    state = close_survey(outputs(target_of(stage)), survey)
    tell({"survey": survey, "state": state}, f"{survey}: {state}.")


@commands.command()
def delete(
    survey: Survey,
    exported: Annotated[str, typer.Option(help="The folder of an export that holds it.")],
    confirm: Annotated[str, typer.Option(help="Its id again. Without it nothing goes.")] = "",
    stage: Stage = "",
) -> None:
    """Delete a closed survey with all answers, for good, once they are exported."""
    from infra.deleting import delete_survey

    counts = delete_survey(outputs(target_of(stage)), survey, Path(exported), confirm)
    end = f"{survey} is gone." if confirm else f"Nothing was deleted. Add --confirm {survey}"
    lines = [f"  {count:8}  {kind}" for kind, count in counts.items()]
    tell({"survey": survey, "deleted": bool(confirm), "items": counts}, *lines, end)
