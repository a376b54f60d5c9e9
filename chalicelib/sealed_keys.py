"""The keys of sealed surveys. Their rows are in the table of keys.py."""

from chalicelib.table import Key

RELEASE_RANGE = ("RELEASE#", "RELEASE#~")
CLOSED = "CLOSED"


def release(board_id: str, number: int) -> Key:
    return Key(board_of(board_id), f"RELEASE#{number:05d}")


def closed(board_id: str) -> Key:
    return Key(board_of(board_id), CLOSED)


def board_of(board_id: str) -> str:
    return f"BOARD#{board_id}"


def cells(survey_id: str) -> Key:
    return Key(f"CELLS#{survey_id}", "CELLS")


def groups(survey_id: str) -> Key:
    return Key(f"GROUPS#{survey_id}", "GROUPS")


def lookup(survey_id: str, time: str, lookup_id: str) -> Key:
    return Key(lookups_of(survey_id), f"{time}#{lookup_id}")


def lookups_of(survey_id: str) -> str:
    return f"LOOKUPS#{survey_id}"


# The table `Ballots`.
BALLOT_RANGE = ("BALLOT#", "BALLOT#~")
CONVERSATION_RANGE = ("CONVERSATION#", "CONVERSATION#~")


def ballot(survey_id: str, ballot_id: str) -> Key:
    return Key(ballots_of(survey_id), f"BALLOT#{ballot_id}")


def conversation(survey_id: str, answer: str) -> Key:
    return Key(ballots_of(survey_id), f"CONVERSATION#{answer}")


def box(survey_id: str) -> Key:
    return Key(ballots_of(survey_id), "BOX")


def plan(survey_id: str) -> Key:
    return Key(ballots_of(survey_id), "PLAN")


def ballots_of(survey_id: str) -> str:
    return f"BALLOTS#{survey_id}"
