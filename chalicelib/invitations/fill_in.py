"""Adds to an invitation what the request and the directory know of the person."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec.structs import replace

from chalicelib.invitations.groups import OTHER
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.known import NOTHING, Known, filled
from chalicelib.logs import logger
from chalicelib.metrics import put_count
from chalicelib.named_after import is_about_one, stands_for
from chalicelib.surveys.definition import Survey


class ToMend(StrEnum):
    """By whoever set up the survey: what stood for whoever served."""

    SEGMENT_FOLDED = "segment_folded"
    THEME_OF_EMPLOYEE = "theme_of_employee"


def fill_in(
    draft: Invitation,
    survey: Survey,
    facts: Mapping[str, str],
    known: Known,
    served_by: str | None = None,
) -> Invitation:
    given, directory = draft.account, known.account
    return replace(
        with_language(draft, known),
        segments=segments_of(survey, facts, known, draft.hook is not None, served_by),
        account=(directory or given) if draft.hook else (given or directory),
    )


def with_language(draft: Invitation, known: Known) -> Invitation:
    given, directory = draft.locale, known.language
    return replace(draft, locale=(directory or given) if draft.hook else (given or directory))


def segments_of(
    survey: Survey,
    facts: Mapping[str, str],
    known: Known,
    by_tool: bool = False,
    served_by: str | None = None,
) -> tuple[str, ...]:
    """The survey's segments that have a value, as `name=value`. One that stands for whoever served
    is folded into `other` and counted: nothing is counted by a person."""
    found = filled(survey, facts, known, by_tool)
    if served_by:
        named = [name for name, value in found.items() if stands_for(value, served_by)]
        found |= dict.fromkeys(named, OTHER)
        for name in named:
            logger().warning("segment folded", extra={"survey": survey.id, "segment": name})
        if named:
            put_count("SegmentFolded", len(named), "survey", survey.id)
    return tuple(f"{name}={found[name]}" for name in survey.segments if name in found)


def warning_of(survey: Survey, facts: Mapping[str, str], served_by: str | None) -> str:
    """What whoever set up the survey should mend, for the log of deliveries: a segment whose value
    stood for whoever served, which was folded, or a theme that does. Empty: nothing."""
    if not served_by:
        return ""
    if any(stands_for(value, served_by) for value in filled(survey, facts, NOTHING).values()):
        return ToMend.SEGMENT_FOLDED
    server = [("", served_by)]
    found = any(is_about_one(theme, words, server) for theme, words in survey.themes.items())
    return ToMend.THEME_OF_EMPLOYEE if found else ""
