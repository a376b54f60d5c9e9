"""Every Lambda of Heed by name. A table of contents: the work is in chalicelib."""

from typing import Any

from chalice.app import Chalice

from chalicelib.helpdesks.routes import hooks
from chalicelib.responses.pages import (  # noqa: F401 - views on pages
    open_routes,
    unsubscribe_routes,
)
from chalicelib.responses.pages.routes import pages
from chalicelib.web.fallback import answer_the_rest
from chalicelib.web.rooms import api

app = Chalice(app_name="heed", configure_logs=False)
app.register_blueprint(pages)
app.register_blueprint(hooks)
app.register_blueprint(api)
answer_the_rest(app)

# Handlers import what they need when they run: one function's cold start does not
# pay for another's libraries.


@app.lambda_function(name="publish")
def publish(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The table's stream to the bus."""
    from chalicelib.publish import publish_records

    return publish_records(event)


@app.lambda_function(name="send_mail")
def send_mail(event: dict[str, Any], context: object) -> dict[str, Any]:
    """The mail queue to SES."""
    from chalicelib.mail.handlers import send_queued_mail

    return send_queued_mail(event, context)


@app.lambda_function(name="record_mail_event")
def record_mail_event(event: dict[str, Any], context: object) -> None:
    """Bounces and complaints of SES to the person."""
    from chalicelib.mail.handlers import record_mail_event

    record_mail_event(event)


@app.lambda_function(name="open_task")
def open_task(event: dict[str, Any], context: object) -> None:
    """A detractor's answer to a task."""
    from chalicelib.tasks.handlers import open_task

    open_task(event)


@app.lambda_function(name="plan_follow_up")
def plan_follow_up(event: dict[str, Any], context: object) -> None:
    """A detractor's answer to a follow-up e-mail that waits."""
    from chalicelib.tasks.handlers import plan_follow_up

    plan_follow_up(event)


@app.lambda_function(name="tick")
def tick(event: dict[str, Any], context: object) -> None:
    """Every minute: whatever is due."""
    from chalicelib.tick import run_tick

    run_tick()


@app.lambda_function(name="recount")
def recount(event: dict[str, Any], context: object) -> None:
    """Every night: the tallies held to the raw items."""
    from chalicelib.recount import run_recount

    run_recount(context)
