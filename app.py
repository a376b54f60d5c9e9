"""The table of contents: every route and every Lambda function of Heed by name. The work is done
in chalicelib."""

from typing import Any

from chalice.app import Chalice

from chalicelib.deadline import in_time
from chalicelib.restored import make_anew_when_restored
from chalicelib.starting import serves_http, start

# "METHODS /path": the room in chalicelib, its module and its view.
ROUTES = {
    "GET|HEAD /r/{token}/{score}": "responses.pages.routes.show_chosen",
    "GET|HEAD /r/{token}": "responses.pages.routes.show_scale",
    "POST /r/{token}": "responses.pages.routes.take_answer",
    "POST /r/{token}/evidence": "responses.pages.routes.take_evidence",
    "GET|HEAD /u/{token}": "responses.pages.unsubscribe_routes.show_unsubscribe",
    "POST /u/{token}": "responses.pages.unsubscribe_routes.unsubscribe",
    "GET|HEAD /h/{token}/{said}": "tasks.helped_routes.show_said",
    "GET|HEAD /h/{token}": "tasks.helped_routes.show_question",
    "POST /h/{token}": "tasks.helped_routes.take_said",
    "POST /h/{token}/evidence": "tasks.helped_routes.take_seen",
    "GET|HEAD /s/{survey}": "responses.pages.open_routes.show_open_link",
    "POST /s/{survey}": "responses.pages.open_routes.take_open_answer",
    "GET|HEAD /c/{survey}": "responses.pages.receipt_routes.show_receipts",
    "POST /c/{survey}": "responses.pages.receipt_routes.use_receipt",
    "GET|HEAD /t/{token}": "tasks.pages.routes.show_task_page",
    "POST /t/{token}": "tasks.pages.routes.change_task_page",
    "GET|HEAD /b/{board}": "responses.pages.board_routes.show_board",
    "GET|HEAD /promise/{survey}": "responses.pages.promise_routes.show_promise",
    "GET|HEAD /brand/{file}": "brands.routes.show_logo",
    "GET|HEAD /app/setup/surveys": "dashboard.setup.surveys.routes.list_survey_setups",
    "GET|HEAD /app/setup/new-survey": "dashboard.setup.surveys.routes.show_new_survey",
    "POST /app/setup/new-survey": "dashboard.setup.surveys.routes.make_survey",
    "POST /app/setup/new-survey/preview": "dashboard.setup.surveys.routes.preview_new",
    "GET|HEAD /app/setup/surveys/{survey}": "dashboard.setup.surveys.routes.show_survey_setup",
    "POST /app/setup/surveys/{survey}": "dashboard.setup.surveys.routes.change_survey",
    "GET|HEAD /app/setup/surveys/{survey}/preview": "dashboard.setup.surveys.routes.show_preview",
    "POST /app/setup/surveys/{survey}/preview": "dashboard.setup.surveys.routes.preview_typed",
    "POST /app/setup/surveys/{survey}/test": "dashboard.setup.surveys.routes.send_test",
    "POST /app/setup/surveys/{survey}/closing": "dashboard.setup.surveys.routes.close_survey",
    "GET|HEAD /app/setup/surveys/{survey}/invitations": (
        "dashboard.setup.invitations.routes.show_invitations"
    ),
    "POST /app/setup/surveys/{survey}/invitations": (
        "dashboard.setup.invitations.routes.change_invitation"
    ),
    "GET|HEAD /app/setup/surveys/{survey}/reports": "dashboard.setup.reports.routes.show_months",
    "GET|HEAD /app/setup/surveys/{survey}/reports/{month}": (
        "dashboard.setup.reports.routes.show_month"
    ),
    "POST /app/setup/surveys/{survey}/reports/{month}": (
        "dashboard.setup.reports.routes.change_month"
    ),
    "GET|HEAD /app/setup/brand": "dashboard.setup.brand.routes.show_brand_setup",
    "POST /app/setup/brand": "dashboard.setup.brand.routes.change_brand",
    "GET|HEAD /app/setup/helpdesks": "dashboard.setup.helpdesks.routes.show_hooks",
    "POST /app/setup/helpdesks": "dashboard.setup.helpdesks.routes.make_hook",
    "GET|HEAD /app/setup/helpdesks/{source}/{hook}": "dashboard.setup.helpdesks.routes.show_hook",
    "POST /app/setup/helpdesks/{source}/{hook}": "dashboard.setup.helpdesks.routes.change_hook",
    "GET|HEAD /app/setup/keys": "dashboard.setup.keys.routes.show_keys",
    "POST /app/setup/keys": "dashboard.setup.keys.routes.make_key",
    "POST /app/setup/keys/revocation": "dashboard.setup.keys.routes.revoke_key",
    "GET|HEAD /app/setup/webhooks": "dashboard.setup.webhooks.routes.show_webhooks",
    "POST /app/setup/webhooks": "dashboard.setup.webhooks.routes.make_webhook",
    "GET|HEAD /app/setup/webhooks/{webhook}": "dashboard.setup.webhooks.routes.show_webhook",
    "POST /app/setup/webhooks/{webhook}": "dashboard.setup.webhooks.routes.change_webhook",
    "GET|HEAD /app/setup/teams": "dashboard.setup.teams.routes.show_teams",
    "GET|HEAD /app/setup/new-team": "dashboard.setup.teams.routes.show_new_team",
    "POST /app/setup/new-team": "dashboard.setup.teams.routes.make_team",
    "GET|HEAD /app/setup/teams/{team}": "dashboard.setup.teams.routes.show_team_setup",
    "POST /app/setup/teams/{team}": "dashboard.setup.teams.routes.change_team",
    "GET|HEAD /app/setup/members": "dashboard.setup.members.routes.show_members",
    "POST /app/setup/members": "dashboard.setup.members.routes.make_member",
    "POST /app/setup/members/{member}": "dashboard.setup.members.routes.change_members",
    "GET|HEAD /app/setup/history": "dashboard.setup.history.routes.show_changes",
    "GET|HEAD /app/setup/people": "dashboard.setup.people.routes.show_people",
    "POST /app/setup/people": "dashboard.setup.people.routes.put_person",
    "GET|HEAD /app/setup/people/{person}": "dashboard.setup.people.routes.show_person",
    "POST /app/setup/people/{person}": "dashboard.setup.people.routes.change_person",
    "GET /app/files/{file}": "dashboard.style.show_file",
    "GET|HEAD /app/sign-in": "dashboard.sign_in.routes.show_sign_in",
    "POST /app/sign-in": "dashboard.sign_in.routes.ask_for_link",
    "GET|HEAD /app/code": "dashboard.sign_in.routes.show_code_form",
    "POST /app/code": "dashboard.sign_in.routes.take_code",
    "GET|HEAD /app/sign-in/{token}": "dashboard.sign_in.routes.show_link",
    "POST /app/sign-in/{token}": "dashboard.sign_in.routes.use_link",
    "POST /app/sign-out": "dashboard.sign_in.routes.sign_out",
    "GET|HEAD /app": "dashboard.overview.routes.show_overview",
    "GET|HEAD /app/surveys": "dashboard.overview.routes.show_surveys",
    "GET|HEAD /app/surveys/{survey}": "dashboard.survey.routes.show_survey_page",
    "GET /app/surveys/{survey}/{table}": "dashboard.survey.routes.show_survey_table",
    "GET|HEAD /app/tasks": "dashboard.tasks.routes.show_tasks",
    "GET /app/tasks.csv": "dashboard.tasks.routes.export_tasks",
    "GET|HEAD /app/tasks/new": "dashboard.tasks.routes.show_new_task",
    "POST /app/tasks/new": "dashboard.tasks.routes.open_task_by_hand",
    "GET|HEAD /app/tasks/{task}": "dashboard.tasks.routes.show_task",
    "POST /app/tasks/{task}": "dashboard.tasks.routes.change_task_page",
    "GET|HEAD /app/{rest+}": "dashboard.overview.routes.show_nothing",
    "GET /v1/hooks": "helpdesks.hook_routes.list_hooks",
    "POST /v1/hooks": "helpdesks.hook_routes.create_hook",
    "DELETE /v1/hooks/{source}/{hook}": "helpdesks.hook_routes.delete_hook",
    "POST /v1/hooks/{source}/{hook}/secrets": "helpdesks.hook_routes.add_secret",
    "DELETE /v1/hooks/{source}/{hook}/secrets": "helpdesks.hook_routes.delete_older_secret",
    "PUT /v1/hooks/{source}/{hook}/account": "helpdesks.account_routes.put_hook_account",
    "DELETE /v1/hooks/{source}/{hook}/account": "helpdesks.account_routes.delete_hook_account",
    "GET /v1/hooks/{source}/{hook}/deliveries": "helpdesks.log_routes.list_hook_deliveries",
    "PATCH /v1/hooks/{source}/{hook}": "helpdesks.log_routes.map_hook",
    "GET|HEAD /v1/hooks/{source}/{hook}": "helpdesks.routes.show_hook",
    "OPTIONS /v1/hooks/{source}/{hook}": "helpdesks.routes.allow_origin",
    "POST /v1/hooks/{source}/{hook}": "helpdesks.routes.take_hook",
    "GET /v1/webhooks": "webhooks.routes.list_webhooks",
    "POST /v1/webhooks": "webhooks.routes.create_webhook",
    "GET /v1/webhooks/{webhook}": "webhooks.routes.show_webhook",
    "PATCH /v1/webhooks/{webhook}": "webhooks.routes.change_webhook",
    "DELETE /v1/webhooks/{webhook}": "webhooks.routes.delete_webhook",
    "POST /v1/webhooks/{webhook}/secrets": "webhooks.routes.add_webhook_secret",
    "DELETE /v1/webhooks/{webhook}/secrets": "webhooks.routes.delete_older_webhook_secret",
    "POST /v1/webhooks/{webhook}/test": "webhooks.delivery_routes.test_webhook",
    "GET /v1/webhooks/{webhook}/deliveries": "webhooks.delivery_routes.list_deliveries",
    "POST /v1/webhooks/{webhook}/deliveries/replays": "webhooks.delivery_routes.replay",
    "POST /v1/webhooks/{webhook}/actions": "notify.chat.routes.take_action",
    "PUT /v1/webhooks/{webhook}/actions": "notify.chat.routes.put_actions",
    "DELETE /v1/webhooks/{webhook}/actions": "notify.chat.routes.delete_actions",
    "GET /v1/brand": "brands.routes.show_brand",
    "PUT /v1/brand": "brands.routes.put_brand",
    "GET /v1/surveys": "surveys.routes.list_surveys",
    "GET /v1/surveys/{survey}": "surveys.routes.show_survey",
    "PUT /v1/surveys/{survey}": "surveys.routes.put_survey",
    "DELETE /v1/surveys/{survey}": "surveys.routes.delete_survey",
    "GET /v1/surveys/{survey}/qr": "surveys.routes.show_qr",
    "POST /v1/surveys/{survey}/releases": "releases.routes.release_ballots",
    "POST /v1/surveys/{survey}/closing": "releases.routes.close_survey",
    "POST /v1/surveys/{survey}/invitations": "invitations.routes.invite",
    "POST /v1/surveys/{survey}/waves": "invitations.routes.ask_wave",
    "POST /v1/surveys/{survey}/links": "invitations.routes.issue_links",
    "GET /v1/surveys/{survey}/invitations": "invitations.routes.list_invitations",
    "GET /v1/invitations/{invitation}": "invitations.routes.show_invitation",
    "POST /v1/invitations/{invitation}/cancellation": "invitations.routes.cancel_invitation",
    "POST /v1/invitations/{invitation}/sending": "invitations.routes.send_invitation",
    "GET /v1/surveys/{survey}/scores": "scores.routes.show_scores",
    "GET /v1/surveys/{survey}/insights": "scores.insights.routes.show_insights",
    "GET /v1/surveys/{survey}/goals": "scores.goals.routes.list_goals",
    "POST /v1/surveys/{survey}/goals": "scores.goals.routes.set_goal",
    "DELETE /v1/surveys/{survey}/goals/{goal}": "scores.goals.routes.delete_goal",
    "GET /v1/benchmarks": "scores.benchmarks.routes.show_benchmarks",
    "GET /v1/surveys/{survey}/responses": "responses.routes.list_responses",
    "PATCH /v1/surveys/{survey}/responses/{response}": "responses.routes.decide_response",
    "DELETE /v1/surveys/{survey}/responses/{response}": "responses.routes.delete_response",
    "POST /v1/surveys/{survey}/responses/{response}/replies": "conversations.routes.reply",
    "GET /v1/surveys/{survey}/conversations": "conversations.routes.list_conversations",
    "GET /v1/surveys/{survey}/themes": "responses.routes.show_themes",
    "GET /v1/surveys/{survey}/judged": "responses.routes.show_judged",
    "GET /v1/surveys/{survey}/lookups": "lookups.routes.list_lookups",
    "POST /v1/surveys/{survey}/lookups": "lookups.routes.look_up_answer",
    "GET /v1/tasks": "tasks.routes.list_tasks",
    "POST /v1/tasks": "tasks.routes.open_task",
    "GET /v1/tasks/{task}": "tasks.routes.show_task",
    "PATCH /v1/tasks/{task}": "tasks.routes.patch_task",
    "GET /v1/surveys/{survey}/causes": "tasks.routes.show_causes",
    "GET /v1/surveys/{survey}/loop": "scores.loop.routes.show_loop",
    "GET /v1/surveys/{survey}/reports/{month}": "reports.routes.show_report",
    "PUT /v1/surveys/{survey}/reports/{month}": "reports.routes.put_report",
    "POST /v1/surveys/{survey}/reports/{month}/sending": "reports.routes.send_month",
    "POST /v1/outcomes": "outcomes.routes.record_outcome",
    "POST /v1/outcomes/imports": "outcomes.routes.import_outcomes",
    "GET /v1/outcomes": "outcomes.routes.list_outcomes",
    "GET /v1/outcomes/{outcome}": "outcomes.routes.show_outcome",
    "DELETE /v1/outcomes/{outcome}": "outcomes.routes.delete_outcome",
    "GET /v1/surveys/{survey}/outcomes": "outcomes.routes.show_outcomes_of_survey",
    "GET /v1/accounts": "accounts.routes.list_accounts",
    "GET /v1/accounts/{account}": "accounts.routes.show_account",
    "PUT /v1/accounts/{account}": "accounts.routes.put_account",
    "GET /v1/accounts/{account}/timeline": "outcomes.routes.show_timeline",
    "GET /v1/accounts/{account}/contacts": "accounts.routes.list_contacts",
    "POST /v1/accounts/{account}/contacts/imports": "accounts.routes.import_contacts",
    "GET /v1/accounts/{account}/contacts/{contact}": "accounts.routes.show_contact",
    "PUT /v1/accounts/{account}/contacts/{contact}": "accounts.routes.put_contact",
    "DELETE /v1/accounts/{account}/contacts/{contact}": "accounts.routes.delete_contact",
    "GET /v1/teams": "teams.routes.list_teams",
    "GET /v1/teams/{team}": "teams.routes.show_team",
    "PUT /v1/teams/{team}": "teams.routes.put_team",
    "DELETE /v1/teams/{team}": "teams.routes.delete_team",
    "GET /v1/people": "people.directory_routes.list_people",
    "POST /v1/people": "people.directory_routes.add_person",
    "POST /v1/people/imports": "people.directory_routes.import_people",
    "GET /v1/people/{person}": "people.directory_routes.show_person",
    "PUT /v1/people/{person}": "people.directory_routes.put_person",
    "DELETE /v1/people/{person}": "people.directory_routes.delete_person",
    "GET /v1/people/export": "people.routes.export_person",
    "POST /v1/people/resubscriptions": "people.routes.resubscribe",
    "POST /v1/people/erasures": "people.routes.erase",
    "GET /v1/people/erasures/{erasure}": "people.routes.show_erasure",
    "GET /v1/history": "history.routes.show_history",
    "GET /v1/keys": "key_admin.routes.list_keys",
    "POST /v1/keys": "key_admin.routes.create_key",
    "GET /v1/keys/{key}": "key_admin.routes.show_key",
    "DELETE /v1/keys/{key}": "key_admin.routes.revoke_key",
    "GET /v1/members": "members.routes.list_members",
    "POST /v1/members": "members.routes.add_member",
    "GET /v1/members/{member}": "members.routes.show_member",
    "PATCH /v1/members/{member}": "members.routes.change_member",
    "DELETE /v1/members/{member}": "members.routes.remove_member",
    "GET /v1/health": "web.routes.show_health",
    "GET /v1/openapi.json": "web.routes.show_document",
    "GET /v1/docs": "web.routes.show_reference",
    "GET /v1/docs/{file}": "web.routes.show_reference_file",
}
# What a function imports when it starts, by its HEED_FUNCTION. What is not here, the API too, is
# imported when it is first asked for.
EARLY = {
    "api": "responses.pages.early",
    "publish": "publish",
    "send_mail": "notify.handlers",
    "record_mail_event": "mail.handlers",
    "plan_effects": "notify.effects.handlers",
    "tell_people": "notify.tell_people",
    "deliver": "notify.calls.handlers",
    "tick": "tick",
    "forget": "people.handlers",
    "recount": "recount",
    "release_ballots": "releases.handlers",
    "sweep": "sweep",
    "reconcile": "reconcile",
}

