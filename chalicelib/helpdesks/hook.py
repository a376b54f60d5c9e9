"""A hook: an address that a help desk calls."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hook:
    """The invitations that come from this hook belong to `survey`."""

    source: str
    id: str
    survey: str


SHORTEST_SECRET = 16


def is_long_enough(secret: object) -> bool:
    """A guess must not find it. Blanks at its ends do not count."""
    return isinstance(secret, str) and len(secret.strip()) >= SHORTEST_SECRET


def usable_secrets(stored: object) -> list[str]:
    """Of a list. The letters of a text would be secrets of their own."""
    return [found for found in stored if is_long_enough(found)] if isinstance(stored, list) else []
