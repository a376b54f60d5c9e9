"""The three keys of a sealed survey. They are made at its first ask and destroyed at its close."""

import base64
import secrets
from collections.abc import Callable
from typing import Protocol

from msgspec.structs import asdict

from chalicelib.discreet import Discreet

MAX_AGE_S = 60.0
KEY_BYTES = 32


class BallotKeys(Discreet, frozen=True):
    """`mail` turns a person into a link, `verify` signs it, and `record` turns it into the id of
    a ballot."""

    hidden = ("mail", "verify", "record")

    mail: bytes
    verify: bytes
    record: bytes


class SecretStore(Protocol):
    def read(self, name: str) -> dict[str, str] | None: ...

    def make(self, name: str, value: dict[str, str]) -> None: ...

    def destroy(self, name: str) -> None: ...


class BallotKeyStore:
    """`prefix` begins the name of each secret."""

    def __init__(self, store: SecretStore, prefix: str, seconds: Callable[[], float]) -> None:
        self._store, self._prefix, self._seconds = store, prefix, seconds
        self._kept: dict[str, tuple[float, BallotKeys]] = {}

    def find(self, survey_id: str) -> BallotKeys | None:
        """At most a minute old. None before the first ask and after the close."""
        read_at, found = self._kept.get(survey_id, (float("-inf"), None))
        if found is None or self._seconds() - read_at > MAX_AGE_S:
            stored = self._store.read(self._name(survey_id))
            if stored is None:
                self._kept.pop(survey_id, None)
                return None
            found = BallotKeys(**{name: base64.b64decode(key) for name, key in stored.items()})
            self._kept[survey_id] = (self._seconds(), found)
        return found

    def make(self, survey_id: str) -> None:
        """Safe to run twice: keys that are there stay."""
        keys = BallotKeys(*(secrets.token_bytes(KEY_BYTES) for _ in range(3)))
        text = {name: base64.b64encode(key).decode() for name, key in asdict(keys).items()}
        self._store.make(self._name(survey_id), text)

    def destroy(self, survey_id: str) -> None:
        self._store.destroy(self._name(survey_id))
        self._kept.pop(survey_id, None)

    def _name(self, survey_id: str) -> str:
        return f"{self._prefix}/{survey_id}"
