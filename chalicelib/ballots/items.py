"""Ballots and boxes as items of the table `Ballots`."""

from typing import Any

from msgspec.structs import asdict

from chalicelib import keys, sealed_keys
from chalicelib.ballots.ballot import Ballot, Seen
from chalicelib.ballots.box import Box, BoxState
from chalicelib.surveys.question import answers_from_item, answers_to_item
from chalicelib.table import Item, known_of


def ballot_to_item(ballot: Ballot) -> Item:
    known = {
        "comment": ballot.comment,
        "answers": answers_to_item(ballot.answers) or None,
        "contact": ballot.contact,
        "held": ballot.held,
        "taken": ballot.taken,
    }
    return {
        **sealed_keys.ballot(ballot.survey, ballot.id).as_item(),
        "score": ballot.score,
        "groups": list(ballot.groups),
        "salt": ballot.salt.hex(),
        "receipt": ballot.receipt,
        "seen": _without_none(asdict(ballot.seen)),
        **_without_none(known),
    }


def ballot_from_item(item: Item) -> Ballot:
    return Ballot(
        survey=keys.id_of(item["PK"]),
        id=keys.id_of(item["SK"]),
        score=item["score"],
        comment=item.get("comment"),
        groups=tuple(item["groups"]),
        salt=bytes.fromhex(item["salt"]),
        receipt=item["receipt"],
        seen=Seen(**known_of(Seen, item["seen"])),
        held=item.get("held"),
        taken=item.get("taken"),
        answers=answers_from_item(item.get("answers", {})),
        contact=item.get("contact"),
    )


def stub_of(ballot: Ballot, result: str | None) -> Item:
    """What stays of a published ballot, so that nobody votes twice. `result` is the id of the
    answer: of a confidential survey only, whose ballot has the id of the invitation."""
    key = sealed_keys.ballot(ballot.survey, ballot.id).as_item()
    return {**key, "done": True, **_without_none({"result": result})}


def is_stub(item: Item) -> bool:
    return bool(item.get("done"))


def box_to_item(box: Box) -> Item:
    stored = _without_none({**asdict(box), "groups": list(box.groups), "state": box.state.value})
    del stored["survey"], stored["waves"]
    if box.waves:
        stored["waves"] = list(box.waves)
    return {**sealed_keys.box(box.survey).as_item(), **stored}


def box_from_item(item: Item) -> Box:
    known = known_of(Box, item) | {
        "survey": keys.id_of(item["PK"]),
        "groups": tuple(item["groups"]),
        "state": BoxState(item["state"]),
        "waves": tuple(item.get("waves", ())),
    }
    return Box(**known)


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
