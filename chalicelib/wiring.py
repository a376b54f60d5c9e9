"""The one place that knows the real table, bus, mailer, secrets and clock. Everything is
made at first use and kept; a use case is handed what it needs."""

import random
import time
from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.api.store import KeyStore
from chalicelib.aws.clients import client
from chalicelib.aws.metrics import watch
from chalicelib.aws.secrets import Secrets
from chalicelib.aws.table import DynamoTable
from chalicelib.errors import Unavailable
from chalicelib.intake.ask import Asking
from chalicelib.intake.hook import HookNeeds
from chalicelib.intake.links import TokenKeys
from chalicelib.intake.person import person_id
from chalicelib.intake.store import DeliveryStore, HookStore, InvitationStore, PersonStore
from chalicelib.loop.change import TaskNeeds
from chalicelib.loop.store import FollowUpStore, TaskStore
from chalicelib.respond.record import Recording
from chalicelib.respond.store import ResponseStore
from chalicelib.score.store import TallyStore
from chalicelib.settings import settings
from chalicelib.survey.catalogue import Catalogue
from chalicelib.survey.definition import Survey
from chalicelib.survey.store import SurveyStore
from chalicelib.table import Table

if TYPE_CHECKING:
    from chalicelib.aws.bus import Bus
    from chalicelib.intake.hand_out import HandingOut
    from chalicelib.mail.letter import Sender
    from chalicelib.mail.mx import Postures
    from chalicelib.mail.send import Sending
    from chalicelib.mail.store import OutboxStore
    from chalicelib.respond.rate import RateStore
    from chalicelib.respond.tap import Taking
    from chalicelib.score.goal_store import GoalStore

FIRST_PAUSE_S = 0.02
LONGEST_PAUSE_S = 0.5


@cache
def table() -> Table:
    return DynamoTable(client("dynamodb"), settings().table)


@cache
def secrets() -> Secrets:
    return Secrets(client("secretsmanager"))


@cache
def catalogue() -> Catalogue:
    return Catalogue(surveys(), time.monotonic)


def surveys() -> SurveyStore:
    return SurveyStore(table())


def invitations() -> InvitationStore:
    return InvitationStore(table())


def people() -> PersonStore:
    return PersonStore(table())


def responses() -> ResponseStore:
    return ResponseStore(table())


def tallies() -> TallyStore:
    return TallyStore(table())


def goals() -> "GoalStore":
    from chalicelib.score.goal_store import GoalStore

    return GoalStore(table())


def deliveries() -> DeliveryStore:
    return DeliveryStore(table())


def tasks() -> TaskStore:
    return TaskStore(table())


def task_needs() -> TaskNeeds:
    return TaskNeeds(tasks(), surveys().get, pause, pick)


def follow_ups() -> FollowUpStore:
    return FollowUpStore(table())


def api_keys() -> KeyStore:
    return KeyStore(table())


def outbox() -> "OutboxStore":
    from chalicelib.mail.store import OutboxStore

    return OutboxStore(table())


def postures() -> "Postures":
    from chalicelib.dns import MxLookup
    from chalicelib.mail.mx import Postures
    from chalicelib.mail.store import PostureStore

    return Postures(PostureStore(table()), MxLookup().hosts)


@cache
def bus() -> "Bus":
    from chalicelib.aws.bus import Bus

    return Bus(client("events"), settings().bus)


def token_keys() -> TokenKeys:
    """The secret is {"active": "a", "a": "...", ...}: ids of one character."""
    stored = secrets().json(settings().token_keys)
    keys = {name: str(key).encode() for name, key in stored.items() if len(name) == 1}
    if stored.get("active") not in keys:
        raise Unavailable
    return TokenKeys(stored["active"], keys)


def recording() -> Recording:
    return Recording(responses(), pause, pick)


def taking(survey: Survey) -> "Taking":
    from chalicelib.respond.tap import Taking

    return Taking(recording(), survey.tz, survey.scale, watch)


def settle(response_id: str, now: datetime) -> None:
    from chalicelib.respond.tap import settle

    response = responses().find(response_id)
    if response:
        settle(response_id, now, taking(catalogue().get(response.survey)))


def reply_to() -> str:
    """The bare address that people may write to."""
    return parseaddr(settings().mail_reply_to)[1]


def rates() -> "RateStore":
    from chalicelib.respond.rate import RateStore

    return RateStore(table())


def person_key() -> str:
    return secrets().text(settings().person_key)


def asking() -> Asking:
    return Asking(
        invitations=invitations(),
        deliveries=deliveries(),
        person_id=lambda address: person_id(address, person_key()),
        key_id=lambda: token_keys().active,
        pause=pause,
    )


def handing_out() -> "HandingOut":
    from chalicelib.intake.hand_out import HandingOut

    needs = asking()
    return HandingOut(
        invitations=needs.invitations,
        deliveries=needs.deliveries,
        person=people().get,
        person_id=needs.person_id,
        key_id=needs.key_id,
        pause=pause,
        pick=pick,
    )


def hook_needs() -> HookNeeds:
    return HookNeeds(HookStore(table()), hook_secrets, surveys().get, asking())


def hook_secrets(hook_id: str) -> Sequence[str]:
    """The secret is {hook id: [secret, ...]}. A hook made a moment ago is looked up past
    the memory; its item was found before, so strangers cannot cause look-ups."""
    kept = secrets().json(settings().hook_secrets)
    if hook_id not in kept:
        kept = secrets().json(settings().hook_secrets, fresh=True)
    return list(kept.get(hook_id, []))


def sending() -> "Sending":
    from chalicelib.aws.mailer import SesMailer
    from chalicelib.mail.send import Sending

    return Sending(
        outbox=outbox(),
        person=people().get,
        survey=catalogue().get,
        response=responses().find,
        posture=postures().of,
        mailer=SesMailer(client("ses"), settings().configuration_set),
        sender=sender,
        pause=pause,
        pick=pick,
    )


def sender() -> "Sender":
    from chalicelib.mail.letter import Sender

    where = settings()
    return Sender(where.mail_from, where.mail_reply_to, where.base_url, token_keys())


def pause(attempt: int) -> None:
    """Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/"""
    time.sleep(random.uniform(0, min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**attempt)))  # noqa: S311


def pick(count: int) -> int:
    """Chance that nobody gains by guessing: waits and tally shards."""
    return random.randrange(count)  # noqa: S311
