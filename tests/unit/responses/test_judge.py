"""The decision table of docs/decisions/0007, cell by cell, and who replaces whom."""

import pytest

from chalicelib.networks import Network
from chalicelib.responses.judge.facts import (
    Act,
    Arrival,
    Beacon,
    Client,
    Decision,
    Facts,
    Gesture,
    Place,
    Signal,
)
from chalicelib.responses.judge.judge import SETTLE_S, Delivery, judge
from chalicelib.responses.judge.verdict import State, Verdict, Why

HOUR = 3600.0
ASKED = Delivery(delivered_at=0, expires_at=30 * 86_400, scanned=False)
MOUSE, TOUCH = Gesture("pointermove", 5), Gesture("touch")
LEFT = Gesture("blur", has_focus=False)

RISKS = {
    "low": (Client("home", "browser"), HOUR),
    "early": (Client("home", "browser"), 20.0),
    "cloud": (Client("cloud", "browser", Network.CLOUD), HOUR),
    "high": (Client("gateway", "browser", Network.SCANNER), HOUR),
    "robot": (Client("home", "robot", robot=True), HOUR),
}
NONE, HELD = State.NONE, State.HELD
SETTLING, COUNTED = State.SETTLING, State.COUNTED


def visit(
    client: Client,
    at: float,
    *signals: Signal,
    score: int = 9,
    name: str = "v",
    touch: bool = False,
    engine_ok: bool = True,
    gesture: Gesture | None = None,
) -> Facts:
    """A link opened, and what its page reported a moment later."""
    beacons = [
        Beacon(
            at + 0.3 + place,
            client,
            name,
            score,
            signal,
            touch=touch,
            engine_ok=engine_ok,
            gesture=gesture if signal is Signal.GESTURE else None,
        )
        for place, signal in enumerate(signals)
    ]
    return Facts((Arrival(at, client, Place.SCORE, score, name),), tuple(beacons))


def together(*several: Facts) -> Facts:
    return Facts(
        tuple(one for facts in several for one in facts.arrivals),
        tuple(one for facts in several for one in facts.beacons),
        tuple(one for facts in several for one in facts.acts),
        tuple(one for facts in several for one in facts.decisions),
    )


def sent(
    client: Client,
    at: float,
    score: int = 9,
    trusted: bool | None = True,
    gesture: Gesture | None = None,
    read_for: float = 5.0,
    bound: bool = True,
    name: str = "v",
) -> Facts:
    act = Act(at, client, name, score, at - read_for, f"op{at}", bound, trusted, gesture)
    return Facts((Arrival(at - read_for, client, Place.SCORE, score, name),), (), (act,))


def soon(facts: Facts, asked: Delivery = ASKED) -> Verdict:
    """Just after the last thing that was seen."""
    last = max(one.at for one in (*facts.arrivals, *facts.beacons, *facts.acts, *facts.decisions))
    return judge(facts, asked, last + 1)


HELLO, STAYED = (Signal.HELLO,), (Signal.HELLO, Signal.DWELL)
MOVED = (Signal.HELLO, Signal.GESTURE)


@pytest.mark.parametrize(
    ("signals", "touch", "gesture", "states"),
    [
        # low, early, cloud, high, robot
        ((), False, None, (NONE, NONE, NONE, NONE, NONE)),
        (HELLO, True, None, (SETTLING, HELD, HELD, HELD, HELD)),
        (STAYED, True, None, (SETTLING, SETTLING, SETTLING, HELD, HELD)),
        (STAYED, False, None, (HELD, HELD, HELD, HELD, HELD)),
        (MOVED, False, MOUSE, (COUNTED, COUNTED, COUNTED, SETTLING, HELD)),
        (MOVED, True, TOUCH, (COUNTED, COUNTED, COUNTED, SETTLING, HELD)),
        (MOVED, False, LEFT, (COUNTED, COUNTED, COUNTED, HELD, HELD)),
    ],
)
def test_what_a_page_saw_counts_by_the_table(
    signals: tuple[Signal, ...], touch: bool, gesture: Gesture | None, states: tuple[State, ...]
) -> None:
    for (client, at), state in zip(RISKS.values(), states, strict=True):
        facts = visit(client, at, *signals, touch=touch, gesture=gesture)
        assert soon(facts).state is state, (client, state)


