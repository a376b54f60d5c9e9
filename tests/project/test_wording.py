"""Scores and outcomes are shown beside each other, and no word says that one made the other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "chalicelib"
# `cause` itself is a word of the product: what a task was closed with.
CAUSAL = re.compile(
    r"\b(drives?|driven by|causes|caused|causing|because|due to|leads? to|results? in|impacts?"
    r"|effects? of|improves|predicts?|proves|thanks to)\b",
    re.IGNORECASE,
)
# What tasks were closed with: as a noun, at the start of a heading, in an address or in a name.
NOUN = re.compile(r"causes (fixed|removed)|(?<=[#\"._])causes\b|\bCauses\b")
TEMPLATES = [
    path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt", ".pot")
]
CODE = [
    *(HOUSE / "scores").rglob("*.py"),
    *(HOUSE / "outcomes").rglob("*.py"),
    *HOUSE.rglob("*schema*.py"),
    HOUSE / "accounts/silence.py",
    HOUSE / "surveys/wording.py",
]
PAGES = [ROOT / "docs/outcomes.md", ROOT / "templates/locale/heed.pot"]


def causal(text: str) -> list[str]:
    return [found.group() for found in CAUSAL.finditer(NOUN.sub("", text))]


def shown_in(path: Path) -> Iterator[str]:
    """Every text of a file. One without a space is a name, such as a field's, not a sentence;
    the texts of the models in schemas.py are read by people, docstrings too."""
    tree = ast.parse(path.read_text())
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        said = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if said and ("schema" in path.stem or id(node) not in documented):
            yield node.value if " " in node.value else ""  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_of_the_code_claims_a_cause(path: Path) -> None:
    assert [word for text in shown_in(path) for word in causal(text)] == []


@pytest.mark.parametrize("path", [*TEMPLATES, *PAGES], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_mail_or_document_claims_a_cause(path: Path) -> None:
    assert causal(path.read_text()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A high score drives referrals and leads to renewals.", ["drives", "leads to"]),
        ("Churn is caused by prices; it results in a loss.", ["caused", "results in"]),
        ("Because of the effect of praise", ["Because", "effect of"]),
        ("The cause of a task, its due time and due_at", []),
        ("Causes of 3 tasks, 2 causes removed. Slow work causes churn.", ["causes"]),
        ("was higher among, went together with, in this period", []),
    ],
)
def test_the_words_are_known_when_they_are_seen(text: str, words: list[str]) -> None:
    assert causal(text) == words


def test_every_text_is_looked_at() -> None:
    """Or a renamed folder would leave nothing to refuse."""
    texts = [text for path in CODE for text in shown_in(path)]
    assert "Two things that move together need not explain each other." in texts
    assert len(TEMPLATES) > 10
