"""What every command of `heed` has in common: `--stage` and `--json`."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from infra.progress import console

Stage = Annotated[str, typer.Option(help="The stack heed-STAGE on AWS; empty is the local stack.")]
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
        console.stderr = as_json
        try:
            function(**given)
        finally:
            console.stderr = False

    signature = inspect.signature(function, eval_str=True)
    parameters = [*signature.parameters.values(), AS_JSON]
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return run
