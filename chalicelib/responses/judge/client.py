"""The client of a request. Its address and its browser's name are hashed at once."""

import hmac
from collections.abc import Mapping

from chalicelib.networks import network_of, prefix_of
from chalicelib.responses.judge.facts import Client
from chalicelib.web.user_agent import is_robot


def client_of(address: str, headers: Mapping[str, str], key: bytes) -> Client:
    """`headers` are looked up in lower case."""
    agent = headers.get("user-agent", "")
    return Client(
        prefix=_hashed(key, prefix_of(address)),
        agent=_hashed(key, agent),
        network=network_of(address),
        robot=is_robot(agent, headers.get("sec-ch-ua", "")),
    )


def _hashed(key: bytes, text: str) -> str:
    return hmac.digest(key, b"client\x00" + text.encode(), "sha256").hex()[:16]
