"""The name of a person and the subject of a ticket, as they arrive."""

import pytest

from chalicelib.invitations.cleaned import shown_line
from chalicelib.invitations.schemas import InvitationBody

PERSIAN, EMOJI = "\u0645\u06cc\u200c\u0631\u0648\u0645", "\U0001f469\u200d\U0001f4bb Laptop"


@pytest.mark.parametrize("text", [PERSIAN, EMOJI])
def test_joiners_of_a_word_or_an_emoji_stay(text: str) -> None:
    ticket = {"id": text, "subject": text}
    body = InvitationBody.model_validate({"email": "a@example.com", "name": text, "ticket": ticket})
    assert body.ticket
    assert body.name == body.ticket.subject == text
    # An id and a segment are compared.
    assert body.ticket.id != text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Kari\u202e moc", "Kari moc"),
        (" a\r\nb\x00c ", "a b c"),
        ("\u200b\ud800\u2066", ""),
        (48213, "48213"),
        ("x" * 201, "x" * 200),
    ],
)
def test_nothing_else_that_is_unseen_stays(text: object, kept: str) -> None:
    assert shown_line(text) == kept


@pytest.mark.parametrize("value", [None, True, 1.5, ["a"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="text or a number"):
        shown_line(value)
