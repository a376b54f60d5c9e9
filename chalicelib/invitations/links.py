"""The links of an invitation, and the row of them that a mail shows."""

from typing import Any

from chalicelib.ballots.ballot_keys import BallotKeys
from chalicelib.ballots.links import make_sealed_token, make_shared_token, nonce_of
from chalicelib.invitations.invitation import Invitation
from chalicelib.invitations.token import Link, Purpose, TokenKeys, make_token
from chalicelib.languages import first_of
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of


def language_of(invitation: Invitation, survey: Survey) -> str:
    return first_of(invitation.locale, survey.lang)


def answer_links(
    invitation: Invitation,
    survey: Survey,
    base_url: str,
    keys: TokenKeys,
    sealed: BallotKeys | None = None,
) -> list[tuple[int, str]]:
    """The address of every score, in the order of the scale. `sealed` are the keys of a sealed
    survey."""
    url = answer_url(invitation, survey, base_url, keys, sealed)
    return [(point, f"{url}/{point}") for point in points_of(survey.scale)]


def answer_url(
    invitation: Invitation,
    survey: Survey,
    base_url: str,
    keys: TokenKeys,
    sealed: BallotKeys | None = None,
) -> str:
    if sealed:
        return f"{base_url}/r/{_sealed_token(invitation, survey, sealed)}"
    link = Link(invitation.id, invitation.survey, invitation.expires_at, invitation.locale)
    token = make_token(link, Purpose.ANSWER, invitation.key_id, keys)
    return f"{base_url}/r/{token}"


def _sealed_token(invitation: Invitation, survey: Survey, keys: BallotKeys) -> str:
    if survey.has_shared_link:
        return make_shared_token(survey.id, keys)
    subject = invitation.person if survey.identity == "anonymous" else invitation.id
    nonce = nonce_of(survey.identity, subject, keys)
    return make_sealed_token(
        survey.id, nonce, invitation.places or (), language_of(invitation, survey), keys
    )


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
