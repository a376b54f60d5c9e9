"""What respondents get of a survey, from the very templates of their e-mails and pages, with
made-up facts. Nothing is stored, and no link leads to an answer."""

import re
from typing import Final, Literal

from chalicelib import render
from chalicelib.brands.brand import PLAIN, Branding
from chalicelib.notify.samples import sample_facts
from chalicelib.responses.judge.verdict import State
from chalicelib.responses.pages import show
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.scale import points_of

Kind = Literal["mail", "page", "thanks"]
KINDS: Final = ("mail", "page", "thanks")
# E-mails carry their style in attributes. Nothing runs, nothing is fetched, nothing is sent.
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox"
)
NOWHERE: Final = "#"
# A frame without scripts would show what is meant for browsers without them.
_SCRIPTED = re.compile(r"<(script|noscript)>.*?</\1>\n?", re.DOTALL)
_RECEIPT: Final = "SAMP-LERE-CEIP-TXXX"


def render_preview(survey: Survey, kind: Kind, lang: str, brand: Branding = PLAIN) -> str:
    """`survey` need not be stored, nor ready to ask. The best score is the one that is chosen. The
    logo of `brand` is a `data:` address, since the frame fetches nothing."""
    if kind == "mail":
        return render.mail("invitation", brand=brand, **sample_facts(survey, lang, NOWHERE)).html
    read = survey.read_in(lang)
    chosen = show.Filled(score=points_of(survey.scale)[-1])
    state = State.COUNTED if kind == "thanks" else None
    evidence = NOWHERE if survey.counts == "tap" else None
    receipt = _RECEIPT if state else None
    sealed = show.Sealed(NOWHERE, NOWHERE, receipt) if survey.is_sealed else None
    with show.branded(lambda: brand):
        page = show.answer(read, NOWHERE, "", chosen, evidence, state=state, sealed=sealed)
    return _SCRIPTED.sub("", str(page.body))
