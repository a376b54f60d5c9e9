"""Does what the plan of a survey wants of one answer and is not done yet, and ends the task that it
no longer wants."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct

from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.served import Served
from chalicelib.notify.effects.outgoing import (
    delivery_of,
    letters_of,
    notes_beside,
    parts_of,
    told_in,
)
from chalicelib.notify.effects.store import EffectStore, is_dropped
from chalicelib.notify.letter_store import letter_to_item
from chalicelib.responses.response import Response
from chalicelib.retry import WRITE_FAILED, reading, retrying
from chalicelib.surveys.definition import Survey
from chalicelib.table import Item
from chalicelib.tasks.follow_up import FollowUp, reason_not_to_plan
from chalicelib.tasks.plan import NOTE, Planned, plan, wants_a_task, without
from chalicelib.tasks.store import follow_up_to_item
from chalicelib.teams.team import Member, Team
from chalicelib.webhooks.delivery_log import to_item as delivery_to_item
from chalicelib.webhooks.webhook import Webhook


class PlanEffectsNeeds(Struct, frozen=True):
    """`left_alone` takes an effect and why it is not done."""

    effects: EffectStore
    response: Callable[[str], Response | None]
    survey: Callable[[str], Survey]
    invitation: Callable[[str], Invitation | None]
    served: Callable[[str, datetime], Served | None]
    team: Callable[[Survey], Team | None]
    webhook: Callable[[str], Webhook | None]
    open_task: Callable[[Response, Survey, datetime], None]
    close_unasked: Callable[[Response, datetime], None]
    left_alone: Callable[[str, str], None]
    pause: Callable[[int], None]


def plan_effects(response_id: str, now: datetime, needs: PlanEffectsNeeds) -> list[Planned]:
    """Safe to run twice, also at the same time: each effect has items of its own, written only
    if new. Gives what was done. Raises Unavailable after all tries."""
    response = reading(lambda: needs.response(response_id), needs.pause)
    if response is None or not response.is_counted:
        needs.left_alone("plan", "erased" if response is None or response.gone else "not_counted")
        return []
    survey = reading(lambda: needs.survey(response.survey), needs.pause)
    if not wants_a_task(survey, response):
        needs.close_unasked(response, now)
    missing, people = missing_effects(survey, [response], now, needs)
    return [
        effect
        for effect in missing[response.id]
        if _do(effect, response, survey, people, now, needs)
    ]


def missing_effects(
    survey: Survey, responses: Sequence[Response], now: datetime, needs: PlanEffectsNeeds
) -> tuple[dict[str, list[Planned]], Sequence[Member]]:
    """By response; with the people of its team, when they are to hear of it."""
    wanted = {response.id: plan(survey, response, now) for response in responses}
    flat = [effect for effects in wanted.values() for effect in effects]
    team = needs.team(survey) if any(one.do == "words_to_team" for one in flat) else None
    people = team.people if team else ()
    becomes = {
        name: found
        for response in responses
        for effect in wanted[response.id]
        for name, found in parts_of(effect, response, survey.task_team, people).items()
    }
    everything = {key: None for found in becomes.values() for key in found}
    notes = [(one, answer) for answer in responses for one in wanted[answer.id] if one.tells]
    everything |= {key: None for note in notes for key in notes_beside(*note)}
    made = reading(lambda: needs.effects.made(list(everything)), needs.pause) if everything else {}
    history = {name for name, found in becomes.items() if found and made.keys() >= set(found)}
    history |= told_in(made.values())
    missing = {response.id: plan(survey, response, now, history) for response in responses}
    return missing, people


def _do(
    effect: Planned,
    response: Response,
    survey: Survey,
    people: Sequence[Member],
    now: datetime,
    needs: PlanEffectsNeeds,
) -> bool:
    if effect.do == "open_task":
        needs.open_task(response, survey, now)
        return True
    if effect.do == NOTE:
        return _add_note(effect, response, now, needs)
    made = _items_of(effect, response, survey, people, now, needs)
    if isinstance(made, str):
        needs.left_alone(effect.do, made)
        return False
    for item in made:
        retrying(partial(_add, item, needs), needs.pause, on=WRITE_FAILED)
    return True


def _add_note(effect: Planned, response: Response, now: datetime, needs: PlanEffectsNeeds) -> bool:
    """Of two runs at the same time each tells what the other does not."""
    places = notes_beside(effect, response)

    def add(attempt: int) -> bool:
        found = needs.effects.find(places)
        left = without(effect, told_in(note for note in found.values() if not is_dropped(note)))
        if left is None:
            return False
        item = delivery_to_item(delivery_of(left, response, None, now))
        needs.effects.add_beside(item, {place: found.get(place) for place in places})
        return True

    return retrying(add, needs.pause)


def _add(item: Item, needs: PlanEffectsNeeds, attempt: int) -> None:
    needs.effects.add(item)


def _items_of(
    effect: Planned,
    response: Response,
    survey: Survey,
    people: Sequence[Member],
    now: datetime,
    needs: PlanEffectsNeeds,
) -> list[Item] | str:
    """A text is the reason why there are none."""
    match effect.do:
        case "follow_up":
            return _follow_up(effect, response, now, needs)
        case "words_to_server":
            reason = _reason_not_to_tell_server(response, now, needs)
        case "words_to_team":
            reason = None if people else "nobody_in_team"
        case _:
            return _delivery(effect, response, now, needs)
    letters = letters_of(effect, response, survey.task_team, people, now)
    return reason or [letter_to_item(letter) for letter in letters]


def _follow_up(
    effect: Planned, response: Response, now: datetime, needs: PlanEffectsNeeds
) -> list[Item] | str:
    invitation = reading(lambda: needs.invitation(response.id), needs.pause)
    follow_up = FollowUp(response.id, response.survey, now, effect.due_at)
    return reason_not_to_plan(invitation) or [follow_up_to_item(follow_up)]


def _reason_not_to_tell_server(
    response: Response, now: datetime, needs: PlanEffectsNeeds
) -> str | None:
    served = reading(lambda: needs.served(response.id, now), needs.pause)
    if served is None:
        return "nobody_named"
    return "own_words" if served.person == response.person else None


def _delivery(
    effect: Planned, response: Response, now: datetime, needs: PlanEffectsNeeds
) -> list[Item] | str:
    webhook_id = effect.to
    webhook = reading(lambda: needs.webhook(webhook_id), needs.pause) if webhook_id else None
    if webhook and webhook.surveys is not None and response.survey not in webhook.surveys:
        return "webhook_of_other_surveys"
    return [delivery_to_item(delivery_of(effect, response, webhook, now))]
