"""One invitation of the population: its mail, the pages that clients open, and the clock. What
is played goes through the app's own use cases and judge, on a table in memory."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Any

from chalicelib.errors import VisitFull
from chalicelib.invitations.token import Link
from chalicelib.responses.judge.client import client_of
from chalicelib.responses.judge.facts import Act, Arrival, Beacon, Client, Gesture, Place, Signal
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.judged import Terms, Words
from chalicelib.responses.response import Response
from chalicelib.responses.take_act import take_act
from chalicelib.responses.tap import TapNeeds, note, settle, take_beacon
from tests.support.fakes import FakeTable
from tests.support.samples import NOW, recording, stored_invitation

KEY = b"the key of this population"
AGENTS = {
    "windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/154.0.0.0 Safari/537.36",
    "mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.6 Safari/605.1.15",
    "firefox": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Mobile/15E148",
    "android": "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/154.0.0.0 Mobile Safari/537.36",
    "tablet": "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) Version/18.6 Safari/604.1",
    "old chrome": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/125.0.0.0 Safari/537.36",
    "library": "python-requests/2.32.3",
    "none": "",
}


@dataclass
class World:
    """Times are seconds after delivery. `scores` are what the person chose, the last one last;
    `pressed` is whether a Send said it. `visits` counts those of each kind of scanner."""

    chance: Random
    posture: str
    table: FakeTable = field(default_factory=FakeTable)
    scores: list[int] = field(default_factory=list)
    pressed: bool = False
    answered_at: float | None = None
    visits: dict[str, int] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)

    def __post_init__(self) -> None:
        made = stored_invitation(self.table, created_at=NOW, sent_at=NOW, posture=self.posture)
        self.link = Link(made.id, made.survey, made.expires_at)
        self.needs = TapNeeds(recording(self.table), Terms("UTC"))
        self._steps: list[tuple[float, int, Callable[[], Any]]] = []

    def at(self, seconds: float, step: Callable[[], Any]) -> None:
        self._steps.append((seconds, len(self._steps), step))

    def play(self) -> Response | None:
        """Gives what stands when everything has settled."""
        self._steps.sort(key=lambda step: step[:2])
        for _, _, step in self._steps:
            with suppress(VisitFull):  # the page says so; a person who pressed is then lost
                step()
        end = self._steps[-1][0] if self._steps else 0.0
        self.look(end)
        settle(self.link.invitation, NOW + timedelta(seconds=end + 900), self.needs)
        return self.stands()

    def look(self, seconds: float) -> None:
        found = settle(self.link.invitation, NOW + timedelta(seconds=seconds), self.needs)
        self.states += [found.state] if found else []

    def stands(self) -> Response | None:
        return self.needs.record.responses.find(self.link.invitation)

    def client(self, address: str, agent: str) -> Client:
        return client_of(address, {"user-agent": AGENTS[agent]}, KEY)

    def says(self, score: int, at: float, pressed: bool) -> None:
        """The person's answer as it was meant."""
        self.scores.append(score)
        self.pressed = pressed
        self.answered_at = at

    def open(self, client: Client, score: int, at: float, **kind: Any) -> "Page":
        page = Page(self, client, score, at, f"visit-{len(self._steps)}", **kind)
        self.at(at, page.arrive)
        return page


@dataclass(frozen=True)
class Page:
    """A page that was opened, as its browser is. `slow` is what each report takes to arrive."""

    world: World
    client: Client
    score: int
    opened_at: float
    visit: str
    touch: bool = False
    engine_ok: bool = True
    webdriver: bool = False
    ahead: bool = False
    slow: float = 0.05

    def arrive(self) -> None:
        seen = Arrival(
            _at(self.opened_at), self.client, Place.SCORE, self.score, self.visit, self.ahead
        )
        note(self.world.link, seen, self.world.needs)

    def reports(self, *signals: Signal, after: float = 0.4, gap: float = 1.7) -> "Page":
        """What the page says by itself while somebody could see it."""
        for place, signal in enumerate(signals):
            self.report(signal, self.opened_at + after + place * gap)
        return self

    def moves(self, kind: str, after: float) -> "Page":
        self.report(Signal.GESTURE, self.opened_at + after, Gesture(kind, 5))
        return self

    def report(self, signal: Signal, at: float, gesture: Gesture | None = None) -> None:
        self.world.at(at + self.slow, lambda: self._report(signal, at + self.slow, gesture))

    def send(
        self,
        after: float,
        score: int | None = None,
        trusted: bool | None = True,
        gesture: str | None = None,
        bound: bool = True,
        client: Client | None = None,
    ) -> None:
        at = self.opened_at + after
        act = Act(
            at=_at(at + self.slow),
            client=client or self.client,
            visit=self.visit,
            score=self.score if score is None else score,
            opened_at=_at(self.opened_at),
            operation=f"{self.visit}-{round(after * 1000)}",
            bound=bound,
            trusted=trusted,
            gesture=Gesture(gesture, 5) if gesture else None,
            pressed_at=_at(self.opened_at if trusted is None else at),
        )
        self.world.at(at + self.slow, lambda: self._send(act, at + self.slow))

    def on(self, client: Client) -> "Page":
        """The same page after the device has changed its network."""
        return replace(self, client=client)

    def _report(self, signal: Signal, at: float, gesture: Gesture | None) -> None:
        beacon = Beacon(
            _at(at),
            self.client,
            self.visit,
            self.score,
            signal,
            webdriver=self.webdriver,
            touch=self.touch,
            engine_ok=self.engine_ok,
            gesture=gesture,
        )
        take_beacon(self.world.link, beacon, NOW + timedelta(seconds=at), self.world.needs)

    def _send(self, act: Act, at: float) -> None:
        now = NOW + timedelta(seconds=at)
        take_act(self.world.link, act, Words(), now, self.world.needs)


def _at(seconds: float) -> float:
    return round(NOW.timestamp() + seconds, 3)
