"""heed surveys: list, show, put and close."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib import moments
from infra import cli, surveys_cli
from tests.functional.conftest import BALLOTS, TABLE, Heed
from tests.support.owners import team
from tests.support.samples import SURVEY

BODY = {
    "name": "Account reviews",
    "team": "Customer success",
    "audience": "external",
    "question": "How likely are you to recommend us?",
    "success": "Clients tell us early what to change.",
}


@pytest.fixture
def run(heed: Heed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    found = {"TableName": TABLE, "BallotTable": BALLOTS, "BallotKeys": "heed/ballots"}
    names = {"TokenKeys": "token-keys", "PersonKey": "person-key", "HookSecrets": "hook-secrets"}
    monkeypatch.setattr(surveys_cli, "outputs", lambda target: found | names)

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(["surveys", *words, "--stage", "test"])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def written(folder: Path, body: object) -> str:
    path = folder / "survey.json"
    path.write_text(body if isinstance(body, str) else json.dumps(body))
    return str(path)


def test_a_survey_of_a_file_is_listed_and_shown_by_the_api(
    heed: Heed, run: Any, tmp_path: Path
) -> None:
    assert run("put", "account-reviews", "--from", written(tmp_path, BODY))[0] == 0
    listed = {row["id"]: row for row in json.loads(run("list", "--json")[1])}
    assert listed["account-reviews"]["state"] == "asks"
    assert heed.call("GET", "/v1/surveys/account-reviews").json_body["success"] == BODY["success"]


def test_what_show_prints_can_be_put_again(heed: Heed, run: Any, tmp_path: Path) -> None:
    _, shown, _ = run("show", SURVEY.id)
    before = heed.call("GET", f"/v1/surveys/{SURVEY.id}").json_body
    assert run("put", SURVEY.id, "--from", written(tmp_path, shown))[0] == 0
    assert heed.call("GET", f"/v1/surveys/{SURVEY.id}").json_body == before


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("not json", 2, "is no JSON"),
        ([], 2, "is no JSON object"),
        (BODY | {"audience": "both"}, 1, "#/audience:"),
        (BODY | {"id": "other"}, 1, "#/id: The path names another survey."),
    ],
)
def test_a_file_that_is_no_survey_is_refused_field_by_field(
    heed: Heed, run: Any, tmp_path: Path, body: object, code: int, said: str
) -> None:
    before = heed.stored()
    done, out, err = run("put", "other-survey", "--from", written(tmp_path, body))
    assert (done, out) == (code, "")
    assert said in err
    assert heed.stored() == before


def test_a_named_survey_that_is_closed_asks_nobody(heed: Heed, run: Any, tmp_path: Path) -> None:
    assert run("put", "over", "--from", written(tmp_path, BODY))[0] == 0
    assert json.loads(run("close", "over", "--json")[1])["state"] == "closed"
    listed = {one["id"]: one["state"] for one in json.loads(run("list", "--json")[1])}
    assert listed["over"] == "closed"
    asked = heed.call("POST", "/v1/surveys/over/invitations", {"email": "kim@example.com"})
    assert asked.status_code == 409


def test_a_sealed_survey_that_has_asked_is_closed(heed: Heed, run: Any, tmp_path: Path) -> None:
    assert "There is no survey" in run("close", "nobody")[2]
    last_day = (moments.now() + timedelta(days=30)).date().isoformat()
    sealed = BODY | {"identity": "anonymous", "audience": "internal", "closes_on": last_day}
    assert run("put", "sealed", "--from", written(tmp_path, sealed))[0] == 0
    assert "has asked nobody yet" in run("close", "sealed")[2]
    people = [{"email": f"colleague{number}@example.com"} for number in range(12)]
    heed.call("POST", "/v1/surveys/sealed/waves", {"people": people})
    assert json.loads(run("close", "sealed", "--json")[1]) == {
        "survey": "sealed",
        "state": "frozen",
    }


def test_a_survey_of_a_file_counts_none_of_a_team(heed: Heed, run: Any, tmp_path: Path) -> None:
    team(heed)
    body = {**BODY, "themes": {"Service": ["kari@example.com"]}}
    code, _, said = run("put", "account-reviews", "--from", written(tmp_path, body))
    assert code != 0
    assert "#/themes: It stands for a member, or one of a team's people" in " ".join(said.split())
    assert heed.call("GET", "/v1/surveys/account-reviews").status_code == 404
