"""A wave from the first ask to the close, and what is left of it then."""

import hashlib
import hmac
import io
import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest

from chalicelib import ids
from chalicelib.publish import events_of
from tests.functional.conftest import BALLOTS, Heed
from tests.support.wave import PATH, PEOPLE, Wave, receipt_in

SCRIPT = Path(__file__).parents[3] / "docs/check_board.py"
OF_THE_TEAM = ("ask_wave", "release_ballots", "close_survey")
MORNING = "2026-11-21T08:00:00Z"


def board(heed: Heed, path: str, kind: str = "text/csv") -> Any:
    return heed.http.get(path, headers={"Accept": kind})


def checked(*arguments: object) -> int:
    run = [sys.executable, "-I", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(run, capture_output=True, check=False).returncode


@pytest.fixture
def voted(wave: Wave, log_lines: io.StringIO) -> Wave:
    """Everybody but the last two, each with words of their own."""
    wave.board = wave.ask(20).json_body["board"].removeprefix("https://heed.example.com")
    wave.send()
    wave.receipts = [
        receipt_in(wave.vote(number, number % 11, f"mark{number}x")) for number in range(18)
    ]
    wave.log = log_lines
    return wave


def closed(wave: Wave, heed: Heed, clock: Any) -> None:
    clock.move_to(MORNING)
    assert heed.call("POST", f"{PATH}/releases").json_body["answers"] > 0
    heed.call("POST", f"{PATH}/closing")
    clock.shift(61)
    assert heed.call("POST", f"{PATH}/closing").json_body["state"] == "closed"


def test_nothing_is_shown_before_a_release_a6(voted: Wave, heed: Heed) -> None:
    assert heed.items("RESPONSE") == []
    assert heed.call("GET", f"{PATH}/responses").json_body["items"] == []
    assert board(heed, voted.board).status_code == 404
    assert "mark3x" not in str(heed.call("GET", f"{PATH}/scores").json_body)


def test_the_board_is_recounted_by_anybody(
    voted: Wave, heed: Heed, clock: Any, tmp_path: Path
) -> None:
    clock.move_to(MORNING)
    heed.call("POST", f"{PATH}/releases")
    older, newer, forged = (tmp_path / name for name in ("older", "newer", "forged"))
    older.write_bytes(board(heed, voted.board).body)
    clock.move_to("2026-11-22T08:00:00Z")
    heed.call("POST", f"{PATH}/closing")
    clock.shift(61)
    heed.call("POST", f"{PATH}/closing")
    newer.write_bytes(board(heed, f"{voted.board}?format=csv", "text/html").body)
    average = sum(number % 11 for number in range(18)) / 18
    assert checked(newer, older, "--count", 18, "--average", f"{average:.2f}") == 0
    assert checked(newer, older, "--count", 17) == 1
    assert checked(newer, "--average", "9.9") == 1
    old_row = older.read_text().splitlines()[-1]
    new_row = (
        old_row.replace('"10"', '"0"') if '"10"' in old_row else re.sub(r'"\d"', '"10"', old_row)
    )
    forged.write_text(newer.read_text().replace(old_row, new_row))
    assert checked(forged, older) == 1
    assert checked(older, newer) == 1


def test_the_script_is_short_enough_to_be_read() -> None:
    assert len(SCRIPT.read_text().splitlines()) <= 40


def test_everybody_finds_the_own_receipt_on_the_board(voted: Wave, heed: Heed, clock: Any) -> None:
    closed(voted, heed, clock)
    rows = board(heed, voted.board).body.decode()
    for number, code in enumerate(voted.receipts):
        raw = ids.decode(code.replace("-", ""))
        digest = hashlib.sha256(b"heed receipt" + raw).hexdigest()
        assert re.search(f'"{digest}","?{number % 11}"?,', rows)
    assert "mark" not in rows


def test_a_receipt_takes_away_the_words_and_leaves_the_score(
    voted: Wave, heed: Heed, clock: Any
) -> None:
    closed(voted, heed, clock)
    clock.shift(60)
    code = voted.receipts[3]
    shown = heed.post_form("/c/it-2026", {"code": code, "act": "read"}).body.decode()
    assert "mark3x" in shown
    heed.post_form("/c/it-2026", {"code": code, "act": "withdraw"})
    assert len(heed.items("RESPONSE")) == 18
    assert "mark3x" not in str(heed.items("RESPONSE"))


def test_after_the_close_nothing_joins_a_person_to_an_answer_a1_a2(
    voted: Wave, heed: Heed, clock: Any
) -> None:
    tokens = [voted.token(number) for number in range(18)]
    closed(voted, heed, clock)
    left = boto3.client("dynamodb").scan(TableName=BALLOTS)["Items"]
    assert [item["SK"]["S"] for item in left] == ["BOX"]
    with pytest.raises(boto3.client("secretsmanager").exceptions.ResourceNotFoundException):
        boto3.client("secretsmanager").get_secret_value(SecretId="heed/ballots/it-2026")
    answers = {text for item in heed.items("RESPONSE") for text in texts(item)}
    asked = {text for item in heed.items("INVITE") for text in texts(item)} | set(tokens)
    asked |= {person["email"] for person in PEOPLE} | {str(person["name"]) for person in PEOPLE}
    shared = {"it-2026", "1", "0", "", "tap"}
    assert answers & asked <= shared
    assert not answers & derived(asked, secrets_left()) - shared


def test_no_answer_has_a_time_of_day_a3(voted: Wave, heed: Heed, clock: Any) -> None:
    closed(voted, heed, clock)
    stored = json.dumps(heed.items("RESPONSE") + heed.items("CLOSED"), default=str)
    times = set(re.findall(r"T(\d\d:\d\d:\d\d)", stored))
    assert times <= {"00:00:00"}


def test_no_log_line_tells_of_a_person_or_an_answer_a7(voted: Wave, heed: Heed, clock: Any) -> None:
    tokens = [voted.token(number) for number in range(18)]
    closed(voted, heed, clock)
    for number in range(18):
        heed.post_form("/c/it-2026", {"code": voted.receipts[number], "act": "read"})
    heed.open("/promise/it-2026")
    heed.open(f"/r/{tokens[0]}/7")
    heed.open(f"/r/{'a' * 80}")
    lines = voted.log.getvalue()
    hidden = [*tokens, *voted.receipts, "mark", "@example.com", "Mozilla", "127.0.0.1", "/r/"]
    assert [text for text in hidden if text in lines] == []
    views = {json.loads(line).get("view") for line in lines.splitlines()}
    assert views <= {None, *OF_THE_TEAM}


def test_no_event_tells_of_an_answer_a24(voted: Wave, heed: Heed, clock: Any) -> None:
    closed(voted, heed, clock)
    facts = {"id": "event", "occurred_at": "2026-11-20T00:00:00.000Z"}
    stored = [item for item in heed.stored() if item["PK"].startswith(("RESPONSE#", "BOARD#"))]
    told = [event for item in stored for event in events_of(facts, {}, item)]
    assert {type(event).__name__ for event in told} == {"AnswersReleased"}
    assert not re.search(r"mark\d+x|person", str(told))


def texts(item: Any) -> set[str]:
    if isinstance(item, dict):
        return set().union(*(texts(value) for value in item.values())) if item else set()
    if isinstance(item, list | tuple):
        return set().union(*(texts(value) for value in item)) if item else set()
    return set(re.split(r"[#|]", str(item)))


def secrets_left() -> list[bytes]:
    client = boto3.client("secretsmanager")
    names = [one["Name"] for one in client.list_secrets()["SecretList"]]
    values = [client.get_secret_value(SecretId=name)["SecretString"] for name in names]
    return [value.encode() for value in values]


def derived(asked: set[str], keys: list[bytes]) -> set[str]:
    """Whatever a keyed or a bare hash makes of what is known of a person."""
    raw = {
        hmac.digest(key, text.encode(), "sha256") for key, text in itertools.product(keys, asked)
    }
    raw |= {hashlib.sha256(text.encode()).digest() for text in asked}
    return {form for digest in raw for form in (digest.hex(), ids.encode(digest[:16]))}
