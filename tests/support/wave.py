"""A wave of forty people from outside: asked by the API, mailed, and voting by their links."""

import io
import json
import re
from email import message_from_bytes, policy
from typing import Any

import pytest

from chalicelib import moments
from chalicelib.aws.mailer import SesMailer
from chalicelib.notify.handlers import send_queued_mail
from chalicelib.tick import tick, tick_needs
from tests.functional.conftest import Heed
from tests.support.filling import PRESSED

PATH = "/v1/surveys/it-2026"
DEFINITION = {
    "name": "IT in 2026",
    "success": "Four of five colleagues would recommend us.",
    "question": "How likely are you to recommend IT to a colleague?",
    "audience": "internal",
    "team": "IT Help Desk",
    "identity": "anonymous",
    "closes_on": "2026-12-18",
    "segments": ["site"],
    "reminder_days": 5,
}
PEOPLE = [
    {
        "email": f"person{number}@example.com",
        "name": f"Person {number}",
        "facts": {"site": "Oslo" if number < 27 else "Bergen" if number < 38 else "Oulu"},
    }
    for number in range(40)
]


class Wave:
    def __init__(self, heed: Heed, patch: pytest.MonkeyPatch) -> None:
        self.heed, self.mails = heed, list[Any]()
        self.board, self.receipts, self.log = "", list[str](), io.StringIO()
        patch.setattr(SesMailer, "send", self._mailed)
        made = heed.call("PUT", PATH, DEFINITION)
        assert made.status_code == 200, made.body

    def _mailed(self, raw: bytes, sender: str, recipient: str, tags: dict[str, str]) -> str:
        self.mails.append(message_from_bytes(raw, policy=policy.default))
        return f"message-{len(self.mails)}"

    def ask(self, count: int = 40) -> Any:
        return self.heed.call("POST", f"{PATH}/waves", {"people": PEOPLE[:count]})

    def send(self, kind: str = "InvitationQueued") -> None:
        for item in self.heed.items("INVITE"):
            detail = {"id": item["id"], "invitation": item["id"]}
            body = json.dumps({"detail-type": kind, "detail": detail})
            record = {"messageId": "1", "body": body, "eventSource": "aws:sqs"}
            assert send_queued_mail({"Records": [record]}, None) == {"batchItemFailures": []}

    def remind(self) -> None:
        """As the tick and the queue do it."""
        tick(moments.now(), tick_needs(moments.now(), lambda: 60.0))
        self.send("ReminderQueued")

    def token(self, number: int) -> str:
        """Of the person, as the mail has it."""
        return token_in(self.mail_to(number))

    def mail_to(self, number: int) -> Any:
        return next(one for one in self.mails if f"person{number}@" in one["To"])

    def vote(self, number: int, score: int, comment: str = "") -> Any:
        form = {"score": score, "comment": comment, "open_ms": 4000, **PRESSED}
        return self.heed.post_form(f"/r/{self.token(number)}", form)


def token_in(mail: Any) -> str:
    text = mail.get_body(("plain",)).get_content()
    return re.findall(r"/r/([a-z2-7]+)/\d+", text)[0]


def receipt_in(page: Any) -> str:
    (code,) = re.findall(r'<output><code dir="ltr">([^<]+)</code>', page.body.decode())
    return str(code)
