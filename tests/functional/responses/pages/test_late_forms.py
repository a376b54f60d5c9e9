"""Answers are ordered by when the button was pressed: what arrives last does not win by
arriving. In both modes, and for any order of arrival."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from msgspec.structs import replace

from chalicelib import wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.filling import SEEN
from tests.support.recount import recounted, tallied
from tests.support.samples import SURVEY, stored_invitation

TEN = datetime(2026, 11, 20, 10, 0).astimezone()
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/154.0.0.0"


@dataclass(frozen=True)
class Filled:
    """A form of a page that was opened at `opened` and, with script, pressed at `pressed`."""

    score: int
    opened: float
    pressed: float | None = None
    comment: str = ""


class Forms:
    def __init__(self, heed: Heed, clock: Any, counts: str) -> None:
        self.heed, self.clock = heed, clock
        surveys_wiring.surveys().put(replace(SURVEY, counts=counts))
        surveys_wiring.catalogue.cache_clear()
        self.token = ""

    def asked(self) -> None:
        sent = TEN - timedelta(hours=1)
        stored_invitation(
            wiring.table(),
            created_at=sent,
            sent_at=sent,
            asked_day=sent.date().isoformat(),
            expires_at=sent + timedelta(days=30),
        )
        self.token = self.heed.token(self.heed.items("INVITE")[0])

    def at(self, seconds: float) -> None:
        self.clock.move_to(TEN + timedelta(seconds=seconds))

    def opened(self, form: Filled) -> bytes:
        self.at(form.opened)
        page = self.heed.http.get(f"/r/{self.token}/{form.score}", headers={"User-Agent": DESKTOP})
        nonce = re.search(r'name="nonce" value="([^"]+)"', page.body.decode())
        assert nonce
        fields = {"score": form.score, "comment": form.comment, "nonce": nonce[1]}
        if form.pressed is not None:
            open_ms = round((form.pressed - form.opened) * 1000)
            fields |= {"trusted": "1", "gesture": "", "open_ms": open_ms}
        return urlencode(fields).encode()

    def arrive(self, *forms: Filled, first: float = 120, apart: float = 7) -> str:
        """In this order, `apart` seconds from each other. Gives the last page."""
        bodies = {form: self.opened(form) for form in sorted(forms, key=lambda form: form.opened)}
        page = ""
        for number, form in enumerate(forms):
            self.at(first + apart * number)
            page = self.post(bodies[form])
        return page

    def post(self, body: bytes) -> str:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": DESKTOP}
        answer = self.heed.http.post(f"/r/{self.token}", headers=kind, body=body)
        assert answer.status_code == 200
        return str(answer.body.decode())

    @property
    def stored(self) -> tuple[int, str | None]:
        (item,) = self.heed.items("RESPONSE")
        assert item["state"] == "counted"
        assert tallied(self.heed.stored()) == recounted(self.heed.stored())
        return item["score"], item.get("comment")


@pytest.fixture(params=["send", "tap"])
def forms(request: pytest.FixtureRequest, heed: Heed) -> Iterator[Forms]:
    with time_machine.travel(TEN, tick=False) as clock:
        made = Forms(heed, clock, request.param)
        made.asked()
        yield made


@pytest.mark.parametrize("first", [41.6, 60, 3600, 23 * 3600])
def test_without_script_the_later_opened_form_stands(forms: Forms, first: float) -> None:
    page = forms.arrive(Filled(9, 40), Filled(0, 0), first=first, apart=5)
    assert forms.stored == (9, None)
    # Nobody is told that it counts, and one press more makes it count.
    assert "not confirmed yet" in page


def test_with_script_the_later_press_stands_whatever_was_opened_first(forms: Forms) -> None:
    forms.arrive(Filled(3, 0, pressed=100), Filled(8, 40, pressed=55))
    assert forms.stored == (3, None)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_arrival_changes_nothing(forms: Forms, order: tuple[int, ...]) -> None:
    pressed = (
        Filled(2, 0, pressed=20, comment="slow"),
        Filled(9, 10, pressed=90),
        Filled(6, 30, pressed=40, comment="all right now"),
    )
    forms.arrive(*(pressed[place] for place in order))
    assert forms.stored == (9, "all right now")


def test_the_same_answer_pressed_again_is_as_late_as_its_last_press(forms: Forms) -> None:
    forms.arrive(Filled(9, 0, pressed=10), Filled(9, 20, pressed=80), Filled(1, 30, pressed=50))
    assert forms.stored[0] == 9


def test_a_late_form_asks_for_one_press_and_then_it_counts(forms: Forms) -> None:
    page = forms.arrive(Filled(9, 40), Filled(0, 0, comment="Nobody called."))
    nonce = re.search(r'name="nonce" value="([^"]+)"', page)
    assert nonce
    assert "Nobody called." in page
    forms.at(200)
    forms.post(urlencode({"score": 0, "nonce": nonce[1], "open_ms": 3000}).encode())
    assert forms.stored == (0, "Nobody called.")


def test_no_press_is_later_than_its_arrival(forms: Forms) -> None:
    forms.arrive(Filled(0, 0, pressed=10**6), Filled(9, 60, pressed=125))
    assert forms.stored == (9, None)


@pytest.mark.parametrize("said", ["", "-5", "soon", "9" * 40, "1e3", "٣"])
def test_a_time_that_is_none_is_the_time_of_opening(forms: Forms, said: str) -> None:
    newer, older = forms.opened(Filled(9, 40)), forms.opened(Filled(0, 0))
    forms.at(60)
    forms.post(newer)
    forms.post(older + b"&" + urlencode({"open_ms": said}).encode())
    assert forms.stored[0] == 9


def test_a_press_again_tells_nobody_and_writes_no_version(forms: Forms) -> None:
    forms.arrive(Filled(9, 0, pressed=10), Filled(9, 20, pressed=80))
    (item,) = forms.heed.items("RESPONSE")
    assert item["version"] == 1


def test_in_send_mode_a_form_of_the_day_before_is_older_too(heed: Heed) -> None:
    with time_machine.travel(TEN, tick=False) as clock:
        forms = Forms(heed, clock, "send")
        forms.asked()
        forms.arrive(Filled(9, 26 * 3600), Filled(0, 0), first=27 * 3600)
        assert forms.stored == (9, None)


def test_an_older_form_does_not_undo_a_later_tap(heed: Heed) -> None:
    with time_machine.travel(TEN, tick=False) as clock:
        forms = Forms(heed, clock, "tap")
        forms.asked()
        late = forms.opened(Filled(0, 0, pressed=5))
        tapped = forms.opened(Filled(9, 40))
        nonce = re.search(rb"nonce=([^&]+)", tapped)
        assert nonce
        forms.at(44)
        moved = {"type": "pointermove", "n": 5, "trusted": True, "displaced_px": 120}
        for kind in ({"type": "hello"}, {"type": "gesture", "gesture": moved}):
            report(forms, nonce[1].decode(), kind)
        assert forms.stored[0] == 9
        forms.at(60)
        forms.post(late)
        assert forms.stored[0] == 9


def report(forms: Forms, nonce: str, said: dict[str, Any]) -> None:
    body = json.dumps({**SEEN, **said, "nonce": nonce}).encode()
    headers = {"Content-Type": "text/plain", "User-Agent": DESKTOP}
    forms.heed.http.post(f"/r/{forms.token}/evidence", headers=headers, body=body)
