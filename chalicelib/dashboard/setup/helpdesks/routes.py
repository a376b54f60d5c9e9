"""The pages of help desks: addresses that a tool calls when a ticket is solved."""

from contextlib import suppress
from typing import Any

from msgspec.structs import asdict

from chalicelib import ids
from chalicelib.api_keys.api_key import Scope
from chalicelib.dashboard.page import page
from chalicelib.dashboard.setup.helpdesks.steps import parts_of
from chalicelib.dashboard.setup.read_body import of_the_whole, once_of, read_body
from chalicelib.dashboard.sheet import Sheet
from chalicelib.dashboard.shown import Moved, Shown
from chalicelib.dashboard.visit import Visit
from chalicelib.dashboard.wiring import surveys_within
from chalicelib.errors import BadRequest, Conflict, NotFound, SuccessMissing
from chalicelib.helpdesks import change_hooks, registry, wiring
from chalicelib.helpdesks.account_kinds import KINDS
from chalicelib.helpdesks.delivery_log import SHOWN
from chalicelib.helpdesks.hook import Hook
from chalicelib.helpdesks.hook_routes import new_secret_of
from chalicelib.helpdesks.hook_schemas import HookBody, SecretBody
from chalicelib.helpdesks.instructions import instructions
from chalicelib.keys import HOOKS
from chalicelib.noting import acting
from chalicelib.settings import settings
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.refuse_to_ask import refuse_anonymous, refuse_to_ask
from chalicelib.web.cursor import encode_cursor, listed_after
from chalicelib.web.pagination import PageQuery
from chalicelib.web.request import own_address

HOME = "setup/helpdesks"
UNKNOWN = "SECRET"  # in what is pasted, when it is not shown any more


@page(Scope.HOOKS_WRITE, query=PageQuery, by_survey=True)
def show_hooks(visit: Visit[PageQuery]) -> Shown:
    after = listed_after(visit.query.cursor, HOOKS)
    found, last = wiring.hooks().page(visit.query.limit, after)
    sources = registry.every()
    reached, surveys = [hook for hook in found if visit.key.reaches(hook.survey)], _surveys(visit)
    facts = {
        "hooks": reached,
        "sources": sources,
        "titles": {source.name: source.title for source in sources},
        "surveys": [*surveys.items()],
        "names": surveys,
        "once": ids.new_id(),
        "next": encode_cursor(last),
    }
    rows = [{**asdict(hook), "created_at": hook.created} for hook in reached]
    sheet = Sheet("helpdesks", ("source", "survey", "id", "created_at"), rows)
    return Shown("setup/helpdesks", facts, sheet=sheet)


@page(Scope.HOOKS_WRITE, again=show_hooks, by_survey=True)
def make_hook(visit: Visit[Any]) -> Shown:
    form, needs = visit.form, wiring.change_hooks_needs()
    given = {name: form.maybe(name) for name in ("source", "survey", "secret")}
    body = read_body(HookBody, given)
    visit.reached(body.survey)
    surveys_wiring.surveys().get(body.survey)
    once = once_of(visit, f"hooks {body.survey} {body.source}", needs.deliveries)
    secret = body.secret or new_secret_of(body.source)
    hook, is_new = change_hooks.add_hook(
        body.source, body.survey, secret, visit.key.id, once, visit.now, needs
    )
    return _secret(visit, hook, secret if is_new and not body.secret else None)


@page(Scope.HOOKS_WRITE, by_survey=True)
def show_hook(visit: Visit[Any], source: str, hook: str) -> Shown:
    found = _reached(visit, source, hook)
    deliveries, survey = wiring.delivery_log().latest(found, SHOWN), _survey_of(found)
    facts = {
        "hook": found,
        "once": ids.new_id(),
        "deliveries": deliveries,
        "survey": survey.name if survey else found.survey,
        "asks_nobody": _why_nobody(survey),
        "not_by_night": _is_left_alone(found, survey),
    }
    sheet = Sheet("deliveries", ("at", "ticket", "result", "reason"), [*map(asdict, deliveries)])
    return Shown("setup/helpdesk", {**_facts(visit, found, UNKNOWN), **facts}, sheet=sheet)


@page(Scope.HOOKS_WRITE, again=show_hook, by_survey=True)
def change_hook(visit: Visit[Any], source: str, hook: str) -> Shown | Moved:
    found, needs, by = _reached(visit, source, hook), wiring.change_hooks_needs(), visit.key.id
    here = f"{HOME}/{found.source}/{found.id}"
    try:
        match visit.form.text("act"):
            case "secret":
                acting("add_secret")
                given = read_body(SecretBody, {"secret": visit.form.maybe("secret")}).secret
                once = once_of(visit, f"secrets {found.id}", needs.deliveries)
                secret = given or new_secret_of(source)
                is_new = change_hooks.add_secret(found, secret, by, once, visit.now, needs)
                return _secret(visit, found, secret if is_new and not given else None)
            case "newest":
                acting("delete_older_secret")
                change_hooks.keep_newest_secret(found, by, needs)
                return Moved(here, said="saved")
            case "delete":
                acting("delete_hook")
                change_hooks.delete_hook(found, needs)
                return Moved(HOME, said="deleted")
    except Conflict as conflict:
        raise of_the_whole(conflict) from conflict
    raise BadRequest("act_unknown", "There is no such button.")


def _surveys(visit: Visit[Any]) -> dict[str, str]:
    """Names by ids."""
    return {survey.id: survey.name for survey in surveys_within(visit.key)}


def _secret(visit: Visit[Any], hook: Hook, secret: str | None) -> Shown:
    back = f"{HOME}/{hook.source}/{hook.id}"
    facts = {
        "section": "helpdesks",
        "secret": secret,
        "back": back,
        "made": back,
        "asks_nobody": _why_nobody(_survey_of(hook)),
    }
    return Shown("setup/secret", {**_facts(visit, hook, secret or UNKNOWN), **facts}, status=201)


def _facts(visit: Visit[Any], hook: Hook, secret: str) -> dict[str, Any]:
    address = own_address(visit.request.context, settings().set_base_url) + hook.path
    source = registry.find(hook.source)
    title = source.title if source else hook.source
    paste = parts_of(instructions(source, address, secret)) if source else []
    return {"name": title, "address": address, "paste": paste}


def _survey_of(hook: Hook) -> Survey | None:
    with suppress(NotFound):
        return surveys_wiring.surveys().get(hook.survey)
    return None


def _why_nobody(survey: Survey | None) -> str:
    """The code that deliveries for it get, or empty."""
    if survey is None:
        return ""
    try:
        refuse_to_ask(survey)
        refuse_anonymous(survey)
    except SuccessMissing:
        return "success_missing"
    except Conflict as error:
        return error.errors[0].code
    return ""


def _is_left_alone(hook: Hook, survey: Survey | None) -> bool:
    """Its help desk can be asked by night, but not before the first ask of a confidential survey
    (decision 64)."""
    if hook.source not in KINDS or survey is None or survey.identity != "confidential":
        return False
    return not surveys_wiring.has_box(survey.id)


def _reached(visit: Visit[Any], source: str, hook_id: str) -> Hook:
    """Raises NotFound."""
    hook = wiring.hooks().get(source, hook_id)
    visit.reached(hook.survey, "hook")
    return hook
