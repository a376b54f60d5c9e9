"""Invariant 1: tally = recount, after any sequence of taps, changes, comments, erasures,
endings, duplicates, retries, crashes and lost answers. Checked after every single step."""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.errors import (
    LinkRejected,
)
from chalicelib.invitations.invitation import Ended, Status
from chalicelib.mail.send import INVITATION, send
from chalicelib.people.erase_person import erase_person
from chalicelib.responses.ending import NotYetAsked, end_invitation
from chalicelib.responses.record import erase_response, new_operation, record_response
from chalicelib.responses.response import Answer
from tests.support.counting import counted_again
from tests.support.erasing import erasing, told_of
from tests.support.fakes import FakeTable
from tests.support.mailing import FakeMailer, sending
from tests.support.recount import contradictions, out_of_place, recounted, tallied
from tests.support.samples import NOW, SURVEY, put_ledger, recording, stored_invitation
from tests.support.table_faults import heal, plans, with_faults

NAMES = ["one", "two", "three"]
SEGMENTS = {"one": (), "two": ("group=A",), "three": ("group=A", "organization=B")}

answers = st.builds(
    Answer, st.integers(0, 10), st.one_of(st.none(), st.sampled_from(["", "slow", "kind"]))
)


names = st.sampled_from(NAMES)
ends = st.sampled_from(list(Ended))


