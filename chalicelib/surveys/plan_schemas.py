"""The plan of a survey as it is given."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    WrapSerializer,
    WrapValidator,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from chalicelib.errors import GIVEN_TWICE, PLAN_UNFIT
from chalicelib.surveys.fields import Minutes, Point, SegmentName, SegmentValue, WebhookId
from chalicelib.surveys.plan import NAMES, SAID_AGAIN, TO_A_WEBHOOK, Do, PlanName
from chalicelib.surveys.scale import Band, band_of, points_of
from chalicelib.web.fitting import NONE, TEXT, fields, has, when

if TYPE_CHECKING:
    from chalicelib.surveys.schemas import Survey

MOST_EFFECTS: Final = 20
SAYS: Final = "The name of a plan, `default` unless it is said, or a list of effects."

_ONCE = {"const": True}
_BY_DO = when(
    has(do={"enum": list(TO_A_WEBHOOK)}),
    has(to=TEXT),
    when(
        has(do={"const": "note_in_ticket"}),
        fields(to=NONE),
        when(
            has(do={"const": "open_task"}),
            fields(to=NONE, after={"const": 0}, once=_ONCE),
            fields(to=NONE, once=_ONCE),
        ),
    ),
)


class ScoreRange(BaseModel):
    """Both ends are in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    min: Point = 0
    max: Point = 10


class When(BaseModel):
    """Of which answers. All that is given has to hold; nothing given is every answer. `words`:
    whether there is a comment. `contact`: whether the person asks to be contacted."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=True, defer_build=True)

    bands: list[Band] = Field(default=[], max_length=len(Band))
    scores: ScoreRange | None = None
    words: Annotated[bool, Strict()] | None = None
    contact: Annotated[bool, Strict()] | None = None
    segments: dict[SegmentName, SegmentValue] = Field(default={}, max_length=8)


class Effect(BaseModel):
    """`to` is the id of a webhook. `after` is in minutes, from the answer that wants it on.
    `once` false: again for each change of the answer."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, json_schema_extra=_BY_DO
    )

    do: Do
    when: When = Field(default_factory=lambda: When.model_construct())
    to: WebhookId | None = None
    after: Minutes = 0
    once: Annotated[bool, Strict()] = True

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        goes_to_webhook = self.do in TO_A_WEBHOOK
        if goes_to_webhook and self.to is None:
            raise PydanticCustomError("to_missing", "say which webhook it goes to")
        if not goes_to_webhook and self.to is not None:
            raise PydanticCustomError("to_unwanted", "it goes to no webhook")
        if not self.once and self.do not in SAID_AGAIN:
            raise PydanticCustomError("once_only", "it is done once for each answer")
        if self.after and self.do == "open_task":
            raise PydanticCustomError("after_unwanted", "a task opens at once")
        return self


def without_default(schema: dict[str, Any]) -> None:
    """Makers of clients do not quote the default of what may be a text or a list."""
    schema.pop("default")


class _Named:
    """A plan is a list of effects, or the name of one."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        # Of a choice between a text and a list, makers of clients write Java that does not compile.
        named = {"if": {"type": "string"}, "then": {"enum": list(NAMES)}}
        return {"description": SAYS, **named, "else": handler(core_schema)}


def _named(given: Any, read: Any) -> Any:
    return given if isinstance(given, str) and given in NAMES else read(given)


if TYPE_CHECKING:
    Plan = PlanName | list[Effect]
else:
    Plan = Annotated[
        list[Effect],
        Field(max_length=MOST_EFFECTS),
        WrapValidator(_named),
        WrapSerializer(lambda plan, show: plan if isinstance(plan, str) else show(plan)),
        _Named(),
    ]


def refuse_unfit(survey: "Survey") -> None:
    """Raises PydanticCustomError."""
    if survey.plan == "default":
        return
    if survey.identity != "named":
        raise _unfit("a sealed survey has no plan: a release opens a task")
    if isinstance(survey.plan, list):
        if any(effect in survey.plan[:place] for place, effect in enumerate(survey.plan)):
            raise PydanticCustomError(GIVEN_TWICE, "the same effect is there twice")
        for reason in _misfits(survey, survey.plan):
            raise _unfit(reason)


def _misfits(survey: "Survey", plan: Sequence[Effect]) -> Iterator[str]:
    points = points_of(survey.scale)
    bands = {band_of(point, survey.scale).value for point in points}
    for effect in plan:
        when = effect.when
        if not bands.issuperset(when.bands):
            yield "the survey's scale has no such band"
        if when.scores and not any(when.scores.min <= point <= when.scores.max for point in points):
            yield "no score of the survey's scale is between these"
        if not when.segments.keys() <= set(survey.segments):
            yield "the survey has no such segment"


def _unfit(reason: str) -> PydanticCustomError:
    return PydanticCustomError(PLAN_UNFIT, "plan: {reason}", {"reason": reason})
