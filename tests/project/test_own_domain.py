"""A domain of your own: the parameters of the template, and what stands behind them."""

import pytest
import yaml

from chalicelib.web.request import own_address, own_path
from infra.deploy_cli import _aws_parameters
from infra.paths import TEMPLATE

pytestmark = pytest.mark.slow

NO_DOMAIN = {"Fn::If": ["HasDomain", {"Fn::Sub": "https://${DomainName}"}, ""]}


@pytest.fixture(scope="module")
def template(packaged):
    return yaml.safe_load((packaged / TEMPLATE.name).read_text())


def test_nothing_of_it_is_made_unless_it_is_asked_for(template):
    for name in ("DomainName", "CertificateArn"):
        assert template["Parameters"][name]["Default"] == ""
    made = [
        name
        for name, resource in template["Resources"].items()
        if resource.get("Condition") == "HasDomain"
    ]
    assert made == ["Domain", "DomainMapping"]
    assert all(template["Outputs"][name]["Condition"] == "HasDomain" for name in ("DomainTarget",))


def test_one_without_the_other_is_refused(template):
    ((assertion,),) = [rule["Assertions"] for rule in template["Rules"].values()]
    none, both = assertion["Assert"]["Fn::Or"]
    for name in ("DomainName", "CertificateArn"):
        is_empty = {"Fn::Equals": [{"Ref": name}, ""]}
        assert is_empty in none["Fn::And"]
        assert {"Fn::Not": [is_empty]} in both["Fn::And"]


def test_its_root_leads_to_the_stage_that_the_api_has(resources):
    mapping = resources["DomainMapping"]["Properties"]
    assert mapping == {
        "DomainName": {"Ref": "Domain"},
        "RestApiId": {"Ref": "RestAPI"},
        "Stage": {"Ref": "RestAPI.Stage"},
    }


def test_it_takes_the_tls_that_the_api_takes(resources):
    domain, api = resources["Domain"]["Properties"], resources["RestAPI"]["Properties"]
    for name in ("SecurityPolicy", "EndpointAccessMode"):
        assert domain[name] == api[name]
    assert domain["EndpointConfiguration"]["Types"] == ["REGIONAL"]


def test_links_begin_with_it_in_pages_and_in_mails(template, functions):
    addresses = [
        functions["APIHandler"]["Environment"]["Variables"]["HEED_BASE_URL"],
        functions["SendMail"]["Environment"]["Variables"]["HEED_BASE_URL"],
        template["Outputs"]["ApiAddress"]["Value"],
    ]
    for found in addresses:
        condition, base_url, other = found["Fn::If"]
        assert (condition, base_url) == ("HasBaseUrl", {"Ref": "BaseUrl"})
        assert other["Fn::If"][:2] == NO_DOMAIN["Fn::If"][:2]


def test_behind_it_the_path_begins_at_the_root():
    called = {"domainName": "feedback.example.com", "path": "/v1/docs", "stage": "api"}
    assert own_path(called, "https://feedback.example.com") == ""
    assert own_address(called, "https://feedback.example.com") == "https://feedback.example.com"


def test_the_operator_names_it_in_the_environment(monkeypatch):
    monkeypatch.setenv("HEED_DOMAIN_NAME", "feedback.example.com")
    assert _aws_parameters()["DomainName"] == "feedback.example.com"
