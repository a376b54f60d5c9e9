"""Forty people are asked by real mails, vote by their links, and cannot be found again: A1 to A3,
A7, A9 and A24 of docs/anonymity.md, over all that the local stack holds and sends: items, records
of the stream, events of the bus, log lines and metrics."""

import hashlib
import hmac
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib import ids
from chalicelib.aws.table import unpack
from tests.conftest import Stack
from tests.support.frozen_box import frozen_for_long
from tests.support.outside import BROWSER, PRESSED, Outside, call, post_form, until
from tests.support.wave import DEFINITION, PEOPLE

pytestmark = pytest.mark.slow
PATH = "/v1/surveys/wave-of-forty"
SCRIPT = Path(__file__).parents[3] / "docs/check_board.py"
VOTES = 36


def asked(outside: Outside) -> tuple[str, list[str]]:
    """The board, and each person's link for 0, as the mail in the inbox has it."""
    far = {**DEFINITION, "closes_on": "2099-12-31", "reminder_days": 0}
    assert outside.api("PUT", PATH, far).status == 200
    wave = until(lambda: sent(outside), what="a wave that is asked")
    links = []
    for person in PEOPLE:
        (mail,) = outside.wait_for_mails(str(person["email"]), seconds=120)
        links.append(outside.links_in(mail)[0])
    return str(wave["board"]), links


def sent(outside: Outside) -> Any:
    answer = outside.api("POST", f"{PATH}/waves", {"people": PEOPLE})
    assert answer.status in (202, 503), answer.text
    return answer.json if answer.status == 202 else None


def vote(links: list[str], number: int) -> str:
    form = {"score": number % 11, "comment": f"mark{number}x", "open_ms": 4000, **PRESSED}
    page = post_form(links[number], form, BROWSER)
    assert page.status == 200, page.text
    return re.findall(r'<output><code dir="ltr">([^<]+)<', page.text)[0]


def closed(outside: Outside) -> Any:
    outside.api("POST", f"{PATH}/closing")
    frozen_for_long(outside.stack, "wave-of-forty")
    return outside.api("POST", f"{PATH}/closing").json


def stored(stack: Stack) -> list[Any]:
    client = stack.aws("dynamodb")
    pages = [
        page
        for name in client.list_tables()["TableNames"]
        for page in client.get_paginator("scan").paginate(TableName=name)
    ]
    return [unpack(raw) for page in pages for raw in page["Items"]]


def logged(stack: Stack) -> str:
    logs, lines = stack.aws("logs"), []
    for group in logs.describe_log_groups()["logGroups"]:
        name = group["logGroupName"]
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
            lines += [event["message"] for event in page["events"]]
    return "\n".join(lines)


def lines_of_answers(stack: Stack) -> int:
    """Other tests vote in surveys that are named."""
    return logged(stack).count('"take_answer"')


def listening(stack: Stack) -> str:
    """A queue that gets each event of the bus from now on."""
    sqs, events = stack.aws("sqs"), stack.aws("events")
    url = str(sqs.create_queue(QueueName="all-events")["QueueUrl"])
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    bus, pattern = stack.outputs["BusName"], json.dumps({"source": [{"prefix": ""}]})
    events.put_rule(Name="all-events", EventBusName=bus, EventPattern=pattern)
    targets = [{"Id": "queue", "Arn": arn["QueueArn"]}]
    events.put_targets(Rule="all-events", EventBusName=bus, Targets=targets)
    return url


def heard(stack: Stack, url: str) -> list[Any]:
    sqs, events = stack.aws("sqs"), list[Any]()
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in found:
            events.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return events


def streamed(stack: Stack) -> list[Any]:
    """Every record that a stream still has, old and new images."""
    client, records = stack.aws("dynamodbstreams"), list[Any]()
    for stream in client.list_streams()["Streams"]:
        assert "Ballots" not in stream["TableName"]
        arn = stream["StreamArn"]
        for shard in client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            place = client.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            while place:
                page = client.get_records(ShardIterator=place)
                records += [record["dynamodb"] for record in page["Records"]]
                place = page.get("NextShardIterator") if page["Records"] else None
    return records


def counted(stack: Stack, lines: str) -> set[str]:
    """Names and dimensions of all metrics, and what log lines tell in the metric format."""
    pages = stack.aws("cloudwatch").get_paginator("list_metrics").paginate()
    told = {json.dumps(metric) for page in pages for metric in page["Metrics"]}
    return told | {line for line in lines.splitlines() if '"_aws"' in line}


def secrets(stack: Stack) -> dict[str, str]:
    client = stack.aws("secretsmanager")
    names = [secret["Name"] for secret in client.list_secrets()["SecretList"]]
    return {name: client.get_secret_value(SecretId=name)["SecretString"] for name in names}


def texts(value: Any) -> set[str]:
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return set().union(*map(texts, inner))
    return {part for part in re.split(r"[#|]", str(value)) if len(part) > 10}


