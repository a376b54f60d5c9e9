"""Calls of Zendesk's API, signed in by an OAuth client.

Source: developer.zendesk.com, api-reference/ticketing/oauth/grant_type_tokens. A token by client
credentials lasts as long as it is asked for, between 5 minutes and 48 hours, and is not refreshed.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.helpdesks.note import Account, AskDesk, DeskRefused

TOKEN_FOR: Final = timedelta(hours=1)
TOO_SOON: Final = timedelta(minutes=2)  # before its end a token is not used for another call
# What another try may mend: somebody else wrote, there were too many calls, or the account is
# not set up as it should be.
LATER: Final = frozenset({401, 403, 408, 409, 423, 425, 429})
SIGNED_OUT: Final = "signed_out"
NAMED: Final = {
    401: SIGNED_OUT,
    403: "account_refused",
    404: "ticket_unknown",
    422: "ticket_closed",
}

# By account and scopes. Kept as long as the function lives.
_tokens: dict[tuple[Account, str], tuple[str, datetime]] = {}


def authorized(
    account: Account,
    scopes: str,
    method: str,
    path: str,
    body: bytes,
    now: datetime,
    ask: AskDesk,
) -> bytes:
    """With the kept token, and once with a new one: it may have been taken back. Raises
    DeskRefused."""

    def with_token() -> bytes:
        token = _token(account, scopes, now, ask)
        try:
            return ask(method, address_of(account) + path, body, _headers(token))
        except DeskRefused as error:
            raise _told(error) from None

    try:
        return with_token()
    except DeskRefused as error:
        if error.code != SIGNED_OUT:
            raise
    _tokens.pop((account, scopes), None)
    return with_token()


def _token(account: Account, scopes: str, now: datetime, ask: AskDesk) -> str:
    token, ends_at = _tokens.get((account, scopes), ("", now))
    if now + TOO_SOON < ends_at:
        return token
    seconds = int(TOKEN_FOR.total_seconds())
    wanted = {"grant_type": "client_credentials", "scope": scopes, "expires_in": seconds}
    known = {"client_id": account.client_id, "client_secret": account.client_secret}
    url = f"{address_of(account)}/oauth/tokens"
    try:
        answer = ask("POST", url, as_json(wanted | known), _headers())
    except DeskRefused as error:
        # Somebody can mend the account meanwhile.
        raise DeskRefused("account_refused", error.status, False, error.retry_after) from None
    token, lasts = _read_token(answer)
    _tokens[account, scopes] = token, now + lasts
    return token


def _read_token(answer: bytes) -> tuple[str, timedelta]:
    """Raises DeskRefused."""
    try:
        given = json.loads(answer)
        return str(given["access_token"]), timedelta(seconds=int(given.get("expires_in") or 0))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise DeskRefused("answer_unreadable") from error


def _told(error: DeskRefused) -> DeskRefused:
    status = error.status
    if status is None:
        return error
    lasts = status < 500 and status not in LATER
    return DeskRefused(NAMED.get(status, error.code), status, lasts, error.retry_after)


def address_of(account: Account) -> str:
    return f"https://{account.subdomain}.zendesk.com"


def _headers(token: str | None = None) -> dict[str, str]:
    told = {"Authorization": f"Bearer {token}"} if token else {}
    return {"Content-Type": "application/json", "Accept": "application/json"} | told


def as_json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
