"""The README, as a stranger meets it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "README.md").read_text()
TOP = PAGE.partition("\n## ")[0]


def chapter(heading: str) -> str:
    found = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert found
    return found


def test_pictures_come_first_and_each_says_what_is_seen() -> None:
    pictures = re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]{20,})">', TOP)
    assert len(pictures) >= 2
    assert all((ROOT / source).exists() for source, _ in pictures)
    assert TOP.index("<img") < TOP.index("Heed asks")


def test_the_top_says_what_it_is_in_three_sentences_and_how_to_start_it() -> None:
    (said,) = re.findall(r"^Heed asks .*$", TOP, re.M)
    assert len(re.findall(r"\.(?: |$)", said)) == 3
    (block,) = re.findall(r"^```\n(.*?)^```$", TOP, re.S | re.M)
    assert len(block.splitlines()) == 2
    assert block.endswith("make run\n")
    assert "All of it is free; there is no paid edition." in TOP


def test_the_top_leads_to_every_chapter() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.M)
    assert re.findall(r"\[([^]]+)\]\(#", TOP) == headings


def test_every_feature_has_a_page() -> None:
    rows = re.findall(r"^\| .*\|$", chapter("What it does"), re.M)[1:]
    assert rows
    assert [row for row in rows if not re.search(r"\]\(docs/[^)]+\)[^|]* \|$", row)] == []


def test_every_page_of_docs_is_in_their_index() -> None:
    index = (ROOT / "docs/README.md").read_text()
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert {name for name in pages if f"({name}" not in index} == set()


@pytest.mark.parametrize(
    "product", ["Delighted", "AskNicely", "Simplesat", "Zendesk CSAT", "Formbricks"]
)
def test_each_product_is_told_with_a_source_what_it_does_better_and_no_price(product: str) -> None:
    (row,) = [line for line in chapter("Beside other products").splitlines() if product in line]
    _, _, better, otherwise, _ = row.split("|")
    assert len(better) > 40
    assert len(otherwise) > 40
    assert "https://" in row
    assert not re.search(r"[$€£]|\d+ (?:dollars|cents)", row)
