"""The operator's commands for keys and hooks."""

from datetime import date
from typing import Annotated

import typer

from infra.deploy import outputs
from infra.errors import OperatorError
from infra.progress import console
from infra.target import target_of

commands = typer.Typer()
Stage = Annotated[str, typer.Option(help="Empty is the local stack.")]
Source = Annotated[str, typer.Option(help="The help desk.")]
Secret = Annotated[str, typer.Option(prompt="Signing secret", hide_input=True)]


@commands.command()
def key(
    name: Annotated[str, typer.Option(help="Who will use it.")],
    scopes: Annotated[str, typer.Option(help="Comma-separated.")] = "",
    surveys: Annotated[str, typer.Option(help="Comma-separated; empty is all.")] = "",
    expires: Annotated[str, typer.Option(help="The last day, in UTC: 2027-01-31.")] = "",
    stage: Stage = "",
) -> None:
    """Create an API key and show it, once."""
    from infra.access import create_key

    last_day = _day(expires)
    print(create_key(found_of(stage), name, words_of(scopes), words_of(surveys), last_day))


@commands.command()
def keys(stage: Stage = "") -> None:
    """List the API keys: never a key itself."""
    from infra.access import table_of_keys

    console.print(table_of_keys(found_of(stage)))


@commands.command()
def revoke(key: Annotated[str, typer.Option(help="Its id.")], stage: Stage = "") -> None:
    """Revoke an API key: it opens nothing any more, at once."""
    from infra.access import revoke_key

    revoke_key(found_of(stage), key)
    console.print("Revoked.")


@commands.command()
def hook(
    survey: Annotated[str, typer.Option(help="The survey that its tickets ask for.")],
    secret: Secret,
    source: Source = "zendesk",
    stage: Stage = "",
) -> None:
    """Add a hook for a help desk: store its signing secret, show the address to call."""
    from infra.access import create_hook

    found = found_of(stage)
    made = create_hook(found, source, survey, secret)
    print(f"{found['ApiAddress']}/v1/hooks/{source}/{made}")


@commands.command()
def hooks(stage: Stage = "") -> None:
    """List the hooks and how many secrets each has."""
    from infra.access import table_of_hooks

    console.print(table_of_hooks(found_of(stage)))


@commands.command()
def rotate(
    hook: Annotated[str, typer.Option(help="Its id.")],
    done: Annotated[bool, typer.Option(help="Only the newest secret stays.")] = False,
    secret: Annotated[str, typer.Option(help="Empty asks for it.")] = "",
    source: Source = "zendesk",
    stage: Stage = "",
) -> None:
    """Give a hook a second signing secret, or end that."""
    from chalicelib.errors import Conflict
    from infra.access import begin_rotation, end_rotation

    found = found_of(stage)
    if done:
        end_rotation(found, source, hook)
        console.print("Only the newest secret is valid.")
        return
    given = secret or typer.prompt("New signing secret", hide_input=True)
    try:
        begin_rotation(found, source, hook, given)
    except Conflict as error:
        raise OperatorError(error.errors[0].detail) from error
    console.print("Both secrets are valid. When the help desk signs with the new one: DONE=1.")


def found_of(stage: str) -> dict[str, str]:
    return outputs(target_of(stage))


def words_of(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _day(text: str) -> date | None:
    """Raises OperatorError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise OperatorError("EXPIRES is a day like 2027-01-31.") from error
