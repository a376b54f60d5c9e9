"""The surveys of the demo. Whatever they do not say is as any new survey has it."""

import json
from pathlib import Path
from typing import Final

from chalicelib.surveys.put_survey import read_survey

_DEFINED = json.loads(Path(__file__).with_name("surveys.json").read_text())
# DESK waits one minute with a follow-up: a person who tries Heed should not wait for ten.
SURVEYS: Final = tuple(read_survey(survey, survey["id"]) for survey in _DEFINED)
DESK, CLIENTS, _ = SURVEYS
