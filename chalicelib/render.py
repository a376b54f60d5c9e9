"""Pages and e-mails from `templates/`. Nothing else imports Jinja."""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import cast

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
    select_autoescape,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup, escape
from msgspec import Struct

from chalicelib import bidi, languages, messages
from chalicelib.brands.brand import PLAIN, Branding
from chalicelib.plain import line
from chalicelib.surveys.scale import band_of, is_unhappy, name_of
from chalicelib.surveys.wording import Message

# Beside chalicelib in the repository and in the Lambda zip alike.
TEMPLATES = Path(__file__).parents[1] / "templates"
BYTECODE = ".bytecode"
OF_A_TAP = ("answer", "base", "_scale", "_face", "_questions", "_counter")


class Mail(Struct, frozen=True):
    subject: str
    text: str
    html: str


def page(name: str, /, *, lang: str, brand: Branding = PLAIN, **context: object) -> str:
    """`lang` is the reader's BCP 47 tag. A language without a catalogue reads as English."""
    return _render(f"pages/{name}.html", _in_language(lang, {**context, "brand": brand}))


def app_page(name: str, /, *, lang: str, brand: Branding = PLAIN, **context: object) -> str:
    """A page for members. `lang` is one of `languages.OF_MEMBERS`."""
    own = {"lang": lang, "domain": messages.APP, "brand": brand}
    return _render(f"app/{name}.html", {**context, **own})


def app_style() -> str:
    return _render("app/_style.css", {"brand": PLAIN})


def app_script(name: str) -> str:
    return _render(f"app/{name}.js", {})


def mail(name: str, /, *, lang: str, brand: Branding = PLAIN, **context: object) -> Mail:
    context = _in_language(lang, {**context, "brand": brand})
    return Mail(
        # Not every list of mails draws what sets a name apart as nothing.
        subject=line(_render(f"email/{name}/subject.txt", context)),
        text=_render(f"email/{name}/body.txt", context),
        html=_render(f"email/{name}/body.html", context),
    )


def insert(name: str, /, *, lang: str, **context: object) -> tuple[str, str]:
    """A part for another system's e-mail, as HTML and as text."""
    context = _in_language(lang, context)
    return _render(f"email/{name}.html", context), _render(f"email/{name}.txt", context)


@lru_cache
def content_security_policy(script: bool = False, brand: Branding = PLAIN) -> str:
    """Allows only the style of pages/base.html, its empty icon, and the logo. `script` also
    allows the answer page's script."""
    runs = f"script-src {_digest('pages/answer.js')}; connect-src 'self'; " if script else ""
    shows = "img-src 'self' data:; " if brand.logo else "img-src data:; "
    return (
        f"default-src 'none'; style-src {_digest('pages/_style.css', brand)}; {runs}{shows}"
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def prepare() -> None:
    """Loads what a page needs before the first reader comes."""
    content_security_policy(script=True)
    for name in OF_A_TAP:
        _environment(TEMPLATES).get_template(f"pages/{name}.html")


def precompile(templates: Path) -> None:
    """Compiles every template and catalogue when the package is built, so that no cold start
    has to."""
    messages.precompile(templates)
    environment = _environment(templates)
    (templates / BYTECODE).mkdir(exist_ok=True)
    compiled = FileSystemBytecodeCache(str(templates / BYTECODE))
    for name in environment.list_templates(extensions=["html", "txt", "css", "js"]):
        source = (templates / name).read_text(encoding="utf-8")
        bucket = compiled.get_bucket(environment, name, None, source)
        bucket.code = environment.compile(source, name, name)
        compiled.set_bucket(bucket)


def text_in(lang: str, message: str, **values: object) -> str:
    """One of our own messages, for what is no page and no e-mail."""
    found = messages.messages_in(TEMPLATES, languages.first_of(lang)).gettext(message)
    return found % values if values else found


def _digest(template: str, brand: Branding = PLAIN) -> str:
    hashed = hashlib.sha256(_render(template, {"brand": brand}).encode()).digest()
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
        one_line=line,
        comma=languages.comma,
        direction=languages.direction,
        isolated=_isolated,
        apart=_apart,
        number=_number,
        runs=_runs,
        moment=_moment,
        translated=_translated,
    )
    environment.globals.update(band_of=band_of, is_unhappy=is_unhappy, name_of=name_of)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True
    )
    return environment


# One environment serves every language: `lang` is read when a template is rendered. So each
# template is loaded once, not once per language.


@pass_context
def _gettext(context: Context, message: str) -> str:
    return _messages(context).gettext(message)


@pass_context
def _ngettext(context: Context, singular: str, plural: str, count: int) -> str:
    return _messages(context).ngettext(singular, plural, count)


@pass_context
def _number(context: Context, count: int) -> str:
    return _messages(context).number(count)


@pass_context
def _moment(context: Context, time: datetime) -> str:
    return _messages(context).moment(time)


@pass_context
def _translated(context: Context, words: str, **values: object) -> str:
    """Heed's own message in the reader's language. The customer's words stay as they are."""
    if not isinstance(words, Message):
        return words
    translate = cast(Callable[..., str], context.environment.globals["gettext"])
    return cast(str, context.call(translate, words, **values))


@pass_context
def _isolated(context: Context, words: str) -> str:
    """The customer's words inside Heed's sentence, which may be read in the other direction.
    Outlook and Yahoo drop `<bdi>`, so in a mail characters do it."""
    in_html = context.eval_ctx.autoescape
    text = words if isinstance(words, Markup) else line(words)
    if in_html and not str(context.name).startswith("email/"):
        return Markup("<bdi>{}</bdi>").format(text)
    return _apart(context, text)


@pass_context
def _apart(context: Context, words: str) -> str:
    """The same by characters alone, for a title, where no element may stand."""
    text = words if isinstance(words, Markup) else line(words)
    shown = bidi.isolated(text, languages.direction(context["lang"]))
    return escape(shown) if context.eval_ctx.autoescape else shown


@pass_context
def _runs(context: Context, words: str) -> str:
    """`ltr` or `rtl`. Heed's own message runs as its language does."""
    direction = languages.direction(context["lang"])
    return direction if isinstance(words, Message) else bidi.runs(words, direction)


def _messages(context: Context) -> messages.Messages:
    domain = context.get("domain", messages.HEED)
    return messages.messages_in(TEMPLATES, context["lang"], domain)


class _Precompiled(FileSystemBytecodeCache):
    """Reads what `precompile` wrote. Lambda's files are read-only, so a miss writes nothing."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # Jinja's own key holds the absolute path, which is different after unpacking.
        return super().get_cache_key(name)

    def set_bucket(self, bucket: Bucket) -> None:
        pass
