"""What writing and sending letters needs."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from chalicelib import wiring
from chalicelib.accounts import wiring as accounts_wiring
from chalicelib.digests.read_digest import ReadDigestNeeds, read_digest
from chalicelib.digests.read_owners_digest import ReadOwnersDigestNeeds, read_owners_digest
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.mail import wiring as mail_wiring
from chalicelib.members import wiring as members_wiring
from chalicelib.notify.about_tasks import HANDED_ON, OPENED, OVERDUE, SOON
from chalicelib.notify.compose import Compose, Composed, PutOff
from chalicelib.notify.digest_store import DigestStore
from chalicelib.notify.letter import Letter
from chalicelib.notify.letter_store import LetterStore
from chalicelib.notify.letters import (
    account_digest,
    closing,
    digest,
    heard,
    sign_in,
    task,
    test_mail,
    webhook_troubles,
    words,
)
from chalicelib.notify.letters.account_digest import AccountDigestNeeds
from chalicelib.notify.letters.closing import ClosingNeeds
from chalicelib.notify.letters.digest import DigestNeeds
from chalicelib.notify.letters.heard import HeardNeeds
from chalicelib.notify.letters.sign_in import SignInLetterNeeds
from chalicelib.notify.letters.task import TaskLetterNeeds
from chalicelib.notify.letters.test_mail import TestMailNeeds
from chalicelib.notify.letters.webhook_troubles import Finding
from chalicelib.notify.letters.words import WordsNeeds
from chalicelib.notify.send_letter import SendLetterNeeds
from chalicelib.notify.write_digests import WriteDigestsNeeds
from chalicelib.notify.write_reports import WriteReportsNeeds
from chalicelib.reports.store import ReportStore
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.holidays_kept import holidays_kept
from chalicelib.teams import wiring as teams_wiring
from chalicelib.webhooks.store import WebhookStore


def letters() -> LetterStore:
    return LetterStore(wiring.table())


def send_letter_needs() -> SendLetterNeeds:
    has_stopped = invitations_wiring.people().has_stopped
    return SendLetterNeeds(letters(), composers(), has_stopped, mail_wiring.send_needs())


def composers() -> Mapping[str, Compose]:
    """By the kind of letters."""
    finding = Finding(WebhookStore(wiring.table()).find, teams_wiring.teams().find)
    of_a_webhook = partial(webhook_troubles.compose, finding=finding)
    return {
        **dict.fromkeys((OPENED, HANDED_ON, SOON, OVERDUE), compose_task),
        closing.KIND: compose_closing,
        digest.KIND: compose_digest,
        account_digest.KIND: compose_account_digest,
        heard.KIND: compose_heard,
        sign_in.KIND: compose_sign_in,
        test_mail.KIND: compose_test,
        words.KIND: partial(words.compose_words, needs=words_needs()),
        webhook_troubles.FAILING: of_a_webhook,
        webhook_troubles.DISABLED: of_a_webhook,
    }


def compose_closing(letter: Letter, now: datetime) -> Composed | str:
    needs = ClosingNeeds(
        tasks_wiring.tasks().get,
        invitations_wiring.invitations().find,
        invitations_wiring.people().get,
        surveys_wiring.catalogue().get,
        mail_wiring.sender,
    )
    return closing.compose_closing(letter, needs)


def compose_digest(letter: Letter, now: datetime) -> Composed | str:
    needs = ReadDigestNeeds(
        surveys_wiring.surveys().every, responses_wiring.responses(), tally_wiring.tallies
    )
    return digest.compose_digest(
        letter,
        DigestNeeds(teams_wiring.teams().find, partial(read_digest, needs=needs)),
    )


def compose_account_digest(letter: Letter, now: datetime) -> Composed | str:
    needs = ReadOwnersDigestNeeds(
        surveys_wiring.surveys().every,
        accounts_wiring.accounts(),
        responses_wiring.responses().find_all,
        tasks_wiring.tasks().find_all,
    )
    found = AccountDigestNeeds(teams_wiring.teams().find, partial(read_owners_digest, needs=needs))
    return account_digest.compose_account_digest(letter, now, found)


def write_digests_needs() -> WriteDigestsNeeds:
    digests = DigestStore(wiring.table())
    find, owners_in = teams_wiring.teams().find, accounts_wiring.owned().owners_in
    return WriteDigestsNeeds(find, letters(), digests, holidays_kept, owners_in)


def compose_test(letter: Letter, now: datetime) -> Composed | str:
    member, survey = members_wiring.members().find, surveys_wiring.surveys().get
    needs = TestMailNeeds(member, survey, lambda: mail_wiring.sender().base_url)
    return test_mail.compose_test(letter, needs)


def compose_heard(letter: Letter, now: datetime) -> Composed | str:
    needs = HeardNeeds(
        ReportStore(wiring.table()).find,
        invitations_wiring.invitations().find,
        invitations_wiring.people().get,
        surveys_wiring.catalogue().get,
    )
    return heard.compose_heard(letter, needs)


def compose_sign_in(letter: Letter, now: datetime) -> Composed | str:
    needs = SignInLetterNeeds(members_wiring.members().find, mail_wiring.sender)
    return sign_in.compose_sign_in(letter, now, needs)


def write_reports_needs() -> WriteReportsNeeds:
    survey, invitations = surveys_wiring.catalogue().get, invitations_wiring.invitations().find_all
    return WriteReportsNeeds(ReportStore(wiring.table()), letters(), survey, invitations)


def words_needs() -> WordsNeeds:
    return WordsNeeds(
        responses_wiring.responses().find,
        surveys_wiring.surveys().get,
        invitations_wiring.served().find,
        teams_wiring.teams().find,
    )


def compose_task(letter: Letter, now: datetime) -> Composed | PutOff | str:
    needs = TaskLetterNeeds(
        tasks_wiring.tasks().get,
        teams_wiring.teams().find,
        responses_wiring.responses().find,
        surveys_wiring.catalogue().get,
        mail_wiring.sender,
        holidays_kept,
    )
    return task.compose_task(letter, now, needs)
