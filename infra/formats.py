"""Writes what CLDR knows of numbers and days into `chalicelib/dashboard/formats.json`, for the
languages of the members' pages: a part of `make messages`."""

import json

from babel import Locale

from chalicelib.dashboard.formats import FACTS, Facts
from chalicelib.languages import OF_MEMBERS


def facts_of(lang: str) -> Facts:
    locale = Locale.parse(lang)
    symbols, skeletons = locale.number_symbols["latn"], locale.datetime_skeletons
    months = {kind: locale.months[kind]["abbreviated"] for kind in ("format", "stand-alone")}
    return {
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        "minus": symbols["minusSign"],
        "percent": locale.percent_formats[None].pattern.replace("#,##0", "{}"),
        "day": skeletons["yMMMd"].format,
        "month": skeletons["yMMM"].format,
        "months": [months["format"][number] for number in range(1, 13)],
        "standing_months": [months["stand-alone"][number] for number in range(1, 13)],
    }


def text() -> str:
    facts = {lang: facts_of(lang) for lang in OF_MEMBERS}
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def write() -> None:
    FACTS.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write()
