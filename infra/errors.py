class OperatorError(Exception):
    """Something that the operator can correct. The text tells how."""
