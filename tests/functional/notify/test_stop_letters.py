"""/u/{token} of a letter: a GET shows, a POST stops letters of its kind for one person."""

from typing import Any

import pytest

from chalicelib import keys, wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.stop_link import StopLink, make_stop_token
from chalicelib.people.store import PeopleStore
from tests.functional.conftest import Heed
from tests.support.samples import KEYS, NOW, invitation

KARI = invitation("kari").person


@pytest.fixture
def path() -> str:
    return f"/u/{make_stop_token(StopLink(KARI, 'task_opened', 'nb'), KEYS)}"


def has_stopped(kind: str = "task_opened") -> bool:
    return invitations_wiring.people().has_stopped(KARI, kind)


def test_a_look_changes_nothing(heed: Heed, path: str) -> None:
    before = heed.stored()
    shown = heed.open(path)
    assert (shown.status_code, heed.http.head(path).status_code) == (200, 200)
    assert "Stoppe disse e-postene?" in shown.body.decode()
    assert heed.stored() == before


@pytest.mark.parametrize("fields", [{"unsubscribe": "yes"}, {"List-Unsubscribe": "One-Click"}])
def test_the_button_and_one_click_stop_this_kind_for_this_person(
    heed: Heed, path: str, fields: dict[str, str]
) -> None:
    for _ in range(2):
        assert heed.post_form(path, fields).status_code == 200
    assert (has_stopped(), has_stopped("digest")) == (True, False)
    assert not invitations_wiring.people().get(KARI).unsubscribed


def test_a_mangled_link_looks_like_any_wrong_one(heed: Heed, path: str) -> None:
    wrong = heed.open(f"{path[:-2]}aa")
    assert (wrong.status_code, wrong.body) == (404, heed.open("/u/nonsense").body)


def test_whoever_was_erased_meanwhile_leaves_nothing(heed: Heed, path: str) -> None:
    PeopleStore(wiring.table()).begin(KARI, NOW)
    assert heed.post_form(path, {}).status_code == 200
    assert wiring.table().get(keys.stopped(KARI)) is None


def test_a_link_that_stops_letters_opens_no_survey(heed: Heed, path: str) -> None:
    token: Any = path.rpartition("/")[2]
    assert heed.open(f"/r/{token}").status_code == 404
