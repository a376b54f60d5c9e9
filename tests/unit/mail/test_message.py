"""The raw mail, as a mail program reads it."""

from email import message_from_bytes
from email.policy import default

import pytest

from chalicelib.mail.message import Envelope, build
from chalicelib.render import Mail

ADDRESS = "Ann Lee <ann@example.com>"
TEXTS = {
    "words": "How did we do with the laptop that does not wake up ",
    "one word": "Donaudampfschifffahrtsgesellschaftskapitaen",
    "German": "Wie zufrieden sind Sie mit der Lösung für Ihr größtes Übel? ",
    "Arabic": "كيف كانت خدمتنا في طلبك الأخير؟ ",
    "like an encoded word": "Re: =?utf-8?q?Laptop?= does not wake up, and =?x ",
    "emoji": "How did we do? 👍🏽👩‍💻 ",
}


def raw(subject: str) -> bytes:
    return build(
        Mail(subject, "Hello", "<p>Hello</p>"),
        Envelope(ADDRESS, ADDRESS, ADDRESS, "it.example.com", "https://heed.example.com/u/t"),
    )


def cut(text: str, length: int) -> str:
    return (text * 10)[:length].strip()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("length", range(60, 101))
def test_a_subject_of_any_length_begins_on_its_own_line_and_is_read_as_it_was_written(
    text: str, length: int
) -> None:
    subject = cut(text, length)
    lines = raw(subject).decode("ascii").split("\r\n")
    first = next(line for line in lines if line.startswith("Subject:"))
    assert first.removeprefix("Subject: ").strip()
    read = message_from_bytes(raw(subject), policy=default)
    assert read["Subject"] == subject
    assert read["List-Unsubscribe"] == "<https://heed.example.com/u/t>"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_line_of_a_head_is_longer_than_a_server_takes(text: str) -> None:
    for length in (100, 300):
        head = raw(cut(text, length)).split(b"\r\n\r\n", 1)[0]
        assert max(len(line) for line in head.split(b"\r\n")) < 998
