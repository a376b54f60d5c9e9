"""Numbers and days as a reader writes them. The facts are CLDR's and written by
infra/formats.py: Babel itself is not in the zip."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final, TypedDict

from msgspec import Struct

from chalicelib.languages import SOURCE
from chalicelib.scores.sentences import number

FACTS: Final = Path(__file__).with_name("formats.json")


class Facts(TypedDict):
    """`day` and `month` are patterns of `%(d)s`, `%(MMM)s` and the like; `percent` has a `{}`."""

    decimal: str
    group: str
    minus: str
    percent: str
    day: str
    month: str
    months: list[str]
    standing_months: list[str]


class Formats(Struct, frozen=True):
    facts: Facts

    def number(self, value: float, places: int = 0) -> str:
        whole, _, rest = number(abs(value), places).partition(".")
        is_below = value < 0 and float(number(value, places)) != 0
        text = f"{int(whole):,}".replace(",", self.facts["group"])
        text += f"{self.facts['decimal']}{rest}" if rest else ""
        return f"{self.facts['minus']}{text}" if is_below else text

    def shown(self, value: float) -> str:
        """With as many places as the value was rounded to."""
        return self.number(value, len(f"{value:.4f}".rstrip("0").partition(".")[2]))

    def percent(self, share: float, places: int = 0) -> str:
        return self.facts["percent"].format(self.number(100 * share, places))

    def day(self, day: date) -> str:
        return self.facts["day"] % self._parts(day)

    def month(self, day: date) -> str:
        return self.facts["month"] % self._parts(day)

    def short_month(self, day: date) -> str:
        """January is named by its year."""
        return f"{day.year}" if day.month == 1 else self.facts["standing_months"][day.month - 1]

    def _parts(self, day: date) -> Mapping[str, str]:
        return {
            "y": f"{day.year}",
            "MMM": self.facts["months"][day.month - 1],
            "LLL": self.facts["standing_months"][day.month - 1],
            "d": f"{day.day}",
        }


@lru_cache
def formats_in(lang: str) -> Formats:
    """As in English where the pages are not translated."""
    facts: dict[str, Facts] = json.loads(FACTS.read_text(encoding="utf-8"))
    return Formats(facts.get(lang, facts[SOURCE]))
