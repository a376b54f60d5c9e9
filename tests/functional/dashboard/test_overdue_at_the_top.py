"""A survey's page leads to its overdue tasks from the top."""

import re
from datetime import timedelta

from chalicelib import moments
from chalicelib.tasks import wiring as tasks_wiring
from chalicelib.tasks.change_task import mark_overdue
from tests.functional.conftest import Heed
from tests.support.members import signed_in
from tests.support.owners import task_of
from tests.support.samples import SURVEY

HERE = f"/app/surveys/{SURVEY.id}"
LEADS = f'href="/app/tasks?survey={SURVEY.id}&amp;overdue=true">1 task is overdue</a>'


def test_what_is_overdue_is_one_click_away(heed: Heed) -> None:
    task, browser = task_of(heed), signed_in(heed)
    assert LEADS not in browser.open(HERE).body.decode()
    mark_overdue(task, moments.now() + timedelta(days=9), tasks_wiring.change_task_needs())
    page = browser.open(HERE).body.decode()
    (listed,) = re.findall(r'<nav class="choices" aria-label="On this page">.*?</nav>', page, re.S)
    assert LEADS in listed
