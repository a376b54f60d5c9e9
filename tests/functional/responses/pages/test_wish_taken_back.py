"""Who asked to be contacted takes the wish back in a form that shows their tick."""

import pytest

from tests.functional.responses.pages.test_earlier_words import TICKED, Sender, put_counts
from tests.support.filling import PRESSED
from tests.support.tapping import Mail


@pytest.fixture
def sender(mail: Mail) -> Sender:
    put_counts(mail.heed, "send")
    return Sender(mail.heed, f"/r/{mail.token}", mail.clock)


def wishes(sender: Sender) -> bool:
    (stored,) = sender.heed.items("RESPONSE")
    return stored.get("contact", False)


def test_a_tick_that_the_page_shows_is_taken_away_by_its_form(sender: Sender) -> None:
    page = sender.send(sender.opened(), 9, contact="yes", **PRESSED)
    assert TICKED in page.body.decode()
    assert wishes(sender)
    page = sender.send(page, 9, **PRESSED)
    assert TICKED not in page.body.decode()
    assert not wishes(sender)
    page = sender.send(page, 9, contact="yes", **PRESSED)
    assert (TICKED in page.body.decode(), wishes(sender)) == (True, True)


def test_a_page_of_the_link_shows_no_tick_and_takes_none_away(sender: Sender) -> None:
    sender.send(sender.opened(), 9, contact="yes", **PRESSED)
    page = sender.opened()
    assert TICKED not in page.body.decode()
    sender.send(page, 8, **PRESSED)
    assert wishes(sender)


def test_a_form_that_shows_no_box_takes_no_wish_away(sender: Sender, mail: Mail) -> None:
    page = sender.send(sender.opened(), 9, contact="yes", **PRESSED)
    put_counts(mail.heed, "send", asks_contact=False)
    page = sender.send(page, 9, contact="yes", **PRESSED)
    assert 'name="contact"' not in page.body.decode()
    sender.send(page, 8, **PRESSED)
    assert wishes(sender)
