"""The holidays of a team. Only here, and only when a task is planned or measured, is their library
imported: it takes as long as a whole start of a function."""

from collections.abc import Container
from datetime import date

from chalicelib.logs import logger
from chalicelib.teams.team import Calendar


def holidays_kept(calendar: Calendar | None) -> Container[date]:
    """Of any year. None are kept for a country that the library does not know, and the log says
    so."""
    if calendar is None or calendar.country is None:
        return ()
    from holidays import country_holidays

    try:
        return country_holidays(calendar.country, subdiv=calendar.subdivision)
    except NotImplementedError:
        place = {"country": calendar.country, "subdivision": calendar.subdivision}
        logger().warning("no holidays known", extra=place)
        return ()
