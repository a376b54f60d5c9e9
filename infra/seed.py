"""Fills a new stack with a demo survey, a hook, a key and some weeks of answers. It calls the same
use cases as real requests do, with earlier times."""

import random
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TypeGuard

from chalicelib import ids, keys, moments, wiring
from chalicelib.api_keys import wiring as api_keys_wiring
from chalicelib.api_keys.api_key import scopes_of
from chalicelib.errors import NotFound, WriteRefused
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.invitations.invitation import Invitation, Status, Ticket
from chalicelib.invitations.items import to_item
from chalicelib.responses import wiring as responses_wiring
from chalicelib.responses.record import new_operation, record_response
from chalicelib.responses.response import Answer
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.table import IF_NEW, Put
from chalicelib.tally import wiring as tally_wiring
from chalicelib.tally.shards import write_counted
from chalicelib.tally.tally import ALL, tally_writes
from infra.access import create_hook, create_key
from infra.outputs import use_stack

DEMO = Survey(
    id="it-help-desk",
    name="IT Help Desk",
    success="People get back to work within a day and say that we made it easy.",
    question="How likely are you to recommend the IT Help Desk to a colleague?",
    audience="internal",
    team="IT Help Desk",
    segments=["group", "organization", "role"],
    themes={
        "Speed": ["slow", "quick", "wait"],
        "Asked again": ["asked me the same", "closed before"],
        "Kindness": ["stayed", "thank you"],
    },
    # A person who tries Heed should not wait ten minutes for a follow-up.
    follow_up_minutes=1,
)
TRIAL = Survey(
    id="trial",
    name="Trial",
    success="Everything was tried once.",
    question="How likely are you to recommend us?",
    audience="internal",
    team="IT Help Desk",
    trial=True,
)
DEMO_SCOPES = ("read", "write", "people:read")
WEEKS = 6
ASKED_A_WEEK = 40
ANSWERED_SHARE = 0.45
SCORES = (0, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 9, 9, 9, 9, 9, 10, 10, 10, 10, 10, 10)
GROUPS = ("IT Service Desk", "Network", "Workplace")
ROLES = ("manager", "team member", "team member", "team member")
PRAISE = ("Solved in one call.", "Tomas stayed until it worked.", "Clear and quick, thank you.")
BLAME = ("Three people asked me the same.", "It is slow again today.", "Closed before it was done.")


def seed(outputs: dict[str, str], kept_key: str | None = None) -> dict[str, str]:
    """Gives key, survey, hook_id and hook_secret. A second run adds nothing when `kept_key`, the
    key of the first, still works."""
    use_stack(outputs)
    try:
        surveys_wiring.surveys().get(DEMO.id)
    except NotFound:
        _add_history(moments.now())
        surveys_wiring.surveys().put(TRIAL)
        surveys_wiring.surveys().put(DEMO)
    hook_id, hook_secret = _demo_hook(outputs)
    return {
        "key": kept_key if _works(kept_key) else create_key(outputs, "local", DEMO_SCOPES),
        "survey": DEMO.id,
        "hook_id": hook_id,
        "hook_secret": hook_secret,
    }


def _works(key: str | None) -> TypeGuard[str]:
    """It was not revoked, and may still do what the demo needs."""
    found = api_keys_wiring.api_keys().find(key, moments.now()) if key else None
    return found is not None and found.surveys is None and found.scopes >= scopes_of(DEMO_SCOPES)


def _demo_hook(outputs: dict[str, str]) -> tuple[str, str]:
    kept = wiring.secrets().json(outputs["HookSecrets"], fresh=True)
    if kept:
        hook_id = next(iter(kept))
        return hook_id, kept[hook_id][0]
    secret = secrets.token_urlsafe(24)
    return create_hook(outputs, "zendesk", DEMO.id, secret), secret


def _add_history(now: datetime) -> None:
    # The same seed gives the same people and answers every time.
    chance = random.Random(20261121)
    plans = [
        (number, now - timedelta(days=7 * WEEKS * chance.random() + 0.2), chance.random())
        for number in range(WEEKS * ASKED_A_WEEK)
    ]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda plan: _add_person(*plan), plans))


def _add_person(number: int, asked_at: datetime, luck: float) -> None:
    chance = random.Random(number)
    invitation = _invitation(number, asked_at, chance)
    day = asked_at.date().isoformat()
    asked = {(segment, day): {"asked": 1} for segment in (ALL, *invitation.segments)}
    puts = [Put(to_item(invitation), IF_NEW), _ledger(invitation)]
    with suppress(WriteRefused):  # an earlier seeding was interrupted
        write_counted(
            lambda shard: wiring.table().transact([*puts, *tally_writes(DEMO.id, asked, shard)]),
            DEMO.id,
            tally_wiring.shards().for_try,
            wiring.pause,
        )
    if luck > ANSWERED_SHARE:
        return
    answered_at = min(asked_at + timedelta(hours=chance.uniform(0.1, 30)), moments.now())
    score = chance.choice(SCORES)
    words = PRAISE if score > 8 else BLAME
    comment = chance.choice(words) if chance.random() < 0.3 and (score > 8 or score < 7) else None
    record_response(
        invitation.id,
        Answer(score, comment),
        new_operation(answered_at),
        DEMO.tz,
        answered_at,
        responses_wiring.record_needs(),
    )


def _ledger(invitation: Invitation) -> Put:
    """The entry that the throttle and the accounts read: this person was asked."""
    asked_at = moments.to_text(invitation.created_at)
    facts = {"survey": DEMO.id, "asked_at": asked_at, "invitation": invitation.id}
    return Put({**keys.asked(invitation.person, asked_at, invitation.id).as_item(), **facts})


def _invitation(number: int, asked_at: datetime, chance: random.Random) -> Invitation:
    email = f"person{number}@example.com"
    return Invitation(
        id=ids.derived_id("demo", str(number)),
        survey=DEMO.id,
        person=invitations_wiring.person_of(email),
        email=email,
        name=None,
        ticket=Ticket("zendesk", str(40_000 + number), "A made-up ticket"),
        segments=(f"group={chance.choice(GROUPS)}", f"role={chance.choice(ROLES)}"),
        status=Status.SENT,
        created_at=asked_at,
        expires_at=asked_at + timedelta(days=DEMO.open_days),
        key_id=invitations_wiring.token_keys().active,
        origin="import",
        sent_at=asked_at,
        asked_day=asked_at.astimezone(UTC).date().isoformat(),
    )
