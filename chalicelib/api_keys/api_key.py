"""API keys: `heed_` + 32 random characters + 6 of checksum, 43 in all.

One SHA-256 is enough to store them, since the random part has 190 bits. The checksum
finds a typo before the table is read.
"""

import base64
import binascii
import hmac
import secrets
import string
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from chalicelib import ids
from chalicelib.errors import Forbidden, Unauthenticated

PREFIX = "heed_"
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM_LENGTH = 32
CHECKSUM_LENGTH = 6


class Scope(StrEnum):
    SURVEYS_READ = "surveys:read"
    SURVEYS_WRITE = "surveys:write"
    INVITATIONS_READ = "invitations:read"
    INVITATIONS_WRITE = "invitations:write"
    RESPONSES_READ = "responses:read"
    RESPONSES_WRITE = "responses:write"
    SCORES_READ = "scores:read"
    TASKS_READ = "tasks:read"
    TASKS_WRITE = "tasks:write"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_WRITE = "accounts:write"
    OUTCOMES_READ = "outcomes:read"
    OUTCOMES_WRITE = "outcomes:write"


@dataclass(frozen=True)
class ApiKey:
    id: str
    name: str
    scopes: frozenset[Scope]


# The words `read` and `write` do not include these scopes: seeing people has to be asked for, and
# so has erasing them, which takes bad answers away as well as good ones.
NAMED_ALONE = frozenset({Scope.PEOPLE_READ, Scope.PEOPLE_WRITE})


def scopes_of(words: list[str]) -> frozenset[Scope]:
    """`read` and `write` stand for all scopes of that kind, except NAMED_ALONE. Raises
    ValueError."""
    kinds = {scope for scope in Scope if scope.value.partition(":")[2] in words}
    named = {Scope(word) for word in words if word not in ("read", "write")}
    return frozenset(kinds - NAMED_ALONE | named)


def new_key(name: str, scopes: frozenset[Scope]) -> tuple[str, ApiKey]:
    """The secret, which is shown once, and the key that is stored."""
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    body = PREFIX + random
    return body + checksum(body), ApiKey(ids.new_id(), name, scopes)


def require(
    authorization: str | None, scope: Scope, find: Callable[[str], ApiKey | None]
) -> ApiKey:
    """Raises Unauthenticated or Forbidden."""
    secret = _secret_in(authorization or "")
    body, check = secret[:-CHECKSUM_LENGTH], secret[-CHECKSUM_LENGTH:]
    looks_right = secret.isascii() and body.startswith(PREFIX)
    if not looks_right or not hmac.compare_digest(checksum(body), check):
        raise Unauthenticated("key_missing" if not secret else "key_invalid")
    key = find(secret)
    if key is None:
        raise Unauthenticated("key_invalid")
    if scope not in key.scopes:
        raise Forbidden(scope.value)
    return key


def checksum(body: str) -> str:
    number = zlib.crc32(body.encode())
    digits = []
    for _ in range(CHECKSUM_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def _secret_in(authorization: str) -> str:
    """Bearer, or Basic with the key as user name."""
    kind, _, value = authorization.strip().partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode("ascii").partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""
