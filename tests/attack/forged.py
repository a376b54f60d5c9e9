"""Links that nobody signed, or that were signed for something else, by the name of the attack."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib import ids
from chalicelib.invitations.token import Link, Purpose, TokenKeys, make_token
from chalicelib.tasks.links import TaskLink, make_task_token

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
AN_HOUR = timedelta(hours=1)
OVER = "once good, and over"  # its holder is told so, by 410
NOBODY = ids.derived_id("nobody")


def mangled(token: str, other: str) -> Iterator[str]:
    """`other` is the token of another link of the same kind."""
    for place in range(len(token)):
        letter = ALPHABET[(ALPHABET.index(token[place]) + 7) % 32]
        yield token[:place] + letter + token[place + 1 :]
    for cut in (1, 5, 20):
        yield token[:-cut]
        yield token[cut:]
    half = len(token) // 2
    yield token[:half] + other[half:]
    yield other[:half] + token[half:]
    yield token + "a"
    yield token + token
    yield from ("0", "null", "..", "%00", "a" * 600, token.replace(token[0], "1", 1))


def wrong_task_links(link: TaskLink, keys: TokenKeys, now: datetime) -> Iterator[tuple[str, str]]:
    """`link` opens its task. Signed by the stack's own key, unless the name says otherwise."""
    yield "expired", make_task_token(replace(link, ends=now - timedelta(seconds=1)), keys)
    yield "long expired", make_task_token(replace(link, ends=now - timedelta(days=900)), keys)
    yield "of somebody else", make_task_token(replace(link, person=NOBODY), keys)
    yield "of another task", make_task_token(replace(link, task=NOBODY), keys)
    yield (
        "task and person swapped",
        make_task_token(replace(link, task=link.person, person=link.task), keys),
    )
    yield "of another key", make_task_token(link, _with_another_key(keys))
    yield "of an unknown key", make_task_token(link, TokenKeys("?", {"?": b"x" * 32}))
    yield from _of_other_doors(Link(link.task, "it-help-desk", link.ends), keys)


def wrong_helped_links(link: Link, keys: TokenKeys, now: datetime) -> Iterator[tuple[str, str]]:
    """`link` says whether a closed task helped."""

    def made(link: Link, keys: TokenKeys = keys) -> str:
        return make_token(link, Purpose.HELPED, keys.active, keys)

    yield "of an earlier closing", made(replace(link, expires=link.expires - AN_HOUR))
    yield "of a later closing", made(replace(link, expires=link.expires + AN_HOUR))
    yield OVER, made(replace(link, expires=now - AN_HOUR))
    yield "of another task", made(replace(link, invitation=NOBODY))
    yield "of another key", made(link, _with_another_key(keys))
    yield "of an unknown key", made(link, TokenKeys("?", {"?": b"x" * 32}))
    for purpose in (Purpose.ANSWER, Purpose.UNSUBSCRIBE):
        yield f"of the door {purpose}", make_token(link, purpose, keys.active, keys)
    yield "of a task", make_task_token(TaskLink(link.invitation, NOBODY, link.expires), keys)


def _of_other_doors(link: Link, keys: TokenKeys) -> Iterator[tuple[str, str]]:
    for purpose in Purpose:
        yield f"of the door {purpose}", make_token(link, purpose, keys.active, keys)


def _with_another_key(keys: TokenKeys) -> TokenKeys:
    return TokenKeys(keys.active, {keys.active: b"another key of thirty-two bytes."})
