"""A hook: an address that a help desk calls."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field


class Hook(Struct, frozen=True):
    """The invitations that come from this hook belong to `survey`. `generation` counts the
    changes of its secrets, so that a copy of them in memory is known to be old. `created_by` is
    the id of a key, None for the operator. `subdomain` and `client_id` are of the account that
    is asked by night and writes its notes; None: there is none. `mapping` says where more is to be
    found in what comes (mapping.py)."""

    source: str
    id: str
    survey: str
    generation: int = 0
    created: datetime | None = None
    created_by: str | None = None
    subdomain: str | None = None
    client_id: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Of the address that the help desk calls."""
        return f"/v1/hooks/{self.source}/{self.id}"


SHORTEST_SECRET = 16
MOST_SECRETS = 2  # while one is replaced by another


def is_long_enough(secret: object) -> bool:
    """A guess must not find it. Blanks at its ends do not count."""
    return isinstance(secret, str) and len(secret.strip()) >= SHORTEST_SECRET


def usable_secrets(stored: object) -> list[str]:
    """Of a list. The letters of a text would be secrets of their own."""
    return [found for found in stored if is_long_enough(found)] if isinstance(stored, list) else []
