import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Final

from chalicelib import keys
from chalicelib.brand_keys import BRAND
from chalicelib.brands.brand import Brand
from chalicelib.brands.store import BrandStore, brand_from_item
from chalicelib.errors import ChangedMeanwhile, NotFound, WriteRefused
from chalicelib.surveys.by_name import by_name
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.items import definition_of, survey_from_item
from chalicelib.table import (
    Delete,
    Item,
    Page,
    Put,
    Query,
    Table,
    delete_existing,
    each,
    every,
    key_of,
)

_PLACE: Final = ("PK", "SK", "list_pk", "list_sk")


class SurveyStore:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, survey_id: str) -> Survey:
        """Raises NotFound."""
        item = self._table.get(keys.survey(survey_id))
        if item is None:
            raise NotFound("survey")
        return survey_from_item(item)

    def get_with_edition(self, survey_id: str) -> tuple[Survey, str]:
        """As it stands, for somebody who looks at it to change it. Raises NotFound."""
        item = self._table.get(keys.survey(survey_id))
        if item is None:
            raise NotFound("survey")
        return survey_from_item(item), str(item.get("edition", ""))

    def get_with_brand(self, survey_id: str) -> tuple[Survey, Brand]:
        """In one call. Raises NotFound."""
        key = keys.survey(survey_id)
        found = self._table.get_all([key, BRAND])
        if key not in found:
            raise NotFound("survey")
        return survey_from_item(found[key]), brand_from_item(found.get(BRAND))

    def brand(self) -> Brand:
        return BrandStore(self._table).find()

    def put(self, survey: Survey, by: str | None = None, over: str = "") -> None:
        """`by` is the id of a key, `over` the edition that was looked at; empty takes any. Raises
        ChangedMeanwhile."""
        item = _to_item(survey) | ({"changed_by": by} if by else {})
        try:
            self._table.write(Put(item, {"edition": over} if over else {}))
        except WriteRefused as refused:
            # What was sent twice is there already.
            if (refused.current or {}).get("edition") != item["edition"]:
                raise ChangedMeanwhile from refused

    def has_invitations(self, survey_id: str) -> bool:
        query = Query(keys.invitations_of(survey_id), "listed", limit=1)
        return bool(self._table.query(query).items)

    def has_hook(self, survey_id: str) -> bool:
        hooks = every(self._table, Query(keys.HOOKS, "listed"))
        return any(hook["survey"] == survey_id for hook in hooks)

    def delete(self, survey_id: str) -> None:
        """With its goals. Raises NotFound."""
        for goal in every(self._table, Query(keys.goals_of(survey_id))):
            self._table.write(Delete(key_of(goal)))
        delete_existing(self._table, keys.survey(survey_id), "survey")

    def every(self) -> list[Survey]:
        """For background work, and for a choice among all. A list is read page by page."""
        return [
            survey_from_item(item) for item in every(self._table, Query(keys.SURVEYS, "listed"))
        ]

    def page(
        self, limit: int, after: Item | None, within: Collection[str] | None = None
    ) -> tuple[list[Survey], Item | None]:
        """In the order of names. `within` are ids: the others are left out. A page that has a next
        one is followed by a survey."""
        if within is not None:
            return self._page_within(within, limit, after)
        page: Page = self._table.query(
            Query(keys.SURVEYS, index="listed", limit=limit + 1, after=after)
        )
        shown = page.items[:limit]
        last = _place_of(shown[-1]) if len(page.items) > limit else page.next
        return [survey_from_item(item) for item in shown], last

    def _page_within(
        self, within: Collection[str], limit: int, after: Item | None
    ) -> tuple[list[Survey], Item | None]:
        found = each(self._table, [keys.survey(survey_id) for survey_id in sorted(within)])
        items = sorted(found.values(), key=lambda item: str(item["list_sk"]))
        rest = [item for item in items if after is None or item["list_sk"] > after["list_sk"]]
        shown = rest[:limit]
        last = _place_of(shown[-1]) if len(rest) > limit else None
        return [survey_from_item(item) for item in shown], last


def _place_of(item: Item) -> Item:
    return {name: item[name] for name in _PLACE}


def _to_item(survey: Survey) -> Item:
    definition = definition_of(survey)
    return {
        **keys.survey(survey.id).as_item(),
        "list_pk": keys.SURVEYS,
        "list_sk": by_name(survey.name, survey.id),
        "edition": _edition_of(definition),
        **definition,
    }


def _edition_of(definition: Mapping[str, object]) -> str:
    """Another one for another definition."""
    return hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()[:16]
