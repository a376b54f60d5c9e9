"""Keys and hooks, as the operator's commands change and show them. Without a key that asks, the
operator may give any scope."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from rich.table import Table

from chalicelib import moments, wiring
from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import ApiKey, new_key_id, new_secret, scopes_of
from chalicelib.errors import NotFound, UnknownScope
from chalicelib.helpdesks import registry
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.change_hooks import add_hook, add_secret, keep_newest_secret
from chalicelib.helpdesks.hook import SHORTEST_SECRET, Hook, is_long_enough
from chalicelib.helpdesks.source import Source
from chalicelib.surveys import wiring as surveys_wiring
from infra.errors import OperatorError
from infra.outputs import use_stack

Outputs = dict[str, str]


def create_key(
    outputs: Outputs,
    name: str,
    scopes: Collection[str],
    surveys: Collection[str] = (),
    last_day: date | None = None,
) -> str:
    """`scopes` as the operator writes them; no `surveys` are all of them. Raises
    OperatorError."""
    use_stack(outputs)
    now, expires = moments.now(), _end_of(last_day) if last_day else None
    if expires and expires <= now:
        raise OperatorError(f"{last_day} is over.")
    try:
        found = scopes_of(scopes)
    except UnknownScope as error:
        raise OperatorError(_advice(error)) from error
    _refuse_unknown(surveys)
    secret, reach = new_secret(), frozenset(surveys) or None
    key = ApiKey(new_key_id(), name, found, reach, expires, created=now)
    api_keys_wiring.api_keys().add(secret, key)
    return secret


def table_of_keys(outputs: Outputs) -> Table:
    use_stack(outputs)
    now = moments.now()
    shown = Table("id", "name", "scopes", "surveys", "made by", "expires", "last used", "state")
    for key in api_keys_wiring.api_keys().every():
        shown.add_row(
            key.id,
            key.name,
            " ".join(sorted(key.scopes)),
            "all" if key.surveys is None else " ".join(sorted(key.surveys)),
            key.created_by or "operator",
            moments.to_text(key.expires) if key.expires else "never",
            key.last_used.isoformat() if key.last_used else "never",
            "valid" if key.is_valid(now) else "revoked" if key.revoked else "expired",
        )
    return shown


def revoke_key(outputs: Outputs, key_id: str) -> None:
    """Raises OperatorError."""
    use_stack(outputs)
    try:
        api_keys_wiring.api_keys().revoke(key_id, None, moments.now())
    except NotFound as error:
        raise OperatorError(f"There is no valid key {key_id!r}. make keys lists them.") from error


def source_named(name: str) -> Source:
    """Raises OperatorError."""
    found = registry.find(name)
    if found is None:
        raise OperatorError(f"{name!r} is no help desk that is known here. {_known_sources()}")
    return found


def _known_sources() -> str:
    titles = [f"{source.name} ({source.title})" for source in registry.every()]
    return f"Known are: {', '.join(titles)}."


def create_hook(outputs: Outputs, source: str, survey: str, secret: str) -> str:
    """Gives the hook's id: the last part of its address. Raises OperatorError."""
    source_named(source)
    _refuse_short(secret)
    use_stack(outputs)
    _refuse_unknown([survey])
    needs = helpdesks_wiring.change_hooks_needs()
    hook, _ = add_hook(source, survey, secret, None, None, moments.now(), needs)
    return hook.id


def table_of_hooks(outputs: Outputs) -> Table:
    use_stack(outputs)
    kept = wiring.secrets().json(outputs["HookSecrets"], fresh=True)
    shown = Table("id", "source", "survey", "made by", "secrets")
    for hook in helpdesks_wiring.hooks().every():
        valid = str(len(kept.get(hook.id, [])))
        shown.add_row(hook.id, hook.source, hook.survey, hook.created_by or "operator", valid)
    return shown


def begin_rotation(outputs: Outputs, source: str, hook_id: str, secret: str) -> None:
    """Raises OperatorError, or Conflict when two secrets are valid already."""
    _refuse_short(secret)
    hook, needs = _hook(outputs, source, hook_id), helpdesks_wiring.change_hooks_needs()
    add_secret(hook, secret, None, None, moments.now(), needs)


def end_rotation(outputs: Outputs, source: str, hook_id: str) -> None:
    """Raises OperatorError."""
    hook = _hook(outputs, source, hook_id)
    keep_newest_secret(hook, None, helpdesks_wiring.change_hooks_needs())


def _hook(outputs: Outputs, source: str, hook_id: str) -> Hook:
    use_stack(outputs)
    try:
        return helpdesks_wiring.hooks().get(source, hook_id)
    except NotFound as error:
        raise OperatorError(f"There is no hook {hook_id!r}. make hooks lists them.") from error


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _refuse_short(secret: str) -> None:
    if not is_long_enough(secret):
        raise OperatorError(f"A signing secret has at least {SHORTEST_SECRET} characters.")


def _refuse_unknown(surveys: Collection[str]) -> None:
    for survey in surveys:
        try:
            surveys_wiring.surveys().get(survey)
        except NotFound as error:
            raise OperatorError(f"There is no survey {survey!r}.") from error


def _advice(error: UnknownScope) -> str:
    said = f"Unknown: {', '.join(error.unknown)}." if error.unknown else "Name the scopes."
    return (
        f"{said} Known are: {', '.join(error.known)}. read and write stand for all of their kind,"
        " but not for people:read, keys:write and hooks:write."
    )
