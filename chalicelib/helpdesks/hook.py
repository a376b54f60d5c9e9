"""A hook: an address that a help desk calls."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hook:
    """The invitations that come from this hook belong to `survey`."""

    source: str
    id: str
    survey: str
