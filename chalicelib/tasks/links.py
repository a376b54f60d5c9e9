"""The link of an e-mail to the page of a task, for one person of the task's team.

Layout before base32: key id (1 byte), language (1, as in token.py), end (4), then task, team and
member, with a zero byte between them, then the MAC (chalicelib/signed_bytes.py).
"""

from datetime import datetime
from typing import Final

from chalicelib import signed_bytes
from chalicelib.invitations.token import TokenKeys
from chalicelib.languages import place_of

PURPOSE: Final = "task"


def task_url(
    base_url: str,
    keys: TokenKeys,
    task_id: str,
    team_id: str,
    member_id: str,
    ends: datetime,
    lang: str,
) -> str:
    head = keys.active.encode() + place_of(lang).to_bytes(1, "big")
    end = int(ends.timestamp()).to_bytes(4, "big")
    body = head + end + b"\0".join(part.encode() for part in (task_id, team_id, member_id))
    return f"{base_url}/t/{signed_bytes.sign(body, keys.keys[keys.active], PURPOSE)}"
