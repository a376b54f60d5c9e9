"""A walk with the client that openapi-python-client makes."""

import os
from datetime import UTC, datetime, timedelta

from heed import AuthenticatedClient
from heed.api.invitations import invite
from heed.api.scores import show_scores
from heed.api.surveys import put_survey, show_survey
from heed.api.tasks import list_tasks, open_task
from heed.models import (
    InvitationBody,
    Problem,
    SurveyBody,
    SurveyBodyAudience,
    SurveyDocument,
    Task,
    TaskBody,
)
from heed.types import UNSET

SURVEY = "walk-python"
client = AuthenticatedClient(os.environ["HEED_API"], os.environ["HEED_KEY"])

survey = SurveyBody(
    name="Walk",
    question="How was it?",
    team="IT",
    audience=SurveyBodyAudience.INTERNAL,
    success="People get back to work within a day.",
)
kept = put_survey.sync(SURVEY, client=client, body=survey)
assert isinstance(kept, SurveyDocument), kept

person = InvitationBody(email="walk-python@example.com")
asked = [
    invite.sync(SURVEY, client=client, body=person, idempotency_key="walk-python") for _ in "ab"
]
assert asked[0].id == asked[1].id

scores = show_scores.sync(SURVEY, client=client)
assert (scores.responses, scores.says) == (0, "no answers")

due = datetime.now(UTC) + timedelta(days=1)
for number in range(3):
    task = TaskBody(survey=SURVEY, note=f"Ring {number}", due_at=due)
    opened = open_task.sync(client=client, body=task, idempotency_key=f"walk-python-{number}")
    assert isinstance(opened, Task), opened

found, cursor = [], UNSET
while cursor is not None:
    page = list_tasks.sync(client=client, survey=SURVEY, limit=2, cursor=cursor)
    found += page.items
    cursor = page.next_
assert len({task.id for task in found}) == 3

missing = show_survey.sync("walk-nowhere", client=client)
assert isinstance(missing, Problem)
assert missing.status == 404
print(f"{SURVEY}: {len(found)} tasks")
