"""The links of an invitation, and the row of them that a mail shows."""

from typing import Any

from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.token import Link, Purpose, TokenKeys, make_token
from chalicelib.languages import first_of
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of


def language_of(invitation: Invitation, survey: Survey) -> str:
    return first_of(invitation.locale, survey.lang)


def answer_links(
    invitation: Invitation, survey: Survey, base_url: str, keys: TokenKeys
) -> list[tuple[int, str]]:
    """The address of every score, in the order of the scale."""
    url = _answer_url(invitation, base_url, keys)
    return [(point, f"{url}/{point}") for point in points_of(survey.scale)]


def _answer_url(invitation: Invitation, base_url: str, keys: TokenKeys) -> str:
    link = Link(invitation.id, invitation.survey, invitation.expires_at, invitation.locale)
    token = make_token(link, Purpose.ANSWER, invitation.key_id, keys)
    return f"{base_url}/r/{token}"


def row_of(survey: Survey, links: list[tuple[int, str]]) -> dict[str, Any]:
    """The context of templates/email/_row, for our own mail and for other systems' mail."""
    return {
        "question": survey.asked,
        "scale": survey.scale,
        "look": survey.look,
        "low_label": survey.ends[0],
        "high_label": survey.ends[1],
        "links": links,
        "promise": survey.promise,
    }