app = Chalice(app_name="heed", configure_logs=False)
make_anew_when_restored()
if serves_http():
    from chalicelib.web.routing import serve

    serve(app, ROUTES)
start(EARLY)

# Handlers import what they need by themselves, so that the start of a function does not load the
# libraries of the others.


@app.lambda_function(name="publish")
def publish(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Sends events from the table's stream to the bus."""
    from chalicelib.publish import publish_records

    return publish_records(event)


@app.lambda_function(name="send_mail")
def send_mail(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Hands queued mail to SES."""
    from chalicelib.notify.handlers import send_queued_mail

    return send_queued_mail(event, context)


@app.lambda_function(name="record_mail_event")
def record_mail_event(event: dict[str, Any], context: object) -> None:
    """Notes a bounce or a complaint from SES on the person."""
    from chalicelib.mail.handlers import record_mail_event

    with in_time(context):
        record_mail_event(event)


@app.lambda_function(name="plan_effects")
def plan_effects(event: dict[str, Any], context: object) -> None:
    """Does what the plan of a survey wants of an answer, and opens the task of a release."""
    from chalicelib.notify.effects.handlers import plan_effects

    with in_time(context):
        plan_effects(event)


@app.lambda_function(name="deliver")
def deliver(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Calls webhooks and other channels, for what waits in the queue of deliveries."""
    from chalicelib.notify.calls.handlers import deliver_queued

    return deliver_queued(event, context)


@app.lambda_function(name="tell_people")
def tell_people(event: dict[str, Any], context: object) -> None:
    """Writes letters about a task to the people of its team."""
    from chalicelib.notify.tell_people import tell_people

    with in_time(context):
        tell_people(event)


@app.lambda_function(name="tick")
def tick(event: dict[str, Any], context: object) -> None:
    """Releases every minute what is due."""
    from chalicelib.tick import run_tick

    run_tick(context)


@app.lambda_function(name="forget")
def forget(event: dict[str, Any], context: object) -> None:
    """Finishes erasures, forgets who was asked long ago, and counts what is counted by day."""
    from chalicelib.people.handlers import run_forget
    from chalicelib.take_snapshots import run_snapshots

    try:
        run_forget(context)
    finally:
        run_snapshots(context)


@app.lambda_function(name="recount")
def recount(event: dict[str, Any], context: object) -> None:
    """Checks every night the tallies against the raw items."""
    from chalicelib.recount import run_recount

    run_recount(context)


@app.lambda_function(name="release_ballots")
def release_ballots(event: dict[str, Any], context: object) -> None:
    """Publishes and closes sealed surveys, by the hour."""
    from chalicelib.releases.handlers import run_releases

    run_releases(context)


@app.lambda_function(name="sweep")
def sweep(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Finds every night what got stuck and puts it on its way again."""
    from chalicelib.sweep import run_sweep

    return run_sweep(event, context)


@app.lambda_function(name="reconcile")
def reconcile(event: dict[str, Any], context: object) -> None:
    """Asks help desks by night for solved tickets of which no delivery told."""
    from chalicelib.reconcile import run_reconcile

    run_reconcile(context)
