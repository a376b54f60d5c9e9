"""Writes a note into a ticket of Zendesk: internal, so that the requester gets no mail of it.

Source: developer.zendesk.com, api-reference/ticketing/tickets.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Final

from chalicelib.helpdesks.note import Account, AskDesk, DeskRefused, Note
from chalicelib.helpdesks.zendesk_sign_in import as_json, authorized

SCOPES: Final = "tickets:read tickets:write"
LOOKED_AT: Final = 20  # of the newest comments


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
    body = as_json({"ticket": {"comment": comment}})
    authorized(account, SCOPES, "PUT", path, body, now, ask)


def _is_there(account: Account, path: str, note: Note, now: datetime, ask: AskDesk) -> bool:
    newest = f"{path}/comments?sort=-created_at&page%5Bsize%5D={LOOKED_AT}"
    # A long answer comes cut, so it is not read as JSON.
    return _mark(note).encode() in authorized(account, SCOPES, "GET", newest, b"", now, ask)


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
