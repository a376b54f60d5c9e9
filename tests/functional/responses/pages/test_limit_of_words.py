"""How much can be written: the same in the page, its script and the server; nothing is lost."""

import re
from urllib.parse import urlencode

import pytest

from chalicelib.responses.pages.form import LONGEST_COMMENT
from tests.support.tapping import FORM, Mail

EMOJI, LONG = "😀", "ก"  # two units of UTF-16 and twelve bytes in a form; one and nine


def sent(mail: Mail, comment: str) -> tuple[int, str]:
    body = urlencode({"score": 9, "comment": comment, "nonce": mail.open(9)}).encode()
    page = mail.heed.http.post(f"/r/{mail.token}", headers={"Content-Type": FORM}, body=body)
    return page.status_code, page.body.decode()


@pytest.mark.parametrize("letter", ["a", EMOJI, LONG])
def test_as_many_as_the_limit_are_taken_whatever_they_are(mail: Mail, letter: str) -> None:
    status, _ = sent(mail, letter * LONGEST_COMMENT)
    assert status == 200
    assert mail.response["comment"] == letter * LONGEST_COMMENT


@pytest.mark.parametrize("letter", ["a", EMOJI, LONG])
def test_one_more_is_refused_and_all_of_it_is_given_back(mail: Mail, letter: str) -> None:
    status, page = sent(mail, letter * (LONGEST_COMMENT + 1))
    assert status == 413
    assert "This is longer than 10,000 characters." in page
    assert letter * (LONGEST_COMMENT + 1) in page


def test_whatever_fits_into_the_field_is_given_back(mail: Mail) -> None:
    mail.open(9)
    page = mail.heed.http.get(f"/r/{mail.token}/9").body.decode()
    (units,) = re.findall(r'name="comment" rows="4" maxlength="(\d+)"', page)
    status, page = sent(mail, LONG * int(units))
    assert status == 413
    assert LONG * int(units) in page


def test_the_page_counts_to_the_limit_of_the_server(mail: Mail) -> None:
    mail.open(9)
    page = mail.heed.http.get(f"/r/{mail.token}/9").body.decode()
    assert f'data-of="comment" data-longest="{LONGEST_COMMENT}"' in page
