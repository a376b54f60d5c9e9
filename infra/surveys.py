"""Surveys, as the operator's commands show and change them."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from pydantic import ValidationError

from chalicelib import moments
from chalicelib.api_keys.api_key import ApiKey, Scope
from chalicelib.disclosure.wiring import disclosure_for
from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.releases import wiring as releases_wiring
from chalicelib.releases.close import close
from chalicelib.releases.update_cells import update_cells
from chalicelib.surveys import put_survey as putting
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.board import without_board
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import definition_of
from chalicelib.tally import wiring as tally_wiring
from infra.errors import BadArgument, OperatorError
from infra.noted import noted
from infra.outputs import use_stack

Outputs = dict[str, str]
# Who changed a survey. A key has an id of its own.
OPERATOR = ApiKey("operator", "operator", frozenset(Scope))


def list_surveys(outputs: Outputs) -> list[dict[str, object]]:
    use_stack(outputs)
    return [
        {
            "id": survey.id,
            "name": survey.name,
            "audience": survey.audience,
            "identity": survey.identity,
            "state": "closed" if survey.closed else "asks" if survey.success else "draft",
        }
        for survey in surveys_wiring.surveys().every()
    ]


def show_survey(outputs: Outputs, survey: str) -> dict[str, Any]:
    """Raises OperatorError."""
    use_stack(outputs)
    return definition_of(_survey(survey))


def read_body(origin: str) -> dict[str, Any]:
    """Of a file; `-` is the input. Raises BadArgument."""
    try:
        body = json.loads(sys.stdin.read() if origin == "-" else Path(origin).read_text())
    except OSError as error:
        raise BadArgument(f"{origin} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BadArgument(f"{origin} is no JSON: {error}.") from error
    if not isinstance(body, dict):
        raise BadArgument(f"{origin} is no JSON object.")
    return body


def put_survey(outputs: Outputs, survey_id: str, body: dict[str, Any]) -> None:
    """Raises OperatorError with one line for each field."""
    use_stack(outputs)
    try:
        survey = putting.read_survey(without_board(body)[0], survey_id)
        with noted("surveys_put", f"/v1/surveys/{survey_id}", survey_id):
            needs = surveys_wiring.put_survey_needs(tally_wiring.tallies().has_any)
            told, stays_closed = disclosure_for(OPERATOR), "closed" not in body
            putting.put_survey(survey, OPERATOR.id, told, needs, stays_closed=stays_closed)
    except ValidationError as error:
        raise OperatorError(_lines(_fields_of(error))) from error
    except Conflict as error:
        raise OperatorError(_lines(error.errors)) from error


def close_survey(outputs: Outputs, survey_id: str) -> str:
    """Gives the state: frozen, closing or closed. Raises OperatorError."""
    use_stack(outputs)
    os.environ["HEED_BALLOT_KEYS"] = outputs["BallotKeys"]
    with noted("surveys_close", f"/v1/surveys/{survey_id}", survey_id):
        return _close(_survey(survey_id))


def _close(survey: Survey) -> str:
    """Raises OperatorError."""
    if not survey.is_sealed:
        surveys_wiring.surveys().put(replace(survey, closed=True))
        return "closed"
    box = close(survey, moments.now(), releases_wiring.release_needs(lambda: float("inf")))
    if box is None:
        raise OperatorError(f"{survey.id} has asked nobody yet.")
    update_cells(survey, releases_wiring.update_cells_needs())
    return str(box.state)


def _survey(survey: str) -> Survey:
    try:
        return surveys_wiring.surveys().get(survey)
    except NotFound as error:
        raise OperatorError(f"There is no survey {survey!r}.") from error


def _fields_of(error: ValidationError) -> list[FieldError]:
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return [
        FieldError("#/" + "/".join(map(str, field["loc"])), field["type"], field["msg"])
        for field in found
    ]


def _lines(errors: Any) -> str:
    return "\n".join(f"{error.pointer}: {error.detail}" for error in errors)
