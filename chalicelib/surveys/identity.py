"""What a survey's promise lets a view say of one person. Pure."""


def tells_who_answered(identity: str) -> bool:
    """Named surveys alone: of a confidential or anonymous one even the fact that a person
    answered, or did not, is nobody's business."""
    return identity == "named"
