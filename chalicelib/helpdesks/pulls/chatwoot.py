"""Resolved conversations of Chatwoot, in the shape of its webhook.

Source: developers.chatwoot.com, api-reference/conversations/conversations-list: 25 a page, the
newest activity first. An account is the number of the account in Chatwoot and an access token.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from chalicelib.helpdesks.note import Account, AskDesk, DeskRefused
from chalicelib.helpdesks.pulls.pull import objects_in, read_object

MOST_PAGES: Final = 400  # 10,000 conversations a day


def pull(
    account: Account, since: datetime, now: datetime, ask: AskDesk
) -> Iterator[dict[str, Any]]:
    if not (account.client_id.isascii() and account.client_id.isdigit()):
        raise DeskRefused("account_refused", permanent=True)
    for number in range(1, MOST_PAGES + 1):
        conversations = _page(account, number, ask)
        late = [each for each in conversations if _last_active(each) < since.timestamp()]
        yield from (_delivery(each) for each in conversations if each not in late)
        if late or not conversations:
            return


def _page(account: Account, number: int, ask: AskDesk) -> list[dict[str, Any]]:
    asked = urlencode({"status": "resolved", "assignee_type": "all", "page": number})
    path = f"/api/v1/accounts/{account.client_id}/conversations?{asked}"
    headers = {"api_access_token": account.client_secret, "Accept": "application/json"}
    data = read_object(ask("GET", f"https://{account.subdomain}{path}", b"", headers)).get("data")
    return objects_in(data.get("payload") if isinstance(data, dict) else None)


def _last_active(conversation: dict[str, Any]) -> float:
    found = conversation.get("last_activity_at") or conversation.get("timestamp")
    return float(found) if isinstance(found, int | float) else 0.0


def _delivery(conversation: dict[str, Any]) -> dict[str, Any]:
    return {**conversation, "event": "conversation_status_changed"}
