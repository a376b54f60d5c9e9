"""A button that is a form of its own and is refused leaves the fields of its page as stored."""

from tests.functional.conftest import Heed
from tests.support.members import signed_in
from tests.support.owners import task_of
from tests.support.samples import SURVEY
from tests.support.setup_pages import fields_in

HERE = f"/app/setup/surveys/{SURVEY.id}"


def test_a_deletion_that_is_refused_empties_no_field(heed: Heed) -> None:
    task_of(heed)
    admin = signed_in(heed)
    before = admin.open(HERE)
    refused = admin.press(before, "act-delete", act="delete")
    assert refused.status_code == 409
    shown, stood = fields_in(refused), fields_in(before)
    del shown["seen"], stood["seen"]
    assert shown == stood
    assert shown["name"] == [SURVEY.name]
