"""The keys of counts. Their rows are in the table of keys.py. The shards of a survey lie under
32 PKs at most, so that no partition takes all that is written and no reader asks for each shard:
shard 70 is row 2 under the PK that ends with 06."""

from typing import Final

from chalicelib.table import Key

PARTITIONS: Final = 32


def tally(survey_id: str, segment: str, day: str, shard: int) -> Key:
    return Key(_pk(tallies_of(survey_id, segment), shard), _in_row(day, shard))


def tallies_of(survey_id: str, segment: str) -> str:
    """No PK: `all_pks` makes them of it."""
    return f"TALLY#{survey_id}#{segment}"


def month_tally(survey_id: str, segment: str, month: str, shard: int) -> Key:
    """A month is `2026-11`. `all`, which is no segment, is its own dimension without a value."""
    dimension, _, value = segment.partition("=")
    pk = _pk(months_of(survey_id, dimension), shard)
    return Key(pk, f"{_in_row(month, shard)}#{value}")


def months_of(survey_id: str, dimension: str) -> str:
    """As `tallies_of`. Holds all values of a dimension, so that one query finds them."""
    return f"MONTHS#{survey_id}#{dimension}"


def all_pks(counts: str, shards: int) -> list[str]:
    """Where so many open shards are."""
    return [_pk(counts, shard) for shard in range(min(shards, PARTITIONS))]


def all_shards(pk: str) -> str:
    """What `all_pks` made the PK of."""
    return pk.rpartition("#")[0]


def counts_of(survey_id: str | None) -> tuple[str, str]:
    """The beginnings of the PKs of a survey's days and months. None: of all surveys."""
    rest = f"{survey_id}#" if survey_id else ""
    return f"TALLY#{rest}", f"MONTHS#{rest}"


def first_shard(counted: Key) -> Key:
    when, hash_sign, value = counted.sk.partition("#")
    return Key(_pk(all_shards(counted.pk), 0), _out_of_row(when) + hash_sign + value)


def named(counted: Key) -> tuple[str, str, str]:
    """Gives the survey, the segment, and the day or the month."""
    _, survey_id, segment = all_shards(counted.pk).split("#", 2)
    when, value = when_and_value(counted.sk)
    return survey_id, f"{segment}={value}" if value else segment, when


def when_and_value(sk: str) -> tuple[str, str]:
    """The day without a value, or the month with that of its dimension."""
    when, _, value = sk.partition("#")
    return _out_of_row(when), value


def survey_in(counts: str) -> str:
    return counts.split("#", 2)[1]


def shards(survey_id: str) -> Key:
    return Key(f"SHARDS#{survey_id}", "SHARDS")


def _pk(counts: str, shard: int) -> str:
    return f"{counts}#{shard % PARTITIONS:02d}"


def _in_row(when: str, shard: int) -> str:
    # It sorts before a `#` and a `-`: all rows of a day or a month are within its range.
    row = shard // PARTITIONS
    return f"{when}!{row}" if row else when


def _out_of_row(when: str) -> str:
    return when.partition("!")[0]
