"""What doing the plan of a survey needs."""

from chalicelib import wiring
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.logs import logger
from chalicelib.notify.effects.plan_effects import PlanEffectsNeeds
from chalicelib.notify.effects.store import EffectStore
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks import handlers as tasks_handlers
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.webhooks import wiring as webhooks_wiring


def plan_effects_needs(event_id: str) -> PlanEffectsNeeds:
    def left_alone(effect: str, reason: str) -> None:
        logger().info("left alone", extra={"event": event_id, "effect": effect, "reason": reason})

    return PlanEffectsNeeds(
        effects=EffectStore(wiring.table()),
        response=responses_wiring.responses().find,
        survey=surveys_wiring.surveys().get,
        invitation=invitations_wiring.invitations().find,
        served=invitations_wiring.served().find,
        team=tasks_handlers.team_of,
        webhook=webhooks_wiring.webhooks().find,
        open_task=tasks_handlers.open_task_of,
        close_unasked=tasks_wiring.close_unasked,
        left_alone=left_alone,
        pause=wiring.pause,
    )
