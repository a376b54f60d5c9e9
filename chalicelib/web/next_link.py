"""The Link header of a list."""

from urllib.parse import urlencode


def next_link(query: dict[str, list[str]], cursor: str) -> str:
    """A relative address that keeps the filters of the query."""
    given = {name: values for name, values in query.items() if name != "cursor"}
    return f'<?{urlencode({**given, "cursor": [cursor]}, doseq=True)}>; rel="next"'
