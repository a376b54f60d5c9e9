"""ServiceNow: a business rule that sends what the script below says."""

from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import HEED, secret_itself
from chalicelib.helpdesks.source import Shape, Source

SOLVED = ("6", "7", "resolved", "closed")  # some scripts send the name


def _opened(place: Place) -> str:
    """A resolved incident is closed after some days: its state changes, and it is not open."""
    return "" if place.text("state").casefold() in SOLVED else place.text("event")


SOURCE = Source(
    name="servicenow",
    title="ServiceNow",
    docs="https://www.servicenow.com/docs/r/api-reference/server-api-reference/c_RESTMessageV2API.html",
    signed=[HEED, secret_itself],
    shapes=[
        Shape(
            ticket="number",
            subject="short_description",
            url="url",
            status="state",
            solved=SOLVED,
            before="state_before",
            email="caller.email",
            name="caller.name",
            language="caller.preferred_language",
            external_id="caller.user_name",
            agent="assigned_to.email",
            group="assignment_group",
            organization="caller.company",
            facts={"department": "caller.department", "location": "caller.location"},
            solved_at="resolved_at",
            delivery=("sys_id", "sys_mod_count"),
            wanted={"event": ("incident.resolved", "")},
            reopened={_opened: ("incident.reopened",)},
            changed_at="sys_updated_on|resolved_at",
            not_asked={"merged": ("close_code", ("duplicate",))},
        )
    ],
    retries=False,
    lost="A script tries once. A REST step of IntegrationHub can have a retry policy.",
    paste="""\
A business rule on `incident`: *When* async, *Update*, condition *State changes to Resolved*,
*Advanced*, with this script. Keep `SECRET` in a system property of type password if you can.

```js
(function executeRule(current) {
  var caller = current.caller_id, body = {
    source: "servicenow", event: "incident.resolved",
    sys_id: String(current.sys_id), sys_mod_count: Number(current.sys_mod_count),
    number: String(current.number), short_description: String(current.short_description),
    state: String(current.state), close_code: String(current.close_code),
    resolved_at: String(current.resolved_at), sys_updated_on: String(current.sys_updated_on),
    caller: {
      email: String(caller.email), name: String(caller.name), user_name: String(caller.user_name),
      department: caller.department.getDisplayValue(), location: caller.location.getDisplayValue(),
      company: caller.company.getDisplayValue(),
      preferred_language: String(caller.preferred_language)
    },
    assigned_to: {email: String(current.assigned_to.email)},
    assignment_group: current.assignment_group.getDisplayValue()
  };
  var call = new sn_ws.RESTMessageV2();
  call.setEndpoint("HOOK_URL");
  call.setHttpMethod("post");
  call.setRequestHeader("Content-Type", "application/json");
  call.setRequestHeader("Authorization", "Bearer SECRET");
  call.setRequestBody(JSON.stringify(body));
  call.setHttpTimeout(10000);
  call.executeAsync();
})(current);
```

A second rule, condition *State changes from Resolved* and *State is not Closed*, with the same
script and `event: "incident.reopened"`, takes back an invitation that waits.
""",
)
