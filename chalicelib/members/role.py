"""What a member may do: each role stands for scopes, as a key has them. Pure."""

from enum import StrEnum
from typing import Final

from chalicelib.api_keys.api_key import Scope


class Role(StrEnum):
    VIEWER = "viewer"
    TEAM = "team"
    MANAGER = "manager"
    ADMIN = "admin"


_LOOKS: Final = frozenset(
    {
        Scope.SURVEYS_READ,
        Scope.SCORES_READ,
        Scope.RESPONSES_READ,
        Scope.TASKS_READ,
        Scope.TEAMS_READ,
        Scope.OUTCOMES_READ,
    }
)
# Whoever works on a task has to know whom to call.
_ACTS: Final = _LOOKS | {Scope.TASKS_WRITE, Scope.PEOPLE_READ}
_SETS_UP: Final = _ACTS | {
    Scope.SURVEYS_WRITE,
    Scope.INVITATIONS_READ,
    Scope.INVITATIONS_WRITE,
    Scope.RESPONSES_WRITE,
    Scope.TEAMS_WRITE,
    Scope.ACCOUNTS_READ,
    Scope.ACCOUNTS_WRITE,
    Scope.OUTCOMES_WRITE,
    Scope.WEBHOOKS_READ,
}
# A confidential answer is opened by a key of its own, which says who looked (docs/anonymity.md).
_ALL: Final = frozenset(Scope) - {Scope.BALLOTS_OPEN}

SCOPES: Final = {
    Role.VIEWER: _LOOKS,
    Role.TEAM: _ACTS,
    Role.MANAGER: _SETS_UP,
    Role.ADMIN: _ALL,
}
