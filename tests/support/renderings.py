"""Every mail, and every page in every state, for the tests that look at them without a stack."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from chalicelib import render
from chalicelib.ballots.conversation import Message, Side
from chalicelib.brands.brand import Branding, Picture
from chalicelib.brands.colour import palette_of
from chalicelib.brands.logo import Size
from chalicelib.invitations.invitation import Ticket
from chalicelib.responses.pages.show_sealed import Shown, Written
from chalicelib.responses.receipt import Receipt
from chalicelib.surveys.promises import PROMISES
from chalicelib.surveys.question import from_item
from chalicelib.surveys.scale import Look, Scale, ends_of, points_of
from chalicelib.tasks.history import What
from chalicelib.tasks.matter import Matter
from tests.support.questions import QUESTIONS

CONTEXTS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "contexts.json").read_text(encoding="utf-8")
)
ASKED = [from_item(question).read_in("en") for question in QUESTIONS]
SAID = {"channel": ("mail",), "good": ("speed", "care"), "missing": "Kept words"}
EARLIER = {"comment": "", "contact": False}
TICKET = Ticket("zendesk", "48213", "Laptop does not wake up")
MONDAY = datetime(2026, 11, 30, 9, 5, tzinfo=ZoneInfo("Europe/Oslo"))
STATES = ("counted", "settling", "held")
ERRORS = ("score", "comment_too_long", "unreadable", "unavailable")
SCRIPT = f"<script>{render._render('pages/answer.js', {})}</script>"
OF_TASKS = ("closing", "words")
WEBHOOK_MAILS = ("webhook_failing", "webhook_disabled")
TASK_LETTERS = ("task_opened", "task_handed_on", "task_soon", "task_overdue")
MAILS = (
    *("invitation", "follow_up", "digest", "account_digest", "heard"),
    *OF_TASKS,
    *TASK_LETTERS,
    *WEBHOOK_MAILS,
)
ABOUT_A_TASK = CONTEXTS["task_opened"] | {
    "due_at": datetime.fromisoformat(CONTEXTS["task_opened"]["due_at"])
}
CONTEXTS |= dict.fromkeys(TASK_LETTERS, ABOUT_A_TASK)


def page(name: str, **changes: object) -> str:
    return render.page(name, **CONTEXTS[name] | changes)


def branded(accent: str) -> Branding:
    picture = Picture("https://heed.example.com/brand/logo.png", Size(120, 48))
    return Branding("Acme", palette_of(accent), picture)


def looks_of(scale: Scale) -> list[Look]:
    """Only satisfaction is shown as stars or smileys."""
    return list(Look) if scale == Scale.CSAT else [Look.NUMBERS]


def on_scale(scale: str, look: str = "numbers", **changes: object) -> str:
    points = list(points_of(scale))
    low, high = ends_of(scale)
    context = {"scale": scale, "look": look, "points": points, "score": points[-1]}
    return page("answer", **context | {"low_label": low, "high_label": high} | changes)


def every_page() -> Iterator[tuple[str, str]]:
    for scale in Scale:
        for look in looks_of(scale):
            lowest = points_of(scale)[0]
            yield f"{scale} {look}", on_scale(scale, look)
            yield f"{scale} {look} unchosen", on_scale(scale, look, score=None)
            yield f"{scale} {look} lowest", on_scale(scale, look, score=lowest)
            yield f"{scale} {look} held", on_scale(scale, look, state="held")
    yield from _answer_states()
    yield from _sealed_pages()
    yield from _task_pages()
    for name in ("gone", "trouble", "unsubscribe", "closed", "promise"):
        yield name, page(name)
    yield "trouble with words", page("trouble", written={"comment": "Kept words", "score": "3"})
    for said in ("all", "survey", "undone"):
        yield f"unsubscribed: {said}", page("unsubscribe", said=said)
    yield from _helped_pages()
    yield "stop", page("stop")
    yield "stopped", page("stop", done=True)


def _helped_pages() -> Iterator[tuple[str, str]]:
    for score in (None, 0, 1):
        yield f"helped {score}", page("helped", score=score)
    for state in STATES:
        yield f"helped {state}", page("helped", state=state, score=0)
    for error in ("score", "unreadable", "unavailable"):
        yield f"helped {error}", page("helped", error=error, score=None)
    yield "helped keep", page("helped", keep=True)


def _answer_states() -> Iterator[tuple[str, str]]:
    for state in STATES:
        yield state, page("answer", state=state, evidence="token/evidence")
    for error in ERRORS:
        yield error, page("answer", error=error, comment="Kept words")
    yield "change not saved", page("answer", error="unavailable", state="counted")
    yield "nothing chosen", page("answer", error="score", score=None)
    yield "keep", page("answer", keep=True)
    yield "no script", page("answer", evidence=None, asks_contact=False)
    yield "keep without script", page("answer", evidence=None, keep=True)
    yield "contact", page("answer", contact=True, score=2, comment="Kept words")
    yield "right to left", page("answer", lang="ar")
    asked = {"questions": ASKED, "answers": SAID, "earlier": EARLIER | {"answers": SAID}}
    yield "questions", page("answer", **asked | {"answers": {}})
    yield "questions answered", page("answer", **asked, state="counted")
    yield "too many words", page("answer", **asked, error="words_too_long", too_long="missing")


PROBLEMS = ("meanwhile", "cause", "until", "owner", "line", "tell", "untold", "wait", "nothing")
TASK: dict[str, Any] = {
    "lang": "en",
    "survey_name": "IT Help Desk",
    "team": "Acme IT",
    "matter": Matter("Kept words\nand more", True, "Ann Lee", "ann@example.com", TICKET),
    "state": "open",
    "overdue": True,
    "due_at": MONDAY,
    "waits_until": None,
    "zone": "Europe/Oslo",
    "owner": None,
    "is_mine": False,
    "others": [("kari", "Kari"), ("noor", "\u0646\u0648\u0631")],
    "offered": ["Wi-Fi", "Form"],
    "is_listed": False,
    "history": [
        {"at": MONDAY, "by": "Kari", "what": what, "owner": "Noor", "until": MONDAY, "note": "Kept"}
        for what in get_args(What)
    ],
    "earliest": "2026-11-30T08:00",
    "latest": "2036-11-30T08:00",
    "version": 3,
    "action": "token",
    "written": {},
    "problem": None,
    "most": None,
    "saved": False,
    "untold": None,
    "longest_note": 200,
    "longest_told": 2000,
    "longest_cause": 60,
}


def _task_pages() -> Iterator[tuple[str, str]]:
    def shown(**changes: object) -> str:
        return render.page("task", **TASK | changes)

    yield "task", shown()
    yield "own task", shown(state="taken", owner="Kari", is_mine=True, saved=True, is_listed=True)
    yield "waiting task", shown(state="waiting", waits_until=MONDAY, owner="Noor", history=[])
    yield "task of a release", shown(matter=Matter(unhappy=3), others=[], overdue=False)
    yield "task in Arabic", shown(lang="ar")
    for problem, most in (("line", 60), ("too_long", 2000)):
        yield f"task: {problem}", shown(problem=problem, most=most)
    for untold in ("sealed", "no_address", "no_mail"):
        yield f"task: {untold}", shown(untold=untold)
    for problem in PROBLEMS:
        yield f"task: {problem}", shown(problem=problem, written={"note": "Kept", "cause": "Form"})
    for is_sent in (False, True):
        facts = {"survey_name": "IT Help Desk", "is_sent": is_sent}
        yield f"task closed, sent: {is_sent}", render.page("task_closed", lang="en", **facts)


def _sealed_pages() -> Iterator[tuple[str, str]]:
    around = {"board": "../b/board", "receipts": "../c/it", "receipt": None}
    sealed = {"evidence": None, "asks_contact": False, "taps": False, "nonce": "", "sealed": around}
    yield "sealed", page("answer", **sealed)
    for state in ("counted", "held"):
        receipt = {**around, "receipt": "abcde-fghij-klmno-pqrst-uvwxy-z"}
        yield f"sealed {state}", page("answer", **sealed | {"sealed": receipt, "state": state})
    facts = {"identity": "anonymous", "promise": PROMISES["anonymous"], "shared": True}
    yield "promise of one link for all", page("promise", **facts, board=None)
    asks = {"asks_contact": True, "names_itself": True, "address": "ingrid@example.com"}
    yield "sealed contact", page("answer", **sealed | asks, contact=True)
    yield "sealed contact missing", page("answer", **sealed | asks, error="contact_missing")
    for identity in ("confidential", "anonymous"):
        facts = {"identity": identity, "promise": PROMISES[identity], "board": "../../b/board"}
        ends = {"closes_on": "2026-12-18", "team_runs_mail": True, "asks_more": True}
        yield f"promise {identity}", page("promise", **facts, **ends)
    yield "receipts", page("receipts")
    yield "board", page("board")
    yield "no board", page("board", releases=[], survey_name="")
    yield "closed board", page("board", closed={"day": "2026-12-19"})
    yield "receipt not found", page("receipts", why="unknown")
    yield "receipts used too often", page("receipts", why="wait")
    yield "receipt used", page("receipts", done=True)
    yield from _shown_receipts()


def _shown_receipts() -> Iterator[tuple[str, str]]:
    messages = (
        Message(Side.TEAM, "2026-12-01", "Kept reply"),
        Message(Side.PERSON, "2026-12-02", "Kept"),
    )
    for published in (True, False):
        found = Receipt(7, "Kept words", published, messages, True, SAID)
        for written in (Written(), Written(is_saved=True), Written(3, "Kept draft")):
            shown = Shown("abcde", found, written)
            shown_page = page("receipts", shown=shown, questions=ASKED)
            yield f"receipt shown {published} {written}", shown_page
        tried = Shown("abcde", found, Written(3, "Kept draft"))
        for why in ("score", "comment_too_long", "words_too_long", "unavailable"):
            too_long = "missing" if why == "words_too_long" else None
            facts = {"shown": tried, "why": why, "questions": ASKED, "too_long": too_long}
            yield f"receipt {published} {why}", page("receipts", **facts)


def mail(name: str, **changes: object) -> render.Mail:
    return render.mail(name, **CONTEXTS[name] | changes)


def heading(html: str) -> str:
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html)
    return str(found)


def title(html: str) -> str:
    (found,) = re.findall(r"<title>(.*?)</title>", html, re.DOTALL)
    return str(found)


def every_rendering() -> Iterator[tuple[str, str]]:
    for name in MAILS:
        yield name, mail(name).html
    yield from every_page()
