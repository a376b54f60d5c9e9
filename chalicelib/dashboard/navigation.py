"""The pages that the navigation leads to. Who may not see a page is not led to it."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from chalicelib.api_keys.api_key import Scope


class Entry(Struct, frozen=True):
    """`page` as templates write it, and the `section` that is marked there. Its name is in
    templates/app/_navigation.html."""

    section: str
    page: str
    scope: Scope


READ: Final = (
    Entry("overview", "", Scope.SURVEYS_READ),
    Entry("surveys", "surveys", Scope.SURVEYS_READ),
    Entry("tasks", "tasks", Scope.TASKS_READ),
)
SET_UP: Final = (
    Entry("setup_surveys", "setup/surveys", Scope.SURVEYS_WRITE),
    Entry("brand", "setup/brand", Scope.SURVEYS_WRITE),
    Entry("helpdesks", "setup/helpdesks", Scope.HOOKS_WRITE),
    Entry("keys", "setup/keys", Scope.KEYS_WRITE),
    Entry("webhooks", "setup/webhooks", Scope.WEBHOOKS_READ),
    Entry("teams", "setup/teams", Scope.TEAMS_WRITE),
    Entry("people", "setup/people", Scope.PEOPLE_WRITE),
    Entry("members", "setup/members", Scope.MEMBERS_WRITE),
    Entry("history", "setup/history", Scope.KEYS_WRITE),
)


def entries(given: Sequence[Entry], scopes: frozenset[Scope]) -> list[Entry]:
    return [entry for entry in given if entry.scope in scopes]
