"""Pages and e-mails from `templates/`. Nothing else imports Jinja."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import cast

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
    pass_eval_context,
    select_autoescape,
)
from jinja2.bccache import Bucket
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from chalicelib import languages, messages
from chalicelib.surveys.scale import band_of, is_unhappy, name_of
from chalicelib.surveys.wording import Message

# Beside chalicelib in the repository and in the Lambda zip alike.
TEMPLATES = Path(__file__).parents[1] / "templates"
BYTECODE = ".bytecode"

# Line ends, other controls, and the marks that turn the reading direction of what follows.
_UNRULY = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True)
class Mail:
    subject: str
    text: str
    html: str


def page(name: str, /, *, lang: str, **context: object) -> str:
    """`lang` is a BCP 47 tag, the reader's; one without a catalogue reads as English."""
    return _render(f"pages/{name}.html", _in_language(lang, context))


def mail(name: str, /, *, lang: str, **context: object) -> Mail:
    context = _in_language(lang, context)
    return Mail(
        subject=one_line(_render(f"email/{name}/subject.txt", context)),
        text=_render(f"email/{name}/body.txt", context),
        html=_render(f"email/{name}/body.html", context),
    )


def insert(name: str, /, *, lang: str, **context: object) -> tuple[str, str]:
    """A part for somebody else's e-mail, as HTML and as text."""
    context = _in_language(lang, context)
    return _render(f"email/{name}.html", context), _render(f"email/{name}.txt", context)


@lru_cache
def content_security_policy(script: bool = False) -> str:
    """No style but the one that pages/base.html carries, and no script, or the answer
    page's alone."""
    runs = f"script-src {_digest('pages/answer.js')}; connect-src 'self'; " if script else ""
    return (
        f"default-src 'none'; style-src {_digest('pages/_style.css')}; {runs}form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def prepare() -> None:
    """Loads what a page needs, so that the first reader does not wait for it."""
    content_security_policy(script=True)
    _environment(TEMPLATES).get_template("pages/answer.html")


def precompile(templates: Path) -> None:
    """Compile every template and catalogue once, at build, so that no cold start has to."""
    messages.precompile(templates)
    environment = _environment(templates)
    (templates / BYTECODE).mkdir(exist_ok=True)
    compiled = FileSystemBytecodeCache(str(templates / BYTECODE))
    for name in environment.list_templates(extensions=["html", "txt", "css", "js"]):
        source = (templates / name).read_text(encoding="utf-8")
        bucket = compiled.get_bucket(environment, name, None, source)
        bucket.code = environment.compile(source, name, name)
        compiled.set_bucket(bucket)


def one_line(text: str) -> str:
    return _UNRULY.sub(" ", text).strip()


def _digest(template: str) -> str:
    hashed = hashlib.sha256(_render(template, {}).encode()).digest()
    return f"'sha256-{base64.b64encode(hashed).decode()}'"


def _in_language(lang: str, context: dict[str, object]) -> dict[str, object]:
    return {**context, "lang": languages.first_of(lang)}


def _render(template: str, context: dict[str, object]) -> str:
    return _environment(TEMPLATES).get_template(template).render(context)


@lru_cache
def _environment(templates: Path) -> Environment:
    compiled = templates / BYTECODE
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=select_autoescape(disabled_extensions=("txt", "css", "js"), default=True),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_Precompiled(str(compiled)) if compiled.is_dir() else None,
    )
    environment.filters.update(
        one_line=one_line,
        direction=languages.direction,
        isolated=_isolated,
        number=_number,
        said=_said,
    )
    environment.globals.update(band_of=band_of, is_unhappy=is_unhappy, name_of=name_of)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True
    )
    return environment


# One environment speaks every language: what a template's `lang` says is looked up when it
# is rendered, so each template is loaded once and not once per language.


@pass_context
def _gettext(context: Context, message: str) -> str:
    return _messages(context).gettext(message)


@pass_context
def _ngettext(context: Context, one: str, many: str, count: int) -> str:
    return _messages(context).ngettext(one, many, count)


@pass_context
def _number(context: Context, count: int) -> str:
    return _messages(context).number(count)


@pass_context
def _said(context: Context, words: str, **values: object) -> str:
    """A message of ours in the reader's language; the customer's own words as they are."""
    if not isinstance(words, Message):
        return words
    translated = cast(Callable[..., str], context.environment.globals["gettext"])
    return cast(str, context.call(translated, words, **values))


@pass_eval_context
def _isolated(shown_in: EvalContext, words: str) -> str:
    """Somebody's words within a sentence of ours, whatever direction either is read in."""
    if not shown_in.autoescape:
        return one_line(words)
    return Markup("<bdi>{}</bdi>").format(words)


def _messages(context: Context) -> messages.Messages:
    return messages.messages_in(TEMPLATES, context["lang"])


class _Precompiled(FileSystemBytecodeCache):
    """What `precompile` wrote. Lambda's file system is read-only, so a miss writes nothing."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # Jinja's own key holds the absolute path, which is another one after unpacking.
        return super().get_cache_key(name)

    def set_bucket(self, bucket: Bucket) -> None:
        pass
