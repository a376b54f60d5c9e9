import pytest

from chalicelib.errors import Invalid
from chalicelib.surveys.identity import require_named, tells_who_answered


@pytest.mark.parametrize("identity", ["confidential", "anonymous", ""])
def test_only_a_named_survey_tells_of_single_people(identity: str) -> None:
    require_named("named")
    with pytest.raises(Invalid) as refused:
        require_named(identity)
    assert refused.value.errors[0].code == "survey_not_named"


@pytest.mark.parametrize("identity", ["confidential", "anonymous", "Named", "", "sealed"])
def test_only_a_named_survey_tells_who_answered(identity: str) -> None:
    assert tells_who_answered("named")
    assert not tells_who_answered(identity)
