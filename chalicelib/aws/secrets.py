"""Secrets Manager through Powertools, which keeps a secret in memory for five minutes."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.exceptions import ClientError

from chalicelib.errors import Unavailable

MAX_AGE_S = 300
TRIES = 5
CURRENT, PENDING = "AWSCURRENT", "HEEDPENDING"
MOVED = ("InvalidParameterException", "InvalidRequestException")


class Secrets:
    def __init__(self, client: Any) -> None:
        self._client = client
        self._provider = SecretsProvider(boto3_client=client)

    def text(self, name: str) -> str:
        return str(self._get(name, None, fresh=False))

    def json(self, name: str, fresh: bool = False) -> dict[str, Any]:
        """`fresh` does not use the memory, for a secret that was written a moment ago."""
        value: dict[str, Any] = self._get(name, "json", fresh=fresh)
        return value

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

    def _get(self, name: str, transform: Any, fresh: bool) -> Any:
        try:
            return self._provider.get(
                name,
                max_age=MAX_AGE_S,
                transform=transform,
                force_fetch=fresh,
                VersionStage=CURRENT,
            )
        except GetParameterError as error:
            # A store that is down must never look like a wrong link.
            raise Unavailable from error
