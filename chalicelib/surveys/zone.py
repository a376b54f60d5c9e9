"""The time zone of a survey or a team."""

import re
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

SIGNED: Final = "[+-][0-9]"


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError("not a zone of the IANA time zone database") from error
    if re.search(SIGNED, zone):
        # In these the sign runs the other way: Etc/GMT-1 is east of Greenwich.
        raise ValueError("name a place, like Europe/Oslo, or UTC")
    return zone


Zone = Annotated[str, AfterValidator(_known_zone)]
