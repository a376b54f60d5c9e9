class OperatorError(Exception):
    """Something that the operator can correct. The text tells how."""


class BadArgument(OperatorError):
    """What was typed cannot be meant."""
