"""A program or a person that asks for something, and asks again as real ones do."""

import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.storm.told import Told
from tests.storm.world import World
from tests.support.outside import Answer

AGAIN = (429, 500, 502, 503, 504)
TRIES = 6
# Retry-After says up to half a minute. A storm is short, so nobody waits as long.
FIRST_WAIT_S, LONGEST_WAIT_S = 0.4, 3.0
NO_ANSWER = Answer(0, {}, "")


class Client:
    """Each has its own people, so it knows what was said last of each."""

    def __init__(self, world: World, number: int, seed: int) -> None:
        self.world, self.outside, self.number = world, world.outside, number
        self.chance = random.Random(f"{seed}-{number}")
        self.told: list[Told] = []
        self.done: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._made = 0

    def asked(self, request: Callable[[], Answer]) -> Answer:
        """Status 0 when no answer came."""
        try:
            answer = request()
        except (OSError, EOFError) as error:
            self.world.note(f"none ({type(error).__name__})")
            return NO_ANSWER
        self.world.note(str(answer.status))
        if answer.status == 500:
            self.finds(f"answered 500: {answer.text[:200]}")
        return answer

    def insists(self, request: Callable[[], Answer]) -> Answer:
        """Gives the last answer."""
        answer = NO_ANSWER
        for attempt in range(TRIES):
            answer = self.asked(request)
            if answer.status and answer.status not in AGAIN:
                break
            self.waits(attempt)
        return answer

    def waits(self, attempt: int) -> None:
        longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**attempt)
        time.sleep(self.chance.uniform(longest / 2, longest))

    def api(self, method: str, path: str, body: Any = None, once: str | None = None) -> Answer:
        headers = {"Idempotency-Key": once} if once else {}
        return self.insists(lambda: self.outside.api(method, path, body, headers))

    def new_name(self) -> str:
        """Of a person or a delivery; nobody else has it."""
        self._made += 1
        return f"q{self.number}x{self._made}z"

    def one_of(self, fits: Callable[[Told], object]) -> Told | None:
        found = [told for told in self.told if fits(told)]
        return self.chance.choice(found) if found else None

    def finds(self, what: str) -> None:
        self.wrong.append(what)
