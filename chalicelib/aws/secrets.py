"""Secrets Manager through Powertools, which keeps a secret in memory for five minutes."""

from typing import Any

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from chalicelib.errors import Unavailable

MAX_AGE_S = 300


class Secrets:
    def __init__(self, client: Any) -> None:
        self._provider = SecretsProvider(boto3_client=client)

    def text(self, name: str) -> str:
        return str(self._get(name, None, fresh=False))

    def json(self, name: str, fresh: bool = False) -> dict[str, Any]:
        """`fresh` does not use the memory, for a secret that was written a moment ago."""
        value: dict[str, Any] = self._get(name, "json", fresh=fresh)
        return value

    def _get(self, name: str, transform: Any, fresh: bool) -> Any:
        try:
            return self._provider.get(
                name, max_age=MAX_AGE_S, transform=transform, force_fetch=fresh
            )
        except GetParameterError as error:
            # A store that is down must never look like a wrong link.
            raise Unavailable from error
