"""An admin lifts on a page what somebody stopped, when the person asks for it."""

import pytest

from chalicelib import moments
from chalicelib.invitations import wiring as invitations_wiring
from tests.functional.conftest import Heed
from tests.support.members import Browser, signed_in
from tests.support.setup_pages import send

HERE, ADDRESS = "/app/setup/people", "anna@example.com"


@pytest.fixture
def admin(heed: Heed) -> Browser:
    return signed_in(heed)


def mark(*flags: str) -> None:
    for flag in flags:
        person = invitations_wiring.person_of(ADDRESS)
        invitations_wiring.people().mark(person, flag, moments.now())


def lift(admin: Browser, address: str = ADDRESS) -> str:
    answer = send(
        admin,
        admin.open(HERE),
        HERE,
        form="resubscribe",
        asks_back=address,
        act="resubscribe",
    )
    page = admin.follow(answer) if answer.status_code == 303 else answer
    return str(page.body.decode())


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["unsubscribed"], "This person gets survey e-mails again."),
        ([], "This person had stopped no e-mails."),
        (["unsubscribed", "complained"], "But nothing is sent"),
    ],
)
def test_the_page_says_what_came_of_it(admin: Browser, flags: list[str], said: str) -> None:
    mark(*flags)
    assert said in lift(admin)
    person = invitations_wiring.people().get(invitations_wiring.person_of(ADDRESS))
    assert not person.unsubscribed


def test_what_is_no_address_is_told_at_its_field(admin: Browser) -> None:
    page = lift(admin, "nobody")
    assert 'href="#f-asks_back"' in page
    assert 'value="nobody"' in page
