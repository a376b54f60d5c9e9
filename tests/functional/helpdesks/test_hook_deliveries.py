"""The page of a hook: what came, and what became of it."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.invitations import wiring as invitations_wiring
from chalicelib.surveys import wiring as surveys_wiring
from tests.functional.conftest import HOOK, Heed
from tests.functional.helpdesks.test_hooks import PATH, changed, deliver
from tests.support.directory import known
from tests.support.problems import problem
from tests.support.samples import SURVEY

INGRID = "ingrid.solheim@example.com"


def came(heed: Heed, key: str | None = None) -> list[tuple[Any, ...]]:
    """The oldest first."""
    items = heed.call("GET", f"{PATH}/deliveries", key=key).json_body["items"]
    return [(one["result"], one["reason"], one["ticket"], one["status"]) for one in items][::-1]


def test_each_delivery_is_shown_with_what_became_of_it(heed: Heed) -> None:
    deliver(heed, changed(ticket__id="1"), delivery="1")
    deliver(heed, changed(ticket__id="1"), delivery="2")
    deliver(heed, changed(ticket__id="2"), delivery="3")
    deliver(heed, changed(event="ticket.created"), delivery="4")
    deliver(heed, changed(requester__email="nobody"), delivery="5")
    assert sorted(came(heed), key=str) == [
        ("accepted", "throttled", "2", "suppressed"),
        ("accepted", None, "1", "queued"),
        ("duplicate", "taken_before", "1", "queued"),
        ("ignored", "event_not_wanted", "48213", None),
        ("refused", "address_invalid", "48213", None),
    ]


def test_a_test_of_the_help_desk_is_shown(heed: Heed) -> None:
    deliver(heed, changed(ticket__id="{{ticket.id}}"))
    assert [line[:2] for line in came(heed)] == [("ignored", "test_delivery")]


def test_what_nobody_signed_is_not_shown(heed: Heed) -> None:
    deliver(heed, secret="another-secret-of-these-tests")
    assert came(heed) == []


def test_nothing_that_people_wrote_is_shown(heed: Heed) -> None:
    deliver(heed)
    shown = heed.call("GET", f"{PATH}/deliveries").body.decode().lower()
    assert not [word for word in ("ingrid", "solheim", "laptop", "@") if word in shown]


def test_why_a_person_is_not_written_to_is_told_to_who_may_know_people(heed: Heed) -> None:
    person = invitations_wiring.person_of(INGRID)
    invitations_wiring.people().mark(person, "unsubscribed", moments.now())
    deliver(heed)
    assert came(heed)[0][:2] == ("accepted", "unsubscribed")
    assert came(heed, heed.make_key(Scope.HOOKS_WRITE))[0][:2] == ("accepted", None)


def test_the_page_of_a_hook_that_there_is_not_or_of_another_survey_is_not_found(
    heed: Heed,
) -> None:
    foreign = heed.make_key(Scope.HOOKS_WRITE, surveys=["another"])
    for path, key in ((f"{PATH}/deliveries", foreign), ("/v1/hooks/zendesk/no/deliveries", None)):
        assert heed.call("GET", path, key=key).status_code in (403, 404)
    assert heed.call("PATCH", PATH, {"mapping": {}}, key=foreign).status_code in (403, 404)


def test_a_new_hook_says_what_to_paste(heed: Heed) -> None:
    made = heed.call("POST", "/v1/hooks", {"survey": SURVEY.id, "source": "freshdesk"}).json_body
    assert made["url"] in made["paste"]
    assert f"Bearer {made['secret']}" in made["paste"]
    assert "HOOK_URL" not in made["paste"]
    given = {"survey": SURVEY.id, "source": "zendesk", "secret": "what-zendesk-revealed"}
    assert "what-zendesk-revealed" not in heed.call("POST", "/v1/hooks", given).body.decode()


def use(**changes: Any) -> None:
    surveys_wiring.surveys().put(replace(SURVEY, **changes))
    surveys_wiring.catalogue.cache_clear()


def map_to(heed: Heed, **mapping: str) -> Any:
    return heed.call("PATCH", PATH, {"mapping": mapping})


def asked(heed: Heed, **fields: Any) -> dict[str, Any]:
    body = changed() | {"fields": fields}
    assert deliver(heed, body).json_body["status"] == "accepted"
    (item,) = heed.items("INVITE")
    return item


def test_what_is_mapped_comes_along(heed: Heed) -> None:
    use(segments=["position", "site", "tier"], segment_of={"position": "role", "site": "location"})
    names = {"role": "fields.job", "site": "fields.sites[0]", "tier": "fields.a[k=t].v"}
    mapped = map_to(heed, **names, account="fields.crm", language="fields.lang")
    assert mapped.json_body["mapping"]["tier"] == "fields.a[k=t].v"
    fields = {"job": "Nurse", "sites": ["Oslo"], "a": [{"k": "s"}, {"k": "t", "v": "Gold"}]}
    item = asked(heed, **fields, crm="acme-7", lang="German")
    assert item["segments"] == ["position=Nurse", "site=Oslo", "tier=Gold"]
    assert (item["account"], item["locale"]) == ("acme-7", "de")


def test_what_the_page_of_help_desks_maps_comes_along(heed: Heed) -> None:
    use(segments=["role", "location"])
    map_to(heed, role="requester.user_fields.position", location="requester.site")
    deliver(heed, changed(requester__user_fields={"position": "Nurse"}, requester__site="Oslo"))
    assert heed.items("INVITE")[0]["segments"] == ["role=Nurse", "location=Oslo"]


def test_the_directory_stands_before_what_is_mapped(heed: Heed) -> None:
    use(segments=["role", "location"])
    known(heed, INGRID, role="manager", language="fr")
    map_to(heed, role="fields.job", location="fields.site")
    item = asked(heed, job="Nurse", site="Oslo")
    assert item["segments"] == ["role=manager", "location=Oslo"]
    assert item["locale"] == "fr"


def test_what_is_no_short_fact_is_left_out(heed: Heed) -> None:
    use(segments=["role", "location"])
    map_to(heed, role="requester.email", location="fields", account="fields.crm", language="group")
    item = asked(heed, crm="an account with blanks")
    assert item["segments"] == []
    assert "account" not in item
    assert item["locale"] == "nb"


def test_a_mapping_is_replaced_and_survives_a_new_secret(heed: Heed) -> None:
    use(segments=["role"])
    map_to(heed, role="fields.job")
    heed.call("POST", f"{PATH}/secrets", {"secret": "the-newer-secret-of-zendesk"})
    (hook,) = [one for one in heed.call("GET", "/v1/hooks").json_body["items"] if one["id"] == HOOK]
    assert hook["mapping"] == {"role": "fields.job"}
    assert map_to(heed).json_body["mapping"] == {}


@pytest.mark.parametrize("path", ["", "a..b", "a[", "$.a", "h:authorization", "a" * 301, "a;b"])
def test_what_is_no_path_is_refused(heed: Heed, path: str) -> None:
    assert map_to(heed, role=path).status_code == 422


def test_a_name_that_is_no_segment_is_refused(heed: Heed) -> None:
    refused = map_to(heed, colour="fields.colour")
    assert problem(refused) == (409, "does-not-fit")
    assert refused.json_body["errors"][0]["pointer"] == "#/mapping/colour"
    assert map_to(heed, agent="fields.agent").status_code == 422
