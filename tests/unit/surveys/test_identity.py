import pytest
from msgspec.structs import replace

from chalicelib.errors import Invalid
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.identity import require_named
from tests.support.samples import SURVEY

# A word that nobody knows promises what the strictest does.
SEALED = ["confidential", "anonymous", "Named", "", "sealed"]


def promised(identity: str) -> Survey:
    return replace(SURVEY, identity=identity)


@pytest.mark.parametrize("identity", SEALED)
def test_only_a_named_survey_tells_of_single_people(identity: str) -> None:
    require_named(promised("named"))
    with pytest.raises(Invalid) as refused:
        require_named(promised(identity))
    assert refused.value.errors[0].code == "survey_not_named"


@pytest.mark.parametrize("identity", SEALED)
def test_only_a_named_survey_tells_who_answered(identity: str) -> None:
    assert not promised("named").is_sealed
    assert promised(identity).is_sealed
