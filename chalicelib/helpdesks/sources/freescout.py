"""FreeScout: the module *API & Webhooks*. https://freescout.net/module/api-webhooks/"""

from chalicelib.helpdesks.signatures import Hmac
from chalicelib.helpdesks.source import Shape, Source

SOURCE = Source(
    name="freescout",
    title="FreeScout",
    docs="https://api-docs.freescout.net/#webhooks",
    signed=[Hmac("x-freescout-signature", digest="sha1", form="base64")],
    shapes=[
        Shape(
            ticket="number",
            subject="subject",
            status="status",
            solved=("closed",),
            email="customer.email",
            # Older versions have the second name.
            name=("customer.firstName|customer.first", "customer.lastName|customer.last"),
            agent="assignee.email",
            group="mailboxId",
            solved_at="closedAt|updatedAt",
            changed_at="updatedAt",
            delivery=("id", "status", "updatedAt"),
            # Closed with the customer's words as the last ones.
            thanked={"customerWaitingSince.latestReplyFrom": ("customer",)},
            wanted={"h:x-freescout-event": ("convo.status", "")},
            not_asked={"spam": ("status", ("spam",)), "deleted": ("state", ("deleted",))},
        )
    ],
    retries=True,
    lost="Tried up to ten times within two hours.",
    thanks="It is closed again and nobody answered the last message"
    " (`customerWaitingSince.latestReplyFrom`).",
    paste="""\
1. *Manage*, *Settings*, *API & Webhooks*: add a webhook with the URL `HOOK_URL` and the event
   *Conversation Status Updated* (`convo.status`).
2. FreeScout makes its secret of the key of its installation. On its server, in its folder:

```sh
php -r 'preg_match("/^APP_KEY=(.*)$/m", file_get_contents(".env"), $key);
        echo md5(trim($key[1]) . "webhook_key"), PHP_EOL;'
```

   Give Heed what this prints as the secret of the hook. Never give it APP_KEY itself.
""",
)
