"""Builds what goes to AWS: the zip and the merged template, in .local/package/."""

import compileall
import hashlib
import os
import py_compile
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import yaml

from infra.alias import put_behind_alias
from infra.architecture import machines_own, platform_of
from infra.byte_code import add_byte_code
from infra.errors import OperatorError
from infra.locks import exclusive
from infra.models import reduce_models
from infra.paths import BUILD, PACKAGE, ROOT, SHARED, TEMPLATE, ZIP

VENDOR = BUILD / "vendor"
RESOURCES = ROOT / "infra" / "resources.yaml"
REQUIREMENTS = ROOT / "requirements.txt"
# What decides on the packages in the zip.
OF_VENDOR = (REQUIREMENTS, ROOT / "infra" / "models.py")
# Where Lambda unpacks the zip, so that tracebacks name the files as they are there.
TASK_ROOT = "/var/task"
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".bytecode")


def package(architecture: str | None = None) -> None:
    """Does nothing when nothing changed. Two runs at the same time wait for each other.
    `architecture` None is that of this machine."""
    kind = architecture or machines_own()
    with exclusive(SHARED / "package.lock"):
        stamp, wanted = PACKAGE / "made-from", f"{kind} {_fingerprint(_sources())}"
        if stamp.exists() and stamp.read_text() == wanted and ZIP.exists() and TEMPLATE.exists():
            return
        _install_vendor(platform_of(kind))
        _stage()
        _run_chalice(kind)
        stamp.write_text(wanted)


def _sources() -> Iterable[Path]:
    made_by = (ROOT / "infra" / name for name in ("alias.py", "byte_code.py", "package.py"))
    yield from (ROOT / "app.py", *OF_VENDOR, RESOURCES, *made_by)
    for folder in ("chalicelib", "templates", ".chalice"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not {"__pycache__", ".bytecode"} & set(path.parts):
                yield path


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _install_vendor(platform: str) -> None:
    stamp, wanted = BUILD / "vendor-made-from", f"{platform} {_fingerprint(OF_VENDOR)}"
    if VENDOR.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(VENDOR, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    _run(
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *(
            "--require-hashes",
            "--requirement",
            REQUIREMENTS,
            "--no-deps",
            "--no-compile",
            "--target",
            VENDOR,
        ),
        *("--platform", platform, "--only-binary=:all:"),
        *_for_this_python(),
    )
    shutil.rmtree(VENDOR / "bin", ignore_errors=True)
    reduce_models(VENDOR / "botocore")
    _compile(VENDOR, TASK_ROOT)
    stamp.write_text(wanted)


def _for_this_python() -> tuple[str, ...]:
    # Chalice writes this Python as the runtime of the functions.
    major, minor = sys.version_info[:2]
    version = ("--python-version", f"{major}.{minor}", "--abi", f"cp{major}{minor}")
    return ("--implementation", "cp", *version)


def _stage() -> None:
    for name in ("chalicelib", ".chalice"):
        shutil.rmtree(BUILD / name, ignore_errors=True)
        shutil.copytree(ROOT / name, BUILD / name, ignore=LEFT_OUT)
    shutil.copy(ROOT / "app.py", BUILD)
    # Empty, or Chalice would install the packages a second time, without byte code.
    (BUILD / "requirements.txt").write_text("")
    _compile(BUILD / "chalicelib", f"{TASK_ROOT}/chalicelib")
    _stage_templates(VENDOR / "templates")


def _stage_templates(staged: Path) -> None:
    from chalicelib.render import precompile

    shutil.rmtree(staged, ignore_errors=True)
    shutil.copytree(ROOT / "templates", staged, ignore=LEFT_OUT)
    precompile(staged)
    # Chalice imports app.py where it is staged, and the app looks for them beside chalicelib.
    beside = BUILD / "templates"
    beside.unlink(missing_ok=True)
    beside.symlink_to(staged)


def _compile(folder: Path, place: str) -> None:
    # The zip dates every file 1980. Byte code that is checked by date would be out of date.
    compiled = compileall.compile_dir(
        folder,
        quiet=1,
        stripdir=str(folder),
        prependdir=place,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        raise OperatorError(f"Python files under {folder} could not be compiled.")


def _run_chalice(architecture: str) -> None:
    fresh = SHARED / "package.new"
    shutil.rmtree(fresh, ignore_errors=True)
    _run(
        *(Path(sys.executable).with_name("chalice"), "--project-dir", BUILD, "package"),
        *("--stage", "aws", "--template-format", "yaml"),
        *("--merge-template", RESOURCES, fresh),
    )
    PACKAGE.mkdir(exist_ok=True)
    template = fresh / TEMPLATE.name
    # libyaml, which comes with PyYAML, is some ten times as fast as its Python.
    made_by_chalice = yaml.load(template.read_text(), yaml.CSafeLoader)
    behind_alias = put_behind_alias(made_by_chalice, architecture)
    template.write_text(yaml.dump(behind_alias, Dumper=yaml.CSafeDumper))
    add_byte_code(fresh / ZIP.name, TASK_ROOT)
    for made in (ZIP, TEMPLATE):
        os.replace(fresh / made.name, made)


def _run(*command: str | Path) -> None:
    environment = os.environ | {"AWS_DEFAULT_REGION": "us-east-1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        words = " ".join(str(word) for word in command[:4])
        raise OperatorError(f"Packaging failed: {words} ...\n{done.stdout}{done.stderr}")
