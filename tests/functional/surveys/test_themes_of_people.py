"""Neither a theme nor a segment's value counts one of those who serve."""

import io
from typing import Any

import pytest

from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import Heed
from tests.support.given_surveys import body_of
from tests.support.owners import team
from tests.support.samples import SURVEY

PATH = f"/v1/surveys/{SURVEY.id}"
BODY = body_of(SURVEY, "id")


def put(heed: Heed, **themes: list[str]) -> Any:
    return heed.call("PUT", PATH, {**BODY, "themes": themes})


@pytest.mark.parametrize("words", [["kari"], ["quick", "Nordmann, Kari"], ["kari@example.com"]])
def test_a_theme_of_one_of_a_team_is_refused(heed: Heed, words: list[str]) -> None:
    team(heed)
    refused = put(heed, Service=words)
    assert refused.status_code == 409
    (error,) = refused.json_body["errors"]
    assert (error["pointer"], error["code"]) == ("#/themes", "theme_of_employee")
    assert put(heed, Service=["quick", "kind"]).status_code in (200, 201)


def test_whoever_joined_later_is_counted_by_no_theme(heed: Heed) -> None:
    put(heed, Kari=["kari"], Waiting=["slow"])
    surveys_wiring.catalogue.cache_clear()

    def shown() -> list[str]:
        found = heed.call("GET", f"{PATH}/themes").json_body
        return [row["theme"] for row in found["themes"]]

    assert shown() == ["Kari", "Waiting"]
    heed.call("PUT", "/v1/teams/desk", {"name": "Desk", "people": [KARI]})
    assert shown() == ["Waiting"]


def test_a_member_who_is_in_no_team_is_counted_by_no_theme(heed: Heed) -> None:
    put(heed, Ola=["ola"], Waiting=["slow"])
    ola = {"email": "ola.hansen@example.com", "name": "Ola Hansen", "role": "team"}
    assert heed.call("POST", "/v1/members", ola).status_code == 201
    surveys_wiring.catalogue.cache_clear()
    found = heed.call("GET", f"{PATH}/themes").json_body["themes"]
    assert [row["theme"] for row in found] == ["Waiting"]
    assert put(heed, Service=["Hansen, Ola"]).status_code == 409


KARI = {"id": "kari", "name": "Kari Nordmann", "email": "kari@example.com"}


@pytest.mark.parametrize("value", ["jane.doe@example.com", "Doe, Jane", "jdoe", "Jane Doe"])
@pytest.mark.parametrize("door", ["invitations", "links"])
def test_a_value_that_stands_for_who_served_is_other(
    heed: Heed, log_lines: io.StringIO, capsys: Any, value: str, door: str
) -> None:
    segments = {"group": value, "organization": "Oslo"}
    body = {"segments": segments, "served_by": "jane.doe@example.com"}
    more = {"email": "ann@example.com"} if door == "invitations" else {"ticket": {"id": "1"}}
    assert heed.call("POST", f"{PATH}/{door}", {**body, **more}).status_code in (200, 201, 202)
    (asked,) = heed.items("INVITE")
    assert asked["segments"] == ["group=other", "organization=Oslo"]
    printed = capsys.readouterr().out + log_lines.getvalue()
    assert "SegmentFolded" in printed
    assert "segment folded" in printed
    assert value not in printed


def test_other_values_stay(heed: Heed) -> None:
    body = {"segments": {"group": "Jane"}, "served_by": "jane.doe@example.com"}
    heed.call("POST", f"{PATH}/invitations", {**body, "email": "ann@example.com"})
    assert heed.items("INVITE")[0]["segments"] == ["group=Jane"]


def test_a_listed_value_that_stands_for_one_of_a_team_is_refused(heed: Heed) -> None:
    team(heed)

    def listed(*values: str) -> Any:
        return heed.call("PUT", PATH, {**BODY, "segment_values": {"group": values}})

    refused = listed("Network", "Nordmann, Kari")
    assert refused.status_code == 409
    (error,) = refused.json_body["errors"]
    assert (error["pointer"], error["code"]) == ("#/segment_values/group", "value_of_employee")
    assert listed("Network", "Kari").status_code in (200, 201)


SPOKEN = {"id": "who", "kind": "choice", "text": {"en": "Who helped you?"}}
OPTIONS = [{"id": "a", "text": {"en": "Kari Nordmann"}}, {"id": "b", "text": {"en": "Others"}}]


@pytest.mark.parametrize(
    ("changed", "pointer", "code"),
    [
        ({"segments": ["group", "kari_nordmann"]}, "#/segments/1", "segment_of_employee"),
        (
            {"questions": [{**SPOKEN, "options": OPTIONS}]},
            "#/questions/0",
            "question_of_employee",
        ),
    ],
)
def test_a_segment_and_an_option_of_one_of_a_team_are_refused(
    heed: Heed, changed: dict[str, Any], pointer: str, code: str
) -> None:
    assert heed.call("PUT", PATH, {**BODY, **changed}).status_code == 200
    team(heed)
    refused = heed.call("PUT", PATH, {**BODY, **changed})
    assert refused.status_code == 409
    (error,) = refused.json_body["errors"]
    assert (error["pointer"], error["code"]) == (pointer, code)
