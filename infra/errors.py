class OperatorError(Exception):
    """Something the person at the keyboard can put right; its text tells how."""
