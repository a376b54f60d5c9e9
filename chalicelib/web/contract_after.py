"""The entries of chalicelib/web/contract.py for what follows an answer: words, tasks,
outcomes, accounts. Nothing here runs in a Lambda."""

from chalicelib.accounts.import_contacts import COLUMNS as CONTACT_COLUMNS
from chalicelib.accounts.import_contacts import AccountBody, ContactBody
from chalicelib.accounts.query import AccountsQuery, ContactsQuery
from chalicelib.accounts.schemas import (
    AccountListShape,
    AccountShape,
    ContactListShape,
    ContactShape,
)
from chalicelib.api_keys.api_key import Scope
from chalicelib.outcomes.record_outcome import COLUMNS as OUTCOME_COLUMNS
from chalicelib.outcomes.record_outcome import OutcomeBody
from chalicelib.outcomes.schemas import OutcomeShape
from chalicelib.responses.query import ResponsesQuery
from chalicelib.responses.schemas import Response, ResponsePage, ThemeCounts
from chalicelib.responses.show_responses import DecisionBody
from chalicelib.tasks.query import TasksQuery
from chalicelib.tasks.schemas import TaskListShape, TaskShape
from chalicelib.tasks.show_tasks import ClosedBody, OpenBody
from chalicelib.web.days import DaysQuery
from chalicelib.web.import_schema import ImportShape
from chalicelib.web.operation import CSV, LINES, Answer, Operation, gone, ok

AFTER = (
    Operation(
        "GET",
        "/v1/surveys/{survey}/responses",
        "List what people said",
        ok(
            "The newest first; with `updated_since` the oldest change.",
            ResponsePage,
            also=(CSV, *LINES),
        ),
        Scope.RESPONSES_READ,
        "One request reads a bounded number of answers: a page may be empty and have a `next`."
        " Who answered is shown to a key that has the scope `people:read` too.",
        query=ResponsesQuery,
    ),
    Operation(
        "PATCH",
        "/v1/surveys/{survey}/responses/{response}",
        "Accept or dismiss a held response",
        ok("The response as it stands now.", Response),
        Scope.RESPONSES_WRITE,
        "404 when it is not held.",
        body=DecisionBody,
        example={"state": "counted"},
    ),
    Operation(
        "GET",
        "/v1/surveys/{survey}/themes",
        "Count what comments are about",
        ok("By band, with no score.", ThemeCounts),
        Scope.RESPONSES_READ,
        query=DaysQuery,
    ),
    Operation(
        "GET",
        "/v1/tasks",
        "List the tasks",
        ok("Open ones by due time, closed ones the last closed first.", TaskListShape),
        Scope.TASKS_READ,
        query=TasksQuery,
    ),
    Operation(
        "GET", "/v1/tasks/{task}", "Show a task", ok("The task.", TaskShape), Scope.TASKS_READ
    ),
    Operation(
        "PATCH",
        "/v1/tasks/{task}",
        "Close a task with the cause of the trouble, or open it again",
        ok("The task as it stands now.", TaskShape),
        Scope.TASKS_WRITE,
        body=ClosedBody | OpenBody,
        example={"state": "closed", "cause": "Wi-Fi", "fixed": False},
    ),
    Operation(
        "POST",
        "/v1/outcomes",
        "Tell of a referral, a renewal or a churn, or of a file of them",
        {
            200: Answer(
                "It was told before; or what became of each row.", (OutcomeShape, ImportShape)
            ),
            201: Answer("The outcome.", (OutcomeShape,)),
        },
        Scope.OUTCOMES_WRITE,
        "One of `email`, `person` and `account`. Churn has a reason, and nothing else has one.",
        body=OutcomeBody,
        example={
            "kind": "churn",
            "email": "ingrid.solheim@example.com",
            "happened_at": "2026-11-20T09:00:00Z",
            "reason": "acquired",
        },
        rows=OUTCOME_COLUMNS,
        repeats=True,
    ),
    Operation(
        "GET",
        "/v1/outcomes/{outcome}",
        "Show an outcome",
        ok("The outcome.", OutcomeShape),
        Scope.OUTCOMES_READ,
    ),
    Operation(
        "DELETE",
        "/v1/outcomes/{outcome}",
        "Take an outcome back",
        gone("It is gone."),
        Scope.OUTCOMES_WRITE,
    ),
    Operation(
        "GET",
        "/v1/accounts",
        "List the accounts",
        ok("By id.", AccountListShape),
        Scope.ACCOUNTS_READ,
        query=AccountsQuery,
    ),
    Operation(
        "GET",
        "/v1/accounts/{account}",
        "Show an account",
        ok("The account.", AccountShape),
        Scope.ACCOUNTS_READ,
    ),
    Operation(
        "PUT",
        "/v1/accounts/{account}",
        "Make or change an account",
        ok("The account as it stands now.", AccountShape),
        Scope.ACCOUNTS_WRITE,
        body=AccountBody,
        example={"name": "Fjordline"},
    ),
    Operation(
        "GET",
        "/v1/accounts/{account}/contacts",
        "Show who of an account was asked and who answered",
        ok("The contacts, and their counts.", ContactListShape),
        Scope.ACCOUNTS_READ,
        "Silence is shown as silence. Names and addresses want the scope `people:read` too.",
        query=ContactsQuery,
    ),
    Operation(
        "POST",
        "/v1/accounts/{account}/contacts",
        "Take a file of contacts in",
        ok("What became of each row.", ImportShape),
        Scope.ACCOUNTS_WRITE,
        rows=CONTACT_COLUMNS,
    ),
    Operation(
        "GET",
        "/v1/accounts/{account}/contacts/{contact}",
        "Show a contact",
        ok("The contact.", ContactShape),
        Scope.ACCOUNTS_READ,
    ),
    Operation(
        "PUT",
        "/v1/accounts/{account}/contacts/{contact}",
        "Make or change a contact",
        ok("The contact as it stands now.", ContactShape),
        Scope.ACCOUNTS_WRITE,
        body=ContactBody,
        example={"email": "ingrid.solheim@example.com", "capacity": "decides"},
    ),
    Operation(
        "DELETE",
        "/v1/accounts/{account}/contacts/{contact}",
        "Forget a contact",
        gone("It is gone."),
        Scope.ACCOUNTS_WRITE,
    ),
)
