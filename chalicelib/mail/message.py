"""Makes MIME with the standard library. Its policy encodes names and refuses line breaks."""

from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import parseaddr
from typing import Any, Final

from msgspec import Struct

from chalicelib.discreet import Discreet
from chalicelib.render import Mail

LONGEST_LINE: Final = 900  # RFC 5322 allows 998 characters with the name of the header


class _Unfolded(UnstructuredHeader):
    """On one line of any length: the standard fold would encode a long address as words, and
    no mail program reads List-Unsubscribe that way. RFC 5322 allows 998 characters."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Subject(UnstructuredHeader):
    """The standard fold begins a line of 70 to 77 characters, or of long encoded words, with an
    empty one, which some mail programs show as no subject at all."""

    name: str

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """As it was written: what looks like an encoded word in a ticket's subject is none."""
        kwds.update(parse_tree=cls.value_parser(""), decoded=value)

    def fold(self, *, policy: Policy) -> str:
        text = str(self)
        stands_as_it_is = text.isascii() and "=?" not in text and len(text) < LONGEST_LINE
        encoded = Header(text, "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {text if stands_as_it_is else encoded}{policy.linesep}"


def _policy() -> "EmailPolicy[EmailMessage]":
    headers = HeaderRegistry()
    headers.map_to_type("subject", _Subject)  # type: ignore[arg-type]
    headers.map_to_type("list-unsubscribe", _Unfolded)  # type: ignore[arg-type]
    return SMTP.clone(header_factory=headers)


class Envelope(Struct, frozen=True):
    """`sender` and `reply_to` as `Name <address>`. `list_id` names the survey.
    `unsubscribe_url` None: it was asked for, and there is nothing to stop."""

    sender: str
    reply_to: str
    recipient: str
    list_id: str
    unsubscribe_url: str | None


class Inline(Discreet, frozen=True):
    """A picture that comes with the mail. Its HTML shows it by `cid:` and the `id`, which has the
    form of an address. `subtype` of image/."""

    hidden = ("data",)

    id: str
    file: str
    subtype: str
    data: bytes


def build(mail: Mail, envelope: Envelope, picture: Inline | None = None) -> bytes:
    """multipart/alternative, text first, and beside the HTML what it shows (RFC 2387). RFC 8058
    wants both List-Unsubscribe headers."""
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
    if picture:
        _add(picture, message)
    return message.as_bytes()


def address_of(mailbox: str) -> str:
    return parseaddr(mailbox)[1]


def _add(picture: Inline, message: EmailMessage) -> None:
    *_, html = message.iter_parts()
    html.add_related(
        picture.data,
        maintype="image",
        subtype=picture.subtype,
        cid=f"<{picture.id}>",
        disposition="inline",
        filename=picture.file,
    )


def _mailbox(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(display_name=name, addr_spec=address)
