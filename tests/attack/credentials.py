"""Every route of the API with every kind of credential."""

import base64
import re
from collections.abc import Iterator, Mapping

from chalicelib.api_keys.api_key import ApiKey, Scope, checksum, new_key_id, new_secret
from chalicelib.api_keys.store import KeyStore
from chalicelib.aws.table import DynamoTable
from infra.openapi_routes import Route, routes
from tests.attack.tried import Try, tried
from tests.conftest import Stack
from tests.support.outside import call

NOBODY = "a" * 26


def key_with(stack: Stack, *scopes: Scope) -> str:
    secret, key = new_secret(), ApiKey(new_key_id(), "attack", frozenset(scopes))
    table = DynamoTable(stack.aws("dynamodb"), stack.outputs["TableName"])
    KeyStore(table).add(secret, key)
    return secret


def strangers(stack: Stack) -> Mapping[str, str | None]:
    """The values of Authorization by which nobody signs in."""
    known = stack.key
    body = f"heed_{'A' * 32}"
    flipped = known[:-1] + ("a" if known[-1] != "a" else "b")
    return {
        "none": None,
        "empty": "",
        "scheme only": "Bearer",
        "another scheme": f"Digest {known}",
        "the bare key": known,
        "a made-up key": f"Bearer {body}{checksum(body)}",
        "a wrong checksum": f"Bearer {flipped}",
        "a part of a key": f"Bearer {known[:20]}",
        "a key and more": f"Bearer {known}x",
        "two keys": f"Bearer {known}, Bearer {known}",
        "in upper case": f"Bearer {known.upper()}",
        "the key as password": basic(f":{known}"),
        "a broken Basic": "Basic !!!",
        "a hash of the key": f"Bearer {'0' * 64}",
        "not ASCII": "Bearer heed_\u00e9",
    }


def basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode()


def attack_routes(stack: Stack) -> Iterator[Try]:
    guarded = [route for route in routes() if route.endpoint.scope]
    for route in guarded:
        for name, value in strangers(stack).items():
            yield _try(stack, route, name, value, 401)
    for held in Scope:
        key = f"Bearer {key_with(stack, held)}"
        for route in guarded:
            if route.endpoint.scope is not held:
                yield _try(stack, route, held.value, key, 403)


def _try(stack: Stack, route: Route, name: str, value: str | None, wanted: int) -> Try:
    headers = {"Content-Type": "application/json"}
    if value is not None:
        headers["Authorization"] = value
    path = re.sub(r"{\w+}", NOBODY, route.path.replace("{survey}", stack.survey))
    body = None if route.method in ("GET", "HEAD") else b"{}"
    answer = call(route.method, stack.api + path, body, headers)
    told = f"{route.method} {route.path} with {name}"
    return tried(f"route x credential ({wanted})", told, answer, answer.status == wanted)
