"""What the rules of the bus do with an answer."""

import app
from tests.functional.house.test_tick_and_aside import Clock


def hear(response: str, times: int = 1) -> None:
    for _ in range(times):
        app.plan_effects({"detail": {"id": "event", "response": response}}, Clock())
