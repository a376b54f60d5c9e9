"""What a line of the history is about: the address that it holds, as a name with its page. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct

from chalicelib.api_keys.api_key import Scope
from chalicelib.audit import Change

Kind = Literal["survey", "team", "hook", "webhook", "member", "key"]
_PLACES: Final[Mapping[Kind, str]] = {
    "survey": r"surveys/([^/{}]+)",
    "team": r"teams/([^/{}]+)",
    "hook": r"(?:hooks|helpdesks)/([^/{}]+/[^/{}]+)",
    "webhook": r"webhooks/([^/{}]+)",
    "member": r"members/([^/{}]+)",
    "key": r"keys/([^/{}]+)",
}
_PAGES: Final[Mapping[Kind, tuple[str, Scope]]] = {
    "survey": ("setup/surveys/{}", Scope.SURVEYS_WRITE),
    "team": ("setup/teams/{}", Scope.TEAMS_WRITE),
    "hook": ("setup/helpdesks/{}", Scope.HOOKS_WRITE),
    "webhook": ("setup/webhooks/{}", Scope.WEBHOOKS_READ),
    "member": ("setup/members", Scope.MEMBERS_WRITE),
    "key": ("setup/keys", Scope.KEYS_WRITE),
}
Names = Mapping[tuple[Kind, str], str]


class Named(Struct, frozen=True):
    """`id` is the one in the address: of a hook with its source. `name` None: it is gone. `page`
    None: whoever looks is led to none."""

    kind: Kind
    id: str
    name: str | None
    page: str | None


def place_of(change: Change) -> tuple[Kind, str] | None:
    """None: it is about none of these. A survey stands in the line of a command, too."""
    path = re.sub(r"^/(v1|app/setup)/", "", change.what)
    for kind, place in _PLACES.items():
        found = re.match(place + r"(?:/|$)", path)
        if found and path != change.what:
            return kind, found[1]
    return ("survey", change.survey) if change.survey else None


def thing_of(change: Change, names: Names, may: Callable[[Scope], bool]) -> Named | None:
    place = place_of(change)
    if place is None:
        return None
    kind, thing_id = place
    name, (page, scope) = names.get(place), _PAGES[kind]
    leads = name is not None and may(scope)
    return Named(kind, thing_id, name, page.format(thing_id) if leads else None)
