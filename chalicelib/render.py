"""Pages and e-mails from `templates/`. Nothing else imports Jinja."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    select_autoescape,
)
from jinja2.bccache import Bucket

# Beside chalicelib in the repository and in the Lambda zip alike.
TEMPLATES = Path(__file__).parents[1] / "templates"
BYTECODE = ".bytecode"
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}

# Line ends, other controls, and the marks that turn the reading direction of what follows.
_UNRULY = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Mail:
    subject: str
    text: str
    html: str


def page(name: str, /, **context: object) -> str:
    return _render(f"pages/{name}.html", context)


def mail(name: str, /, **context: object) -> Mail:
    return Mail(
        subject=one_line(_render(f"email/{name}/subject.txt", context)),
        text=_render(f"email/{name}/body.txt", context),
        html=_render(f"email/{name}/body.html", context),
    )


@lru_cache
def content_security_policy() -> str:
    """For every page: no script, and no style but the one that pages/base.html carries."""
    style = _render("pages/_style.css", {})
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def precompile(templates: Path) -> None:
    """Compile every template once, at build, so that no cold start has to."""
    environment = _environment(templates)
    (templates / BYTECODE).mkdir(exist_ok=True)
    compiled = FileSystemBytecodeCache(str(templates / BYTECODE))
    for name in environment.list_templates(extensions=["html", "txt", "css"]):
        source = (templates / name).read_text(encoding="utf-8")
        bucket = compiled.get_bucket(environment, name, None, source)
        bucket.code = environment.compile(source, name, name)
        compiled.set_bucket(bucket)


def one_line(text: str) -> str:
    return _UNRULY.sub(" ", text).strip()


def direction(lang: str) -> str:
    return "rtl" if lang.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def _render(template: str, context: dict[str, object]) -> str:
    return _environment(TEMPLATES).get_template(template).render(context)


@lru_cache
def _environment(templates: Path) -> Environment:
    compiled = templates / BYTECODE
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=select_autoescape(disabled_extensions=("txt", "css"), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Precompiled(str(compiled)) if compiled.is_dir() else None,
    )
    environment.filters.update(one_line=one_line, direction=direction)
    return environment


class _Precompiled(FileSystemBytecodeCache):
    """What `precompile` wrote. Lambda's file system is read-only, so a miss writes nothing."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # Jinja's own key holds the absolute path, which is another one after unpacking.
        return super().get_cache_key(name)

    def set_bucket(self, bucket: Bucket) -> None:
        pass
