"""Questions beside a score, of each kind."""

from typing import Any

CHANNEL: dict[str, Any] = {
    "id": "channel",
    "kind": "choice",
    "text": {"en": "How did you reach us?", "de": "Wie haben Sie uns erreicht?"},
    "options": [
        {"id": "phone", "text": {"en": "By phone", "de": "Telefonisch"}},
        {"id": "mail", "text": {"en": "By e-mail", "de": "Per E-Mail"}},
        {"id": "desk", "text": {"en": "At the desk", "de": "Am Schalter"}},
    ],
}
GOOD: dict[str, Any] = {
    "id": "good",
    "kind": "choices",
    "text": {"en": "What was good?", "de": "Was war gut?"},
    "options": [
        {"id": "speed", "text": {"en": "It was quick", "de": "Es ging schnell"}},
        {"id": "care", "text": {"en": "They listened", "de": "Man hat zugehört"}},
    ],
}
MISSING: dict[str, Any] = {
    "id": "missing",
    "kind": "words",
    "text": {"en": "What do you miss?", "de": "Was fehlt Ihnen?"},
}
QUESTIONS = [CHANNEL, GOOD, MISSING]
