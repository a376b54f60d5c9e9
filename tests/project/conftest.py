import pytest
import yaml

from infra.package import package
from infra.paths import PACKAGE
from tests.support.template import of_type


@pytest.fixture(scope="session")
def packaged():
    """Built only when a source changed since the last time."""
    package()
    return PACKAGE


@pytest.fixture(scope="session")
def resources(packaged):
    return yaml.safe_load((packaged / "sam.yaml").read_text())["Resources"]


@pytest.fixture(scope="session")
def functions(resources):
    return of_type(resources, "AWS::Serverless::Function")
