"""The QR code of an open link, as SVG by segno (ISO/IEC 18004)."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from chalicelib.errors import Conflict, FieldError, NotFound
from chalicelib.surveys.definition import Survey
from chalicelib.surveys.open_link import address_of, segments_in, signed_query
from chalicelib.surveys.refuse_to_ask import refuse_to_ask

# The second of four levels of error correction: 15 % of a sticker may be scratched.
LEVEL = "m"


def open_address(
    survey: Survey, query: Mapping[str, Sequence[str]], base_url: str, key: bytes
) -> str:
    """The open link with the segments that `query` names, signed where the survey does not list
    them. Raises NotFound, SuccessMissing or Conflict."""
    if not survey.open_link:
        raise NotFound("open link")
    refuse_to_ask(survey)
    segments = segments_in(survey, query)
    known = {segment.partition("=")[0] for segment in segments}
    unknown = [name for name in query if name not in known]
    # A misspelt segment cannot be corrected on paper.
    if unknown:
        detail = "Once, a segment of the survey, with 1 to 100 characters."
        raise Conflict([FieldError(name, "segment_invalid", detail) for name in unknown])
    return f"{base_url}/s/{address_of(survey, signed_query(survey, query, key))}"


def svg_of(address: str) -> str:
    import segno

    drawn = BytesIO()
    code = segno.make(address, error=LEVEL, micro=False)
    code.save(drawn, kind="svg", light="#fff", omitsize=True, title=address)
    return drawn.getvalue().decode()
