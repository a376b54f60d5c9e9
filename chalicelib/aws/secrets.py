"""Secrets Manager. A secret is kept in memory for five minutes. Powertools does that too, but
imports boto3 (docs/decisions/0025)."""

import json
import time
import uuid
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import Unavailable

MAX_AGE_S = 300
A_MINUTE_S = 60
TRIES = 5
CURRENT, PENDING = "AWSCURRENT", "HEEDPENDING"
MOVED = ("InvalidParameterException", "InvalidRequestException")


def nothing() -> None:
    pass


class Secrets:
    """`note` is called before a secret is changed."""

    def __init__(self, client: Any, note: Callable[[], None] = nothing) -> None:
        self._client, self._note = client, note
        self._kept: dict[str, tuple[float, str]] = {}
        self._renewed: dict[str, float] = {}

    def text(self, name: str) -> str:
        return self._get(name, fresh=False)

    def json(self, name: str, fresh: bool = False) -> dict[str, Any]:
        """`fresh` does not use the memory, for a secret that was written a moment ago."""
        value: dict[str, Any] = json.loads(self._get(name, fresh=fresh))
        return value

    def newer(self, name: str) -> dict[str, Any]:
        """Read anew, but once a minute at most: for what may have been written since, whoever
        asks."""
        now = time.time()
        is_due = now - self._renewed.get(name, float("-inf")) >= A_MINUTE_S
        if is_due:
            self._renewed[name] = now
        return self.json(name, fresh=is_due)

    def change(self, name: str, decide: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Writes what `decide` makes of a JSON secret. Nothing that another writer wrote
        meanwhile is lost. Raises Unavailable when others win each time."""
        for _ in range(TRIES):
            found = self._client.get_secret_value(SecretId=name, VersionStage=CURRENT)
            before = json.loads(found["SecretString"])
            after = decide(before)
            if after == before or self._replaced(name, found["VersionId"], after):
                self.json(name, fresh=True)
                return
        raise Unavailable

    def _replaced(self, name: str, before: str, after: dict[str, Any]) -> bool:
        """False when `before` is the current version no more."""
        self._note()
        version = str(uuid.uuid4())
        self._client.put_secret_value(
            SecretId=name,
            SecretString=json.dumps(after),
            ClientRequestToken=version,
            VersionStages=[PENDING],
        )
        try:
            # The label moves only from the version that was read.
            self._client.update_secret_version_stage(
                SecretId=name,
                VersionStage=CURRENT,
                RemoveFromVersionId=before,
                MoveToVersionId=version,
            )
        except ClientError as error:
            if error.response["Error"]["Code"] not in MOVED:
                raise
            return False
        return True

    def _get(self, name: str, fresh: bool) -> str:
        read_at, text = self._kept.get(name, (float("-inf"), ""))
        if not fresh and time.time() - read_at < MAX_AGE_S:
            return text
        try:
            found = self._client.get_secret_value(SecretId=name, VersionStage=CURRENT)
        except (ClientError, BotoCoreError) as error:
            # A store that is down must never look like a wrong link.
            raise Unavailable from error
        self._kept[name] = (time.time(), str(found["SecretString"]))
        return str(found["SecretString"])
