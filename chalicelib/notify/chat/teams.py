"""A notice as an Adaptive Card for a Workflows webhook of Microsoft Teams. Pure.

A flow takes about 28 KB. Its card can open a page and nothing else: no button comes back. Text
stands in RichTextBlocks, which read no Markdown.
"""

import json
from typing import Any, Final

from chalicelib.notify.chat.notice import DUE, Notice, lines_of
from chalicelib.surveys.wording import N_

Json = dict[str, Any]
KIND: Final = "application/vnd.microsoft.card.adaptive"
SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"


def card_of(notice: Notice) -> bytes:
    attachment = {"contentType": KIND, "contentUrl": None, "content": _card(notice)}
    message = {"type": "message", "attachments": [attachment]}
    return json.dumps(message, ensure_ascii=False).encode()


def _card(notice: Notice) -> Json:
    said = lines_of(notice.words) if notice.words else [notice.headline]
    body = [_text(_run(line)) for line in said if line]
    # A card's own dates are Markdown, which is not read here.
    body += [_text(_run(f"{name}: ", weight="Bolder"), _run(fact)) for name, fact in notice.facts]
    body += [_text(_run(notice.say(DUE, time=notice.due)))] if notice.due else []
    url = notice.ticket.url if notice.ticket else None
    opens = {"type": "Action.OpenUrl", "title": notice.say(N_("Open the ticket")), "url": url}
    return {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "fallbackText": notice.headline,
        "body": body,
        "actions": [opens] if url else [],
    }


def _text(*runs: Json) -> Json:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(text: str, **look: str) -> Json:
    return {"type": "TextRun", "text": text, **look}
