"""Keys and hooks, as the operator's commands change and show them. Without a key that asks, the
operator may give any scope."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

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
from infra.noted import noted
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
    refuse_unknown(surveys)
    secret, reach = new_secret(), frozenset(surveys) or None
    key = ApiKey(new_key_id(), name, found, reach, expires, created=now)
    with noted("key", f"/v1/keys/{key.id}"):
        api_keys_wiring.api_keys().add(secret, key)
    return secret


def list_keys(outputs: Outputs) -> list[dict[str, object]]:
    use_stack(outputs)
    now = moments.now()
    return [_key_row(key, now) for key in api_keys_wiring.api_keys().every()]


def _key_row(key: ApiKey, now: datetime) -> dict[str, object]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "surveys": "all" if key.surveys is None else sorted(key.surveys),
        "made_by": key.created_by or "operator",
        "expires": moments.to_text(key.expires) if key.expires else "never",
        "last_used": key.last_used.isoformat() if key.last_used else "never",
        "state": "valid" if key.is_valid(now) else "revoked" if key.revoked else "expired",
    }


def revoke_key(outputs: Outputs, key_id: str) -> None:
    """Raises OperatorError."""
    use_stack(outputs)
    try:
        with noted("revoke", f"/v1/keys/{key_id}"):
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
    refuse_unknown([survey])
    needs = helpdesks_wiring.change_hooks_needs()
    with noted("hook", "/v1/hooks"):
        hook, _ = add_hook(source, survey, secret, None, None, moments.now(), needs)
    return hook.id


def list_hooks(outputs: Outputs) -> list[dict[str, object]]:
    use_stack(outputs)
    kept = wiring.secrets().json(outputs["HookSecrets"], fresh=True)
    return [
        {
            "id": hook.id,
            "source": hook.source,
            "survey": hook.survey,
            "made_by": hook.created_by or "operator",
            "secrets": len(kept.get(hook.id, [])),
        }
        for hook in helpdesks_wiring.hooks().every()
    ]


def begin_rotation(outputs: Outputs, source: str, hook_id: str, secret: str) -> None:
    """Raises OperatorError, or Conflict when two secrets are valid already."""
    _refuse_short(secret)
    hook, needs = _hook(outputs, source, hook_id), helpdesks_wiring.change_hooks_needs()
    with noted("rotate", f"/v1/hooks/{source}/{hook_id}"):
        add_secret(hook, secret, None, None, moments.now(), needs)


def end_rotation(outputs: Outputs, source: str, hook_id: str) -> None:
    """Raises OperatorError."""
    hook = _hook(outputs, source, hook_id)
    with noted("rotate", f"/v1/hooks/{source}/{hook_id}"):
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


def refuse_unknown(surveys: Collection[str]) -> None:
    for survey in surveys:
        try:
            surveys_wiring.surveys().get(survey)
        except NotFound as error:
            raise OperatorError(f"There is no survey {survey!r}.") from error


def _advice(error: UnknownScope) -> str:
    said = f"Unknown: {', '.join(error.unknown)}." if error.unknown else "Name the scopes."
    return (
        f"{said} Known are: {', '.join(error.known)}. read and write stand for all of their kind,"
        " but not for people:read, keys:write, members:write and hooks:write."
    )
