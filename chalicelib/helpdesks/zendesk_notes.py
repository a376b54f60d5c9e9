"""Writes a note into a ticket of Zendesk: internal, so that the requester gets no mail of it.

Sources: developer.zendesk.com, api-reference/ticketing/oauth/grant_type_tokens and
api-reference/ticketing/tickets. A token by client credentials lasts as long as it is asked for,
between 5 minutes and 48 hours, and is not refreshed.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from html import escape
from typing import Any, Final

from chalicelib.helpdesks.note import Account, AskDesk, DeskRefused, Note

TOKEN_FOR: Final = timedelta(hours=1)
TOO_SOON: Final = timedelta(minutes=2)  # before its end a token is not used for another call
SCOPES: Final = "tickets:read tickets:write"
LOOKED_AT: Final = 20  # of the newest comments
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

# By account. Kept as long as the function lives.
_tokens: dict[Account, tuple[str, datetime]] = {}


def write_note(
    account: Account, ticket: str, note: Note, is_repeat: bool, now: datetime, ask: AskDesk
) -> None:
    """Raises DeskRefused."""
    if not (ticket.isascii() and ticket.isdigit()):
        raise DeskRefused("ticket_unknown", permanent=True)
    path = f"/api/v2/tickets/{ticket}"
    if is_repeat and _is_there(account, path, note, now, ask):
        return
    comment = {"html_body": "".join(_html(note)), "public": False}
    _authorized(account, "PUT", path, _json({"ticket": {"comment": comment}}), now, ask)


def _is_there(account: Account, path: str, note: Note, now: datetime, ask: AskDesk) -> bool:
    newest = f"{path}/comments?sort=-created_at&page%5Bsize%5D={LOOKED_AT}"
    # A long answer comes cut, so it is not read as JSON.
    return _mark(note).encode() in _authorized(account, "GET", newest, b"", now, ask)


def _authorized(
    account: Account, method: str, path: str, body: bytes, now: datetime, ask: AskDesk
) -> bytes:
    """With the kept token, and once with a new one: it may have been taken back."""

    def with_token() -> bytes:
        token = _token(account, now, ask)
        try:
            return ask(method, _address(account) + path, body, _headers(token))
        except DeskRefused as error:
            raise _told(error) from None

    try:
        return with_token()
    except DeskRefused as error:
        if error.code != SIGNED_OUT:
            raise
    _tokens.pop(account, None)
    return with_token()


def _token(account: Account, now: datetime, ask: AskDesk) -> str:
    token, ends_at = _tokens.get(account, ("", now))
    if now + TOO_SOON < ends_at:
        return token
    seconds = int(TOKEN_FOR.total_seconds())
    wanted = {"grant_type": "client_credentials", "scope": SCOPES, "expires_in": seconds}
    known = {"client_id": account.client_id, "client_secret": account.client_secret}
    try:
        answer = ask("POST", f"{_address(account)}/oauth/tokens", _json(wanted | known), _headers())
    except DeskRefused as error:
        # Somebody can mend the account while the note waits.
        raise DeskRefused("account_refused", error.status, False, error.retry_after) from None
    token, lasts = _read_token(answer)
    _tokens[account] = token, now + lasts
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


def _html(note: Note) -> Iterator[str]:
    """As HTML, because plain text is read as Markdown."""
    if note.words:
        lines = "<br>".join(_safe(line) for line in note.words.strip().splitlines())
        yield f"<blockquote>{lines}</blockquote>"
    for fact in note.facts:
        yield f"<p>{_safe(fact)}</p>"
    yield f"<p>{_mark(note)}</p>"


def _safe(text: str) -> str:
    """Zendesk fills in placeholders in what an agent writes: a person's words hold none."""
    return re.sub(r"\{(?=[{%])", "{\u2060", escape(text, quote=False))


def _mark(note: Note) -> str:
    return f"Heed {note.id}"


def _address(account: Account) -> str:
    return f"https://{account.subdomain}.zendesk.com"


def _headers(token: str | None = None) -> dict[str, str]:
    told = {"Authorization": f"Bearer {token}"} if token else {}
    return {"Content-Type": "application/json", "Accept": "application/json"} | told


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
