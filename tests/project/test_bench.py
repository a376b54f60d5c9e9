"""`make bench CHECK=1` says what is beyond its bounds, and the page of the figures is theirs."""

from dataclasses import replace

from infra.paths import ROOT
from tests.bench import costs_shown, money, rush_shown
from tests.bench.rush import Rush
from tests.support.measured import COSTS, Cost

PAGE = (ROOT / "docs" / "performance.md").read_text()
README = (ROOT / "README.md").read_text()
QUESTIONS = (ROOT / "docs" / "questions.md").read_text()
AS_SAID = {
    name: {size: Cost(*cost) for size, cost in told["costs"].items()}
    for name, told in COSTS.items()
}
BILLS = {way: money.bill(way) for way in money.WAYS}


def test_what_costs_as_is_said_is_within_the_bounds() -> None:
    assert costs_shown.complaints_on(AS_SAID) == []
    assert money.complaints_on(BILLS, zip_mb=1) == []


def test_an_operation_beyond_its_bounds_is_named() -> None:
    dear = replace(AS_SAID["outcomes"]["10"], reads=40)
    (complaint,) = costs_shown.complaints_on({"outcomes": {"10": dear}})
    assert complaint.startswith("outcomes at 10: ")


def test_a_bill_and_a_zip_beyond_their_bounds_are_named() -> None:
    dear = BILLS | {"tap": {"DynamoDB, writes": 400.0}}
    names = [complaint.partition(":")[0] for complaint in money.complaints_on(dear, zip_mb=90)]
    assert names == ["tap", "zip_mb"]


def test_a_survey_that_gives_people_up_is_named() -> None:
    held, lost = Rush(answers=1), Rush(answers=1, given_up=1)
    slow = {"form": {1000: held, 2000: lost}, "phone": {2000: held}}
    found = rush_shown.complaints_on(slow, {("mouse", 256, 1): lost})
    names = [complaint.partition(":")[0] for complaint in found]
    assert names == ["a form alone", "a mouse, two beacons"]


def test_the_page_shows_what_every_operation_costs() -> None:
    for told in COSTS.values():
        calls, reads, writes = list(told["costs"].values())[-1]
        row = f"| {told['shows']} | {calls:,} | {reads:,g} | {writes:,g} |"
        assert row in PAGE, row


def test_the_page_shows_the_bills() -> None:
    for way, parts in BILLS.items():
        assert f"| {way} | ${sum(parts.values()):.2f} |" in PAGE, (way, sum(parts.values()))


def test_the_readme_tells_what_a_score_costs_to_read() -> None:
    ((calls, reads, _),) = {tuple(cost) for cost in COSTS["scores"]["costs"].values()}
    told = f"takes {calls} calls, four one behind another, and {reads:g} read units"
    assert told in README


def test_the_readme_tells_what_an_email_writes() -> None:
    sent = AS_SAID["mail_sent"]["1"].writes
    fewest, most = (sent + AS_SAID[way]["1"].writes for way in ("asked_by_api", "asked_by_hook"))
    assert f"{fewest:g} to {most:g} write units" in README


def test_the_page_of_questions_tells_what_a_form_with_answers_costs() -> None:
    asked, plain = AS_SAID["form_sent_with_questions"]["1"], AS_SAID["form_sent"]["1"]
    assert asked == plain
    assert f"{plain.calls} calls, {plain.writes:g} write units" in QUESTIONS
