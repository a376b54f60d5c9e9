"""Who unsubscribes, bounces or complains: their flag, and how their invitation ended."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from app import record_mail_event
from chalicelib import ids, keys, moments, wiring
from chalicelib.errors import Unavailable
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.token import Purpose
from chalicelib.mail.send import FOLLOW_UP, INVITATION, send
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.table import Put
from tests.functional.conftest import Heed
from tests.support.mailing import FakeMailer, sending
from tests.support.recount import recounted, tallied
from tests.support.samples import NOW, SURVEY, stored_invitation

SAMPLES = Path(__file__).parents[2] / "data/ses"
DOWN: list[Any] = [("before", "ThrottlingException", 400)] * 99
DAY = "2026-11-20"


@pytest.fixture
def invitation(heed: Heed) -> str:
    """Sent, and its mail's id noted."""
    queued = {"status": Status.QUEUED, "sent_at": None, "asked_day": None}
    made = stored_invitation(wiring.table(), **queued, expires_at=moments.now().replace(year=2099))
    assert send(INVITATION, made.id, NOW, sending(wiring.table(), FakeMailer())) == "sent"
    return made.id


def unsubscribe(heed: Heed, **form: str) -> int:
    token = heed.token(heed.items("INVITE")[0], Purpose.UNSUBSCRIBE)
    return heed.post_form(f"/u/{token}", form).status_code


def reported(name: str, message_id: str = "message-1", **tags: str) -> None:
    event = json.loads((SAMPLES / f"{name}.json").read_text())["event"]
    tagged = {name: [value] for name, value in tags.items()}
    event["detail"]["mail"] |= {"messageId": message_id, "tags": tagged}
    record_mail_event(event, None)


def counts(heed: Heed) -> dict[str, int]:
    items = heed.stored()
    assert tallied(items) == recounted(items)
    return tallied(items)[(SURVEY.id, "all", DAY)]


def test_the_page_counts_a_refusal_and_showing_it_counts_none(heed: Heed, invitation: str) -> None:
    token = heed.token(heed.items("INVITE")[0], Purpose.UNSUBSCRIBE)
    assert heed.http.get(f"/u/{token}").status_code == 200
    assert counts(heed) == {"asked": 1}
    assert unsubscribe(heed, unsubscribe="yes") == 200
    assert counts(heed) == {"asked": 1, "refused": 1}


def test_one_click_twice_is_one_refusal(heed: Heed, invitation: str) -> None:
    for _ in range(2):
        assert unsubscribe(heed, **{"List-Unsubscribe": "One-Click"}) == 200
    assert counts(heed) == {"asked": 1, "refused": 1}


@pytest.mark.parametrize(
    ("sample", "ended"),
    [
        ("email_bounced_permanent", "bounced"),
        ("email_complaint_received", "refused"),
        ("email_bounced_transient_mailbox_full", None),
        ("email_delivered", None),
    ],
)
def test_what_ses_reports_of_a_mail_ends_its_invitation(
    heed: Heed, invitation: str, sample: str, ended: str | None
) -> None:
    for _ in range(2):
        reported(sample)
    assert counts(heed) == {"asked": 1} | ({ended: 1} if ended else {})
    shown = heed.call("GET", f"/v1/invitations/{invitation}").json_body
    assert (shown["status"], shown["ended"]) == ("sent", ended)


def test_an_event_without_a_note_of_the_mail_goes_by_our_tag(heed: Heed, invitation: str) -> None:
    reported("email_bounced_permanent", "of another time", invitation=invitation, kind="reminder")
    assert counts(heed) == {"asked": 1, "bounced": 1}


@pytest.mark.parametrize("message_id", ["follow-up-1", "of another time"])
def test_a_bounced_follow_up_ends_no_invitation(
    heed: Heed, invitation: str, message_id: str
) -> None:
    recording, operation = responses_wiring.record_needs(), new_operation(NOW)
    record_response(invitation, Answer(3), operation, "UTC", NOW, recording)
    follow_up = {"PK": f"FOLLOWUP#{invitation}", "SK": "FOLLOWUP", "id": invitation}
    queued = {"survey": SURVEY.id, "status": "queued", "attempts": 0}
    wiring.table().write(Put({**follow_up, **queued}))
    mailer = FakeMailer(name="follow-up")
    assert send(FOLLOW_UP, invitation, NOW, sending(wiring.table(), mailer)) == "sent"
    reported("email_bounced_permanent", message_id, **mailer.sent[0].tags)
    (person,) = heed.items("PERSON")
    assert "bounced_at" in person
    erase_response(invitation, new_operation(NOW), NOW, recording)
    assert counts(heed) == {"asked": 1}


def test_a_bounced_letter_is_its_reader_s_and_ends_no_invitation(
    heed: Heed, invitation: str
) -> None:
    reported("email_bounced_permanent", "a", letter="letter", kind="letter", person="kari")
    assert "bounced_at" in (wiring.table().get(keys.person("kari")) or {})
    assert counts(heed) == {"asked": 1}


def test_an_unsubscribe_is_kept_when_it_cannot_be_counted(
    heed: Heed, invitation: str, faulty: Any, log_lines: io.StringIO
) -> None:
    faults = faulty(wiring.table()._table._client, {"TransactWriteItems": DOWN})  # type: ignore[attr-defined]
    assert unsubscribe(heed, unsubscribe="yes") == 200
    faults.plan = {}
    assert "unsubscribed_at" in heed.items("PERSON")[0]
    assert '"where":"end_invitation"' in log_lines.getvalue()


def test_a_bounce_that_cannot_be_counted_comes_again(
    heed: Heed, invitation: str, faulty: Any
) -> None:
    faults = faulty(wiring.table()._table._client, {"TransactWriteItems": DOWN})  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        reported("email_bounced_permanent")
    faults.plan = {}
    assert "bounced_at" in heed.items("PERSON")[0]
    reported("email_bounced_permanent")
    assert counts(heed) == {"asked": 1, "bounced": 1}


def test_mail_that_is_not_ours_changes_nothing(heed: Heed, invitation: str) -> None:
    before = heed.stored()
    reported("email_bounced_permanent", "foreign", invitation=ids.new_id())
    assert heed.stored() == before
