"""The operator's commands for keys and hooks."""

from datetime import date
from typing import Annotated

import typer
from rich.text import Text

from infra.commands import Commands, Stage
from infra.deploy import outputs
from infra.errors import BadArgument, OperatorError
from infra.target import target_of
from infra.told import tell, tell_rows

commands = Commands()
Source = Annotated[str, typer.Option(help="The help desk.")]
Secret = Annotated[
    str | None, typer.Option(help="What the help desk signs with; left out, it is asked for.")
]


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
    made = create_key(found_of(stage), name, words_of(scopes), words_of(surveys), last_day)
    tell({"key": made}, made)


@commands.command()
def keys(stage: Stage = "") -> None:
    """List the API keys: never a key itself."""
    from infra.access import list_keys

    tell_rows(list_keys(found_of(stage)), "There is no key.")


@commands.command()
def revoke(key: Annotated[str, typer.Option(help="Its id.")], stage: Stage = "") -> None:
    """Revoke an API key: it opens nothing any more, at once."""
    from infra.access import revoke_key

    revoke_key(found_of(stage), key)
    tell({"revoked": key}, "Revoked.")


@commands.command()
def hook(
    survey: Annotated[str, typer.Option(help="The survey that its tickets ask for.")],
    secret: Secret = None,
    source: Source = "zendesk",
    stage: Stage = "",
) -> None:
    """Add a hook for a help desk: store its secret, show what to paste, and the address last."""
    from chalicelib.helpdesks.instructions import instructions
    from infra.access import create_hook, source_named

    desk, found = source_named(source), found_of(stage)
    given = _secret("Its secret; empty makes one", secret, may_be_empty=True)
    kept = desk.new_secret() if secret is None and not given else given
    made = create_hook(found, source, survey, kept)
    url = f"{found['ApiAddress']}/v1/hooks/{source}/{made}"
    paste = instructions(desk, url, "SECRET" if given else kept)
    tell({"id": made, "address": url, "paste": paste}, Text(paste), url)


@commands.command()
def hooks(stage: Stage = "") -> None:
    """List the hooks and how many secrets each has."""
    from infra.access import list_hooks

    tell_rows(list_hooks(found_of(stage)), "There is no hook.")


@commands.command()
def rotate(
    hook: Annotated[str, typer.Option(help="Its id.")],
    done: Annotated[bool, typer.Option(help="Only the newest secret stays.")] = False,
    secret: Secret = None,
    source: Source = "zendesk",
    stage: Stage = "",
) -> None:
    """Give a hook a second signing secret, or end that."""
    from chalicelib.errors import Conflict
    from infra.access import begin_rotation, end_rotation

    found = found_of(stage)
    if done:
        end_rotation(found, source, hook)
        tell({"secrets": 1}, "Only the newest secret is valid.")
        return
    try:
        begin_rotation(found, source, hook, _secret("New signing secret", secret))
    except Conflict as error:
        raise OperatorError(error.errors[0].detail) from error
    said = "Both secrets are valid. When the help desk signs with the new one: DONE=1."
    tell({"secrets": 2}, said)


def found_of(stage: str) -> dict[str, str]:
    return outputs(target_of(stage))


def _secret(what: str, given: str | None, may_be_empty: bool = False) -> str:
    if given is not None:
        return given
    # On stderr, since stdout may be read by a program.
    default = "" if may_be_empty else None
    return str(typer.prompt(what, default, hide_input=True, show_default=False, err=True))


def words_of(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _day(text: str) -> date | None:
    """Raises BadArgument."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadArgument("EXPIRES is a day like 2027-01-31.") from error
