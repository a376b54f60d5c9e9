from chalicelib import moments
from chalicelib.disclosure.disclosure import Disclosure
from chalicelib.members import schemas
from chalicelib.members.member import Member


def show_member(member: Member, told: Disclosure) -> schemas.AppMember:
    return {
        "id": member.id,
        "name": member.name if told.sees_people else None,
        "email": member.email if told.sees_people else None,
        "role": member.role,
        "surveys": sorted(member.surveys) if member.surveys is not None else None,
        "language": member.lang,
        "created_at": moments.to_text(member.created) if member.created else None,
        "created_by": member.created_by,
    }
