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
from collections.abc import Callable, Collection
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from chalicelib import ids
from chalicelib.errors import Forbidden, ForeignSurvey, Unauthenticated, UnknownScope

PREFIX = "heed_"
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM_LENGTH = 32
CHECKSUM_LENGTH = 6
ID_BYTES = 5  # 8 characters: it stands in every log line


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
    TEAMS_READ = "teams:read"
    TEAMS_WRITE = "teams:write"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_WRITE = "accounts:write"
    OUTCOMES_READ = "outcomes:read"
    OUTCOMES_WRITE = "outcomes:write"
    KEYS_WRITE = "keys:write"
    MEMBERS_WRITE = "members:write"
    HOOKS_WRITE = "hooks:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    BALLOTS_OPEN = "ballots:open"


class ApiKey(Struct, frozen=True):
    """`id` is public. `surveys` None: all of them. `last_used` and `revoked` tell what was.
    `created_by` and `revoked_by` are ids of keys, None for the operator."""

    id: str
    name: str
    scopes: frozenset[Scope]
    surveys: frozenset[str] | None = None
    expires: datetime | None = None
    created: datetime | None = None
    created_by: str | None = None
    last_used: date | None = None
    revoked: datetime | None = None
    revoked_by: str | None = None

    def is_valid(self, now: datetime) -> bool:
        return self.revoked is None and (self.expires is None or now < self.expires)

    def reaches(self, survey: str) -> bool:
        return self.surveys is None or survey in self.surveys

    def reaches_all(self, surveys: frozenset[str] | None) -> bool:
        return self.surveys is None or (surveys is not None and surveys <= self.surveys)

    def refuse_foreign(self, survey: str) -> None:
        """Raises ForeignSurvey, whether there is such a survey or not."""
        if not self.reaches(survey):
            raise ForeignSurvey


# The words `read` and `write` do not include these scopes: seeing people has to be asked for, and
# so has erasing them, which takes bad answers away as well as good ones, and giving others access.
NAMED_ALONE = frozenset(
    {
        Scope.PEOPLE_READ,
        Scope.PEOPLE_WRITE,
        Scope.KEYS_WRITE,
        Scope.MEMBERS_WRITE,
        Scope.HOOKS_WRITE,
        Scope.WEBHOOKS_WRITE,
        Scope.BALLOTS_OPEN,
    }
)
KINDS = ("read", "write")
SCOPE_WORDS = (*KINDS, *(scope.value for scope in Scope))


def scopes_of(words: Collection[str]) -> frozenset[Scope]:
    """`read` and `write` stand for all scopes of that kind, except NAMED_ALONE. Raises
    UnknownScope."""
    unknown = [word for word in words if word not in SCOPE_WORDS]
    if unknown or not words:
        raise UnknownScope(unknown, SCOPE_WORDS)
    kinds = {scope for scope in Scope if scope.value.partition(":")[2] in words}
    named = {Scope(word) for word in words if word not in KINDS}
    return frozenset(kinds - NAMED_ALONE | named)


def new_secret() -> str:
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    body = PREFIX + random
    return body + checksum(body)


def new_key_id() -> str:
    return ids.encode(secrets.token_bytes(ID_BYTES))


def sign_in(authorization: str | None, find: Callable[[str], ApiKey | None]) -> ApiKey:
    """`find` gives a key that is valid now. Raises Unauthenticated."""
    secret = _secret_in(authorization or "")
    body, check = secret[:-CHECKSUM_LENGTH], secret[-CHECKSUM_LENGTH:]
    looks_right = secret.isascii() and body.startswith(PREFIX)
    if not looks_right or not hmac.compare_digest(checksum(body), check):
        raise Unauthenticated("key_missing" if not secret else "key_invalid")
    key = find(secret)
    if key is None:
        raise Unauthenticated("key_invalid")
    return key


def require(key: ApiKey, scope: Scope) -> None:
    """Raises Forbidden."""
    if scope not in key.scopes:
        raise Forbidden(scope.value)


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
