"""A release that is going on: which ballots it moves. It is stored, so that whoever finds it goes
on with it."""

from msgspec import Struct

from chalicelib import keys, sealed_keys
from chalicelib.table import Item


class Plan(Struct, frozen=True):
    """`number` is that of the release, `day` the one on which its answers are published."""

    survey: str
    number: int
    day: str
    ballots: tuple[str, ...]


def plan_to_item(plan: Plan) -> Item:
    return {
        **sealed_keys.plan(plan.survey).as_item(),
        "number": plan.number,
        "day": plan.day,
        "ballots": list(plan.ballots),
    }


def plan_from_item(item: Item) -> Plan:
    return Plan(keys.id_of(item["PK"]), item["number"], item["day"], tuple(item["ballots"]))
