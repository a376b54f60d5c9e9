"""An invitation is sent once, whatever happens on the way."""

import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage

import pytest
from msgspec.structs import replace

from chalicelib import keys
from chalicelib.claims import NoTimeLeft, StillClaimed
from chalicelib.errors import MailNotTaken, MailRefused, OutcomeUnknown, WriteConflict
from chalicelib.invitations.invitation import Status
from chalicelib.invitations.person_store import PersonStore
from chalicelib.invitations.token import Purpose, read_token
from chalicelib.mail.send import INVITATION, send
from chalicelib.mail.store import CLAIM_KEPT
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.table import Item
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, Sent, sending
from tests.support.recount import recounted, tallied
from tests.support.samples import KEYS, NOW, recording, stored_invitation
from tests.support.ticks import release_due


class Post:
    def __init__(self) -> None:
        self.table, self.mailer = FakeTable(), FakeMailer()
        self.id = stored_invitation(
            self.table, status=Status.QUEUED, sent_at=None, asked_day=None
        ).id

    def send(self, minutes: float = 0) -> str:
        now = NOW + timedelta(minutes=minutes)
        return send(INVITATION, self.id, now, sending(self.table, self.mailer))

    @property
    def item(self) -> Item:
        return self.table.items[keys.invitation(self.id)]


@pytest.fixture
def post() -> Post:
    return Post()


