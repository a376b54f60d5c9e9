"""Chatwoot: a webhook of the account. Newer ones sign.
https://www.chatwoot.com/docs/product/features/webhooks"""

from chalicelib.helpdesks.paths import Place
from chalicelib.helpdesks.signatures import Hmac, secret_itself, time_dot_body
from chalicelib.helpdesks.source import THANK_YOU, Shape, Source


def _before(place: Place) -> object:
    """Of the changes, in whatever order they come."""
    changes = place.find("changed_attributes[*].status")
    statuses = changes if isinstance(changes, list) else []
    return next((Place(each, each, {}).find("previous_value") for each in statuses if each), None)


SOURCE = Source(
    name="chatwoot",
    title="Chatwoot",
    docs="https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks",
    signed=[
        Hmac("x-chatwoot-signature", time_dot_body, prefix="sha256=", time="x-chatwoot-timestamp"),
        secret_itself,
    ],
    shapes=[
        Shape(
            ticket="id",
            known_by="event",
            subject="additional_attributes.mail_subject",
            status="status",
            solved=("resolved",),
            before=_before,
            email="meta.sender.email",
            name="meta.sender.name",
            language="additional_attributes.conversation_language",
            external_id="meta.sender.identifier",
            agent="meta.assignee.email",
            group="meta.team.name",
            organization="meta.sender.additional_attributes.company_name",
            facts={"department": "meta.sender.custom_attributes.department"},
            solved_at="updated_at|timestamp",
            delivery=("h:x-chatwoot-delivery",),
            wanted={"event": ("conversation_status_changed",)},
            thanked={"labels": THANK_YOU},
            not_asked={"spam": ("meta.sender.blocked", ("true",))},
        )
    ],
    retries=False,
    lost="Never tried again.",
    thanks="Chatwoot marks none. The label `thank_you` says it, which an automation on the words of"
    " the message or an agent may set.",
    paste="""\
*Settings*, *Integrations*, *Webhooks*, *Add new webhook*: URL `HOOK_URL`, event *Conversation
Status Changed*. A Chatwoot that shows a secret for the webhook signs with it: give Heed that
secret. An older one signs nothing: take `HOOK_URL?k=SECRET` as the URL.
""",
)
