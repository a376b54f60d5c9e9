"""The story of the demo, by months of the calendar and days before the day on which it is told, so
it is the same story on every day of the year. Month 1 is the last that is over, 0 the one in which
it is told.

The IT help desk asks nine people a day, from month 6 on.
- In month 4 the VPN begins to drop. More tickets are about the network, and those who open
  them say so. The cause "VPN drops" rises in the closed tasks.
- A new gateway ends it when month 2 begins. The tasks that were kept open for it are closed as
  fixed. Everybody is happier than at the beginning, managers more than team members.
- In month 1 more people answer, because mails come from whoever helped. What is left to do: since
  then "New laptop is not ready" rises.

Client Services asks the contacts of forty clients each 100 days, the last time in month 1. Numbers
are days before the end of its story, which is 30 days after month 1 began.
- Loyal clients renew and bring others. Some unhappy ones leave, and so do some who never said
  anything. 200 days ago each client got a contact person, and scores are higher since. What
  was asked before came from another tool.
"""

from dataclasses import dataclass
from typing import Final

FIRST_MONTH: Final = 6
LAST_DAY: Final = 2  # whoever is asked then has answered by last midnight
ASKED_A_DAY: Final = 9
PEOPLE: Final = 600  # so that nobody is asked twice within two months

# What a ticket is about.
ACCOUNTS, NETWORK, WORKPLACE = "Accounts", "Network", "Workplace"
TEAM_OF: Final = {ACCOUNTS: "IT Service Desk", NETWORK: "Network", WORKPLACE: "Workplace"}
MANAGER, MEMBER = "manager", "team member"
DROPS, LAPTOPS, TWICE = "VPN drops", "New laptop is not ready", "Asked twice"
PLACES: Final = {"Bergen": ("nb", "en"), "Leipzig": ("de", "en"), "Osaka": ("ja", "en", "en")}
GOALS_SET: Final = 100
# The last number is in how many days it ends.
GOALS: Final = (
    ("it-help-desk", "score", 60.0, 60),
    ("it-help-desk", "response_rate", 0.45, 120),
    ("client-services", "score", 25.0, 120),
)

Bands = tuple[int, int, int]  # promoters, passives, detractors, of twenty


@dataclass(frozen=True)
class Phase:
    """Its last month is `until`. `about` is how tickets are spread.
    `answered` is of twenty; `affected` are the answers about NETWORK where they differ."""

    name: str
    until: int
    about: tuple[str, ...]
    answered: int
    bands: dict[str, Bands]
    affected: Bands | None = None


USUAL = (ACCOUNTS, ACCOUNTS, NETWORK, WORKPLACE)
BUSY = (ACCOUNTS,) * 2 + (NETWORK,) * 3 + (WORKPLACE,)
AT_FIRST: dict[str, Bands] = {MANAGER: (14, 4, 2), MEMBER: (6, 6, 8)}
SINCE: dict[str, Bands] = {MANAGER: (19, 1, 0), MEMBER: (11, 5, 4)}
BEFORE = Phase("before", 5, USUAL, 7, AT_FIRST)
WORSE = Phase("worse", 3, BUSY, 8, AT_FIRST, affected=(1, 3, 16))
MENDED = Phase("mended", 2, USUAL, 8, SINCE)
HEARD = Phase("heard", 0, USUAL, 12, SINCE)
PHASES: Final = (BEFORE, WORSE, MENDED, HEARD)

OTHERS = ("Waiting for a part", "Closed too early", "Nobody called back", TWICE)
LAPTOPS_FROM: Final = 1  # a month
# On the second day of this month. For some days before, tasks about DROPS wait for it.
GATEWAY_CHANGED, KEPT_OPEN_DAYS = 2, 9
GATEWAY_NOTE: Final = "No drop since the new gateway."
LATE_ONE_OF: Final = 12  # closed after it was due

# Tasks that are open, the later ones overdue: days ago, score, what it is about, language, words.
WAITING: Final = (
    (1, 4, WORKPLACE, "en", "The new laptop asks for a password that nobody knows."),
    (1, 6, ACCOUNTS, "nb", "Grei hjelp, men skriveren er treg igjen."),
    (4, 3, WORKPLACE, "en", "My new laptop came without my programs, and nobody has called yet."),
    (6, 5, ACCOUNTS, "de", "Das Ticket wurde geschlossen, bevor der Drucker wieder ging."),
    (11, 2, WORKPLACE, "ja", "新しいパソコンがまだ使えません。"),
)
# Days before month 0, score, how it looked (history.py).
HELD: Final = (
    (19, 0, "sweep"),
    (16, 10, "sweep"),
    (12, 4, "robot"),
    (8, 7, "untouched"),
    (5, 0, "sweep"),
    (3, 9, "robot"),
)
CLIENTS_HELD: Final = ((24, 0, "sweep"), (15, 5, "untouched"))
# First asked, asked again: what became of the first, and so the reason why not again.
NOT_ASKED_AGAIN: Final = (
    (150, 80, "unsubscribed"),
    (97, 41, "unsubscribed"),
    (44, 9, "unsubscribed"),
    (131, 70, "bounced"),
    (66, 21, "bounced"),
    (25, 13, "throttled"),
    (18, 6, "throttled"),
    (12, 3, "throttled"),
)

CLIENTS_END: Final = 30  # days after month 1 began
WAVES: Final = (330, 230, 130, 30)  # days ago; a client's day is up to 19 days later
CONTACTS_ASKED: Final = 4  # of five: the last is never asked
KNOWN_FROM: Final = 335
REGIONS: Final = ("North", "Coast", "South")
PERSON_FROM: Final = 200
RENEWAL, CHURN = (190, 176), (175, 162)  # between these days ago
REFERRAL_AFTER: Final = (15, 60)  # days after the answer


@dataclass(frozen=True)
class ClientKind:
    """Of clients. `before` and `since` they have a contact person. `answered` is of twenty,
    `referred` of ten promoters, `reasons` are of those who leave."""

    name: str
    clients: int
    answered: int
    before: Bands
    since: Bands
    renewed: int
    reasons: tuple[str, ...]


CLIENT_KINDS: Final = (
    ClientKind("loyal", 14, 10, (16, 3, 1), (18, 2, 0), 13, ()),
    ClientKind("fair", 9, 9, (3, 13, 4), (14, 5, 1), 6, ("price", "product_fit")),
    ClientKind(
        "unhappy",
        9,
        9,
        (0, 4, 16),
        (3, 8, 9),
        3,
        ("service", "price", "service", "acquired"),
    ),
    ClientKind("quiet", 8, 0, (0, 0, 0), (0, 0, 0), 4, ("service", "moved", "closed")),
)
# Of ten people whose first answer is in the band.
REFERRED: Final = {"promoter": 5, "passive": 1, "detractor": 0}
