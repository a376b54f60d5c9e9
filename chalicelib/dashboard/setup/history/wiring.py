"""Reads the names of what lines of the history are about, and of who did it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chalicelib import wiring
from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import ApiKey
from chalicelib.audit import Change
from chalicelib.dashboard.setup.history.things import Kind, Names, place_of
from chalicelib.dashboard.wiring import surveys_within
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.helpdesks import registry
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.members import wiring as members_wiring
from chalicelib.teams import wiring as teams_wiring
from chalicelib.webhooks import wiring as webhooks_wiring

Read = Callable[[], list[Any]]


def names_of(changes: Sequence[Change], key: ApiKey) -> tuple[Names, Mapping[str, str]]:
    """Of the things, and of who did it, by their ids. Each kind is read once, and the kinds side
    by side. A hook is named by its help desk and its survey."""
    places = {place for change in changes if (place := place_of(change))}
    kinds = {kind for kind, _ in places}
    hooks = [thing_id.split("/") for kind, thing_id in places if kind == "hook"]
    reads: dict[Kind, Read] = {
        "key": api_keys_wiring.api_keys().every,
        "member": members_wiring.members().every,
        "survey": lambda: surveys_within(key),
        "team": teams_wiring.teams().every,
        "webhook": webhooks_wiring.webhooks().every,
        "hook": lambda: helpdesks_wiring.hooks().some(hooks),
    }
    # A hook has the name of its survey, and who did something is a key or a member.
    asked = kinds | {"key", "member"} | ({"survey"} if "hook" in kinds else set())
    wanted = [kind for kind in reads if kind in asked]
    found = dict(zip(wanted, wiring.table().together([reads[it] for it in wanted]), strict=True))
    who = {one.id: one.name for kind in ("key", "member") for one in found[kind]}
    names: dict[tuple[Kind, str], str] = {
        (kind, one.id): one.name for kind in wanted if kind != "hook" for one in found[kind]
    }
    if disclosure_for(key).sees_people:
        names |= {("member", one.id): f"{one.name} ({one.email})" for one in found["member"]}
    for hook in found.get("hook", ()):
        of = names.get(("survey", hook.survey), hook.survey)
        names["hook", f"{hook.source}/{hook.id}"] = f"{_title(hook.source)}: {of}"
    return names, who


def _title(source: str) -> str:
    found = registry.find(source)
    return found.title if found else source
