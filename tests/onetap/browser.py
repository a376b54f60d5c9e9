"""Plays a scenario of the corpus in headless Chromium against the pages the app serves.

Beacons are those of the page's own script; the corpus's `http_only` beacons are only what
they are compared with. The clocks of the app and of the pages are simulated and run together, so
a stay of minutes is not waited for, and a slow machine sees what a fast one does.
"""

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from tests.onetap.browser_clients import chromium
from tests.onetap.browser_network import Answered, Asked, Network
from tests.onetap.browser_visit import Step, Visit, action_in, form_of, nonce_in
from tests.onetap.browser_wire import ONE_WORLD, Clock, Wire
from tests.onetap.door import Door
from tests.onetap.replay import Result, judge_result
from tests.onetap.replay import _mutated as mutated

STEP_S = 0.1
LONGEST_RUN_S = 4.5  # behind it a page says no more by itself
LAST_WORDS_S = 3.0
AT_ONCE = 2

Scenario = dict[str, Any]
HeaderSets = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Played:
    """`visits` are the pages that Chromium had open, with the beacons they sent."""

    result: Result
    visits: list[Visit]


def replay_in_browser(corpus: dict[str, Any]) -> list[Result]:
    return [played.result for played in play_all(corpus["scenarios"], corpus["header_sets"])]


