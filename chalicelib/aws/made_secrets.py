"""Secrets that Heed itself makes and destroys. The others are of the template: secrets.py."""

import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.aws.secrets import nothing
from chalicelib.errors import Unavailable

# A secret that is being deleted answers so until it is gone.
GONE = ("ResourceNotFoundException", "InvalidRequestException")


class MadeSecrets:
    """`note` is called before one is made or destroyed."""

    def __init__(self, client: Any, note: Callable[[], None] = nothing) -> None:
        self._client, self._note = client, note

    def read(self, name: str) -> dict[str, str] | None:
        """None when there is none. Raises Unavailable."""
        found = self._call("get_secret_value", GONE, SecretId=name)
        return json.loads(found["SecretString"]) if found else None

    def make(self, name: str, value: dict[str, str]) -> None:
        """Leaves one that is there as it is. Raises Unavailable."""
        self._note()
        self._call(
            "create_secret",
            ("ResourceExistsException",),
            Name=name,
            SecretString=json.dumps(value),
        )

    def destroy(self, name: str) -> None:
        """For good: nobody can bring it back. Raises Unavailable."""
        self._note()
        self._call("delete_secret", GONE, SecretId=name, ForceDeleteWithoutRecovery=True)

    def _call(self, operation: str, expected: tuple[str, ...], **request: Any) -> Any:
        """None where the answer is an error that is `expected`."""
        try:
            return getattr(self._client, operation)(**request)
        except ClientError as error:
            if error.response["Error"]["Code"] in expected:
                return None
            # No name of a cause: it might hold what was sent.
            raise Unavailable from None
        except BotoCoreError:
            raise Unavailable from None
