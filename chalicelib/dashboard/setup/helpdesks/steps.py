"""What the admin of a help desk does, as a page shows it. It reads the Markdown that the texts of
the sources use: paragraphs, numbered steps, fenced blocks and, in a line, code, emphasis and links.
Pure: the template escapes each text."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Literal

from msgspec import Struct, field

Kind = Literal["text", "code", "strong", "em", "link"]
FENCE: Final = "```"
_STEP: Final = re.compile(r"(\d+)\. +(.*)")
_SPAN: Final = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*"
    r"|\[(?P<named>[^\]]+)\]\((?P<to>https://[^\s)]+)\)|(?P<link>https://[^\s)]+)"
)


class Span(Struct, frozen=True):
    """`to` is where a link leads to."""

    kind: Kind
    text: str
    to: str = ""


class Block(Struct, frozen=True):
    """A paragraph of `spans`, or a `code` to paste."""

    spans: Sequence[Span] = ()
    code: str = ""

    @property
    def lines(self) -> int:
        return self.code.count("\n") + 1


class Part(Struct):
    """A step, with its `number`, or what stands between steps, without."""

    number: int | None = None
    blocks: list[Block] = field(default_factory=list)


def parts_of(markdown: str) -> list[Part]:
    """A block of code belongs to the step before it, and what is indented too."""
    parts = [Part()]
    for block in _blocks(markdown):
        first = block[0]
        if first.startswith(FENCE):
            parts[-1].blocks.append(Block(code="\n".join(block[1:])))
            continue
        for number, lines in _paragraphs(block):
            if number or (parts[-1].number and not lines[0].startswith(" ")):
                parts.append(Part(number))
            parts[-1].blocks.append(Block(_spans(" ".join(line.strip() for line in lines))))
    return [part for part in parts if part.blocks]


def _blocks(markdown: str) -> Iterator[list[str]]:
    """The lines of each paragraph, and of each fenced block from its first fence on."""
    is_code, block = False, list[str]()
    for line in [*markdown.splitlines(), ""]:
        is_fence = line.startswith(FENCE)
        if is_code and not is_fence:
            block.append(line)
        elif is_fence or not line.strip():
            if block:
                yield block
            is_code = is_fence and not is_code
            block = [line] if is_code else []
        else:
            block.append(line)


def _paragraphs(block: Sequence[str]) -> Iterator[tuple[int | None, list[str]]]:
    """Steps follow one another without an empty line."""
    step = 0

    def place(line: str) -> int:
        nonlocal step
        step += bool(_STEP.match(line))
        return step

    for _, lines in groupby(block, place):
        first, *more = lines
        found = _STEP.match(first)
        yield (int(found[1]), [found[2], *more]) if found else (None, [first, *more])


def _spans(text: str) -> list[Span]:
    spans, last = list[Span](), 0
    for found in _SPAN.finditer(text):
        spans += [Span("text", text[last : found.start()]), _span(found)]
        last = found.end()
    return [span for span in [*spans, Span("text", text[last:])] if span.text]


def _span(found: re.Match[str]) -> Span:
    if found["named"]:
        return Span("link", found["named"], found["to"])
    kinds: tuple[Kind, ...] = ("code", "strong", "em", "link")
    kind = next(kind for kind in kinds if found[kind])
    return Span(kind, found[kind], found["link"] or "")
