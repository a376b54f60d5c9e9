"""A confidential survey on the app: people who are asked, their ballots, and releases."""

from typing import Any

from msgspec.structs import replace

from chalicelib import ids, moments, wiring
from chalicelib.ballots import wiring as ballots_wiring
from chalicelib.ballots.ballot import Vote
from chalicelib.ballots.cast import cast
from chalicelib.ballots.links import nonce_of
from chalicelib.ballots.open_box import open_box
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.releases import wiring as releases_wiring
from chalicelib.releases.release import release
from chalicelib.responses import wiring as responses_wiring
from chalicelib.retry import no_limit
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.ballots import BY_HAND
from tests.support.samples import SURVEY, put_ledger, stored_invitation

PATH = f"/v1/surveys/{SURVEY.id}"


class Confidential:
    def __init__(self, heed: Heed, identity: str = "confidential", survey: str = SURVEY.id) -> None:
        self.heed = heed
        changes = {"id": survey, "identity": identity, "segments": []}
        self.survey = replace(SURVEY, **changes)
        surveys_wiring.surveys().put(self.survey)
        surveys_wiring.catalogue.cache_clear()
        if self.survey.is_sealed:
            open_box(self.survey, [], ballots_wiring.open_box_needs())

    def ask(self, name: str) -> str:
        person = invitations_wiring.person_of(f"{name}@example.com")
        of = {"survey": self.survey.id, "person": person, "segments": (), "ticket": None}
        made = stored_invitation(wiring.table(), name, **of)
        put_ledger(wiring.table(), made)
        return made.id

    def vote(self, name: str, score: int, comment: str | None = None) -> str:
        """Gives the id of the invitation."""
        invitation = self.ask(name)
        keys = ballots_wiring.ballot_keys().find(self.survey.id)
        assert keys
        nonce = nonce_of(self.survey.identity, invitation, keys)
        needs = responses_wiring.cast_needs(self.survey)
        cast(self.survey, nonce, (), Vote(score, comment), BY_HAND, moments.now(), needs)
        return invitation

    def crowd(self, count: int) -> None:
        for number in range(count):
            self.vote(
                f"one of many {number}".replace(" ", "-"), (3, 9)[number % 2], "as others say"
            )

    def release(self) -> None:
        release(self.survey, moments.now(), releases_wiring.release_needs(no_limit))

    def look_up(self, reason: str = "She asked us in writing.", **whom: str) -> Any:
        return self.heed.call("POST", f"{PATH}/lookups", {"reason": reason, **whom})

    def records(self, key: str | None = None) -> list[dict[str, Any]]:
        return list(self.heed.call("GET", f"{PATH}/lookups", key=key).json_body["items"])


def stranger() -> str:
    return ids.derived_id("nobody")
