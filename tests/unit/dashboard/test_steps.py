"""What the texts of the sources say is shown whole, as steps and as texts to paste."""

import re

import pytest

from chalicelib.dashboard.setup.helpdesks.steps import Block, Part, Span, parts_of
from chalicelib.helpdesks import registry
from chalicelib.helpdesks.instructions import instructions

TEXTS = {
    source.name: instructions(source, "https://heed.example.com/v1/hooks/x/y", "a-secret")
    for source in registry.every()
}


def said(parts: list[Part]) -> str:
    blocks = [block for part in parts for block in part.blocks]
    return "\n".join(block.code or "".join(span.text for span in block.spans) for block in blocks)


@pytest.mark.parametrize("source", TEXTS)
def test_nothing_of_a_source_s_text_is_lost(source: str) -> None:
    text = re.sub(r"^```\w*$|^\d+\. |\]\(https:[^)]+\)", "", TEXTS[source], flags=re.M)
    marks = re.compile(r"[*\[`\s]")
    assert marks.sub("", said(parts_of(TEXTS[source]))) == marks.sub("", text)


@pytest.mark.parametrize("source", TEXTS)
def test_steps_and_texts_to_paste_are_apart(source: str) -> None:
    parts, text = parts_of(TEXTS[source]), TEXTS[source]
    numbers = [part.number for part in parts if part.number]
    assert numbers == [int(found) for found in re.findall(r"^(\d+)\. ", text, re.M)]
    assert numbers == [*range(1, len(numbers) + 1)]
    pasted = [block.code for part in parts for block in part.blocks if block.code]
    assert pasted == re.findall(r"^```\w*\n(.*?)\n```$", text, re.M | re.S)


@pytest.mark.parametrize("source", TEXTS)
def test_no_mark_is_left_in_the_words(source: str) -> None:
    blocks = [block for part in parts_of(TEXTS[source]) for block in part.blocks]
    words = [span.text for block in blocks for span in block.spans if span.kind == "text"]
    assert [text for text in words if re.search(r"[`*]|\]\(", text)] == []


def test_what_is_indented_or_to_paste_belongs_to_its_step() -> None:
    text = "First.\n\n1. One,\n   two.\n\n```\na\n\n  b\n```\n\n   Three.\n2. Four.\n\nFive."
    shown = [
        (part.number, [said([Part(None, [one])]) for one in part.blocks]) for part in parts_of(text)
    ]
    assert shown == [
        (None, ["First."]),
        (1, ["One, two.", "a\n\n  b", "Three."]),
        (2, ["Four."]),
        (None, ["Five."]),
    ]


def test_marks_in_a_line_are_code_emphasis_and_links() -> None:
    (part,) = parts_of("Take `a*b*`, *this* or **that** [here](https://a.example/x), <b>.")
    assert part.blocks == [
        Block(
            [
                Span("text", "Take "),
                Span("code", "a*b*"),
                Span("text", ", "),
                Span("em", "this"),
                Span("text", " or "),
                Span("strong", "that"),
                Span("text", " "),
                Span("link", "here", "https://a.example/x"),
                Span("text", ", <b>."),
            ]
        )
    ]


def test_a_link_that_is_no_https_is_no_link() -> None:
    (part,) = parts_of("[here](javascript:alert(1))")
    assert {span.kind for span in part.blocks[0].spans} == {"text"}
