"""What follows an answer, and a release."""

from typing import Any

from chalicelib import moments
from chalicelib.logs import logger
from chalicelib.notify.effects import wiring as effects_wiring
from chalicelib.notify.effects.plan_effects import plan_effects as follow
from chalicelib.tasks.handlers import open_task_of_release
from chalicelib.tasks.plan import Planned


def plan_effects(event: dict[str, Any]) -> list[Planned]:
    """Safe to run twice: each effect is written only if new. The answer is read again: what it is
    now decides, not what the event says."""
    detail = event["detail"]
    if event.get("detail-type") == "AnswersReleased":
        open_task_of_release(detail)
        return []
    needs = effects_wiring.plan_effects_needs(detail["id"])
    done = follow(detail["response"], moments.now(), needs)
    effects = [effect.do for effect in done]
    logger().info("effects", extra={"response": detail["response"], "effects": effects})
    return done
