"""Makes MIME with the standard library. Its policy encodes names and refuses line breaks."""

from dataclasses import dataclass
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import parseaddr

from chalicelib.render import Mail


class _Unfolded(UnstructuredHeader):
    """On one line of any length: the standard fold would encode a long address as words, and
    no mail program reads List-Unsubscribe that way. RFC 5322 allows 998 characters."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def _policy() -> "EmailPolicy[EmailMessage]":
    headers = HeaderRegistry()
    headers.map_to_type("list-unsubscribe", _Unfolded)  # type: ignore[arg-type]
    return SMTP.clone(header_factory=headers)


@dataclass(frozen=True)
class Envelope:
    """`sender` and `reply_to` as `Name <address>`. `list_id` names the survey.
    `unsubscribe_url` None: it was asked for, and there is nothing to stop."""

    sender: str
    reply_to: str
    recipient: str
    list_id: str
    unsubscribe_url: str | None


def build(mail: Mail, envelope: Envelope) -> bytes:
    """multipart/alternative, text first. RFC 8058 wants both List-Unsubscribe headers."""
    message = EmailMessage(policy=_policy())
    message["From"] = _mailbox(envelope.sender)
    message["To"] = _mailbox(envelope.recipient)
    message["Reply-To"] = _mailbox(envelope.reply_to)
    message["Subject"] = mail.subject
    message["List-Id"] = f"<{envelope.list_id}>"
    if envelope.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def address_of(mailbox: str) -> str:
    return parseaddr(mailbox)[1]


def _mailbox(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(display_name=name, addr_spec=address)
