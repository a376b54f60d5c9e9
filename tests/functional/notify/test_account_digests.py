"""The digest of somebody who owns accounts: to whom it is written, and what it may tell."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import wiring
from chalicelib.aws import clients
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.stop_link import StopLink, make_stop_token
from chalicelib.notify import wiring as notify_wiring
from chalicelib.notify.letter_store import letter_from_item
from chalicelib.notify.write_digests import write_digests
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.functional.notify.test_digests import DESK, NEXT, OLAV, THURSDAY, WEDNESDAY
from tests.functional.tasks.test_tasks import CLOSED, patch
from tests.support.capacity import Meter
from tests.support.samples import KEYS, SURVEY
from tests.support.tasks import hear

KIND = "account_digest"
OWNER = {"team": "desk", "person": "olav"}
LINKS = f"/v1/surveys/{SURVEY.id}/links"


@pytest.fixture
def clock(heed: Heed) -> Any:
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        ask_by({"task_team": "desk"})
        heed.call("PUT", "/v1/teams/desk", DESK)
        own(heed, "acme", "Acme")
        contact(heed, "anna", "acme")
        yield clock


def ask_by(changes: dict[str, Any]) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    surveys_wiring.catalogue.cache_clear()


def own(heed: Heed, account: str, name: str, owner: Any = OWNER) -> None:
    body = {"name": name, "owner": owner}
    assert heed.call("PUT", f"/v1/accounts/{account}", body).status_code == 200


def contact(heed: Heed, name: str, account: str) -> None:
    said = {"email": f"{name}@example.com", "name": name.title()}
    assert heed.call("PUT", f"/v1/accounts/{account}/contacts/{name}", said).status_code == 200


def answer(heed: Heed, name: str, score: int, comment: str | None, **asked: Any) -> str:
    person = {"email": f"{name}@example.com", "name": name.title(), "ticket": {"id": name}}
    made: str = heed.call("POST", LINKS, person | asked).json_body["id"]
    now, needs = datetime.now(UTC), responses_wiring.record_needs()
    record_response(made, Answer(score, comment), new_operation(now), "UTC", now, needs)
    hear(made)
    return made


def owned(heed: Heed) -> list[Any]:
    return [item for item in heed.stored() if item["PK"].startswith("OWNED#")]


def write(now: datetime = THURSDAY) -> None:
    write_digests("desk", now, notify_wiring.write_digests_needs())


def letters(heed: Heed) -> list[Any]:
    return [item for item in heed.items("LETTER") if item["kind"] == KIND]


def composed(heed: Heed) -> Any:
    (item,) = letters(heed)
    return notify_wiring.composers()[KIND](letter_from_item(item), datetime.now(UTC))


def test_it_is_written_once_to_each_of_the_people_who_own_an_account(
    heed: Heed, clock: Any
) -> None:
    own(heed, "globex", "Globex")
    write(THURSDAY - timedelta(minutes=1))
    assert letters(heed) == []
    write()
    write()
    (letter,) = letters(heed)
    assert letter["to"] == {"member": "olav", "since": "2026-11-17", "until": "2026-11-19"}


def test_a_tick_that_ended_half_way_is_made_good_by_the_next(
    heed: Heed, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("chalicelib.notify.digest_store.DigestStore.move", _lost)
        with pytest.raises(ConnectionError):
            write()
    assert len(letters(heed)) == 1
    assert wiring.table().get(NEXT)["due_at"] == "2026-11-19T07:00:00.000Z"
    write()
    assert len(letters(heed)) == 1
    assert wiring.table().get(NEXT)["due_at"] == "2026-11-20T07:00:00.000Z"


def _lost(*_: Any) -> None:
    raise ConnectionError


def test_it_tells_of_each_account_without_a_name_or_a_score(heed: Heed, clock: Any) -> None:
    own(heed, "globex", "Globex")
    own(heed, "others", "Others", None)
    for name, account in (("ben", "globex"), ("cara", "others")):
        contact(heed, name, account)
    task = answer(heed, "anna", 2, 'The dock "dies" 🙂\nevery day')
    answer(heed, "ben", 10, "Thank you!")
    answer(heed, "cara", 2, "Of nobody's account")
    write()
    told = composed(heed)
    assert (told.to.email, told.listed_as, told.stops) == ("olav@example.com", "desk", True)
    acme, globex = told.facts["parts"]
    assert (acme.about, acme.words, acme.still_open, acme.overdue) == (
        *("Acme", ['The dock "dies" 🙂\nevery day'], 1, 0),
    )
    assert (globex.about, globex.words, globex.praise) == ("Globex", ["Thank you!"], 1)
    assert not {"Anna", "anna", "Ben", "score"} & set(str(told.facts).split())
    patch(heed, task, {**CLOSED, "fixed": True})
    acme = composed(heed).facts["parts"][0]
    assert (acme.closed, acme.fixed, acme.still_open, acme.named) == (1, 1, 0, [("Wi-Fi", 1)])


def test_what_is_overdue_is_told_until_it_is_closed(heed: Heed, clock: Any) -> None:
    task = answer(heed, "anna", 2, None)
    write()
    clock.move_to(THURSDAY + timedelta(days=6))
    assert composed(heed).facts["parts"][0].overdue == 1
    patch(heed, task, CLOSED)
    assert composed(heed) == "nothing_to_say"


@pytest.mark.parametrize("identity", ["confidential", "anonymous"])
def test_a_sealed_survey_gives_nothing(heed: Heed, clock: Any, identity: str) -> None:
    """Not even when its answers were there before, and not of many people."""
    for name in ("ben", "cara", "dora", "egil", "finn", "gro"):
        contact(heed, name, "acme")
        answer(heed, name, 2, "Secret words")
    ask_by({"task_team": "desk", "identity": identity})
    write()
    assert composed(heed) == "nothing_to_say"


def test_a_survey_of_another_team_gives_nothing(heed: Heed, clock: Any) -> None:
    answer(heed, "anna", 2, "Words for another team")
    ask_by({"task_team": "other"})
    write()
    assert composed(heed) == "nothing_to_say"


def test_what_was_asked_for_another_account_is_of_that_one(heed: Heed, clock: Any) -> None:
    own(heed, "globex", "Globex", None)
    answer(heed, "anna", 2, "About Globex", account="globex")
    write()
    assert composed(heed) == "nothing_to_say"


def test_whoever_was_erased_is_in_no_digest(heed: Heed, clock: Any) -> None:
    answer(heed, "anna", 2, "Words")
    write()
    made = heed.call("POST", "/v1/people/erasures", {"email": "anna@example.com"})
    assert made.status_code in (200, 201, 202)
    assert composed(heed) == "nothing_to_say"


def test_an_owner_who_is_erased_owns_nothing(heed: Heed, clock: Any) -> None:
    assert notify_wiring.write_digests_needs().owners_in("desk") == {"olav"}
    heed.call("POST", "/v1/people/erasures", {"email": "olav@example.com"})
    assert owned(heed) == []
    assert heed.call("GET", "/v1/accounts/acme").json_body["owner"] is None


def test_another_owner_takes_the_place_of_the_one_before(heed: Heed, clock: Any) -> None:
    own(heed, "acme", "Acme Ltd", {"team": "desk", "person": "kari"})
    (row,) = owned(heed)
    assert (row["person"], row["account"], row["name"]) == ("kari", "acme", "Acme Ltd")
    own(heed, "acme", "Acme Ltd", None)
    assert owned(heed) == []


def test_there_is_a_reason_where_none_goes(heed: Heed, clock: Any) -> None:
    write()
    assert composed(heed) == "nothing_to_say"
    answer(heed, "anna", 2, "Words")
    heed.call("PUT", "/v1/teams/desk", DESK | {"digest": "never"})
    assert composed(heed) == "not_wished"
    heed.call("PUT", "/v1/teams/desk", DESK | {"people": []})
    assert composed(heed) == "left_the_team"


def test_its_link_stops_it_and_not_the_team_s(heed: Heed, clock: Any) -> None:
    olav = invitations_wiring.person_of(OLAV["email"])
    path = f"/u/{make_stop_token(StopLink(olav, KIND, 'en'), KEYS)}"
    assert heed.post_form(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    stopped = invitations_wiring.people().has_stopped
    assert (stopped(olav, KIND), stopped(olav, "digest")) == (True, False)


def test_what_it_reads_does_not_grow_with_the_accounts_of_others(heed: Heed, clock: Any) -> None:
    answer(heed, "anna", 2, "Words")
    write()
    before = units_of_a_digest(heed)
    for number in range(5):
        own(heed, f"other-{number}", "Other", None)
        contact(heed, f"person-{number}", f"other-{number}")
        answer(heed, f"person-{number}", 2, "Words")
    assert units_of_a_digest(heed) == before < 12


def units_of_a_digest(heed: Heed) -> float:
    with Meter(clients.client("dynamodb")).running() as meter:
        assert composed(heed).facts["parts"]
    assert "Scan" not in {call.operation for call in meter.calls}
    return meter.units("GetItem", "BatchGetItem", "Query")