@pytest.mark.parametrize(
    ("act", "states"),
    [
        ({}, (COUNTED, COUNTED, HELD, HELD, HELD)),
        ({"gesture": MOUSE}, (COUNTED, COUNTED, COUNTED, COUNTED, HELD)),
        ({"trusted": None}, (COUNTED, COUNTED, HELD, HELD, HELD)),
        ({"trusted": None, "read_for": 0.2}, (HELD, HELD, HELD, HELD, HELD)),
        ({"trusted": False, "gesture": MOUSE}, (HELD, HELD, HELD, HELD, HELD)),
        ({"bound": False, "gesture": MOUSE}, (HELD, HELD, HELD, HELD, HELD)),
    ],
)
def test_a_form_that_was_sent_counts_by_the_table(
    act: dict[str, object], states: tuple[State, ...]
) -> None:
    for (client, at), state in zip(RISKS.values(), states, strict=True):
        facts = sent(client, at + 5, **act)  # type: ignore[arg-type]
        assert soon(facts).state is state, (client, state)


HOME, PHONE = Client("home", "desktop"), Client("mobile", "phone")


def test_settling_takes_ten_minutes_to_the_second() -> None:
    facts = visit(PHONE, HOUR, *STAYED, touch=True)
    settles = facts.beacons[-1].at + SETTLE_S
    assert judge(facts, ASKED, settles - 0.1).state is SETTLING
    assert judge(facts, ASKED, settles).state is COUNTED


def test_a_sweep_that_shows_itself_later_stops_what_was_settling() -> None:
    tap = visit(PHONE, HOUR, *STAYED, touch=True)
    more = [visit(PHONE, HOUR + place, score=place, name=f"w{place}") for place in (3, 6)]
    found = judge(together(tap, *more), ASKED, HOUR + 2 * SETTLE_S)
    assert (found.state, found.why) == (HELD, Why.SWEEP)


def test_two_scores_by_a_person_are_no_sweep() -> None:
    first = visit(PHONE, HOUR, *STAYED, touch=True, score=8, name="a")
    second = visit(PHONE, HOUR + 7, *STAYED, touch=True, score=9, name="b")
    found = judge(together(first, second), ASKED, HOUR + 2 * SETTLE_S)
    assert (found.state, found.score) == (COUNTED, 9)


def test_a_sweep_says_nothing_of_who_comes_from_the_same_address() -> None:
    gateway = [visit(Client("home", "gateway"), 20 + place, score=place) for place in range(9)]
    person = visit(HOME, 25, *MOVED, gesture=MOUSE, score=7, name="p")
    assert soon(together(*gateway, person)).score == 7


def test_a_lone_sweeper_does_not_taint_a_phone_that_comes_at_the_same_time() -> None:
    sweep = [
        visit(Client("gateway", "bot"), HOUR + place, *HELLO, score=place, name=f"s{place}")
        for place in range(9)
    ]
    person = visit(PHONE, HOUR + 4, *STAYED, touch=True, score=10, name="p")
    found = judge(together(*sweep, person), ASKED, HOUR + 2 * SETTLE_S)
    assert (found.state, found.score) == (COUNTED, 10)


@pytest.mark.parametrize(("place", "state"), [(Place.UNSUBSCRIBE, COUNTED), (Place.PROMISE, HELD)])
def test_two_footer_links_with_a_score_are_a_trap_and_one_is_not(
    place: Place, state: State
) -> None:
    others = Facts(
        (
            Arrival(HOUR - 2, HOME, Place.UNSUBSCRIBE),
            Arrival(HOUR - 1, HOME, place),
        )
    )
    tap = visit(HOME, HOUR, *MOVED, gesture=MOUSE)
    assert soon(together(others, tap)).state is state


def test_a_claimed_phone_with_another_engine_is_a_desktop() -> None:
    facts = visit(PHONE, HOUR, *STAYED, touch=True, engine_ok=False)
    assert soon(facts).state is HELD


@pytest.mark.parametrize(
    "gesture",
    [
        Gesture("pointermove", 1, displaced=False),
        Gesture("pointermove", 9, displaced=False),
        Gesture("pointermove", 2),
        Gesture("touch", trusted=False),
        Gesture("scroll", 5),
        Gesture("blur", has_focus=True),
        Gesture("keydown", 0),
    ],
)
def test_what_a_browser_does_by_itself_is_no_input(gesture: Gesture) -> None:
    assert soon(visit(HOME, HOUR, *MOVED, gesture=gesture)).state is HELD


def test_another_client_replaces_by_an_explicit_act_only() -> None:
    first = visit(HOME, HOUR, *MOVED, gesture=MOUSE)
    looked = visit(PHONE, 2 * HOUR, *MOVED, touch=True, gesture=TOUCH, score=2, name="w")
    assert soon(together(first, looked)).score == 9
    changed = soon(together(first, sent(PHONE, 3 * HOUR, 2, gesture=TOUCH, name="w")))
    assert (changed.score, changed.history, changed.changed_elsewhere) == (2, (9, 2), True)


