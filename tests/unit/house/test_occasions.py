import pytest
from msgspec.structs import replace

from chalicelib.accounts.occasions import AT_ONCE, occasions
from chalicelib.invitations.invitation import Status
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.response import Answer, Response, answered, erased
from tests.support.samples import NOW, invitation

ASKED = invitation()
ANSWER = answered(ASKED, None, Answer(9), "op", "2026-11-20", NOW)


def answer_of(response: Response) -> Response | None:
    ((_, answer),) = occasions([ASKED], lambda _: {response.id: response})
    return answer


def test_who_said_nothing_has_no_answer() -> None:
    assert list(occasions([ASKED], lambda _: {})) == [(ASKED, None)]


@pytest.mark.parametrize("state", [State.HELD, State.SETTLING, State.DISMISSED])
def test_an_answer_that_does_not_count_is_none_yet(state: State) -> None:
    assert answer_of(replace(ANSWER, state=state)) is None


def test_what_counts_and_what_was_erased_is_given() -> None:
    assert answer_of(ANSWER) == ANSWER
    gone = erased(replace(ANSWER, state=State.HELD), "op2", NOW)
    assert answer_of(gone) == gone


@pytest.mark.parametrize("status", list(Status))
def test_nobody_is_asked_before_the_invitation_has_gone_out(status: Status) -> None:
    found = list(occasions([invitation(status=status)], lambda _: {}))
    assert bool(found) is (status in (Status.SENT, Status.UNKNOWN, Status.LINKED))


def test_answers_are_read_a_hundred_at_a_time() -> None:
    reads: list[int] = []

    def responses(ids: list[str]) -> dict[str, Response]:
        reads.append(len(ids))
        return {}

    many = [invitation(str(number)) for number in range(2 * AT_ONCE + 1)]
    assert len(list(occasions(iter(many), responses))) == len(many)
    assert reads == [AT_ONCE, AT_ONCE, 1]
