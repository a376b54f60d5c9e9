"""Errors as RFC 9457 problem documents."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from chalice.app import Response as HttpResponse
from msgspec import to_builtins

from chalicelib import errors
from chalicelib.errors import FieldError

ID = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}"
RETRY_AFTER_S = 30  # Zendesk repeats a 503 only when it names less than 60 s


def refuse_odd_ids(arguments: dict[str, str]) -> None:
    """Raises NotFound."""
    # A key of the table cannot hold every text.
    for name, value in arguments.items():
        if not re.fullmatch(ID, value):
            raise errors.NotFound(name)


def json_response(status: int, body: object, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(
        body=json.dumps(body, ensure_ascii=False, allow_nan=False, default=to_builtins),
        status_code=status,
        headers={
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            **named,
        },
    )


def svg_response(drawn: str) -> HttpResponse:
    return HttpResponse(
        body=drawn,
        status_code=200,
        headers={
            "Content-Type": "image/svg+xml",
            # A browser can open an SVG as a document. It must run nothing then.
            "Content-Security-Policy": "default-src 'none'",
            "Cache-Control": "no-store",
        },
    )


def problem_for(error: Exception) -> HttpResponse:
    for kind, answer in ANSWERS.items():
        if isinstance(error, kind):
            return answer(error)
    found = fields_of(error)
    if not found:
        return _unavailable()
    is_conflict = all(field.code in errors.DO_NOT_FIT for field in found)
    return _invalid(found, 409, "does-not-fit") if is_conflict else _invalid(found)


def problem(
    status: int, code: str, detail: str, extra: dict[str, object] | None = None, **headers: str
) -> HttpResponse:
    titles = {
        400: "The request cannot be read",
        401: "Not signed in",
        403: "Not allowed",
        404: "Not found",
        405: "Not a method of this address",
        406: "No such kind of answer",
        409: "The request does not fit",
        413: "Too large",
        415: "Wrong kind of body",
        422: "The request has fields that cannot be used",
        503: "Not just now",
    }
    body = {
        "type": f"urn:heed:problem:{code}",
        "title": titles[status],
        "status": status,
        "detail": detail,
        **(extra or {}),
    }
    response = json_response(status, body, **headers)
    response.headers["Content-Type"] = "application/problem+json"
    return response


def _invalid(
    fields: Sequence[FieldError], status: int = 422, code: str = "validation"
) -> HttpResponse:
    listed = [
        {"pointer": field.pointer, "code": field.code, "detail": field.detail} for field in fields
    ]
    count = f"{len(listed)} field{'s need' if len(listed) > 1 else ' needs'} a change."
    return problem(status, code, count, {"errors": listed})


def _cause_refused(error: errors.CauseRefused) -> HttpResponse:
    words = f"One of: {', '.join(error.causes)}." if error.causes else "A few words."
    return _invalid([FieldError("#/cause", error.code, words)], 409, "does-not-fit")


def fields_of(error: Exception) -> list[FieldError]:
    """Pydantic's errors without the input that they quote."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return []
    return [
        field_error("#/" + "/".join(map(str, field["loc"])), field)
        for field in error.errors(include_input=False, include_url=False)
    ]


def field_error(pointer: str, found: Any) -> FieldError:
    """`found` is one of pydantic's errors, with its context."""
    most = found.get("ctx", {}).get("max_length")
    return FieldError(pointer, found["type"], found["msg"], most)


def _unavailable() -> HttpResponse:
    return problem(503, "unavailable", "Try again in a moment.", Retry_After=str(RETRY_AFTER_S))


def _unauthenticated(code: str) -> HttpResponse:
    return problem(
        401,
        code.replace("_", "-"),
        "The request is not signed by a key that is known here.",
        WWW_Authenticate='Bearer realm="heed", Basic realm="heed"',
    )


ANSWERS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    errors.NotFound: lambda error: problem(404, "not-found", f"There is no such {error.what}."),
    errors.Unauthenticated: lambda error: _unauthenticated(error.code),
    errors.Forbidden: lambda error: problem(
        403, "scope-missing", f"This key has no scope {error.scope}."
    ),
    errors.ForeignSurvey: lambda _: problem(
        403, "survey-out-of-reach", "This key is limited to other surveys."
    ),
    errors.BadRequest: lambda error: problem(400, error.code.replace("_", "-"), error.detail),
    errors.UnsupportedMediaType: lambda error: problem(
        415, "unsupported-media-type", f"Send {error.expected}."
    ),
    errors.NotAcceptable: lambda error: problem(
        406, "not-acceptable", f"This answers {', '.join(error.offered)}."
    ),
    errors.TooLarge: lambda error: problem(
        413, "too-large", f"The body may have {error.limit} bytes."
    ),
    errors.MethodNotAllowed: lambda error: problem(
        405, "method-not-allowed", "See Allow.", Allow=", ".join(error.allowed)
    ),
    errors.IdempotencyKeyReused: lambda error: problem(
        409, "idempotency-key-reused", "This key was used with a different request."
    ),
    errors.Conflict: lambda error: _invalid(error.errors, 409, "does-not-fit"),
    errors.Invalid: lambda error: _invalid(error.errors),
    errors.CauseRefused: _cause_refused,
    errors.SuccessMissing: lambda error: problem(
        409,
        "success-missing",
        f"The survey {error.survey} is a draft and asks nobody. PUT /v1/surveys/{error.survey}"
        ' with "success", one sentence of what success looks like; then send this again.',
    ),
}
