"""Help Scout: the webhooks of an account, which send the conversation of its Mailbox API 2.0.
https://developer.helpscout.com/webhooks/"""

from chalicelib.helpdesks.signatures import Hmac
from chalicelib.helpdesks.source import THANK_YOU, Shape, Source

SOURCE = Source(
    name="helpscout",
    title="Help Scout",
    docs="https://developer.helpscout.com/webhooks/",
    signed=[Hmac("x-helpscout-signature", digest="sha1", form="base64")],
    shapes=[
        Shape(
            ticket="number",
            subject="subject",
            url="_links.web.href",
            status="status",
            solved=("closed",),
            email="primaryCustomer.email",
            name=("primaryCustomer.first", "primaryCustomer.last"),
            external_id="primaryCustomer.id",
            agent="assignee.email",
            group="mailboxId",
            solved_at="closedAt",
            delivery=("id", "status", "closedAt"),
            wanted={"h:x-helpscout-event": ("convo.status",)},
            thanked={"tags[*].tag": THANK_YOU},
            not_asked={"spam": ("status", ("spam",)), "deleted": ("state", ("deleted",))},
        )
    ],
    retries=True,
    lost="Tried up to ten times.",
    thanks="Help Scout marks none. The tag `thank_you` says it, which a workflow on the words of"
    " the message or somebody of the team may set.",
    paste="""\
*Manage*, *Apps*, *Webhooks*, *Install App*: a secret key (`SECRET`, or one of your own that you
give to Heed), callback URL `HOOK_URL`, event *Conversation: Status Updated*, payload version 2.

A conversation that is active again tells its status as well: an invitation that waits is cancelled.
""",
)
