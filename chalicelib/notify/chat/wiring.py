"""What telling chat channels needs. It imports no route and no schema."""

from functools import partial

from chalicelib import wiring
from chalicelib.notify.call import MakeCall
from chalicelib.notify.chat.chat_call import SLACK_REVOKED, TEAMS_REVOKED, ChatNeeds, chat_call
from chalicelib.notify.chat.notice import Notice
from chalicelib.notify.chat.slack import message_of
from chalicelib.notify.chat.teams import card_of
from chalicelib.responses import wiring as responses_wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.tasks.store import TaskStore
from chalicelib.teams.store import TeamStore
from chalicelib.webhooks import call_wiring


def to_slack() -> MakeCall:
    return partial(chat_call, write=message_of, revoked=SLACK_REVOKED, needs=chat_needs())


def to_teams() -> MakeCall:
    def write(notice: Notice, _: bool) -> bytes:
        return card_of(notice)

    return partial(chat_call, write=write, revoked=TEAMS_REVOKED, needs=chat_needs())


def chat_needs() -> ChatNeeds:
    return ChatNeeds(
        task=TaskStore(wiring.table()).get,
        response=responses_wiring.responses().find,
        survey=surveys_wiring.surveys().get,
        team=TeamStore(wiring.table()).find,
        confidential=call_wiring.confidential,
    )