class Tallies(RuleBasedStateMachine):
    operations = Bundle("operations")

    @initialize()
    def start(self) -> None:
        self.table = FakeTable()
        self.now = NOW
        self.needs = recording(self.table)
        self.mailer = FakeMailer()
        self.invitations = {
            name: stored_invitation(
                self.table,
                name,
                segments=SEGMENTS[name],
                status=Status.QUEUED,
                sent_at=None,
                asked_day=None,
            )
            for name in NAMES
        }
        for made in self.invitations.values():
            put_ledger(self.table, made)

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(name=st.sampled_from(NAMES), plan=plans)
    def mail_is_sent(self, name: str, plan: list[str | None] | None) -> None:
        needs = sending(self.table, self.mailer)
        with_faults(
            self.table, plan, lambda: send(INVITATION, self.invitations[name].id, self.now, needs)
        )

    @rule(target=operations, name=st.sampled_from(NAMES), answer=answers, plan=plans)
    def person_answers(self, name: str, answer: Answer, plan: list[str | None]) -> Any:
        self.now += timedelta(seconds=1)
        action = (name, answer, new_operation(self.now))
        self.answer(action, plan)
        return action

    @rule(action=operations, plan=plans)
    def an_earlier_post_comes_again(self, action: Any, plan: list[str | None]) -> None:
        before = self.responses()
        known = action[2] in before.get(action[0], {}).get("operations", [])
        self.answer(action, plan)
        if known:
            assert self.responses() == before

    @rule(target=operations, name=st.sampled_from(NAMES), answer=answers)
    def an_answer_without_faults_stands(self, name: str, answer: Answer) -> Any:
        self.now += timedelta(seconds=1)
        gone = self.is_erased(name) or self.responses().get(name, {}).get("gone", False)
        action = (name, answer, new_operation(self.now))
        self.answer(action, None)
        stored = self.responses().get(name, {})
        assert gone or stored["score"] == answer.score
        assert gone or not answer.comment or stored["comment"] == answer.comment
        return action

    @rule(first=operations, second=operations)
    def another_post_slips_in_between(self, first: Any, second: Any) -> None:
        self.slips_in(lambda: self.answer(second, []))
        self.answer(first, None)

    @rule(action=operations, name=names, ended=ends)
    def an_end_slips_in_before_an_answer(self, action: Any, name: str, ended: Ended) -> None:
        self.slips_in(lambda: self.end(name, ended))
        self.answer(action, None)

    @rule(action=operations, name=names, ended=ends)
    def an_answer_slips_in_before_an_end(self, action: Any, name: str, ended: Ended) -> None:
        self.slips_in(lambda: self.answer(action, []))
        self.end(name, ended)

    @rule(action=operations, name=names)
    def an_answer_is_faster_than_the_note_of_the_mail(self, action: Any, name: str) -> None:
        self.slips_in(lambda: self.answer(action, []))
        self.mail_is_sent(name, None)

    @rule(name=names, ended=ends, plan=plans)
    def an_invitation_ends(self, name: str, ended: Ended, plan: list[str | None]) -> None:
        end = partial(end_invitation, self.invitations[name].id, ended, self.needs)
        with_faults(self.table, plan, end)

    @rule(name=names, ended=ends)
    def an_end_without_faults_stands(self, name: str, ended: Ended) -> None:
        before = self.stored("INVITE")[name]
        self.end(name, ended)
        end = before.get("ended", ended if "asked_day" in before else None)
        assert self.stored("INVITE")[name].get("ended") == end
        again = list(self.table.items.values())
        self.end(name, ended)
        assert list(self.table.items.values()) == again

    @rule(name=names, ended=ends)
    def an_end_slips_in_before_an_erasure(self, name: str, ended: Ended) -> None:
        self.slips_in(lambda: self.end(name, ended))
        self.answer_is_erased(name, None)

    @rule(name=st.sampled_from(NAMES), plan=plans)
    def answer_is_erased(self, name: str, plan: list[str | None] | None) -> None:
        operation = new_operation(self.now)
        invitation = self.invitations[name].id
        with_faults(
            self.table, plan, lambda: erase_response(invitation, operation, self.now, self.needs)
        )

    @rule(name=names, plan=plans)
    def person_is_erased(self, name: str, plan: list[str | None] | None) -> None:
        person = self.invitations[name].person
        erase = partial(erase_person, person, lambda: self.now, erasing(self.table))
        with_faults(self.table, plan, erase)

    @rule(name=names)
    def an_erasure_without_faults_leaves_the_ids(self, name: str) -> None:
        self.person_is_erased(name, [])
        assert self.is_erased(name)
        assert not told_of(self.table.items.values(), f"{name}@example.com")

    @rule(action=operations, name=names)
    def an_erasure_slips_in_before_an_answer(self, action: Any, name: str) -> None:
        self.slips_in(lambda: self.person_is_erased(name, []))
        self.answer(action, None)

    @rule(action=operations, name=names, ended=ends)
    def an_answer_or_an_end_slips_in_before_an_erasure(
        self, action: Any, name: str, ended: Ended
    ) -> None:
        self.slips_in(lambda: (self.answer(action, []), self.end(name, ended)))
        self.person_is_erased(name, None)

    @invariant()
    def tally_is_recount(self) -> None:
        items = self.table.items.values() if hasattr(self, "table") else []
        assert tallied(items) == recounted(items)
        assert out_of_place(items) == []
        assert contradictions(items) == []
        assert counted_again(items) == recounted(items)

    @invariant()
    def an_answer_knows_how_its_invitation_ended(self) -> None:
        for name, response in self.stored("RESPONSE").items():
            ended = self.stored("INVITE")[name].get("ended")
            assert self.is_erased(name) or response.get("ended") == ended

    @invariant()
    def an_erased_answer_holds_nothing(self) -> None:
        for response in self.responses().values():
            if response.get("gone"):
                assert not response.keys() & {"score", "comment", "person", "ticket", "list_pk"}

    def is_erased(self, name: str) -> bool:
        return bool(self.stored("INVITE")[name].get("reason") == "erased")

    def answer(self, action: Any, plan: list[str | None] | None) -> None:
        name, answer, operation = action
        invitation = self.invitations[name].id

        def record() -> None:
            stored = record_response(invitation, answer, operation, SURVEY.tz, self.now, self.needs)
            assert stored.id == invitation

        if plan is None:
            with suppress(LinkRejected):
                record()
            heal(self.table)
        else:
            with_faults(self.table, plan, record)

    def end(self, name: str, ended: Ended) -> None:
        with suppress(NotYetAsked):
            end_invitation(self.invitations[name].id, ended, self.needs)
        heal(self.table)

    def slips_in(self, action: Any) -> None:
        """Before the next transaction, once."""

        def slip_in(operation: str) -> None:
            if operation == "transact":
                heal(self.table)
                action()

        self.table.before = slip_in

    def responses(self) -> dict[str, Any]:
        return self.stored("RESPONSE")

    def stored(self, kind: str) -> dict[str, Any]:
        if not hasattr(self, "table"):
            return {}
        by_id = {made.id: name for name, made in self.invitations.items()}
        return {
            by_id[item["id"]]: dict(item)
            for item in self.table.items.values()
            if item["SK"] == kind
        }


Tallies.TestCase.settings = settings(
    max_examples=120,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestTallies = Tallies.TestCase
