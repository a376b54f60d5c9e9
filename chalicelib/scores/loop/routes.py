"""The route of the loop."""

from typing import Any

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.scores.loop import show_loop as shown
from chalicelib.scores.loop.schemas import Loop
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tally import wiring as tally_wiring
from chalicelib.web.answer import ok
from chalicelib.web.call import Call
from chalicelib.web.days import DaysQuery, days_of
from chalicelib.web.endpoint import endpoint


@endpoint(
    "Show how well the loop is closed",
    ok("Tasks, what was in time, hours, the cause of each, and whether it helped.", Loop),
    description="Of the tasks that were opened in the range; equally fast at any number of them."
    " There is no figure of an employee, and no split by owner.",
    scope=Scope.TASKS_READ,
    query=DaysQuery,
)
def show_loop(call: Call[DaysQuery, Any], survey: str) -> Loop:
    tallies = tally_wiring.tallies()
    (definition,) = tallies.beside_open([survey], lambda: surveys_wiring.surveys().get(survey))
    today = moments.day_in(call.now, definition.tz)
    return shown.show_loop(definition, days_of(call.query, today), today, tallies)
