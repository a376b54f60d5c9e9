"""A sealed survey with its two tables and its secrets in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from chalicelib import ids, moments
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.ballots.ballot import Ballot, Seen, Vote
from chalicelib.ballots.ballot_keys import BallotKeys, BallotKeyStore
from chalicelib.ballots.box import Box
from chalicelib.ballots.cast import Cast, CastNeeds, cast
from chalicelib.ballots.conversation_store import ConversationStore
from chalicelib.ballots.links import nonce_of
from chalicelib.ballots.open_box import OpenBoxNeeds, open_box
from chalicelib.ballots.receipts import ReceiptNeeds
from chalicelib.ballots.store import BallotStore
from chalicelib.releases.close import close
from chalicelib.releases.release import Released, ReleaseNeeds, release
from chalicelib.releases.store import ReleaseStore
from chalicelib.responses.judge.of_ballot import rule
from chalicelib.responses.receipt import ByReceiptNeeds
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, SURVEY, last_shard, recording

ANONYMOUS = replace(SURVEY, id="it-2026", identity="anonymous", closes_on=date(2026, 12, 18))
CONFIDENTIAL = replace(SURVEY, id="it-quiet", identity="confidential")
BY_HAND = Seen(client="1", trusted=True, gesture={"type": "touch"}, elapsed_ms=4000)
BY_SCRIPT = replace(BY_HAND, trusted=False, client="2")


class FakeSecrets:
    def __init__(self) -> None:
        self.stored: dict[str, dict[str, str]] = {}
        self.before: Callable[[str], None] = lambda operation: None
        self.after: Callable[[str], None] = lambda operation: None

    def read(self, name: str) -> dict[str, str] | None:
        self.before("read")
        return self.stored.get(name)

    def make(self, name: str, value: dict[str, str]) -> None:
        self.before("make")
        self.stored.setdefault(name, value)
        self.after("make")

    def destroy(self, name: str) -> None:
        self.before("destroy")
        self.stored.pop(name, None)
        self.after("destroy")


@dataclass
class Sealed:
    survey: Survey = ANONYMOUS
    ballots: FakeTable = field(default_factory=FakeTable)
    heed: FakeTable = field(default_factory=FakeTable)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)
    now: datetime = NOW
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.store = BallotStore(self.ballots)
        self.key_store = BallotKeyStore(self.secrets, "heed/ballots", lambda: self.seconds)

    @property
    def keys(self) -> BallotKeys:
        found = self.key_store.find(self.survey.id)
        assert found
        return found

    def open(self, *groups: str) -> "Sealed":
        open_box(self.survey, groups, OpenBoxNeeds(self.store, self.key_store, no_pause))
        return self

    def cast(
        self,
        who: str,
        score: int,
        comment: str | None = None,
        seen: Seen = BY_HAND,
        groups: tuple[str, ...] = (),
    ) -> Cast:
        keys = self.key_store.find(self.survey.id)
        nonce = nonce_of(self.survey.identity, who, keys) if keys else b""
        vote, needs = Vote(score, comment), CastNeeds(self.store, keys, rule, no_pause)
        return cast(self.survey, nonce, groups, vote, seen, self.now, needs)

    @property
    def receipts(self) -> ReceiptNeeds:
        return ReceiptNeeds(self.store, no_pause)

    @property
    def release_needs(self) -> ReleaseNeeds:
        return ReleaseNeeds(
            self.store,
            ReleaseStore(self.ballots, self.heed),
            self.key_store,
            no_pause,
            last_shard(self.heed),
            lambda survey: 40,
            lambda address: address,
        )

    def release(self) -> Released:
        return release(self.survey, self.now, self.release_needs)

    def close(self) -> Box | None:
        return close(self.survey, self.now, self.release_needs)

    def close_all(self) -> Box | None:
        self.close()
        self.later(minutes=1)
        return self.close()

    @property
    def by_receipt(self) -> ByReceiptNeeds:
        return ByReceiptNeeds(self.receipts, recording(self.heed), ConversationStore(self.ballots))

    def results(self) -> list[Item]:
        return [item for item in self.heed.items.values() if item["SK"] == "RESPONSE"]

    def boards(self) -> list[Item]:
        found = [item for key, item in self.heed.items.items() if key.sk.startswith("RELEASE#")]
        return sorted(found, key=lambda item: item["SK"])

    def record(self) -> Item | None:
        return next((item for item in self.heed.items.values() if item["SK"] == "CLOSED"), None)

    def rows(self) -> list[Item]:
        return list(self.store.rows(self.survey.id))

    def waiting(self) -> list[Ballot]:
        return list(self.store.ballots(self.survey.id))

    def later(self, **by: int) -> None:
        self.now += timedelta(**by)


def no_pause(attempt: int) -> None:
    pass


def full(count: int, sealed: Sealed | None = None, first: int = 0) -> Sealed:
    """With the ballots of as many people, each with a score and words of its own."""
    sealed = sealed or Sealed().open("site=Oslo", "site=Bergen")
    for number in range(first, first + count):
        of, score = ids.derived_id(str(number)), number % 11
        sealed.cast(of, score, f"word {number}", groups=("site=Oslo",))
    return sealed


def stored_box(
    survey: Survey, count: int, first: int = 0, contact: str | None = None
) -> list[Cast]:
    """In the app's own tables: the survey, its box, and the ballots of as many people, each with
    this address."""
    surveys_wiring.surveys().put(survey)
    surveys_wiring.catalogue.cache_clear()
    open_box(survey, ["site=Oslo"], ballots_wiring.open_box_needs())
    keys = ballots_wiring.ballot_keys().find(survey.id)
    assert keys
    needs = ballots_wiring.cast_needs(survey.id, rule)
    return [
        cast(
            survey,
            nonce_of(survey.identity, ids.derived_id(str(number)), keys),
            ("site=Oslo",),
            Vote(number % 11, f"word {number}", contact=contact),
            BY_HAND,
            moments.now(),
            needs,
        )
        for number in range(first, first + count)
    ]
