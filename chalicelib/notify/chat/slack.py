"""A notice as a message of Slack's Block Kit. Pure.

Limits: docs.slack.dev/reference/block-kit. A section takes 3,000 characters, a field 2,000, a
button and an option 75, a menu 100 options.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from chalicelib.notify.chat.notice import DUE, MOST_WORDS, TICKET, Notice, lines_of
from chalicelib.plain import line
from chalicelib.surveys.wording import N_

Json = dict[str, Any]
MOST_TEXT: Final = 2900
# `&` is written with five characters, so a comment full of them is cut earlier.
CUTS: Final = (MOST_WORDS, MOST_WORDS // 2, MOST_WORDS // 5)
TAKE, CLOSE = "take", "close"
TASK: Final = "task:"  # what the id of a block with buttons begins with
SHOWN: Final = "{date_short_pretty} {time}"


def message_of(notice: Notice, has_buttons: bool = True) -> bytes:
    message = _message(notice)
    if not has_buttons:
        message["blocks"] = [block for block in message["blocks"] if block["type"] != "actions"]
    return _encoded(message)


def replacement_of(notice: Notice, done: str) -> bytes:
    """In the place of the message whose button was pressed. `done` is Slack's markup."""
    note = {"type": "section", "text": _markup(done)}
    message = _message(notice)
    blocks = [note, *message["blocks"]]
    return _encoded({**message, "blocks": blocks, "replace_original": True})


def whisper_of(text: str, link: str | None = None, named: str = "") -> bytes:
    """To whoever pressed the button alone; the message stays. `named` is the link's text."""
    said = escaped(text) + (f" <{_address(link)}|{escaped(named)}>" if link else "")
    return _encoded({"response_type": "ephemeral", "replace_original": False, "text": said})


def escaped(text: str) -> str:
    """Also keeps a comment from calling everybody: `<!channel>` is markup no more."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _message(notice: Notice) -> Json:
    return {"text": escaped(notice.headline), "blocks": list(_blocks(notice))}


def _blocks(notice: Notice) -> list[Json]:
    words = quoted(notice.words) if notice.words else escaped(notice.headline)
    blocks: list[Json] = [{"type": "section", "text": _markup(words)}]
    if notice.facts:
        fields = [_markup(f"*{name}*\n{_fact(notice, name, said)}") for name, said in notice.facts]
        blocks.append({"type": "section", "fields": fields})
    if notice.due:
        blocks.append({"type": "context", "elements": [_markup(_due(notice))]})
    buttons = list(_buttons(notice))
    if buttons:
        block = {"type": "actions", "block_id": f"{TASK}{notice.task}", "elements": buttons}
        blocks.append(block)
    return blocks


def quoted(words: str) -> str:
    """Each line, so that none looks like Heed's own."""
    made = ("\n".join(f">{escaped(line)}" for line in lines_of(words, most)) for most in CUTS)
    return next(text for text in made if len(text) <= MOST_TEXT)


def _fact(notice: Notice, name: str, said: str) -> str:
    url = notice.ticket.url if notice.ticket and name == notice.say(TICKET) else None
    return f"<{_address(url)}|{escaped(said)}>" if url else escaped(said)


def _address(url: str) -> str:
    """These three end a link of Slack's markup."""
    return url.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C").replace("&", "&amp;")


def _due(notice: Notice) -> str:
    """Slack shows it in the zone and the language of whoever reads."""
    seconds = int(notice.due_at.timestamp()) if notice.due_at else 0
    return escaped(notice.say(DUE)) % {"time": f"<!date^{seconds}^{SHOWN}|{notice.due}>"}


def _buttons(notice: Notice) -> Iterator[Json]:
    if notice.is_open and notice.state != "taken":
        yield {**_button(TAKE, notice.say(N_("Take it"))), "style": "primary", "value": notice.task}
    if notice.is_open and notice.causes:
        options = [{"text": _plain(line(cause)), "value": cause} for cause in notice.causes]
        placeholder = _plain(notice.say(N_("Close with its cause")))
        kind = {"type": "static_select", "action_id": CLOSE}
        yield {**kind, "placeholder": placeholder, "options": options}


def _button(action: str, named: str) -> Json:
    return {"type": "button", "action_id": action, "text": _plain(named)}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def _markup(text: str) -> Json:
    """`verbatim`: Slack makes no links and no mentions of what looks like one."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _encoded(message: Json) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode()