def test_a_late_scan_never_replaces() -> None:
    first = visit(HOME, HOUR, *MOVED, gesture=MOUSE)
    scan = visit(Client("gateway", "x", Network.SCANNER), 20 * HOUR, *STAYED, score=0, name="s")
    pressed = sent(Client("cloud", "y", Network.CLOUD), 30 * HOUR, 0, trusted=False, name="t")
    assert soon(together(first, scan, pressed)).score == 9


def test_a_person_takes_the_place_of_what_has_not_settled() -> None:
    scan = visit(Client("elsewhere", "phone"), HOUR, *STAYED, touch=True, score=0, name="s")
    person = visit(HOME, HOUR + 300, *MOVED, gesture=MOUSE, score=8, name="p")
    found = judge(together(scan, person), ASKED, 3 * HOUR)
    assert (found.score, found.history) == (8, (8,))


def test_nothing_after_the_end_of_the_link_counts() -> None:
    late = visit(HOME, ASKED.expires_at + 1, *MOVED, gesture=MOUSE)
    assert judge(late, ASKED, ASKED.expires_at + HOUR).state is NONE


def test_an_operator_s_word_counts_after_the_link_has_ended() -> None:
    held = visit(HOME, HOUR, *HELLO)
    at = ASKED.expires_at + HOUR
    accepted = together(held, Facts(decisions=(Decision(at, True, 9),)))
    dismissed = together(held, Facts(decisions=(Decision(at, False, 9),)))
    assert judge(accepted, ASKED, at + 1).state is COUNTED
    assert judge(dismissed, ASKED, at + 1).state is NONE


def test_a_reload_and_a_way_back_say_nothing_new() -> None:
    again = Beacon(HOUR, HOME, "v", 9, Signal.HELLO, navigated=False)
    moved = Beacon(HOUR + 1, HOME, "v", 9, Signal.GESTURE, navigated=False, gesture=MOUSE)
    arrival = Arrival(HOUR - 1, HOME, Place.SCORE, 9, "v")
    assert soon(Facts((arrival,), (again, moved))).state is NONE


def test_a_page_that_changes_its_network_is_judged_by_the_worse_one() -> None:
    opened = visit(Client("gateway", "desktop", Network.SCANNER), HOUR, *HELLO)
    posted = Act(HOUR + 9, HOME, "v", 9, HOUR, "op", trusted=True)
    assert soon(together(opened, Facts(acts=(posted,)))).state is HELD


def pressed(at: float, pressed_at: float | None, score: int, client: Client = HOME) -> Facts:
    act = Act(at, client, f"v{at}", score, at - 5, f"op{at}", True, True, MOUSE, pressed_at)
    return Facts(acts=(act,))


def test_of_two_forms_the_later_pressed_one_stands_whichever_came_first() -> None:
    newer, older = pressed(HOUR + 10, HOUR + 9, 9), pressed(HOUR + 60, HOUR, 0, PHONE)
    verdict = soon(together(newer, older))
    assert (verdict.score, verdict.history, verdict.overtaken) == (9, (9,), {f"op{HOUR + 60}"})


def test_a_form_of_the_release_before_is_as_late_as_its_arrival() -> None:
    assert soon(together(pressed(HOUR, HOUR - 1, 9), pressed(HOUR + 60, None, 0))).score == 0


def test_of_two_held_forms_the_later_pressed_one_is_shown() -> None:
    robot = Client("cloud", "library", robot=True)
    newer, older = pressed(HOUR, HOUR - 1, 9, robot), pressed(HOUR + 60, HOUR - 50, 0, robot)
    assert (soon(together(newer, older)).state, soon(together(newer, older)).score) == (HELD, 9)


def test_a_person_who_sends_after_an_operator_decided_is_heard() -> None:
    decided = Facts(decisions=(Decision(HOUR, True, 3),))
    assert soon(together(decided, pressed(HOUR + 60, HOUR - 600, 7))).score == 7


def test_a_late_report_of_an_older_page_undoes_no_later_form() -> None:
    opened = Arrival(HOUR, HOME, Place.SCORE, 2, "v")
    late = Beacon(HOUR + 300, HOME, "v", 2, Signal.GESTURE, gesture=MOUSE)
    assert soon(together(Facts((opened,), (late,)), pressed(HOUR + 60, HOUR + 59, 8))).score == 8
