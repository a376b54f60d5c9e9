"""A hook: where a help desk knocks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hook:
    """Where a help desk knocks; its invitations belong to `survey`."""

    source: str
    id: str
    survey: str
