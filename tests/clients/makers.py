"""Makes a client from the document of the API in each language, and walks with it."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.install import VENVS
from infra.openapi import HOME as DOCUMENT
from tests.conftest import Stack

HERE = Path(__file__).parent
WALKS = HERE / "walks"
NODE_MODULES = HERE / "node_modules"
NODE_TOOLS = NODE_MODULES / ".bin"
PYTHON_TOOLS = VENVS / "clients" / "bin"
GENERATOR = VENVS / "generator"
# Debian's; the rest of what the client in Java needs is in the generator's own jar.
OF_JAVA = [Path(f"/usr/share/java/{name}.jar") for name in ("jakarta-annotation-api", "httpmime")]
WITHOUT_DOCS = "apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false"


@dataclass(frozen=True)
class Maker:
    """`make` fills an empty folder; `walk` gives the command that walks, and compiles what has to
    be compiled."""

    make: Callable[[Path], None]
    walk: Callable[[Path], Sequence[str | Path]]


def walked(language: str, home: Path, stack: Stack) -> str:
    """What the walk printed. Raises AssertionError."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    MAKERS[language].make(home)
    command = MAKERS[language].walk(home)
    return run(command, home, HEED_API=stack.api, HEED_KEY=stack.key)


def run(command: Sequence[str | Path], home: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=home, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command[0]}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _make_python(home: Path) -> None:
    run(
        [
            *(PYTHON_TOOLS / "openapi-python-client", "generate", "--fail-on-warning"),
            *("--path", DOCUMENT, "--config", HERE / "python.yaml"),
            *("--meta", "none", "--output-path", home / "heed"),
        ],
        home,
        PATH=f"{PYTHON_TOOLS}{os.pathsep}{os.environ['PATH']}",
    )


def _walk_python(home: Path) -> Sequence[str | Path]:
    shutil.copy(WALKS / "walk.py", home)
    return [PYTHON_TOOLS / "python", "walk.py"]


def _make_typescript(home: Path) -> None:
    # Without the last, a field that has a default would have to be sent.
    to = ("-o", home / "heed.ts", "--default-non-nullable=false")
    run([NODE_TOOLS / "openapi-typescript", DOCUMENT, *to], home)


def _walk_typescript(home: Path) -> Sequence[str | Path]:
    for path in (WALKS / "walk.ts", HERE / "tsconfig.json", HERE / "package.json"):
        shutil.copy(path, home)
    (home / "node_modules").symlink_to(NODE_MODULES)
    run([NODE_TOOLS / "tsc", "-p", "."], home)
    return ["node", "walk.js"]


def _generate(home: Path, language: str, *options: str, document: Path = DOCUMENT) -> None:
    jar = ("java", "-jar", _jar(), "generate", "-i", document, "-o", home / "heed")
    named = f"--additional-properties={','.join(options)}"
    run([*jar, "-g", language, named, f"--global-property={WITHOUT_DOCS}"], home)


def _jar() -> Path:
    (found,) = GENERATOR.glob("lib/python3*/site-packages/openapi_generator_cli/*.jar")
    return found


def _make_java(home: Path) -> None:
    packages = ("invokerPackage=heed", "apiPackage=heed.api", "modelPackage=heed.model")
    made = ("library=native", "useJakartaEe=true", "openApiNullable=false")
    options = (*packages, *made, "useSingleRequestParameter=true")
    _generate(home, "java", *options, document=_with_by_as_text(home / "java.json"))


def _with_by_as_text(home: Path) -> Path:
    """The generator makes a class in Java of what is one of some words or another text, and asks
    one that was not given. What `jq` does in docs/clients.md."""
    document = json.loads(DOCUMENT.read_text())
    for path in document["paths"].values():
        for parameter in path.get("get", {}).get("parameters", []):
            if parameter.get("name") == "by":
                parameter["schema"] = {"type": "string"}
    home.write_text(json.dumps(document))
    return home


def _walk_java(home: Path) -> Sequence[str | Path]:
    shutil.copy(WALKS / "Walk.java", home)
    path = os.pathsep.join(map(str, (home / "classes", _jar(), *OF_JAVA)))
    files = sorted((home / "heed" / "src" / "main").rglob("*.java"))
    run(["javac", "-nowarn", "-d", "classes", "-cp", path, *files, "Walk.java"], home)
    return ["java", "-cp", path, "Walk"]


def _make_go(home: Path) -> None:
    # Two enumerations may have the same word.
    _generate(home, "go", "packageName=heed", "enumClassPrefix=true", "withGoMod=false")


def _walk_go(home: Path) -> Sequence[str | Path]:
    shutil.copy(WALKS / "walk.go", home)
    (home / "go.mod").write_text("module walk\n\ngo 1.23\n")
    shutil.rmtree(home / "heed" / "test", ignore_errors=True)
    run([GENERATOR / "bin" / "go", "build", "-o", "walk", "."], home, GOTOOLCHAIN="local")
    return ["./walk"]


MAKERS = {
    "python": Maker(_make_python, _walk_python),
    "typescript": Maker(_make_typescript, _walk_typescript),
    "java": Maker(_make_java, _walk_java),
    "go": Maker(_make_go, _walk_go),
}
