"""What people, their mail gateways and their mail programs do."""

import json
import time
from threading import Thread

from tests.storm.client import AGAIN, TRIES, Client
from tests.storm.told import Press, Told
from tests.support.filling import SEEN
from tests.support.outside import (
    BROWSER,
    GATEWAY,
    PRESSED,
    Answer,
    call,
    filled_in,
    open_page,
    post_form,
)

TAKEN = "is recorded"


class Answering(Client):
    def answer(self) -> None:
        """The first answer, or a second thought."""
        told = self.one_of(_can_answer)
        if told:
            page = self._opens(told)
            if page:
                self._sends(told, self._presses(told), page, 0.0)

    def answer_late(self) -> None:
        """Two tabs: what was pressed first arrives last."""
        told = self.one_of(_can_answer)
        if told is None:
            return
        pages = []
        began = time.monotonic()
        for _ in range(2):
            pages.append((self._opens(told), time.monotonic()))
        if not all(page for page, _ in pages):
            return
        pressed = []
        for page, opened in pages:
            # Longer than a page took to come, by which its clock is late.
            time.sleep(min(time.monotonic() - began, 3) + 0.1)
            pressed.append((self._presses(told), page, time.monotonic() - opened))
        for press, page, open_s in reversed(pressed):
            self._sends(told, press, page, open_s)

    def erase_while_answering(self) -> None:
        """Of both at once, either may be first. Afterwards nothing is there."""
        told = self.one_of(lambda told: _can_answer(told) and told.address)
        if told:
            page = self._opens(told)
            told.may_be_erased = True
            erasing = Thread(target=self.erase, args=[told])
            erasing.start()
            if page:
                self._sends(told, self._presses(told), page, 0.0)
            erasing.join()

    def erase(self, told: Told) -> None:
        told.may_be_erased = True
        answer = self.api("POST", "/v1/people/erasures", {"email": told.address})
        told.erased = told.erased or answer.status in (200, 202)

    def look_only(self) -> None:
        """A page that reports what it sees, and nobody presses."""
        told = self.one_of(lambda told: told.links and not told.presses and not told.is_gone)
        if told is None:
            return
        self.told.remove(told)  # what the judge makes of it is not known here
        page = self._opens(told)
        for kind in ("hello", "dwell"):
            self._reports(told.link, {"nonce": page and _nonce(page), "type": kind})
            time.sleep(0.2)

    def _reports(self, link: str, seen: dict[str, object]) -> None:
        headers = BROWSER | {"Content-Type": "text/plain"}
        body = json.dumps({**SEEN, **seen}).encode()
        address = f"{link.rpartition('/')[0]}/evidence"
        self.asked(lambda: call("POST", address, body, headers))

    def scan(self) -> None:
        """A gateway opens every link."""
        told = self.one_of(lambda told: told.links)
        for url in told.links.values() if told else ():
            self.asked(lambda url=url: call("GET", url, headers=GATEWAY))

    def read_mail(self) -> None:
        """Whoever was mailed has links then."""
        told = self.one_of(lambda told: told.mailed and not told.links and not told.is_gone)
        found = self.world.mails_to(str(told.address)) if told else []
        if told and found:
            told.links = self.outside.links_in(found[-1])

    def _presses(self, told: Told) -> Press:
        press = Press(self.chance.randrange(11), f"words of {self.new_name()}")
        told.presses.append(press)
        return press

    def _opens(self, told: Told) -> str | None:
        page = self.insists(lambda: open_page(told.link))
        return page.text if 'name="nonce"' in page.text else None

    def _sends(self, told: Told, press: Press, page: str, open_s: float) -> None:
        """Without an answer the browser sends the same form again. A page that could not keep
        the words gives them back, and the person presses its button."""
        url, form = told.link, _filled_in(page, press, open_s)
        for attempt in range(TRIES):
            answer = self.asked(lambda form=form: post_form(url, form, BROWSER))
            if answer.status not in (0, *AGAIN):
                self._heard(told, press, answer)
                return
            if "<form" in answer.text and press.words not in answer.text:
                self.finds(f"a page kept the words to itself: {press.words}")
            self.waits(attempt)
            if 'name="trusted"' in answer.text:
                form = _filled_in(answer.text, press, 0.0)
                told.presses.remove(press)
                told.presses.append(press)

    def _heard(self, told: Told, press: Press, answer: Answer) -> None:
        press.taken = answer.status == 200 and TAKEN in answer.text
        is_newest = told.presses[-1] is press
        if answer.status == 200 and is_newest and not press.taken:
            self.finds(f"answered 200 and not recorded: {press.words} of {told.invitation}")


def _nonce(page: str) -> object:
    return filled_in(page, 0)["nonce"]


def _filled_in(page: str, press: Press, open_s: float) -> dict[str, object]:
    form = filled_in(page, press.score, press.words) | PRESSED
    return form | {"open_ms": round(open_s * 1000)}


def _can_answer(told: Told) -> bool:
    return bool(told.links) and not told.is_gone