def derived(known: set[str], keys: dict[str, str]) -> set[str]:
    made = [hashlib.sha256(text.encode()).digest() for text in known]
    for key in keys.values():
        whole = json.loads(key) if key.startswith("{") else key
        for part in {key, *(map(str, whole.values()) if isinstance(whole, dict) else ())}:
            made += [hmac.digest(part.encode(), text.encode(), "sha256") for text in known]
    return {form for one in made for form in (one.hex(), ids.encode(one[:16]))}


def test_a_wave_of_forty_cannot_be_joined_after_its_close(stack: Stack, tmp_path: Path) -> None:
    outside, queue = Outside(stack), listening(stack)
    board, links = asked(outside)
    before, began = lines_of_answers(stack), datetime.now(UTC)
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda number: vote(links, number), range(VOTES)))
    voted = (began, datetime.now(UTC))
    assert len(set(receipts)) == VOTES
    assert outside.api("GET", f"{PATH}/responses").json["items"] == []
    older, newer = tmp_path / "older.csv", tmp_path / "newer.csv"
    assert outside.api("POST", f"{PATH}/releases").json["answers"] in (0, 30)
    assert call("GET", board).status in (200, 404)
    older.write_text(call("GET", f"{board}?format=csv").text)
    assert closed(outside)["counts"]["published"] == VOTES
    newer.write_text(call("GET", f"{board}?format=csv").text)
    check = [sys.executable, "-I", str(SCRIPT), str(newer), str(older), "--count", str(VOTES)]
    subprocess.run(check, check=True)
    assert lines_of_answers(stack) == before, "a vote left a line"
    _try_to_join(stack, links, receipts)
    _try_to_join_by_what_was_sent(stack, links, receipts, queue, voted)


def _try_to_join(stack: Stack, links: list[str], receipts: list[str]) -> None:
    items, lines, keys = stored(stack), logged(stack), secrets(stack)
    assert not [name for name in keys if "wave-of-forty" in name]
    ours = [item for item in items if item.get("survey") == "wave-of-forty"]
    answers = [item for item in ours if item["SK"] == "RESPONSE"]
    people = [item for item in ours if item["SK"] == "INVITE"]
    assert (len(answers), len(people)) == (VOTES, 40)
    assert [item["SK"] for item in items if item["PK"] == "BALLOTS#wave-of-forty"] == ["BOX"]
    known = texts(people) | {link.split("/")[-2] for link in links}
    known |= {str(person["email"]) for person in PEOPLE}
    said = texts(answers) - {"wave-of-forty"}
    assert said & known == set()
    assert said & derived(known, keys) == set()
    assert set(re.findall(r"T(\d\d:\d\d:\d\d)", json.dumps(answers, default=str))) <= {"00:00:00"}
    hidden = [*receipts, *(link.split("/")[-2] for link in links), "mark3x", "person3@"]
    assert [text for text in hidden if text in lines] == []


def _try_to_join_by_what_was_sent(
    stack: Stack,
    links: list[str],
    receipts: list[str],
    queue: str,
    voted: tuple[datetime, datetime],
) -> None:
    events, records = heard(stack, queue), streamed(stack)
    lines = logged(stack)
    metrics = counted(stack, lines)
    assert len([one for one in events if one["detail-type"] == "InvitationQueued"]) >= 40
    ours = [one for one in events if one["detail"].get("survey") == "wave-of-forty"]
    told = {one["detail-type"] for one in ours if not one["detail-type"].startswith("Invitation")}
    assert told <= {"AnswersReleased", "TaskOpened"}
    hidden = [*receipts, *(link.split("/")[-2] for link in links), "mark", "person3@"]
    everything = json.dumps([ours, *metrics], default=str)
    assert [text for text in hidden if text in everything] == []
    # An answer is in the stream at its release and at no vote, and a person at no vote, either.
    assert records
    began, ended = voted
    during = [
        unpack(record["NewImage"])
        for record in records
        if "NewImage" in record
        and began <= record["ApproximateCreationDateTime"] <= ended - timedelta(seconds=1)
    ]
    assert not [item for item in during if item["PK"].startswith(("RESPONSE#", "BOARD#"))]
    images = [unpack(one["NewImage"]) for one in records if "NewImage" in one]
    answers = [item for item in images if item["SK"] == "RESPONSE"]
    people = [item for item in images if item["SK"] in ("INVITE", "PERSON")]
    answers = [item for item in answers if item["survey"] == "wave-of-forty"]
    known = texts(people) | {link.split("/")[-2] for link in links}
    shared = {"wave-of-forty", *(text for text in texts(answers) if text.endswith(":00:00"))}
    assert len(answers) == VOTES
    assert texts(answers) & known <= shared
    assert texts(answers) & derived(known, secrets(stack)) == set()
