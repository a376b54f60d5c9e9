"""Members are added, changed and removed on a page."""

import re
from typing import Any

from chalicelib.members import wiring
from chalicelib.members.role import Role
from tests.functional.conftest import Heed
from tests.support.members import add_member, signed_in
from tests.support.setup_pages import fields_in, send

HERE = "/app/setup/members"
TYPED = {"email": "ola@example.com", "name": "Ola", "role": "team"}


def text_of(page: Any) -> str:
    return str(page.body.decode())


def test_a_member_is_added_once_and_may_be_given_another_role(heed: Heed) -> None:
    browser = signed_in(heed)
    page = browser.open(HERE)
    for _ in range(2):
        assert "Made." in text_of(browser.follow(send(browser, page, HERE, **TYPED)))
    (ola,) = [one for one in wiring.members().every() if one.name == "Ola"]
    place, page = f"{HERE}/{ola.id}", browser.open(HERE)
    send(browser, page, place, form=f"change-{ola.id}", act="change", role="manager")
    assert wiring.members().get(ola.id).role is Role.MANAGER


def test_a_member_is_removed_and_signed_out(heed: Heed) -> None:
    ola = add_member(Role.TEAM, "ola@example.com")
    browser = signed_in(heed)
    page = browser.open(HERE)
    send(browser, page, f"{HERE}/{ola.id}", form=f"remove-{ola.id}", act="remove")
    assert "ola@example.com" not in text_of(browser.open(HERE))


def test_nobody_takes_their_own_role_away(heed: Heed) -> None:
    browser = signed_in(heed)
    (own,) = wiring.members().every()
    fields = {"csrf": fields_in(browser.open(HERE))["csrf"], "act": "remove"}
    answer = browser.post(f"{HERE}/{own.id}", fields)
    assert (answer.status_code, "another admin" in text_of(answer)) == (409, True)
    assert wiring.members().every() == [own]


def test_an_address_that_is_a_member_s_is_told_of(heed: Heed) -> None:
    browser = signed_in(heed)
    typed = TYPED | {"email": "kari@example.com"}
    answer = send(browser, browser.open(HERE), HERE, **typed)
    assert answer.status_code == 409
    assert re.findall(r'id="e-([^"]+)"', text_of(answer)) == ["email"]
    assert fields_in(answer)["name"] == ["Ola"]


def test_what_is_no_address_is_said_at_its_field(heed: Heed) -> None:
    browser = signed_in(heed)
    answer = send(browser, browser.open(HERE), HERE, **TYPED | {"email": "ola at example.com"})
    assert answer.status_code == 422
    assert re.findall(r'id="e-([^"]+)"[^>]*>([^<]+)<', text_of(answer)) == [
        ("email", "This is no e-mail address.")
    ]
