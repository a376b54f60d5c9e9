"""What the zip holds, and that it is enough."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from chalicelib.languages import LANGUAGES
from infra.architecture import platform_of
from infra.models import COMMON, OPERATIONS
from infra.paths import ROOT

pytestmark = pytest.mark.slow

# What the Lambda runtime would bring, and no function imports.
UNUSED = ("boto3", "s3transfer")


@pytest.fixture(scope="module")
def bundle(packaged):
    with zipfile.ZipFile(packaged / "deployment.zip") as opened:
        yield opened


@pytest.fixture(scope="module")
def task_root(bundle, tmp_path_factory):
    folder = tmp_path_factory.mktemp("task")
    bundle.extractall(folder)
    return folder


def test_zip_holds_every_template_beside_the_app(bundle):
    names = set(bundle.namelist())
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    wanted = {str(path.relative_to(ROOT)) for path in templates if ".bytecode" not in path.parts}
    assert wanted
    assert wanted <= names
    assert "app.py" in names


def test_zip_holds_the_networks(bundle):
    found = bundle.read("chalicelib/networks.json")
    assert found == (ROOT / "chalicelib" / "networks.json").read_bytes()


def test_zip_holds_each_template_as_it_is_here(bundle):
    for name in bundle.namelist():
        compiled = ".bytecode" in name or name.endswith(".mo")
        if name.startswith("templates/") and not compiled:
            assert bundle.read(name) == (ROOT / name).read_bytes()


def test_zip_holds_the_templates_compiled(bundle):
    assert any(name.startswith("templates/.bytecode/") for name in bundle.namelist())


def test_zip_holds_every_language_compiled_and_no_babel(bundle):
    names = set(bundle.namelist())
    assert {f"templates/locale/{lang}/heed.mo" for lang in LANGUAGES} <= names
    assert not any(name.startswith("babel/") for name in names)


def test_zip_leaves_out_what_no_function_imports(bundle):
    packages = {name.split("/")[0] for name in bundle.namelist()}
    assert packages.isdisjoint(UNUSED)


def test_zip_holds_the_models_of_the_services_that_are_called(bundle):
    found = {name.split("/")[2] for name in bundle.namelist() if name.startswith("botocore/data/")}
    assert found == {*OPERATIONS, *COMMON, "endpoints.json"}


def test_every_packaged_module_has_its_byte_code(bundle):
    names = set(bundle.namelist())
    assert {"app.py", "chalice/app.py"} <= names
    modules = {name for name in names if name.endswith(".py")}
    assert {name for name in modules if _byte_code(name) not in names} == set()


def test_byte_code_is_used_whatever_the_date_of_its_source(bundle):
    for name in bundle.namelist():
        if name.endswith(".pyc"):
            flags = int.from_bytes(bundle.read(name)[4:8], "little")
            assert flags == 1, f"{name} is checked against its source"


def test_the_zip_is_enough_for_every_module(task_root):
    modules = [
        ".".join(path.relative_to(task_root).with_suffix("").parts).removesuffix(".__init__")
        for path in (task_root / "chalicelib").rglob("*.py")
    ]
    done = _import_alone(["app", *sorted(modules)], [task_root])
    assert done.returncode == 0, done.stderr


def _import_alone(modules, folders):
    script = f"import sys; sys.path[1:1] = {[str(f) for f in folders]!r}\n"
    script += "".join(f"import {module}\n" for module in modules)
    # -I and -S: nothing of this environment is to be found.
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True
    )


def _byte_code(name):
    path = Path(name)
    return str(path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pyc")


def test_what_is_compiled_is_for_the_architecture_that_the_template_names(bundle, functions):
    (architecture,) = {name for made in functions.values() for name in made["Architectures"]}
    compiled = [name for name in bundle.namelist() if name.endswith(".so")]
    kind = platform_of(architecture).removeprefix("manylinux2014_")
    assert compiled
    assert [name for name in compiled if f"-{kind}-" not in name] == []
