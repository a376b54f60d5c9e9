"""The keys of what is sent: letters to people of a team, calls of webhooks, digests, with the
accounts that they are about, and reports; and of what was changed of what is set up.
Their rows are in the table of keys.py."""

from chalicelib.table import Key


def letter(letter_id: str) -> Key:
    return Key(f"LETTER#{letter_id}", "LETTER")


def letters_in(shard: str) -> str:
    """`shard` is that of `due_shard`."""
    return f"LETTERS#{shard}"


def webhook(webhook_id: str) -> Key:
    return Key(f"WEBHOOK#{webhook_id}", "WEBHOOK")


def delivery(delivery_id: str) -> Key:
    return Key(f"DELIVERY#{delivery_id}", "DELIVERY")


def deliveries_to(webhook_id: str) -> str:
    return f"DELIVERIES#{webhook_id}"


def digest(team_id: str) -> Key:
    return Key(f"DIGEST#{team_id}", "DIGEST")


def owned(team_id: str, member_id: str, account_id: str) -> Key:
    """An account that a member of the team owns."""
    return Key(f"OWNED#{team_id}", f"{member_id}#{account_id}")


def report(survey_id: str, month: str) -> Key:
    return Key(f"REPORT#{survey_id}#{month}", "REPORT")


def change_of_setup(change_id: str) -> Key:
    return Key(f"HISTORY#{change_id}", "HISTORY")
