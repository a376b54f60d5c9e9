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
    print(create_key(_found(stage), name, _words(scopes), _words(surveys), last_day))


@commands.command()
def keys(stage: Stage = "") -> None:
    """List the API keys: never a key itself."""
    from infra.access import table_of_keys

    console.print(table_of_keys(_found(stage)))


@commands.command()
def revoke(key: Annotated[str, typer.Option(help="Its id.")], stage: Stage = "") -> None:
    """Revoke an API key: it opens nothing any more, at once."""
    from infra.access import revoke_key

    revoke_key(_found(stage), key)
    console.print("Revoked.")


@commands.command()
def hook(
    survey: Annotated[str, typer.Option(help="The survey that its tickets ask for.")],
    source: Source = "zendesk",
    secret: Annotated[str | None, typer.Option(help="Left out, it is asked for.")] = None,
    stage: Stage = "",
) -> None:
    """Add a hook for a help desk: store its secret, show what to paste, and the address last."""
    from chalicelib.helpdesks.instructions import instructions
    from infra.access import create_hook, source_named

    desk, found = source_named(source), _found(stage)
    asked = "Its secret; empty makes one"
    given = typer.prompt(asked, "", True, show_default=False) if secret is None else secret
    kept = desk.new_secret() if secret is None and not given else given
    made = create_hook(found, source, survey, kept)
    url = f"{found['ApiAddress']}/v1/hooks/{source}/{made}"
    console.print(instructions(desk, url, "SECRET" if given else kept), markup=False)
    print(url)


@commands.command()
def hooks(stage: Stage = "") -> None:
    """List the hooks and how many secrets each has."""
    from infra.access import table_of_hooks

    console.print(table_of_hooks(_found(stage)))


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

    found = _found(stage)
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


def _found(stage: str) -> dict[str, str]:
    return outputs(target_of(stage))


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _day(text: str) -> date | None:
    """Raises OperatorError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise OperatorError("EXPIRES is a day like 2027-01-31.") from error
