"""The declaration of a help desk that Heed takes triggers from. Each has one file in `sources/`,
which the registry finds by itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from chalice.app import Response as HttpResponse
from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib.helpdesks.bodies import read_json
from chalicelib.helpdesks.paths import Path, Place
from chalicelib.helpdesks.signatures import Delivery, Scheme, random_secret

Values = tuple[str, ...]
# A tag that an admin's rule, an agent or the tool's own detection sets.
THANK_YOU: Final[Values] = ("thank_you", "thank-you")
Rules = Mapping[Path, Values]  # by path; an empty text stands for what is not there
NewestFirst = Callable[[], Sequence[str]]  # the secrets of a hook


class Shape(Struct, frozen=True):
    """One form of body. Its fields are paths (paths.py); empty is what the tool does not send.
    Upper and lower case of words are alike.

    `known_by`: what only this form has; the root, or the id of the ticket, unless told.
    `wanted`: what has to be there for a ticket to be looked at, by its path.
    `solved`: what `status` says of a solved ticket; empty when the rule in the tool sees to it.
    `before`: the status before; a ticket that was solved already is not solved again.
    `not_asked`: why nobody is asked (`spam`, `merged`, `deleted`, `not_planned`), and a path to one
    or more words that tell it.
    `within`: what the id of the ticket is counted in, where a hook hears of several.
    `solved_at`: the time of the resolution. Without one a ticket counts once a day.
    `tells_edits`: a solved ticket is told of again with each change, and no time tells these from
    a resolution: until it is opened again, nobody is asked a second time.
    `reopened`: what says that the ticket was opened again, beside a status that is not solved.
    `thanked`: what says that nothing but a "thank you" came since the resolution before.
    `changed_at`: when the ticket came to be as is told; `solved_at` unless told.
    `delivery`: together they tell this delivery from others.
    `external_id`: who asked, where no address is sent. `agent_ids`: one or more who serve, as ids
    of the same kind: nobody is asked about the own work.
    `facts`: what may become a segment, beside group and organization; `*` is an object of them.
    `closed`: objects in which words of people stand beside an address, and their keys. An address
    under another key is refused: a text that gets out of its quotes would add it.
    `once`: keys that stand right below the root and nowhere else. Two texts that get out of their
    quotes would put the real one into an object of their own, and another in its place.
    `escaped`: its texts come through Liquid's filter `escape`."""

    ticket: str
    subject: Path = ""
    url: Path = ""
    status: Path = ""
    solved: Values = ()
    before: Path = ""
    email: Path = ""
    name: Path = ""
    language: Path = ""
    external_id: Path = ""
    agent: Path = ""
    agent_ids: Path = ""
    group: Path = ""
    organization: Path = ""
    facts: Mapping[str, Path] = field(default_factory=dict)
    within: Path = ""
    solved_at: Path = ""
    tells_edits: bool = False
    reopened: Rules = field(default_factory=dict)
    thanked: Rules = field(default_factory=dict)
    changed_at: Path = ""
    delivery: tuple[str, ...] = ()
    root: str = ""
    known_by: str = ""
    wanted: Rules = field(default_factory=dict)
    not_asked: Mapping[str, tuple[str, Values]] = field(default_factory=dict)
    closed: Mapping[str, str] = field(default_factory=dict)
    once: Values = ()
    escaped: bool = False


class Source(Struct, frozen=True):
    """`name` is the word in the address of its hooks. `signed`: a delivery is taken when one of
    them fits. `paste` is Markdown for the admin of the tool: what to press and the text to paste,
    in which HOOK_URL and SECRET stand for those of the hook. `docs` is the tool's own page on it.
    `lost`: what becomes of a call that fails; `retries` is false when it is lost. `thanks`: how the
    tool tells a "thank you" that opens a ticket; empty when it cannot, and the time has to.

    Odd tools say more. `tests`: how a test delivery is told from a real one. `read` makes JSON-like
    values of a body; `many`: a list of them, and each is told of. `challenge` answers a test of the
    connection, which has this query. `answer` makes another answer than JSON."""

    name: str
    title: str
    docs: str
    signed: Sequence[Scheme]
    shapes: Sequence[Shape]
    paste: str
    retries: bool
    lost: str
    thanks: str = ""
    tests: Rules = field(default_factory=dict)
    many: bool = False
    read: Callable[[bytes], Any] = read_json
    new_secret: Callable[[], str] = random_secret
    challenge: Callable[[Mapping[str, str], NewestFirst], str | None] | None = None
    answer: Callable[[Delivery], HttpResponse | None] | None = None

    @property
    def tells_address(self) -> bool:
        return any(shape.email for shape in self.shapes)


def shape_of(source: Source, place: Place, solved: str) -> Shape | None:
    """`solved` has what stands for solved in this hook's tool, with commas; empty is as the
    source says."""
    fitting = next((shape for shape in source.shapes if _fits(shape, place)), None)
    if fitting is None or not solved:
        return fitting
    return replace(fitting, solved=tuple(each.strip().casefold() for each in solved.split(",")))


def _fits(shape: Shape, place: Place) -> bool:
    mark = shape.known_by or (f"^{shape.root}" if shape.root else shape.ticket)
    return place.find(mark) is not None
