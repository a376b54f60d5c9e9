"""What an operator of a sealed survey may do ahead of the hourly job."""

from typing import Any

from msgspec.structs import replace

from chalicelib.api_keys.api_key import Scope
from chalicelib.ballots.box import BoxState
from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.releases import wiring
from chalicelib.releases.close import close
from chalicelib.releases.release import release
from chalicelib.releases.schemas import Closing, ReleasedAnswers
from chalicelib.releases.update_cells import update_cells
from chalicelib.retry import time_left
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.web.answer import Reply, accepted, ok
from chalicelib.web.call import Call
from chalicelib.web.endpoint import endpoint


@endpoint(
    "Publish what waits in a sealed survey",
    ok("What was published now; nothing is an answer, too.", ReleasedAnswers),
    description="As the hourly job does it: once a day at most, in blocks of the survey's"
    " `smallest_group` or more, so that no two views differ by fewer answers. It does not tell"
    " how many wait. 409 for a named survey.",
    scope=Scope.SURVEYS_WRITE,
    conflicts=True,
)
def release_ballots(call: Call[Any, Any], survey: str) -> ReleasedAnswers:
    definition = _sealed(survey)
    done = release(definition, call.now, wiring.release_needs(time_left))
    update_cells(definition, wiring.update_cells_needs())
    return {"blocks": done.blocks, "answers": done.answers}


@endpoint(
    "Close a survey",
    accepted("How far it is.", Closing),
    description="It asks nobody any more, and its pages say so, within a minute. Answers stay. A"
    ' named survey is open again by `"closed": false` of the survey. A sealed one is closed for'
    " good: a minute after the first call the rest is published and the keys are destroyed, by"
    " another call or by the hourly job; 404 for one that asked nobody.",
    scope=Scope.SURVEYS_WRITE,
    conflicts=True,
)
def close_survey(call: Call[Any, Any], survey: str) -> Reply[Closing]:
    definition = surveys_wiring.surveys().get(survey)
    if not definition.is_sealed:
        surveys_wiring.surveys().put(replace(definition, closed=True), call.key.id)
        return Reply({"state": BoxState.CLOSED, "counts": None}, status=202)
    box = close(definition, call.now, wiring.release_needs(time_left))
    if box is None:
        raise NotFound("ballots")
    update_cells(definition, wiring.update_cells_needs())
    counts: Any = box.counts
    return Reply({"state": box.state, "counts": counts}, status=202)


def _sealed(survey_id: str) -> Survey:
    """Raises NotFound, and Conflict for a named survey."""
    survey = surveys_wiring.surveys().get(survey_id)
    if not survey.is_sealed:
        detail = "Its answers are shown as they come. Only sealed surveys publish in blocks."
        raise Conflict([FieldError("survey", "survey_not_sealed", detail)])
    return survey
