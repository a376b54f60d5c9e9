"""The names and words of others without what nobody sees and what turns a sentence around. So they
go into a mail, a chat or a help desk. Pure."""

import re
from typing import Final

from chalicelib.text import CONTROLS, TURNS, UNSEEN, UNSEEN_TAGS

# England, Scotland and Wales have flags with a tail of tags.
_FLAG: Final = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
# A joiner behind a letter or an emoji belongs to it.
_JOINED: Final = rf"(?<=[^{UNSEEN}])[\u200c\u200d]"
_OF_A_NAME: Final = re.compile(rf"({_FLAG}|{_JOINED})|(?![\s{CONTROLS}])[{UNSEEN}]")
_BLANKS: Final = re.compile(rf"[\s{CONTROLS}]+")
# Not all that is unseen: soft hyphens, joiners and the marks of a direction are part of how
# somebody writes, and end with their line.
_OF_WORDS: Final = re.compile(
    rf"({_FLAG})|(?![\n\t])[{CONTROLS}{TURNS}\u2060-\u206f\ufeff\ufff9-\ufffb{UNSEEN_TAGS}]"
)


def line(text: str) -> str:
    """A name or a subject. It may stand in a sentence, so none of it changes a direction."""
    return _BLANKS.sub(" ", _OF_A_NAME.sub(_kept, text)).strip()


def words(text: str) -> str:
    """What somebody wrote. It stands by itself, each line on its own."""
    return _OF_WORDS.sub(_kept, "\n".join(text.splitlines()))


def _kept(found: re.Match[str]) -> str:
    return found[1] or ""
