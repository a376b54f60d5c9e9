"""What every command of `heed` has in common: `--stage` and `--json`."""

import inspect
import re
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Annotated, Any

import typer

from infra.errors import BadArgument
from infra.told import to_a_program


def _stage(text: str) -> str:
    """Raises BadArgument."""
    if text and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", text):
        raise BadArgument(f"A stage has letters, digits and hyphens, not {text!r}.")
    return text


Stage = Annotated[
    str,
    typer.Option(help="The stack heed-STAGE on AWS; empty is the local stack.", callback=_stage),
]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON, all else on stderr.")]
AS_JSON = inspect.Parameter(
    "as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json
)


class Commands(typer.Typer):
    """Whatever is a command of it takes `--json`."""

    def command(self, *words: Any, **named: Any) -> Callable[[Any], Any]:
        register = super().command(*words, **named)

        def add(function: Callable[..., None]) -> Callable[..., None]:
            register(_with_json(function))
            return function

        return add


def _with_json(function: Callable[..., None]) -> Callable[..., None]:
    @wraps(function)
    def run(as_json: bool, **given: Any) -> None:
        with to_a_program() if as_json else nullcontext():
            function(**given)

    signature = inspect.signature(function, eval_str=True)
    parameters = [*signature.parameters.values(), AS_JSON]
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return run
