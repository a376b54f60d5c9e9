"""What somebody reads on a page, without its tags."""

import re
from html import unescape
from typing import Any

UNSEEN = re.compile(r"<(head|title|desc)\b.*?</\1>", re.DOTALL)


def text_of(page: Any) -> str:
    """The words of the page in one line."""
    return words_in(UNSEEN.sub(" ", page.body.decode()))


def part_of(page: Any, heading: str) -> str:
    """The words below the heading with this id, up to the next of its size."""
    html = page.body.decode()
    (found,) = re.findall(rf'<h2 id="{heading}">(.*?)(?=<h2|</main>)', html, re.DOTALL)
    return words_in(found)


def words_in(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def links_on(page: Any) -> list[str]:
    return [unescape(link) for link in re.findall(r'<a [^>]*?href="([^"]+)"', page.body.decode())]
