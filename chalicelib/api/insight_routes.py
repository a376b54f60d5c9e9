"""What stands out, in sentences that name their numbers."""

from chalice.app import Response as HttpResponse

from chalicelib import moments
from chalicelib.api.door import api, header, query, settled, sign_in
from chalicelib.api.key import Scope
from chalicelib.api.problems import answering_problems, json_response


@api.route("/v1/surveys/{survey}/insights", methods=["GET"])
@answering_problems
def show_insights(survey: str) -> HttpResponse:
    from dataclasses import asdict

    from chalicelib import wiring, wiring_outcomes
    from chalicelib.api.conditional import revalidated
    from chalicelib.api.queries import read_query
    from chalicelib.api.ranges import DaysQuery, days_of
    from chalicelib.api.silent_accounts import silent_or_unread
    from chalicelib.score.insight_facts import read_facts
    from chalicelib.score.insights import insights

    key = sign_in(Scope.SCORES_READ)
    asked = read_query(DaysQuery, query())
    definition = settled(survey)
    today = moments.day_in(moments.now(), definition.tz)
    days = days_of(asked, today)
    # The rule names accounts, and these are shown to keys that may read them.
    may_name = Scope.ACCOUNTS_READ in key.scopes
    silent = silent_or_unread(definition, days, wiring_outcomes.books()) if may_name else ()
    found = insights(read_facts(definition, days, today, wiring.tallies(), silent))
    range_asked = {"from": days.first.isoformat(), "to": days.end.isoformat()}
    items = [asdict(one) for one in found]
    made = json_response(200, {"survey": survey, **range_asked, "items": items})
    return revalidated(made, header("if-none-match"))
