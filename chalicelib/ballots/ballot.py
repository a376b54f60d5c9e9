"""A sealed answer, and the receipt of it. Pure."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib import ids
from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.discreet import Discreet
from chalicelib.surveys.question import Answers

CODE_BYTES = 16
LETTERS = 5  # of a receipt's code, between two hyphens


class Seen(Struct, frozen=True):
    """What the judge needs to know of a form that was sent. It holds no time of day.
    `elapsed_ms` is how long the page had been open, None without script. `client` is a hash
    under the survey's own key. `gesture` is a facts.Gesture by its names."""

    client: str = ""
    network: str = "other"
    robot: bool = False
    bound: bool = True
    trusted: bool | None = None
    gesture: Mapping[str, str | int | bool] | None = None
    elapsed_ms: int | None = None


class Vote(Discreet, frozen=True):
    """Takes the place of an earlier one, also of its words and of its answers. `contact`: the
    address of somebody who wants to be contacted, and so to be named with this answer."""

    hidden = ("comment", "answers", "contact")

    score: int
    comment: str | None = None
    answers: Answers = field(default_factory=dict)
    contact: str | None = None


class Ballot(Discreet, frozen=True):
    """`salt` is new whenever what it says changes, and with it the receipt. `held`: why the judge
    does not take it for a person's. `taken` is the number of the release that moves it."""

    hidden = ("comment", "salt", "answers", "contact")

    survey: str
    id: str
    score: int
    comment: str | None
    groups: tuple[str, ...]
    salt: bytes
    seen: Seen
    receipt: str
    held: str | None = None
    taken: int | None = None
    answers: Answers = field(default_factory=dict)
    contact: str | None = None


def ballot_id(identity: str, nonce: bytes, keys: BallotKeys) -> str:
    """In a confidential survey the id of the invitation."""
    if identity == "confidential":
        return ids.encode(nonce)
    digest = hmac.digest(keys.record, b"ballot\x00" + nonce, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def receipt_code(of: str, salt: bytes, keys: BallotKeys) -> bytes:
    """`of` is the id of the ballot."""
    return hmac.digest(keys.record, b"receipt\x00" + of.encode() + salt, "sha256")[:CODE_BYTES]


def receipt_hash(code: bytes) -> str:
    """What the board shows. docs/anonymity.md tells how to check it."""
    return hashlib.sha256(b"heed receipt" + code).hexdigest()


def result_id(code: bytes) -> str:
    """The id under which the answer is published. Nobody can compute it without the code, and the
    salt of that goes with the ballot."""
    return ids.encode(hashlib.sha256(b"heed result" + code).digest()[:16])


def salt_after(code: bytes, vote: Vote, keys: BallotKeys) -> bytes:
    """Of a change by receipt. The same change of the same receipt gives the same new one, so a
    form that is sent twice finds what the first one made."""
    said = json.dumps(["salt", vote.score, vote.comment, sorted(vote.answers.items())])
    return hmac.digest(keys.record, said.encode() + code, "sha256")[:CODE_BYTES]


def written_code(code: bytes) -> str:
    text = ids.encode(code)
    return "-".join(text[start : start + LETTERS] for start in range(0, len(text), LETTERS))


def read_code(text: str) -> bytes:
    """Takes what people make of it: spaces, capitals, no hyphens. Raises ValueError."""
    letters = re.sub(r"[\s\-\u2010-\u2015]", "", text[:200])
    code = ids.decode(letters.lower())
    if len(code) != CODE_BYTES:
        raise ValueError("not a receipt")
    return code


def voted(current: Ballot, vote: Vote, groups: tuple[str, ...], salt: bytes) -> Ballot:
    """An exact duplicate keeps the salt, and so the receipt."""
    # Words go with the form that sent them: who only holds the link must not read, by a receipt of
    # a form of their own, what somebody else wrote.
    answers = {name: given for name, given in vote.answers.items() if given}
    after = replace(current, score=vote.score, comment=vote.comment or None, groups=groups)
    after = replace(after, answers=answers, contact=vote.contact)
    return current if after == current else replace(after, salt=salt)
