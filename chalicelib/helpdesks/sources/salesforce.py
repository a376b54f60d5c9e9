"""Salesforce: an outbound message of a workflow or a flow, which is SOAP, or Event Relay, whose
events come from EventBridge by an API destination.
https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm"""

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
        # The published sample closes sObject with the prefix of its fields.
        return fromstring(raw.replace(b"</sf:sObject>", b"</sObject>"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise BadRequest("not_xml", "The body is not XML that is taken here.") from error


def _values(element: Any, depth: int) -> Any:
    """Elements as keys, without their namespaces. Raises BadRequest."""
    if depth > DEEPEST:
        raise BadRequest("too_deep", "The body is too deep.")
    inside = [(_name(each), _values(each, depth + 1)) for each in element]
    return dict(inside) if inside else element.text


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
    status="sObject.Status",
    solved=("closed", ""),
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
    email="Contact_Email__c",
    name="Contact_Name__c",
    language="Language__c",
    external_id="Contact_Id__c",
    agent="Owner_Email__c",
    group="Queue__c",
    organization="Account_Name__c",
    solved_at="Closed_Date__c|CreatedDate",
    delivery=("^detail.event.replayId", "^detail.id"),
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
    lost="An outbound message is sent again for a day, until Heed has it.",
    paste="""\
**Outbound message.** Setup, *Outbound Messages*, object Case: endpoint URL `HOOK_URL?k=SECRET`,
fields CaseNumber, Subject, Status, ContactEmail, ContactId, SuppliedName, ClosedDate. Send it from
a record-triggered flow on Case, *when a record is updated to meet the condition* IsClosed is true.

**Event Relay**, without an address of Salesforce in between. Publish a platform event
`Case_Closed__e` with the fields Case_Number__c, Subject__c, Contact_Email__c, Contact_Name__c,
Owner_Email__c, Queue__c, Account_Name__c, Language__c from the same flow; relay its channel to
EventBridge; associate the partner event source with a bus. Then in that account:

```yaml
Resources:
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
  HeedRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sts:AssumeRole}
      Policies:
        - PolicyName: call
          PolicyDocument:
            Statement:
              Effect: Allow
              Action: events:InvokeApiDestination
              Resource: !GetAtt HeedHook.Arn
  HeedRule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: aws.partner/salesforce.com/ORGANIZATION/CHANNEL
      EventPattern: {detail-type: [Case_Closed__e]}
      Targets: [{Id: heed, Arn: !GetAtt HeedHook.Arn, RoleArn: !GetAtt HeedRole.Arn}]
```
""",
)
