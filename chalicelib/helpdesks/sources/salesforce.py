"""Salesforce: an outbound message of a workflow or a flow, which is SOAP, or Event Relay, whose
events come from EventBridge by an API destination.
https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm"""

from collections import Counter
from typing import Any

from chalice.app import Response as HttpResponse

from chalicelib.errors import BadRequest
from chalicelib.helpdesks.bodies import read_json
from chalicelib.helpdesks.signatures import Delivery, secret_itself
from chalicelib.helpdesks.source import Shape, Source

ACK = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
    '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack>'
    "</notificationsResponse></soapenv:Body></soapenv:Envelope>"
)
DEEPEST = 20


def _is_xml(raw: bytes) -> bool:
    # UTF-16 has a mark in front, or a zero byte beside the first.
    return raw.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _items(raw: bytes) -> list[Any]:
    """Raises BadRequest."""
    if not _is_xml(raw):
        return [read_json(raw)]
    found = [_values(each, 0) for each in _envelope(raw).iter() if _name(each) == "Notification"]
    if not found:
        raise BadRequest("no_notifications", "It holds no notification.")
    return found


def _envelope(raw: bytes) -> Any:
    """Nothing in it may refer to a file, an address or to what it defines itself."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        try:
            return fromstring(raw, forbid_dtd=True)
        except ParseError:
            # The published sample closes sObject with the prefix of its fields.
            return fromstring(raw.replace(b"</sf:sObject>", b"</sObject>"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise BadRequest("not_xml", "The body is not XML that is taken here.") from error


def _values(element: Any, depth: int) -> Any:
    """Elements as keys, without their namespaces. One that stands twice has no value: nobody
    knows which is meant. Raises BadRequest."""
    if depth > DEEPEST:
        raise BadRequest("too_deep", "The body is too deep.")
    inside = [(_name(each), _values(each, depth + 1)) for each in element]
    if not inside:
        return element.text
    times = Counter(name for name, _ in inside)
    return {name: value if times[name] == 1 else None for name, value in inside}


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _ack(delivery: Delivery) -> HttpResponse | None:
    """Anything but 200 with this is tried again for a day."""
    if not _is_xml(delivery.raw):
        return None
    return HttpResponse(ACK, headers={"Content-Type": "text/xml; charset=UTF-8"})


MESSAGE = Shape(
    ticket="sObject.CaseNumber|sObject.Id",
    known_by="sObject",
    subject="sObject.Subject",
    # The names of the statuses are the organization's own.
    status="sObject.IsClosed|sObject.Status",
    solved=("true", "closed", ""),
    email="sObject.ContactEmail|sObject.SuppliedEmail",
    name="sObject.SuppliedName",
    language="sObject.Language|sObject.Language__c",
    external_id="sObject.ContactId",
    solved_at="sObject.ClosedDate",
    delivery=("Id",),
)
RELAY = Shape(
    root="detail.payload",
    ticket="Case_Number__c|Case_Id__c",
    subject="Subject__c",
    status="Status__c",
    solved=("closed", ""),
    email="Contact_Email__c",
    name="Contact_Name__c",
    language="Language__c",
    external_id="Contact_Id__c",
    agent="Owner_Email__c",
    group="Queue__c",
    organization="Account_Name__c",
    solved_at="Closed_Date__c|CreatedDate",
    # Not of EventBridge alone: Salesforce may relay an event twice.
    delivery=("^detail.id|^detail.event.EventUuid|^id",),
)
SOURCE = Source(
    name="salesforce",
    title="Salesforce Service Cloud",
    docs="https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm",
    signed=[secret_itself],
    shapes=[MESSAGE, RELAY],
    read=_items,
    many=True,
    answer=_ack,
    retries=True,
    lost="An outbound message is sent again for a day, until Heed has it. So is an event of the"
    " relay; then it waits in the queue `HeedLost`.",
    paste="""\
**Outbound message.** Setup, *Outbound Messages*, object Case: endpoint URL `HOOK_URL?k=SECRET`,
fields CaseNumber, Subject, Status, IsClosed, ContactEmail, ContactId, SuppliedName, ClosedDate.
Send it from a record-triggered flow on Case, *when a record is updated to meet the condition*
IsClosed is true.

**Event Relay**, through EventBridge of your own AWS account.

1. *Platform Events*: `Case_Closed__e` with the text fields Case_Number__c, Subject__c, Status__c,
   Contact_Email__c, Contact_Name__c, Owner_Email__c, Queue__c, Account_Name__c, Language__c.
2. A record-triggered flow on Case, *when a record is updated*, condition *IsClosed is changed*,
   creates a `Case_Closed__e` with these fields of the case. An event whose Status__c is not
   *Closed* takes back an invitation that waits.
3. *Event Relays*, *New Event Relay*: a channel with this event, and a named credential with the
   number and the region of your AWS account. Its page shows the *Partner Event Source Name*.
4. In that account and region, with the text below as `heed.yaml`, the name of step 3 for SOURCE:

```sh
aws cloudformation deploy --stack-name heed-hook --template-file heed.yaml \\
  --capabilities CAPABILITY_IAM --parameter-overrides EventSource=SOURCE
```

5. Set the relay to *Run*.

```yaml
Parameters:
  EventSource:
    Type: String
    AllowedPattern: aws.partner/salesforce.com/.+
Resources:
  HeedBus:
    Type: AWS::Events::EventBus
    Properties: {Name: !Ref EventSource, EventSourceName: !Ref EventSource}
  HeedConnection:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: API_KEY
      AuthParameters: {ApiKeyAuthParameters: {ApiKeyName: X-Heed-Secret, ApiKeyValue: SECRET}}
  HeedHook:
    Type: AWS::Events::ApiDestination
    Properties:
      ConnectionArn: !GetAtt HeedConnection.Arn
      HttpMethod: POST
      InvocationEndpoint: HOOK_URL
      InvocationRateLimitPerSecond: 10
  HeedRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: call
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              Effect: Allow
              Action: events:InvokeApiDestination
              Resource: !GetAtt HeedHook.Arn
  HeedLost:
    Type: AWS::SQS::Queue
    Properties: {MessageRetentionPeriod: 1209600, SqsManagedSseEnabled: true}
  HeedLostPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref HeedLost]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          Effect: Allow
          Principal: {Service: events.amazonaws.com}
          Action: sqs:SendMessage
          Resource: !GetAtt HeedLost.Arn
          Condition: {ArnEquals: {"aws:SourceArn": !GetAtt HeedRule.Arn}}
  HeedRule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref HeedBus
      EventPattern: {detail-type: [Case_Closed__e]}
      Targets:
        - Id: heed
          Arn: !GetAtt HeedHook.Arn
          RoleArn: !GetAtt HeedRole.Arn
          DeadLetterConfig: {Arn: !GetAtt HeedLost.Arn}
```

The whole event is sent, so leave the input of the target as it is. `SECRET` is then in Secrets
Manager of that account.
""",
)
