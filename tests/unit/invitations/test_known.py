"""What the directory says fills in what a trigger leaves out."""

import pytest
from msgspec.structs import replace

from chalicelib.invitations.known import NOTHING, Known, filled
from tests.support.samples import SURVEY

KNOWN = Known(role="manager", location="Oslo")


def of(**segments: str) -> dict[str, object]:
    return {"segments": list(segments), "segment_of": segments}


@pytest.mark.parametrize(
    ("segments", "given", "wanted"),
    [
        (of(position="role"), {}, {"position": "manager"}),
        (of(position="role", site="location"), {}, {"position": "manager", "site": "Oslo"}),
        (of(position="role"), {"position": "consultant"}, {"position": "consultant"}),
        (of(position="role"), {"position": ""}, {"position": "manager"}),
        (of(role="other"), {}, {}),
        (of(role="product", site="plan"), {"site": "Gold"}, {"site": "Gold"}),
        ({"segments": ["role", "location"]}, {}, {"role": "manager", "location": "Oslo"}),
        ({"segments": ["group"]}, {"colour": "red"}, {"colour": "red"}),
    ],
)
def test_a_segment_gets_what_it_is_of(
    segments: dict[str, object], given: dict[str, str], wanted: dict[str, str]
) -> None:
    survey = replace(SURVEY, **{"segment_of": {}, **segments})
    assert filled(survey, given, KNOWN) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"role": "intern", "site": "Bergen"}, {"role": "manager", "site": "Oslo"}),
        ({"location": "Bergen", "group": "IT"}, {"role": "manager", "site": "Oslo", "group": "IT"}),
    ],
)
def test_of_what_a_tool_sends_by_itself_the_directory_knows_better(
    given: dict[str, str], wanted: dict[str, str]
) -> None:
    survey = replace(SURVEY, segments=["role", "site", "group"], segment_of={"site": "location"})
    found = filled(survey, given, KNOWN, by_tool=True)
    assert {name: found[name] for name in wanted} == wanted


def test_what_a_tool_sends_fills_in_what_the_directory_does_not_know() -> None:
    survey = replace(SURVEY, segments=["role", "site"], segment_of={"site": "location"})
    found = filled(survey, {"location": "Bergen"}, Known(role="manager"), by_tool=True)
    assert (found["role"], found["site"]) == ("manager", "Bergen")


def test_of_a_stranger_there_is_only_what_was_given() -> None:
    survey = replace(SURVEY, **(of(position="role")))
    assert filled(survey, {}, NOTHING) == {}
    assert filled(survey, {"position": "manager"}, NOTHING) == {"position": "manager"}
