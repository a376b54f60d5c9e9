"""What a function does when it starts. Lambda gives it a whole processor then."""

from collections.abc import Mapping
from importlib import import_module

from chalicelib.settings import settings


def serves_http() -> bool:
    """In a test and when it is packaged, too. A function that takes events shows no page."""
    return settings().function in ("", "api")


def start(early: Mapping[str, str]) -> None:
    """`early`: the module of chalicelib that a function imports, by the function's name."""
    if settings().function:
        import_module(f"chalicelib.{early[settings().function]}")
