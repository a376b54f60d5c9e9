"""What a survey promises to those who answer."""

from typing import Final, Literal

from chalicelib.surveys.wording import N_

Identity = Literal["named", "confidential", "anonymous"]

PROMISES: Final = {
    "named": N_("%(team)s sees your name with your answer."),
    "confidential": N_(
        "Confidential: your name is stored with your answer and shown to nobody. Results are"
        " shown for groups only."
    ),
    "anonymous": N_(
        "Anonymous: your name is not stored with your answer. Results are shown for groups only."
    ),
}
