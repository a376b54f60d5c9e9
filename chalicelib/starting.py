"""What a function does when it starts. Lambda gives it a whole processor then."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module

from chalicelib.settings import settings


def serves_http() -> bool:
    """In a test and when it is packaged, too. A function that takes events shows no page."""
    return settings().function in ("", "api")


def start(early: Mapping[str, str]) -> None:
    """`early`: the module of chalicelib that a function imports, by the function's name."""
    if settings().function:
        with _nothing_collected():
            import_module(f"chalicelib.{early[settings().function]}")


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """What a start makes stays. To look through it for what can be freed, again and again, is a
    tenth of a start's work, and of no use in later requests either."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