def parsed(sent: Sent) -> EmailMessage:
    message = email.message_from_bytes(sent.raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_queued_invitation_is_sent_and_counted_as_asked(post: Post) -> None:
    assert post.send() == "sent"
    assert (post.item["status"], post.item["asked_day"]) == ("sent", "2026-11-20")
    assert post.table.items[keys.mail("message-1")]["person"] == post.item["person"]
    assert post.table.items[keys.mail("message-1")]["invitation"] == post.id
    cells = tallied(post.table.items.values())
    assert cells == recounted(post.table.items.values())
    assert cells[("it-help-desk", "all", "2026-11-20")] == {"asked": 1}


def test_the_same_message_again_sends_nothing(post: Post) -> None:
    post.send()
    assert post.send(5) == "settled"
    assert len(post.mailer.sent) == 1


def test_a_second_run_at_the_same_time_leaves_it_to_the_first(post: Post) -> None:
    outcomes: list[type[BaseException]] = []

    def slip_in(operation: str) -> None:
        if operation == "write":
            post.table.before = lambda _: None
            post.send()
            outcomes.append(StillClaimed)

    post.table.before = slip_in
    with pytest.raises(StillClaimed):
        post.send()
    assert len(post.mailer.sent) == 1


def test_a_claim_is_kept_until_it_is_surely_dead(post: Post) -> None:
    class Crash(BaseException):
        pass

    post.mailer.errors = [Crash()]  # type: ignore[list-item]
    with pytest.raises(Crash):
        post.send()
    with pytest.raises(StillClaimed):
        post.send(1)
    assert post.send(CLAIM_KEPT.total_seconds() / 60 + 0.1) == "sent"


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_claim_whose_answer_is_lost_is_known_by_its_name(post: Post, when: str) -> None:
    def lose(operation: str) -> None:
        if operation == "write":
            setattr(post.table, when, lambda _: None)
            raise OutcomeUnknown

    setattr(post.table, when, lose)
    assert post.send() == "sent"
    assert len(post.mailer.sent) == 1


def test_a_letter_is_not_begun_when_the_function_is_about_to_end(post: Post) -> None:
    needs = replace(sending(post.table, post.mailer), time_left=lambda: 23.0)
    with pytest.raises(NoTimeLeft):
        send(INVITATION, post.id, NOW, needs)
    assert (post.item["attempts"], post.mailer.sent) == (0, [])


def test_who_answered_what_nobody_knows_to_be_sent_gets_no_second_mail(post: Post) -> None:
    post.mailer.takes_it = True
    post.mailer.errors = [OutcomeUnknown()]
    post.send()
    needs = recording(post.table)
    record_response(post.id, Answer(9), new_operation(NOW), "UTC", NOW, needs)
    release_due(post.table, NOW + timedelta(minutes=1), lambda _: None)
    assert post.send(1) == "sent"
    assert (post.item["status"], post.item.get("reason")) == ("sent", None)
    assert len(post.mailer.sent) == 1
    assert recounted(post.table.items.values()) == tallied(post.table.items.values())


def test_throttling_puts_it_off_and_loses_nothing(post: Post) -> None:
    post.mailer.errors = [MailNotTaken(60), MailNotTaken(60)]
    assert post.send() == "postponed"
    assert post.item["status"] == "waiting"
    assert release_due(post.table, NOW, lambda _: None) == 0
    for minute in (1, 2):
        assert release_due(post.table, NOW + timedelta(minutes=minute), lambda _: None) == 1
        post.send(minute)
    assert post.item["status"] == "sent"
    assert len(post.mailer.sent) == 1


def test_a_refused_mail_says_why(post: Post) -> None:
    post.mailer.errors = [MailRefused("MessageRejected")]
    assert post.send() == "suppressed"
    assert (post.item["status"], post.item["reason"]) == ("suppressed", "mail_refused")


def test_an_unknown_outcome_is_tried_once_more_with_the_same_links(post: Post) -> None:
    post.mailer.takes_it = True
    post.mailer.errors = [OutcomeUnknown()]
    assert post.send() == "postponed"
    release_due(post.table, NOW + timedelta(minutes=1), lambda _: None)
    assert post.send(1) == "sent"
    first, second = (parsed(sent).get_body(("plain",)).get_content() for sent in post.mailer.sent)
    assert first == second
    assert recounted(post.table.items.values()) == tallied(post.table.items.values())


def test_what_stays_unknown_is_given_up_and_says_so(post: Post) -> None:
    post.mailer.errors = [OutcomeUnknown(), OutcomeUnknown()]
    post.send()
    release_due(post.table, NOW + timedelta(minutes=1), lambda _: None)
    assert post.send(1) == "unknown"
    assert (post.item["status"], post.item["reason"]) == ("unknown", "mail_unknown")
    assert tallied(post.table.items.values())[("it-help-desk", "all", "2026-11-20")]["asked"] == 1


@pytest.mark.parametrize("flag", ["unsubscribed", "bounced", "complained"])
def test_who_opted_out_in_between_gets_nothing(post: Post, flag: str) -> None:
    PersonStore(post.table).mark(post.item["person"], flag, NOW)
    assert post.send() == "suppressed"
    assert post.item["reason"] == flag
    assert post.mailer.sent == []


def test_an_invitation_that_waited_too_long_is_not_sent(post: Post) -> None:
    assert post.send(minutes=31 * 24 * 60) == "suppressed"
    assert post.item["reason"] == "expired"


def test_an_answer_that_is_faster_than_the_note_of_the_mail_is_of_one_asked(post: Post) -> None:
    def slip_in(operation: str) -> None:
        if operation == "transact":
            post.table.before = lambda _: None
            needs, then = recording(post.table), NOW - timedelta(days=1)
            record_response(post.id, Answer(9), new_operation(then), "UTC", then, needs)

    post.table.before = slip_in
    assert post.send() == "sent"
    assert (post.item["status"], post.item["asked_day"]) == ("sent", "2026-11-19")
    assert post.table.get(keys.mail("message-1"))
    items = post.table.items.values()
    assert tallied(items) == recounted(items)


@pytest.mark.parametrize("fault", [WriteConflict, OutcomeUnknown])
def test_a_mail_that_is_out_is_written_down_once(post: Post, fault: type[Exception]) -> None:
    def lose(operation: str) -> None:
        if operation == "transact":
            post.table.after = lambda _: None
            raise fault

    post.table.after = lose
    assert post.send() == "sent"
    assert tallied(post.table.items.values()) == recounted(post.table.items.values())


def test_the_mail_carries_what_mail_programs_ask_for(post: Post) -> None:
    post.send()
    (sent,) = post.mailer.sent
    message = parsed(sent)
    assert message["From"] == "IT Help Desk <feedback@example.com>"
    assert message["Reply-To"] == "helpdesk@example.com"
    assert message["To"] == sent.recipient == "one@example.com"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all(len(line) <= 998 for line in sent.raw.splitlines())
    link = message["List-Unsubscribe"].strip("<>")
    assert f"\r\nList-Unsubscribe: <{link}>\r\n".encode() in sent.raw
    token = link.removeprefix("https://heed.example.com/u/")
    later = NOW + timedelta(days=3 * 365)
    assert read_token(token, Purpose.UNSUBSCRIBE, KEYS, later).invitation == post.id


def test_eleven_links_lead_to_eleven_scores(post: Post) -> None:
    post.send()
    message = parsed(post.mailer.sent[0])
    for kind in ("plain", "html"):
        content = message.get_body((kind,)).get_content()
        token = content.partition("https://heed.example.com/r/")[2].partition("/")[0]
        assert read_token(token, Purpose.ANSWER, KEYS, NOW).invitation == post.id
        for score in range(11):
            assert content.count(f"/r/{token}/{score}") >= 1


def test_a_hostile_subject_adds_no_header() -> None:
    post = Post()
    post.item["ticket"]["subject"] = "x\r\nBcc: victim@example.com"
    post.send()
    message = parsed(post.mailer.sent[0])
    assert message["Bcc"] is None