def play_all(scenarios: list[Scenario], header_sets: HeaderSets) -> list[Played]:
    """In the order of the scenarios. Every worker has a browser of its own. A test that is
    out of time ends after the scenarios that are being played."""
    given_up = threading.Event()

    def play_part(part: int) -> list[Played]:
        with chromium() as browser:
            mine = takewhile(lambda _: not given_up.is_set(), scenarios[part::AT_ONCE])
            return [play(one, header_sets, browser) for one in mine]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            parts = list(pool.map(play_part, range(AT_ONCE)))
        except BaseException:
            given_up.set()
            raise
    return [parts[n % AT_ONCE][n // AT_ONCE] for n in range(len(scenarios))]


def play(scenario: Scenario, header_sets: HeaderSets, browser: Browser) -> Played:
    with ONE_WORLD:
        door = Door(scenario)
        door.invite()
    stage = Stage(scenario, door, browser, header_sets)
    steps = [step for step in scenario["steps"] if stage.plays(step)]
    with Network(stage.respond) as network:
        stage.network = network
        try:
            stage.prepare()
            for step, following in pairwise([*steps, {"t": steps[-1]["t"] + LAST_WORDS_S}]):
                stage.clock.start(step["t"], following["t"])
                stage.try_to(step)
                stage.wait()
        finally:
            for visit in stage.visits.values():
                visit.kill()
    with ONE_WORLD:
        door.tick(scenario["expected"]["evaluate_at_s"])
        result = judge_result(scenario, door, stage.last_page, stage.complaints)
    return Played(result, list(stage.visits.values()))


class Stage:
    network: Network

    def __init__(
        self, scenario: Scenario, door: Door, browser: Browser, header_sets: HeaderSets
    ) -> None:
        self.clock = Clock()
        self.visits: dict[str, Visit] = {}
        self.last_page = ""
        self.complaints: list[str] = []
        self._scenario = scenario
        self._door = door
        self._browser = browser
        self._wire = Wire(door, header_sets, self.clock)
        self._form: tuple[str, str] = ("", "")

    def plays(self, step: Step) -> bool:
        return step["mode"] != "http_only" or self._is_sent_again(step)

    def _is_sent_again(self, step: Step) -> bool:
        """A beacon that was lost comes again when the device is back in the network."""
        return any(
            one["t"] < step["t"] and bool(one.get("lost")) and not step.get("lost")
            for one in self._scenario["steps"]
            if one["op"] == step["op"] == "beacon"
            and (one["visit"], one["type"]) == (step["visit"], step["type"])
        )

    def try_to(self, step: Step) -> None:
        """A page on which a step cannot be done is a complaint about the page."""
        try:
            self.perform(step)
        except PlaywrightError as error:
            self.complaints.append(f"{step['op']} at {step['t']}: {error.message}")

    def perform(self, step: Step) -> None:
        if step["op"] == "beacon":
            self._come_online(step)
        elif self._opens(step):
            name = _name(step)
            self.visits[name].open(self.network.address(name, self._path(step)))
        elif step["op"] == "request":
            self._request(step)
        elif step["op"] == "submit":
            self._submit(step)
        elif step["op"] == "page":
            self.visits[step["visit"]].do(step)

    def wait(self) -> None:
        """The clocks of the open pages run to the next step."""
        alive = [visit for visit in self.visits.values() if visit.is_alive]
        runs = min(self.clock.gap, LONGEST_RUN_S) if alive else 0.0
        while self.clock.ran < runs:
            seconds = min(STEP_S, runs - self.clock.ran)
            self.clock.ran += seconds
            for visit in alive:
                visit.run_for(seconds)
        for visit in alive:
            visit.jump(self.clock.gap - runs)

    def respond(self, asked: Asked) -> Answered | None:
        visit = self.visits.get(asked.visit)
        answered = visit.respond(asked, self._wire) if visit else Answered(404, {}, b"")
        if answered and asked.is_navigation:
            self._look_at(answered, f"{asked.method} in a browser", ())
        return answered

    def _client(self, step: Step) -> dict[str, Any]:
        client: dict[str, Any] = self._scenario["clients"][step["client"]]
        return client

    def _path(self, step: Step) -> str:
        with ONE_WORLD:
            path = self._door.path(step["path_kind"], step.get("score"), step.get("invitation"))
        return mutated(path, step.get("mutate"))

    def prepare(self) -> None:
        for step in self._scenario["steps"]:
            if self._opens(step):
                self.visits[_name(step)] = visit = self._visit(step)
                visit.prepare(self._browser)

    def _opens(self, step: Step) -> bool:
        return step["op"] == "open" or self._is_preview(step)

    def _visit(self, step: Step) -> Visit:
        expected = [
            one
            for one in self._scenario["steps"]
            if one["op"] == "beacon" and one.get("visit") == step.get("visit")
        ]
        hint = "preview" if self._is_preview(step) else step.get("browser_hint")
        return Visit(_name(step), self._client(step), step, hint, expected)

    def _is_preview(self, step: Step) -> bool:
        """What Safari loads for a thumbnail runs its script."""
        opens = step["op"] == "request" and step.get("path_kind") == "rate"
        return opens and self._client(step)["js"] and "X-Purpose" in (step.get("headers") or {})

    def _request(self, step: Step) -> None:
        path = self._path(step)
        answered = self._wire.request(self._client(step), step, path)
        what = f"{step['method']} {step['path_kind']}"
        page = self._look_at(answered, what, step.get("expect_status", ()))
        if nonce_in(page):
            self._form = (action_in(page, path), nonce_in(page))

    def _look_at(self, answered: Answered, what: str, wanted: Collection[int]) -> str:
        page = answered.body.decode(errors="replace")
        self.last_page = page or self.last_page
        if answered.status >= 500 or (wanted and answered.status not in wanted):
            self.complaints.append(f"{what} gave {answered.status}")
        return page

    def _submit(self, step: Step) -> None:
        visit = self.visits.get(step.get("visit") or "")
        client = self._client(step)
        if visit and visit.is_alive and step.get("nonce") != "replayed":
            visit.identity = client
            visit.submit(step, answer_is_lost=self._comes_again(step))
            return
        action, nonce = (visit.action, visit.nonce) if visit else self._form
        answered = self._wire.post_form(client, action, form_of(step, nonce, client["js"]))
        self._look_at(answered, "POST without a page", ())

    def _comes_again(self, step: Step) -> bool:
        """The same act a second time, under the same key: the first answer got lost."""
        key = step.get("idempotency_key")
        return bool(key) and any(
            one["t"] > step["t"]
            for one in self._scenario["steps"]
            if one["op"] == "submit" and one.get("idempotency_key") == key
        )

    def _come_online(self, step: Step) -> None:
        visit = self.visits[step["visit"]]
        if visit.is_alive and visit.lost_beacons:
            visit.come_online()


def _name(step: Step) -> str:
    """Of the visit, and of the host that its requests go to."""
    name: str = step.get("visit") or f"at-{step['t']}".replace(".", "-")
    return name
