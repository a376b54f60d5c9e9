"""Invariant 1 for answers that the judge counts: tally = recount after every step, whatever
is seen in whatever order, with lost answers, conflicts and crashes; and a response is what
the judge says of the facts, whoever asks and however late. A page that nobody has touched
yet waits for a minute before it is one."""

from datetime import timedelta
from functools import partial

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.invitations.invitation import Ended
from chalicelib.invitations.token import Link
from chalicelib.networks import Network
from chalicelib.responses.ending import end_invitation
from chalicelib.responses.judge.facts import Act, Arrival, Beacon, Client, Gesture, Place, Signal
from chalicelib.responses.judge.judge import judge
from chalicelib.responses.judge.verdict import State, Why
from chalicelib.responses.judged import Terms, Words, delivery_of
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import TapNeeds, note, settle, take_beacon
from tests.support.counting import counted_again
from tests.support.fakes import FakeTable
from tests.support.recount import contradictions, out_of_place, recounted, tallied
from tests.support.samples import NOW, recording, stored_invitation
from tests.support.table_faults import plans, with_faults

CLIENTS = [
    Client("home", "desktop"),
    Client("mobile", "phone"),
    Client("gateway", "desktop", Network.SCANNER),
    Client("cloud", "library", Network.CLOUD, robot=True),
]
GESTURES = [None, Gesture("touch"), Gesture("pointermove", 5), Gesture("blur", has_focus=False)]
visits = st.sampled_from(["v1", "v2", "v3"])
clients = st.sampled_from(CLIENTS)


class Taps(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.table = FakeTable()
        self.now = NOW + timedelta(minutes=10)
        made = stored_invitation(self.table)
        self.link = Link(made.id, made.survey, made.expires_at)
        self.needs = TapNeeds(recording(self.table), Terms("UTC"))
        self.scores = {"v1": 2, "v2": 9, "v3": 9}
        self.number = 0

    @rule(seconds=st.sampled_from([0.5, 5, 90, 700, 90_000]))
    def time_passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(visit=visits, client=clients)
    def a_link_is_opened(self, visit: str, client: Client) -> None:
        at = self.now.timestamp()
        note(self.link, Arrival(at, client, Place.SCORE, self.scores[visit], visit), self.needs)

    @rule(
        visit=visits,
        client=clients,
        signal=st.sampled_from(list(Signal)),
        touch=st.booleans(),
        gesture=st.sampled_from(GESTURES),
        plan=plans,
    )
    def a_page_reports(
        self,
        visit: str,
        client: Client,
        signal: Signal,
        touch: bool,
        gesture: Gesture | None,
        plan: list[str | None],
    ) -> None:
        beacon = Beacon(
            self.now.timestamp(),
            client,
            visit,
            self.scores[visit],
            signal,
            touch=touch,
            gesture=gesture if signal is Signal.GESTURE else None,
        )
        with_faults(self.table, plan, lambda: take_beacon(self.link, beacon, self.now, self.needs))

    @rule(
        visit=visits,
        client=clients,
        score=st.integers(0, 10),
        trusted=st.sampled_from([True, False, None]),
        comment=st.sampled_from([None, "slow"]),
        plan=plans,
    )
    def a_form_is_sent(
        self,
        visit: str,
        client: Client,
        score: int,
        trusted: bool | None,
        comment: str | None,
        plan: list[str | None],
    ) -> None:
        self.number += 1
        at = self.now.timestamp()
        act = Act(at, client, visit, score, at - 5, f"op{self.number}", trusted=trusted)
        words = Words(comment)
        with_faults(self.table, plan, lambda: take_act(self.link, act, words, self.now, self.needs))

    @rule(ended=st.sampled_from(list(Ended)), plan=plans)
    def the_invitation_ends(self, ended: Ended, plan: list[str | None]) -> None:
        end = partial(end_invitation, self.link.invitation, ended, self.needs.record)
        with_faults(self.table, plan, end)

    @rule(plan=plans)
    def a_tick_comes(self, plan: list[str | None]) -> None:
        with_faults(self.table, plan, lambda: settle(self.link.invitation, self.now, self.needs))

    @rule()
    def the_response_is_the_verdict(self) -> None:
        stored = settle(self.link.invitation, self.now, self.needs)
        responses = self.needs.record.responses
        invitation, _ = responses.invitation_and_response(self.link.invitation)
        assert invitation
        facts = responses.facts_of(invitation.id)
        verdict = judge(facts, delivery_of(invitation), self.now.timestamp())
        if stored is None and facts.waits_until > self.now.timestamp():
            assert verdict.why in (None, Why.NO_INPUT)
        elif stored is None:
            assert verdict.state is State.NONE
        else:
            assert (stored.state, stored.score) == (verdict.state, verdict.score)
            assert settle(self.link.invitation, self.now, self.needs) == stored

    @invariant()
    def tally_is_recount(self) -> None:
        items = self.table.items.values() if hasattr(self, "table") else []
        assert tallied(items) == recounted(items)
        assert out_of_place(items) == []
        assert contradictions(items) == []
        assert counted_again(items) == recounted(items)


Taps.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestTaps = Taps.TestCase
