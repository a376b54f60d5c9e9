"""The address that links begin with."""

import pytest

from chalicelib.errors import MissingSetting
from chalicelib.web.request import own_address

OWN = {"apiId": "abc123", "domainName": "abc123.execute-api.eu-west-1.amazonaws.com"}


def test_without_a_setting_links_begin_with_the_api_s_own_name() -> None:
    context = OWN | {"stage": "api"}
    assert own_address(context, None) == f"https://{OWN['domainName']}/api"
    assert own_address(context, "https://feedback.example.com") == "https://feedback.example.com"
    china = "abc123.execute-api.cn-north-1.amazonaws.com.cn"
    assert own_address(context | {"domainName": china}, None) == f"https://{china}/api"


@pytest.mark.parametrize(
    "domain",
    [
        "evil.example.com",
        "other1.execute-api.eu-west-1.amazonaws.com",
        "abc123.execute-api.eu-west-1.amazonaws.com.evil.example.com",
        "abc123.execute-api.evil.example.com",
        "xabc123.execute-api.eu-west-1.amazonaws.com",
        "abc123.execute-api.eu-west-1.amazonaws.com/x",
        "abc123.execute-api.eu-west-1.amazonaws.com\n",
        "abc123.execute-api.127.0.0.1",
        "",
    ],
)
def test_a_name_that_a_request_chose_is_never_handed_on(domain: str) -> None:
    with pytest.raises(MissingSetting):
        own_address({"apiId": "abc123", "stage": "api", "domainName": domain}, None)
    with pytest.raises(MissingSetting):
        own_address({"stage": "api", "domainName": domain}, None)
