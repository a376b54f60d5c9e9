"""Each function may do what it does and nothing else."""

import pytest

from tests.support.template import listed, of_type, statements

pytestmark = pytest.mark.slow


def test_every_function_has_its_own(functions):
    roles = [function["Role"]["Fn::GetAtt"][0] for function in functions.values()]
    assert len(set(roles)) == len(functions)


def test_no_role_borrows_a_managed_policy(resources):
    for role in of_type(resources, "AWS::IAM::Role").values():
        assert "ManagedPolicyArns" not in role


def test_every_action_is_named_in_full(resources):
    for name, statement in statements(resources):
        for action in listed(statement["Action"]):
            assert "*" not in action, name


def test_nothing_is_allowed_on_everything_on_aws(resources):
    for name, statement in statements(resources):
        for resource in listed(statement["Resource"]):
            assert resource != "*", f"{name} {statement['Action']}"


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (
            "ApiHandlerRole",
            "dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem"
            " dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem"
            " secretsmanager:CreateSecret secretsmanager:DeleteSecret"
            " secretsmanager:GetSecretValue secretsmanager:PutSecretValue"
            " secretsmanager:UpdateSecretVersionStage",
        ),
        (
            "PublishRole",
            "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator"
            " dynamodb:ListStreams events:PutEvents sqs:SendMessage",
        ),
        (
            "SendMailRole",
            "dynamodb:BatchGetItem dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem"
            " dynamodb:Query dynamodb:UpdateItem secretsmanager:GetSecretValue ses:SendRawEmail"
            " sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes"
            " sqs:ReceiveMessage",
        ),
        (
            "RecordMailEventRole",
            "dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:GetItem"
            " dynamodb:UpdateItem sqs:SendMessage",
        ),
        (
            "PlanEffectsRole",
            "dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:GetItem"
            " dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem sqs:SendMessage",
        ),
        (
            "DeliverRole",
            "dynamodb:BatchGetItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query"
            " dynamodb:UpdateItem secretsmanager:GetSecretValue sqs:ChangeMessageVisibility"
            " sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage",
        ),
        ("TellPeopleRole", "dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem sqs:SendMessage"),
        (
            "TickRole",
            "dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:GetItem"
            " dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem",
        ),
        (
            "ForgetRole",
            "dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem"
            " dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem",
        ),
        (
            "ReconcileRole",
            "dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:GetItem dynamodb:PutItem"
            " dynamodb:Query dynamodb:UpdateItem secretsmanager:GetSecretValue",
        ),
        (
            "SweepRole",
            "dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:GetItem dynamodb:PutItem "
            "dynamodb:Query dynamodb:UpdateItem",
        ),
        (
            "ReleaseBallotsRole",
            "dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:DeleteItem"
            " dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem"
            " secretsmanager:DeleteSecret secretsmanager:GetSecretValue",
        ),
        ("RecountRole", "dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:UpdateItem"),
    ],
)
def test_a_role_allows_what_its_function_does(resources, role, actions):
    allowed = {
        action
        for name, statement in statements(resources)
        if name == role
        for action in listed(statement["Action"])
    }
    logs = {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert allowed == set(actions.split()) | logs


def test_only_the_recount_reads_the_whole_table(resources):
    scanning = {n for n, s in statements(resources) if "dynamodb:Scan" in listed(s["Action"])}
    assert scanning == {"RecountRole"}


def test_only_pages_release_and_erasure_touch_ballots(resources):
    touching = {
        name
        for name, statement in statements(resources)
        if {"Fn::GetAtt": ["Ballots", "Arn"]} in listed(statement["Resource"])
    }
    assert touching == {"ApiHandlerRole", "ReleaseBallotsRole", "ForgetRole"}


def test_keys_of_ballots_are_made_read_and_destroyed_by_whom_they_serve(resources):
    allowed = {
        action: {
            name
            for name, statement in statements(resources)
            if action in listed(statement["Action"]) and "/ballots/*" in str(statement["Resource"])
        }
        for action in (f"secretsmanager:{verb}" for verb in ("CreateSecret", "DeleteSecret"))
    }
    assert list(allowed.values()) == [{"ApiHandlerRole"}, {"ApiHandlerRole", "ReleaseBallotsRole"}]
    reading = {
        name
        for name, statement in statements(resources)
        if "secretsmanager:GetSecretValue" in listed(statement["Action"])
        and "/ballots/*" in str(statement["Resource"])
    }
    assert reading == {"ApiHandlerRole", "ReleaseBallotsRole", "SendMailRole"}


def test_who_calls_strangers_reads_one_secret_and_few_kinds_of_items(resources):
    (read,) = [
        statement
        for name, statement in statements(resources)
        if name == "DeliverRole" and "secretsmanager" in str(statement["Action"])
    ]
    assert "webhook-secrets-??????" in str(read["Resource"])
    assert not isinstance(read["Resource"], list)


def test_mail_leaves_only_from_the_one_address(resources):
    (send,) = [s for _, s in statements(resources) if s["Action"] == "ses:SendRawEmail"]
    assert send["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "MailFromAddress"}}}
    assert len(send["Resource"]) == 3
    assert all("*" not in str(resource) for resource in send["Resource"])


def test_the_emulator_loosens_the_mail_statement_only(resources):
    loosened = [
        (name, statement["Fn::If"][1]["Action"])
        for name, role in of_type(resources, "AWS::IAM::Role").items()
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if "Fn::If" in statement
    ]
    assert loosened == [("SendMailRole", "ses:SendRawEmail")]
