"""What may be chosen in the form of a survey."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from chalicelib.dashboard.setup.surveys.form import MOST_SEGMENTS, OWN_PLAN
from chalicelib.helpdesks.language_names import own_names
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.plan import NAMES
from chalicelib.surveys.promises import PROMISES
from chalicelib.surveys.scale import Look, Scale
from chalicelib.surveys.segment import SegmentOf
from chalicelib.surveys.wording import Standard, standard_question

SHOWN_SEGMENTS: Final = 4


def choices_for(survey: Survey | None) -> Mapping[str, Any]:
    has_own_plan = survey is not None and not isinstance(survey.plan, str)
    rows = max(SHOWN_SEGMENTS, len(survey.segments) + 1 if survey else 0)
    return {
        "standards": {
            name: standard_question(name, survey.audience if survey else "internal").question
            for name in get_args(Standard)
        },
        "scales": [scale.value for scale in Scale],
        "looks": [look.value for look in Look],
        "promises": PROMISES,
        "plans": [*NAMES, *([OWN_PLAN] if has_own_plan else [])],
        "segment_rows": range(min(rows, MOST_SEGMENTS)),
        "segments_of": get_args(SegmentOf),
        "languages": own_names(),
    }
