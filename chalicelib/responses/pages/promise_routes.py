"""/promise/{survey}: what happens with an answer, of every kind of survey."""

from chalice.app import Response as HttpResponse

from chalicelib.responses.pages import show, wiring
from chalicelib.responses.pages.visitor import Visitor, page
from chalicelib.surveys import wiring as surveys_wiring


@page
def show_promise(visitor: Visitor, survey: str) -> HttpResponse:
    definition = surveys_wiring.catalogue().get(survey)
    visitor.leaves_line = not definition.is_sealed
    seen = definition.read_in(visitor.language(survey=definition))
    return show.promise(seen, wiring.reply_to())
