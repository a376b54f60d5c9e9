"""A message to a channel is in the channel's language; what people said stays as it is."""

import pytest

from chalicelib.languages import LANGUAGES
from chalicelib.notify.chat.slack import message_of
from chalicelib.notify.chat.teams import card_of
from tests.support.notices import notice

ENGLISH = ("Take it", "Close with its cause", "Contact", "Survey", "Owner:", "asks to be", "Due: ")


def test_a_german_channel_reads_german() -> None:
    told = message_of(notice(lang="de", wishes_contact=True, words=None)).decode()
    assert "Jemand bittet um Kontakt" in told
    assert "*Umfrage*" in told
    assert "Kontaktwunsch" in told
    card = card_of(notice(lang="de", wishes_contact=True)).decode()
    assert "Umfrage: " in card
    assert not [word for word in ENGLISH if word in card]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_makes_a_message_and_a_card(lang: str) -> None:
    shown = notice(lang=lang, words="It still breaks 🙂")
    for made in (message_of(shown), card_of(shown)):
        assert "It still breaks 🙂" in made.decode()
        assert b"%(" not in made
    assert message_of(notice(lang="sv-SE")) == message_of(notice(lang="sv"))
