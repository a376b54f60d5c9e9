"""What a release is called, and which versions are kept. A letter is a release."""

import pytest

from infra.releases import KEPT, forget_versions, functions_of, name_release
from tests.support.lambda_versions import Versions

USUAL = {"Docs": "yes", "BaseUrl": ""}


def name(package: str = "zip", last: str = "", taken_back: bool = False, **parameters: str) -> str:
    return name_release(package, USUAL | parameters, last, taken_back)


def test_the_same_deploy_has_the_same_name() -> None:
    assert name() == name(last=name())


@pytest.mark.parametrize("other", [name("another zip"), name(Docs="no"), name(BaseUrl="yes")])
def test_another_package_or_parameter_is_another_release(other: str) -> None:
    # SAM looks at ten characters.
    assert other[:10] != name()[:10]


def test_what_was_taken_back_is_another_release_when_it_is_deployed_again() -> None:
    first = name()
    again = name(last=first, taken_back=True)
    assert again[:10] != first[:10]
    assert name(last=again) == again


def test_it_is_again_another_each_time() -> None:
    last, seen = name(), {name()}
    for _ in range(15):
        last = name(last=last, taken_back=True)
        seen.add(last)
    assert len(seen) == 16


def kept(before: Versions, after: Versions) -> list[str]:
    was = functions_of(before.stack, before.client)
    forget_versions(after, was, functions_of(after.stack, after.client))
    return ["".join(made.values()) for made in after.published.values()]


def test_a_few_versions_are_kept() -> None:
    versions = Versions({"api": "abcdefgh", "tick": "gh"})
    assert kept(versions, versions) == ["cdefgh", "gh"]
    assert len("cdefgh") == KEPT + 1


def test_a_version_that_was_taken_back_and_replaced_goes() -> None:
    before = Versions({"api": "abc"}, live={"api": 2})
    assert kept(before, Versions({"api": "abcd"})) == ["abd"]


def test_what_was_taken_back_stays_until_it_is_replaced() -> None:
    versions = Versions({"api": "abc"}, live={"api": 2})
    assert kept(versions, versions) == ["abc"]


def test_a_version_that_another_alias_is_at_stays() -> None:
    versions = Versions({"api": "abcdefgh"})
    versions.held = {("api", 1)}
    assert kept(versions, versions) == ["acdefgh"]
