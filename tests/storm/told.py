"""What a client was told of a person, and so what must be there when the storm is over."""

from dataclasses import dataclass, field

MAYBE = "maybe"


@dataclass
class Press:
    """One press of Send. `taken`: the page said so. Otherwise nobody knows."""

    score: int
    words: str
    taken: bool = False


@dataclass
class Told:
    """`invitation` is None until an answer named it. `presses` are in the order of pressing, not
    of arriving. `silent` is why no mail may be queued any more, by a 2xx at `silent_at`;
    `asked_later` are the invitations after that."""

    address: str | None = None
    invitation: str | None = None
    mailed: bool = False  # asked by Heed's own mail
    links: dict[int, str] = field(default_factory=dict)
    presses: list[Press] = field(default_factory=list)
    deleted: bool = False
    may_be_deleted: bool = False
    silent: str | None = None
    silent_at: str = ""
    asked_later: list[str] = field(default_factory=list)
    erased: bool = False
    may_be_erased: bool = False

    @property
    def link(self) -> str:
        """A person opens one link of a mail. Whoever opens several is taken for a scanner."""
        return self.links[min(self.links)]

    @property
    def possible(self) -> set[tuple[int, str] | None]:
        """What may be stored: the newest press that was taken, or one after it that may have
        been."""
        found: set[tuple[int, str] | None] = set()
        for press in reversed(self.presses):
            found.add((press.score, press.words))
            if press.taken:
                break
        else:
            found.add(None)
        return found | ({None} if self.may_be_deleted or self.may_be_erased else set())

    @property
    def is_gone(self) -> bool:
        return self.may_be_erased or self.may_be_deleted
