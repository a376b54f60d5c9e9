"""The keys of counts. Their rows are in the table of keys.py."""

from chalicelib.table import Key


def tally(survey_id: str, segment: str, day: str, shard: int) -> Key:
    return Key(in_shard(tallies_of(survey_id, segment), shard), day)


def tallies_of(survey_id: str, segment: str) -> str:
    """No PK: `in_shard` makes one of it."""
    return f"TALLY#{survey_id}#{segment}"


def month_tally(survey_id: str, segment: str, month: str, shard: int) -> Key:
    """A month is `2026-11`. `all`, which is no segment, is its own dimension without a value."""
    dimension, _, value = segment.partition("=")
    return Key(in_shard(months_of(survey_id, dimension), shard), f"{month}#{value}")


def months_of(survey_id: str, dimension: str) -> str:
    """As `tallies_of`. Holds all values of a dimension, so that one query finds them."""
    return f"MONTHS#{survey_id}#{dimension}"


def in_shard(counts: str, shard: int) -> str:
    return f"{counts}#{shard:02d}"


def all_shards(pk: str) -> str:
    """What `in_shard` made the PK of."""
    return pk.rpartition("#")[0]


def counts_of(survey_id: str | None) -> tuple[str, str]:
    """The beginnings of the PKs of a survey's days and months. None: of all surveys."""
    rest = f"{survey_id}#" if survey_id else ""
    return f"TALLY#{rest}", f"MONTHS#{rest}"


def first_shard(counted: Key) -> Key:
    return Key(in_shard(all_shards(counted.pk), 0), counted.sk)


def named(counted: Key) -> tuple[str, str, str]:
    """Gives the survey, the segment, and the day or the month."""
    _, survey_id, segment = all_shards(counted.pk).split("#", 2)
    when, _, value = counted.sk.partition("#")
    return survey_id, f"{segment}={value}" if value else segment, when


def survey_in(counts: str) -> str:
    return counts.split("#", 2)[1]


def shards(survey_id: str) -> Key:
    return Key(f"SHARDS#{survey_id}", "SHARDS")
