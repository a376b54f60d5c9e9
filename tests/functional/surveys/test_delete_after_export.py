"""A survey that people answered is deleted by the operator, once an export holds it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.surveys import wiring as surveys_wiring
from chalicelib.table import Put, Table
from infra import surveys_cli
from infra.carried import Moved
from infra.deleting import is_of
from infra.errors import BadArgument, OperatorError
from tests.functional.conftest import HOOK, Heed
from tests.support.carrying import OUTPUTS, WALK_IN, run, stormed
from tests.support.given_surveys import body_of, survey_of
from tests.support.samples import SURVEY

HERE = f"/v1/surveys/{SURVEY.id}"


class Operator:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.monkeypatch, self.folder = monkeypatch, folder
        monkeypatch.setattr(surveys_cli, "outputs", lambda target: OUTPUTS)

    def export(self, folder: Path, *words: str) -> None:
        said, error = run(self.monkeypatch, "export", "--to", str(folder), *words)
        assert error is None, (said, error)
        self.folder = folder

    def delete(self, *words: str) -> tuple[str, Any]:
        where = ("--exported", str(self.folder))
        return run(self.monkeypatch, "surveys", "delete", SURVEY.id, *where, *words)

    def refused(self, *words: str) -> str:
        _, error = self.delete(*words)
        assert isinstance(error, OperatorError | BadArgument), error
        return str(error)


@pytest.fixture
def operator(heed: Heed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Operator]:
    """Of a stack with a history, whose first survey is closed and exported."""
    stormed(heed)
    heed.call("DELETE", f"/v1/hooks/zendesk/{HOOK}")
    assert heed.call("POST", f"{HERE}/closing").json_body["state"] == "closed"
    made = Operator(monkeypatch, tmp_path)
    made.export(tmp_path / "export")
    return made


def left_of(heed: Heed, invitations: set[str]) -> list[str]:
    return [item["PK"] for item in heed.stored() if is_of(item, Moved(SURVEY.id, invitations))]


def invitations_of(heed: Heed, survey: str) -> set[str]:
    return {str(item["id"]) for item in heed.items("INVITE") if item["survey"] == survey}


def mentioned(heed: Heed, ids: set[str]) -> set[tuple[str, str]]:
    """Where the id of an invitation or of the survey still stands, in whatever way."""
    words = re.compile("|".join(map(re.escape, sorted({*ids, SURVEY.id}))))
    # The last remembers the id that a request made, for seven days.
    kept = ("KEY#", "HISTORY#", "WEBHOOK#", "ERASURE#", "SWEEP#", "IDEMPOTENCY#")
    return {
        (item["PK"], item["SK"])
        for item in heed.stored()
        if words.search(str(item)) and not item["PK"].startswith(kept)
    }


def test_everything_of_it_goes_and_nothing_of_another(heed: Heed, operator: Operator) -> None:
    asked, others = invitations_of(heed, SURVEY.id), invitations_of(heed, WALK_IN)
    answers = heed.call("GET", f"/v1/surveys/{WALK_IN}/responses").json_body
    token = heed.token(next(one for one in heed.items("INVITE") if one["survey"] == SURVEY.id))
    said, error = operator.delete("--confirm", SURVEY.id)
    assert error is None
    assert f"{SURVEY.id} is gone." in said
    assert asked
    assert left_of(heed, asked) == []
    assert mentioned(heed, asked) == set()
    assert invitations_of(heed, WALK_IN) == others
    assert heed.call("GET", f"/v1/surveys/{WALK_IN}/responses").json_body == answers
    surveys_wiring.catalogue.cache_clear()
    assert heed.open(f"/r/{token}/9").status_code in (404, 410)
    assert heed.call("GET", HERE).status_code == 404


def test_who_wants_no_mail_is_still_known(heed: Heed, operator: Operator) -> None:
    before = {item["PK"] for item in heed.items("PERSON") if item["SK"] == "PERSON"}
    operator.delete("--confirm", SURVEY.id)
    assert {item["PK"] for item in heed.items("PERSON") if item["SK"] == "PERSON"} == before


def test_nothing_goes_without_the_id_typed_again(heed: Heed, operator: Operator) -> None:
    before = heed.stored()
    said, error = operator.delete()
    assert error is None
    assert f"Add --confirm {SURVEY.id}" in said
    assert "walk-in" in operator.refused("--confirm", WALK_IN)
    assert heed.stored() == before


def test_a_run_that_stopped_in_the_middle_is_run_again(
    heed: Heed, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, write, written = invitations_of(heed, SURVEY.id), Table.write, list[object]()

    def stops(table: Table, change: Any) -> None:
        if len(written) == 40:
            raise KeyboardInterrupt
        written.append(change)
        write(table, change)

    with monkeypatch.context() as patched:
        patched.setattr(type(wiring.table()), "write", stops)
        assert operator.delete("--confirm", SURVEY.id)[1] is not None
    assert len(left_of(heed, asked)) > 0
    assert surveys_wiring.surveys().get(SURVEY.id).closed
    assert operator.delete("--confirm", SURVEY.id)[1] is None
    assert left_of(heed, asked) == []


def test_what_changed_after_the_export_is_not_thrown_away(heed: Heed, operator: Operator) -> None:
    (held, *_) = [one for one in heed.items("RESPONSE") if one["survey"] == SURVEY.id]
    wiring.table().write(Put({**held, "comment": "One word more."}))
    assert "1 of RESPONSE#" in operator.refused("--confirm", SURVEY.id)
    assert heed.call("GET", HERE).status_code == 200


def test_it_has_to_be_closed_and_without_a_help_desk(heed: Heed, operator: Operator) -> None:
    body = body_of(SURVEY) | {"closed": False}
    surveys_wiring.surveys().put(survey_of(body))
    assert f"heed surveys close {SURVEY.id}" in operator.refused("--confirm", SURVEY.id)


def test_an_export_of_another_survey_is_none_of_it(
    heed: Heed, operator: Operator, tmp_path: Path
) -> None:
    operator.export(tmp_path / "other", "--survey", WALK_IN)
    assert "is an export of" in operator.refused("--confirm", SURVEY.id)
    operator.folder = tmp_path / "nothing"
    assert "holds no export" in operator.refused("--confirm", SURVEY.id)
