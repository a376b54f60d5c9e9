"""What stands out, in sentences that name their numbers."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api_keys.api_key import Scope
from chalicelib.responses.settle_due import settled
from chalicelib.web.endpoint import api, header, query, sign_in
from chalicelib.web.problems import answering_problems, json_response


@api.route("/v1/surveys/{survey}/insights", methods=["GET"])
@answering_problems
def show_insights(survey: str) -> HttpResponse:
    from dataclasses import asdict

    from chalicelib.scores.insights import wiring as insights_wiring
    from chalicelib.scores.insights.facts import read_facts
    from chalicelib.scores.insights.rules import insights
    from chalicelib.scores.insights.silent_accounts import silent_or_unread
    from chalicelib.tally import wiring as tally_wiring
    from chalicelib.web.days import DaysQuery, days_of
    from chalicelib.web.etag import revalidated
    from chalicelib.web.query import read_query

    key = sign_in(Scope.SCORES_READ)
    asked = read_query(DaysQuery, query())
    definition = settled(survey)
    today = moments.day_in(moments.now(), definition.tz)
    days = days_of(asked, today)
    # The rule names accounts, and these are shown to keys that may read them.
    may_name = Scope.ACCOUNTS_READ in key.scopes
    silent = silent_or_unread(definition, days, insights_wiring.books()) if may_name else ()
    found = insights(read_facts(definition, days, today, tally_wiring.tallies(), silent))
    range_asked = {"from": days.first.isoformat(), "to": days.end.isoformat()}
    items = [asdict(one) for one in found]
    made = json_response(200, {"survey": survey, **range_asked, "items": items})
    return revalidated(made, header("if-none-match"))
