"""Slack and Microsoft Teams, as far as messages by an incoming webhook go."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.support.vendor import Said, Vendor

PLAIN = {"Content-Type": "text/plain"}


@dataclass
class Slack(Vendor):
    """`posted`: the messages of the channel."""

    posted: list[Any] = field(default_factory=list)
    is_revoked: bool = False

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Said:
        if self.is_revoked:
            return 404, PLAIN, b"no_service"
        message = json.loads(body)
        if not message.get("text") or any(map(_is_too_long, message["blocks"])):
            return 400, PLAIN, b"invalid_blocks"
        self.posted.append(message)
        return 200, PLAIN, b"ok"


@dataclass
class Teams(Vendor):
    """`posted`: the cards. What was taken may fail later, and nobody is told."""

    posted: list[Any] = field(default_factory=list)
    is_revoked: bool = False

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Said:
        if self.is_revoked:
            return 404, PLAIN, b"WorkflowNotFound"
        if len(body) > 28 * 1024:
            return 413, PLAIN, b""
        (attachment,) = json.loads(body)["attachments"]
        self.posted.append(attachment["content"])
        return 202, PLAIN, b""


def _is_too_long(block: dict[str, Any]) -> bool:
    texts = [block.get("text"), *block.get("fields", [])]
    return any(len(text["text"]) > 3000 for text in texts if text)
