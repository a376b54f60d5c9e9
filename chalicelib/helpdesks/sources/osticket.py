"""osTicket has no webhooks: a small plugin sends the signal of a closed ticket."""

from chalicelib.helpdesks.signatures import HEED
from chalicelib.helpdesks.source import Shape, Source

CLOSED = Shape(
    ticket="number",
    subject="subject",
    status="status_state",
    solved=("closed", "resolved"),
    email="user.email",
    name="user.name",
    agent="staff.email",
    group="dept",
    organization="user.org",
    solved_at="closed|lastupdate",
    delivery=("id", "status_state", "lastupdate"),
    wanted={"event": ("ticket.closed", "")},
    reopened={"event": ("ticket.reopened",)},
    changed_at="lastupdate",
)
SOURCE = Source(
    name="osticket",
    title="osTicket",
    docs="https://docs.osticket.com/en/latest/Developer%20Documentation/Signals.html",
    signed=[HEED],
    shapes=[CLOSED],
    retries=False,
    lost="The plugin below tries once.",
    paste="""\
A plugin: `include/plugins/heed/plugin.php` as every plugin has it, and this in its class.

```php
function bootstrap() {
  Signal::connect('model.updated', function ($ticket, $data) {
    if (!($ticket instanceof Ticket) || !isset($data['dirty']['status_id'])) return;
    $state = $ticket->getStatus()->getState(); $is_closed = $state === 'closed';
    $before = TicketStatus::lookup($data['dirty']['status_id']);
    if ($before && $before->getState() === $state) return;  // from Resolved to Closed
    $user = $ticket->getOwner(); $staff = $ticket->getStaff(); $org = $user->getOrganization();
    $body = json_encode([
      'source' => 'osticket-plugin', 'id' => $ticket->getId(),
      'event' => $is_closed ? 'ticket.closed' : 'ticket.reopened',
      'number' => $ticket->getNumber(), 'subject' => $ticket->getSubject(),
      'status_state' => $state, 'dept' => $ticket->getDeptName(),
      'user' => ['name' => (string) $user->getName(), 'email' => (string) $user->getEmail(),
                 'org' => $org ? $org->getName() : null],
      'staff' => ['email' => $staff ? (string) $staff->getEmail() : null],
      'closed' => $is_closed ? gmdate('c') : null, 'lastupdate' => gmdate('c')]);
    $time = (string) time();
    $call = curl_init('HOOK_URL');
    curl_setopt_array($call, [CURLOPT_POSTFIELDS => $body, CURLOPT_TIMEOUT => 5,
      CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => ['Content-Type: application/json',
      "X-Hook-Timestamp: $time",
      'X-Hook-Signature: sha256=' . hash_hmac('sha256', "$time.$body", 'SECRET')]]);
    curl_exec($call);
  });
}
```
""",
)
