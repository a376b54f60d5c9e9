"""Why a delivery became no invitation stands on the page of its hook in words."""

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.helpdesks import registry
from chalicelib.helpdesks import wiring as helpdesks_wiring
from chalicelib.helpdesks.delivery_log import Line
from chalicelib.helpdesks.hook import Hook
from chalicelib.invitations.cancel import Reopened
from chalicelib.invitations.fill_in import ToMend
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import HOOK, Heed
from tests.functional.helpdesks.test_hooks import deliver
from tests.support.members import signed_in
from tests.support.samples import SURVEY

DOCS = Path(__file__).parents[3] / "docs/helpdesks/README.md"
ROW = re.compile(r"^\| `(?:accepted|duplicate|ignored|refused)` \| (`.+?`) \|", re.MULTILINE)
TOLD = {
    code
    for cell in ROW.findall(DOCS.read_text(encoding="utf-8"))
    for code in re.findall(r"`(\w+)`", cell)
}
OF_SOURCES = {
    reason for source in registry.every() for shape in source.shapes for reason in shape.not_asked
}
CELL = re.compile(r'<td>([^<]*)<code class="quiet">(\w+)</code></td>')


def said_of(heed: Heed, codes: set[str]) -> dict[str, str]:
    hook, log = helpdesks_wiring.hooks().get("zendesk", HOOK), helpdesks_wiring.delivery_log()
    for code in codes:
        log.add(hook, Line(moments.now(), "ignored", code, "35436"))
    page = signed_in(heed).open(f"/app/setup/helpdesks/zendesk/{HOOK}").body.decode()
    return {code: words.strip() for words, code in CELL.findall(page)}


def test_each_reason_has_a_sentence_of_its_own_beside_its_code(heed: Heed) -> None:
    codes = TOLD | OF_SOURCES | {*Reopened, *ToMend}
    said = said_of(heed, codes)
    assert set(said) == codes
    assert [code for code, words in said.items() if not words.endswith(".")] == []
    assert len(set(said.values())) == len(codes)


def test_a_code_without_a_sentence_stands_as_it_is(heed: Heed) -> None:
    assert said_of(heed, {"of_later_days"}) == {"of_later_days": ""}


def test_a_warning_is_told_in_the_docs() -> None:
    assert {*ToMend} <= TOLD


def test_the_page_says_that_a_confidential_survey_is_asked_for_by_night_from_its_first_ask_on(
    heed: Heed,
) -> None:
    said, member = "does not ask this help desk by night", signed_in(heed)
    helpdesks_wiring.hooks().add(Hook("github", HOOK, SURVEY.id))

    def page(source: str) -> str:
        return member.open(f"/app/setup/helpdesks/{source}/{HOOK}").body.decode()

    assert said not in page("zendesk")
    surveys_wiring.surveys().put(replace(SURVEY, identity="confidential"))
    surveys_wiring.catalogue.cache_clear()
    assert said in page("zendesk")
    assert said not in page("github")
    assert deliver(heed).json_body["status"] == "accepted"
    assert said not in page("zendesk")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"identity": "anonymous"}, "asked_in_waves"),
        ({"closed": True}, "survey_closed"),
        ({"success": None}, "success_missing"),
    ],
)
def test_a_hook_that_asks_nobody_says_so_before_a_delivery_comes(
    heed: Heed, changes: dict[str, Any], reason: str
) -> None:
    said, member = "Nobody is asked through it now.", signed_in(heed)
    here = f"/app/setup/helpdesks/zendesk/{HOOK}"
    assert said not in member.open(here).body.decode()
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    assert f">{reason}<" in member.open(here).body.decode().split(said)[1].split("</p>")[0]
    home = member.open("/app/setup/helpdesks")
    made = member.press(home, source="freshdesk", survey=SURVEY.id)
    assert f">{reason}<" in made.body.decode().split(said)[1].split("</p>")[0]
