"""Makes a key for somebody else. A key gives away no more than it has."""

from datetime import datetime

from msgspec import Struct

from chalicelib import ids
from chalicelib.api_keys.api_key import ApiKey, Scope, new_key_id, new_secret, scopes_of
from chalicelib.api_keys.store import KeyStore
from chalicelib.errors import Conflict, FieldError, NotFound, Unavailable
from chalicelib.key_admin.schemas import KeyBody
from chalicelib.noting import about
from chalicelib.web.idempotency import DeliveryStore, Once


class CreateKeyNeeds(Struct, frozen=True):
    keys: KeyStore
    deliveries: DeliveryStore


def create_key(
    body: KeyBody, maker: ApiKey, once: Once | None, now: datetime, needs: CreateKeyNeeds
) -> tuple[str | None, ApiKey]:
    """The secret and the key. The same `once` gives the same key without its secret, which is
    stored nowhere. Raises Conflict."""
    made = needs.deliveries.find(once.key) if once else None
    if made:
        return None, _standing(made["invitation"], needs)
    key = _key(body, maker, once, now)
    errors = [*_errors_of_scopes(key, maker), *_errors_of_reach(key, maker, now)]
    if errors:
        raise Conflict(errors)
    about(f"keys/{key.id}")
    secret = new_secret()
    needs.keys.add(secret, key, [needs.deliveries.remember(once, key.id, now)] if once else [])
    return secret, key


def _standing(key_id: str, needs: CreateKeyNeeds) -> ApiKey:
    try:
        return needs.keys.get(key_id)
    except NotFound as error:
        # The index is a moment behind the table.
        raise Unavailable from error


def _key(body: KeyBody, maker: ApiKey, once: Once | None, now: datetime) -> ApiKey:
    key_id = new_key_id()
    return ApiKey(
        id=ids.derived_id("key", once.key.pk)[: len(key_id)] if once else key_id,
        name=body.name,
        scopes=scopes_of(body.scopes),
        surveys=frozenset(body.surveys) if body.surveys else None,
        expires=body.expires_at,
        created=now,
        created_by=maker.id,
    )


def _errors_of_scopes(key: ApiKey, maker: ApiKey) -> list[FieldError]:
    beyond = [scope.value for scope in Scope if scope in key.scopes - maker.scopes]
    detail = f"The key that asks does not have: {', '.join(beyond)}."
    return [FieldError("#/scopes", "scopes_beyond_own", detail)] if beyond else []


def _errors_of_reach(key: ApiKey, maker: ApiKey, now: datetime) -> list[FieldError]:
    errors = []
    if not maker.reaches_all(key.surveys):
        detail = "The key that asks is limited to surveys: name some of them."
        errors.append(FieldError("#/surveys", "surveys_beyond_own", detail))
    if key.expires and key.expires <= now:
        errors.append(FieldError("#/expires_at", "time_over", "A time to come."))
    if maker.expires and (key.expires is None or key.expires > maker.expires):
        detail = "The key that asks expires before."
        errors.append(FieldError("#/expires_at", "expiry_beyond_own", detail))
    return errors
