from datetime import datetime, timedelta

from chalicelib.notify.effects.store import EffectStore
from chalicelib.responses.response import Response
from chalicelib.table import Table
from chalicelib.tasks.follow_up import FollowUp
from chalicelib.tasks.store import follow_up_to_item


def put_follow_up(table: Table, response: Response, now: datetime) -> None:
    """As the default plan does."""
    due_at = response.answered_at + timedelta(minutes=10)
    follow_up = FollowUp(response.id, response.survey, now, due_at)
    EffectStore(table).add(follow_up_to_item(follow_up))
