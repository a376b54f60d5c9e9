"""Asks the plan again when the time of an effect has come."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.notify.call import LeftOut, Made, MakeCall
from chalicelib.responses.response import Response
from chalicelib.surveys.definition import Survey
from chalicelib.tasks.plan import reason_to_drop
from chalicelib.webhooks.delivery import Delivery
from chalicelib.webhooks.webhook import Webhook


def while_wanted(
    compose: MakeCall,
    find: Callable[[str], Response | None],
    survey_of: Callable[[str], Survey],
) -> MakeCall:
    """What `compose` makes, unless it is an effect that the plan no longer wants."""

    def composed(delivery: Delivery, webhook: Webhook | None, now: datetime) -> Made:
        effect = delivery.facts.get("effect")
        if effect and delivery.survey:
            response = find(delivery.facts["response"])
            parts = delivery.facts.get("tells", {}).values() or [effect]
            reason = reason_to_drop(survey_of(delivery.survey), response, *parts)
            if reason:
                raise LeftOut(reason)
        return compose(delivery, webhook, now)

    return composed
