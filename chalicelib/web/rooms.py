"""The API for machines. Each of these files registers its views on the blueprint `api`."""

from chalicelib.accounts import routes as accounts
from chalicelib.invitations import routes as invitations
from chalicelib.outcomes import routes as outcomes
from chalicelib.responses import routes as responses
from chalicelib.scores import routes as scores
from chalicelib.scores.benchmarks import routes as benchmarks
from chalicelib.scores.goals import routes as goals
from chalicelib.scores.insights import routes as insights
from chalicelib.surveys import routes as surveys
from chalicelib.tasks import routes as tasks
from chalicelib.web import routes as web
from chalicelib.web.endpoint import api as api

ROOMS = (
    *(accounts, invitations, outcomes, responses, scores),
    *(benchmarks, goals, insights, surveys, tasks, web),
)
