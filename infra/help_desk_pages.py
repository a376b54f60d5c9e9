"""The pages of docs/helpdesks/, one for each source and an index, made from what the code knows."""

from datetime import timedelta
from itertools import chain
from pathlib import Path

from chalicelib.helpdesks import registry
from chalicelib.helpdesks.account_kinds import KINDS
from chalicelib.helpdesks.signatures import WINDOW, Hmac, standard_webhooks
from chalicelib.helpdesks.source import Shape, Source

INDEX = "README.md"
HOME = Path(__file__).parent
BY_TIME = "[What that means, and the rule by time](README.md#a-thank-you)"
MORE = {"zendesk": "\n[Zendesk](../zendesk.md): more on secrets, hostile texts and notes.\n"}


def pages() -> dict[str, str]:
    """By the name of the file."""
    sources = registry.every()
    return {f"{source.name}.md": _page(source) for source in sources} | {INDEX: _index(sources)}


def write(home: Path) -> None:
    home.mkdir(exist_ok=True)
    for name, text in pages().items():
        (home / name).write_text(text)


def _page(source: Source) -> str:
    """The text to paste comes last, so that nothing in it is taken for a place to fill."""
    text = (HOME / "help_desk_page.md").read_text()
    for place, found in {
        "TITLE": source.title,
        "NAME": source.name,
        "ADDRESS": _address(source),
        "UNASKED": _not_asked(source),
        "REOPENED": _reopened(source),
        "THANKS": f"{source.thanks or 'The tool does not tell it.'} {BY_TIME}",
        "FACTS": _facts(source),
        "LOST": source.lost + _lost(source),
        "WINDOW": _window(source),
        "ASKED": _asked(source),
        "PAGE": source.docs,
        "MORE": MORE.get(source.name, ""),
        "PASTE": source.paste.strip(),
    }.items():
        text = text.replace(place, found, 1) if place != "NAME" else text.replace(place, found)
    return text


def _address(source: Source) -> str:
    known = any(shape.external_id for shape in source.shapes)
    by_id = f"an id, looked up in the directory (`{source.name}:ID`)" if known else ""
    if not source.tells_address:
        return by_id or "not sent"
    return f"sent; if it is not, {by_id}" if by_id else "sent"


def _not_asked(source: Source) -> str:
    reasons = sorted({reason for shape in source.shapes for reason in shape.not_asked})
    if not reasons:
        return "the tool does not tell: leave them out in its rule"
    return f"not asked: {', '.join(f'`{reason}`' for reason in reasons)}"


def _reopened(source: Source) -> str:
    rules = [values for shape in source.shapes for values in shape.reopened.values()]
    told = [f"`{value}`" for value in dict.fromkeys(chain.from_iterable(rules))]
    by_status = any(shape.status and shape.solved for shape in source.shapes)
    ways = [*told, *(["a status that is not solved any more"] if by_status else [])]
    return f"cancels an invitation that waits: {', or '.join(ways)}" if ways else "is not told"


def _facts(source: Source) -> str:
    names = sorted({name for shape in source.shapes for name in _named(shape)})
    return ", ".join(f"`{name}`" if name != "*" else "all of `segments`" for name in names)


def _named(shape: Shape) -> list[str]:
    both = {"group": shape.group, "organization": shape.organization}
    return [*(name for name, path in both.items() if path), *shape.facts]


def _lost(source: Source) -> str:
    if source.retries:
        return ""
    return " A lost call is a lost survey" + ("" if source.name in KINDS else ".")  # the row below


def _window(source: Source) -> str:
    """`standard_webhooks` has five minutes by its library."""
    timed = {each.window for each in source.signed if isinstance(each, Hmac) and each.time}
    timed |= {WINDOW} if standard_webhooks in source.signed else set()
    once = "the same delivery is taken once in seven days"
    if not timed:
        return f"any time, since no time is signed; {once}"
    longest = max(timed)
    said = "five minutes" if longest == WINDOW else f"{longest // timedelta(hours=1)} hours"
    return f"{said}, where a time is signed; {once}"


def _asked(source: Source) -> str:
    kind = KINDS.get(source.name)
    if kind:
        sealed = "Of a confidential survey from its first ask on ([why](README.md#sealed-surveys))"
        return f"`PUT /v1/hooks/{source.name}/{{hook}}/account` with {kind.needs}. {sealed}"
    if source.retries:
        return "no: the tool tries again by itself"
    return (
        "not built. It would need an account that may list solved tickets by the time of the"
        " resolution; until then send a lost call again by hand, or solve the ticket again"
    )


def _index(sources: list[Source]) -> str:
    rows = "\n".join(map(_row, sources))
    return (HOME / "help_desks_index.md").read_text().replace("ROWS", rows)


def _row(source: Source) -> str:
    said = (source.tells_address, source.retries, source.name in KINDS)
    told = " | ".join("yes" if each else "no" for each in said)
    return f"| [{source.title}]({source.name}.md) | `{source.name}` | {told} |"
