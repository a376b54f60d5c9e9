"""Replays a behaviour corpus against the real app and says how often it was right.

`make onetap CORPUS=path [DRIVER=http|browser|all]`. The http driver sends each step through
the app's routes. It knows nothing of the judge: it reads the page it is given, carries the
nonce back as a page would, and looks at what the app stored.
"""

import html
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from chalicelib.responses.response import Response
from tests.onetap.door import Door, Reply

Scenario = dict[str, Any]
Step = dict[str, Any]
NONCE = re.compile(r'name="nonce" value="([^"]*)"')
KEEP = re.compile(r'<button[^>]*name="act"[^>]*value="(?:keep|send)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SETTLED_LATE_S = 1.0


class HttpDriver:
    """Each visit keeps the page it got last; a form that is sent twice is the same form."""

    def __init__(self, scenario: Scenario, headers: dict[str, dict[str, str]], door: Door) -> None:
        self.clients = scenario["clients"]
        self.header_sets = headers
        self.door = door
        self.pages: dict[str | None, str] = {}
        self.sent: dict[str, bytes] = {}
        self.last_page = ""
        self.complaints: list[str] = []

    def play(self, step: Step) -> None:
        if step["mode"] == "browser_only" or step["op"] == "page" or step.get("lost"):
            return
        {"request": self.request, "open": self.open, "beacon": self.beacon, "submit": self.submit}[
            step["op"]
        ](step)

    def request(self, step: Step) -> Reply:
        name = step.get("invitation")
        path = self.door.path(step["path_kind"], step.get("score"), name)
        path = _mutated(path, step.get("mutate"))
        body = step.get("body", "").encode()
        extra = FORM if body else {}
        reply = self.send(step, step["method"], path, body, extra)
        wanted = step.get("expect_status")
        if wanted and reply.status not in wanted:
            self.complaints.append(f"{step['method']} {step['path_kind']} gave {reply.status}")
        if reply.status >= 500:
            self.complaints.append(f"{step['method']} {step['path_kind']} gave {reply.status}")
        if NONCE.search(reply.body):
            self.pages[step.get("visit")] = self.pages[None] = reply.body
        self.last_page = reply.body or self.last_page
        return reply

    def open(self, step: Step) -> None:
        if "reload_of" in step:
            # The script took the score out of the address, so a reload asks for the scale.
            step = step | {"path_kind": "logo"}
        self.request({"method": "GET", "path_kind": "rate", **step})

    def beacon(self, step: Step) -> None:
        page = self.pages.get(step.get("visit"))
        if page is None:
            return
        body = {"nonce": _nonce(page), "type": step["type"], **step["evidence"]}
        path = self.door.path("beacon", name=step.get("invitation"))
        self.send(step, "POST", path, json.dumps(body).encode(), {"Content-Type": "text/plain"})

    def submit(self, step: Step) -> None:
        visit, key = step.get("visit"), step.get("idempotency_key")
        page = self.pages.get(visit) or self.pages.get(None, "")
        path = self.door.path(step["path_kind"], name=step.get("invitation"))
        form = self.sent.get(key) if key else None
        if form is None:
            form = self.form(step, page)
        if key:
            self.sent[key] = form
        reply = self.send(step, "POST", path, form, FORM)
        if NONCE.search(reply.body):
            self.pages[visit] = reply.body
        self.last_page = reply.body

    def form(self, step: Step, page: str) -> bytes:
        fields = {
            "score": step["score"],
            "comment": step.get("comment", ""),
            "nonce": _nonce(page),
            "act": "keep" if step["path_kind"] == "confirm" else "send",
        }
        if self.clients[step["client"]]["js"]:
            fields["trusted"] = "1" if step.get("trusted", True) else "0"
            fields["gesture"] = json.dumps(step["gesture"]) if "gesture" in step else ""
        return urlencode(fields).encode()

    def send(self, step: Step, method: str, path: str, body: bytes, extra: dict[str, str]) -> Reply:
        client = self.clients[step["client"]]
        headers = {**self.header_sets[client["header_set"]], **extra, **step.get("headers", {})}
        if client["user_agent"] is not None:
            headers["User-Agent"] = client["user_agent"]
        return self.door.send(method, path, headers, body, client["ip"], step["t"])


@dataclass(frozen=True)
class Result:
    scenario: Scenario
    outcome: str  # right, phantom, lost or wrong
    found: str


def judge_result(scenario: Scenario, door: Door, page: str, complaints: list[str]) -> Result:
    """Compares what the app stored with what the scenario expects of it."""
    expected = scenario["expected"]
    response = door.response()
    state = response.state.value if response else "none"
    counted = response.score if response and state == "counted" else None
    wanted = [expected["counted_score"], *expected.get("also_acceptable", [])]
    found = f"{state} {counted}, wanted {expected['state']} {expected['counted_score']}"
    if counted not in wanted:
        kinds = {(True, False): "phantom", (False, True): "lost"}
        missing = (expected["counted_score"] is None, counted is None)
        return Result(scenario, kinds.get(missing, "wrong"), found)
    if counted == expected["counted_score"] and state != expected["state"]:
        return Result(scenario, "wrong", found)
    complaints = complaints + list(_side_complaints(expected, door, page))
    if complaints:
        return Result(scenario, "wrong", "; ".join(complaints))
    return Result(scenario, "right", found)


def _side_complaints(expected: dict[str, Any], door: Door, page: str) -> Iterable[str]:
    response = door.response()
    yield from _tally_complaints(expected, door, response)
    if "history" in expected and list(response.history if response else ()) != expected["history"]:
        yield f"history {response and response.history}"
    if expected.get("comment_saved") and not (response and response.comment):
        yield "the comment is lost"
    unsubscribed = expected.get("side_effects", {}).get("unsubscribed")
    if unsubscribed is not None and door.is_unsubscribed() != unsubscribed:
        yield f"unsubscribed is {door.is_unsubscribed()}"
    if expected.get("page_shows") == "closed" and "<form" in page:
        yield "the page is not closed"
    if expected.get("page_shows") == "confirm" and not KEEP.search(page):
        yield "the page offers no button"
    for name, other in expected.get("other_invitations", {}).items():
        yield from _other_complaints(name, other, door)


def _tally_complaints(
    expected: dict[str, Any], door: Door, response: Response | None
) -> Iterable[str]:
    """The number that managers read must say what the response says."""
    tally = door.tally()
    counted = response if response and response.state.value == "counted" else None
    if counted and not tally[f"c{counted.score}"]:
        yield "the score knows nothing of the answer"
    if tally["n"] != expected.get("response_count", tally["n"]):
        yield f"the score has {tally['n']} answers"
    if counted is None and "other_invitations" not in expected and tally["n"]:
        yield "the score has an answer that does not count"


def _other_complaints(
    name: str, expected: dict[str, Any] | int | None, door: Door
) -> Iterable[str]:
    """`expected` is the counted score, plain or by its name."""
    wanted = expected.get("counted_score") if isinstance(expected, dict) else expected
    response = door.response(name)
    counted = response.score if response and response.state.value == "counted" else None
    if counted != wanted:
        yield f"invitation {name} has {counted}"


def replay_http(scenario: Scenario, corpus: dict[str, Any]) -> Result:
    door = Door(scenario)
    driver = HttpDriver(scenario, corpus["header_sets"], door)
    door.invite()
    for step in sorted(scenario["steps"], key=lambda step: step["t"]):
        driver.play(step)
    end = scenario["expected"]["evaluate_at_s"]
    door.tick(end)
    return judge_result(scenario, door, driver.last_page, driver.complaints)


def report(results: list[Result], say: Callable[[str], None]) -> bool:
    """Gives whether every scenario that must hold does."""
    scored = [one for one in results if not _strictness(one).startswith("known")]
    for result in scored:
        if result.outcome != "right":
            scenario = result.scenario
            say(f"{scenario['id']} [{_strictness(result)}] {result.outcome}: {result.found}")
    for kind in ("known_gap", "known_loss"):
        known = [one for one in results if _strictness(one) == kind]
        told = ", ".join(f"{one.scenario['id']} {one.outcome}" for one in known)
        say(f"{kind}: {told or 'none'}")
    counts = {
        outcome: sum(one.outcome == outcome for one in scored)
        for outcome in ("right", "phantom", "lost", "wrong")
    }
    say(
        f"{len(scored)} scenarios: {counts['right']} right, {counts['phantom']} phantom, "
        f"{counts['lost']} lost, {counts['wrong']} wrong"
    )
    return counts["right"] == len(scored)


def _strictness(result: Result) -> str:
    strictness: str = result.scenario["expected"]["strictness"]
    return strictness


def _nonce(page: str) -> str:
    found = NONCE.search(page)
    return html.unescape(found[1]) if found else ""


def _mutated(path: str, how: str | None) -> str:
    """What gateways do to addresses."""
    head, _, tail = path.rpartition("/")
    match how:
        case "scramble_token":
            return f"{head[:-6]}xxxxxx/{tail}"
        case "truncate_token":
            return f"{head[:-9]}/{tail}"
        case "uppercase_token":
            return f"{head[:3]}{head[3:].upper()}/{tail}"
        case "trailing_bracket":
            return f"{path}%3E"
        case "html_entity_amp":
            return f"{path}&amp;x=1"
    return path


def main(corpus_path: str, driver: str) -> int:
    # The report is for a person to read; the app's own lines are not part of it.
    os.environ["POWERTOOLS_LOG_LEVEL"] = "CRITICAL"
    corpus = json.loads(Path(corpus_path).read_text())
    fine = True
    if driver in ("http", "all"):
        print("http")
        results = [replay_http(scenario, corpus) for scenario in corpus["scenarios"]]
        fine &= report(results, print)
    if driver in ("browser", "all"):
        from tests.onetap.browser import replay_in_browser

        print("browser")
        fine &= report(replay_in_browser(corpus), print)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "http"))
