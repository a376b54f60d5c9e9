"""EventBridge. A caller learns which entries were not taken, so that it sends only those again."""

from collections.abc import Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

BATCH = 10  # PutEvents takes no more entries in one call
SOURCE = "heed"


class Bus:
    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name

    def put(self, entries: Sequence[tuple[str, str]]) -> list[int]:
        """Puts (detail type, JSON detail) pairs; gives the indexes of those not taken."""
        failed: list[int] = []
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            failed += [start + index for index in self._put_batch(batch)]
        return failed

    def _put_batch(self, batch: Sequence[tuple[str, str]]) -> list[int]:
        request = [
            {"Source": SOURCE, "DetailType": name, "Detail": detail, "EventBusName": self._name}
            for name, detail in batch
        ]
        try:
            answer = self._client.put_events(Entries=request)
        except (ClientError, BotoCoreError):
            return list(range(len(batch)))
        told = answer.get("Entries", [])
        if len(told) != len(batch):  # what stands between answered, or the answer is cut off
            return list(range(len(batch)))
        return [index for index, entry in enumerate(told) if not _is_taken(entry)]


def _is_taken(entry: dict[str, str]) -> bool:
    return bool(entry.get("EventId")) and "ErrorCode" not in entry
