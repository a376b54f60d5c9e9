"""A form with a file, as RFC 7578 has it, read by the standard library's parser of MIME."""

from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import HTTP

from chalicelib.errors import BadRequest

LARGEST = 64 * 1024
MOST_PARTS = 20


def read_multipart(raw: bytes, content_type: str) -> tuple[dict[str, list[str]], dict[str, bytes]]:
    """Fields, and files by the name of their field; a field without a chosen file has none. What a
    browser says of a file, its name and its kind, is dropped. Raises BadRequest."""
    if len(raw) > LARGEST:
        raise BadRequest("upload_too_large", "The form is too large.")
    try:
        return _read(_parts(raw, content_type))
    except (ValueError, LookupError) as error:
        raise BadRequest("upload_unreadable", "The form cannot be read.") from error


def _parts(raw: bytes, content_type: str) -> list[Message]:
    # A header of ours, so no line of theirs may end it.
    head = f"Content-Type: {' '.join(content_type.split())}\r\n\r\n".encode("ascii")
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + raw)
    parts = message.get_payload()
    if message.defects or not isinstance(parts, list) or len(parts) > MOST_PARTS:
        raise ValueError("no parts, too many, or without an end")
    return [part for part in parts if isinstance(part, Message)]


def _read(parts: list[Message]) -> tuple[dict[str, list[str]], dict[str, bytes]]:
    fields, files = dict[str, list[str]](), dict[str, bytes]()
    for part in parts:
        name, data = _name_of(part), part.get_payload(decode=True)
        if part.is_multipart() or not isinstance(data, bytes):
            raise ValueError("a part in a part")
        if part.get_filename() is None:
            fields.setdefault(name, []).append(data.decode())
        elif data or part.get_filename():
            if name in files:
                raise ValueError("two files")
            files[name] = data
    return fields, files


def _name_of(part: Message) -> str:
    name = part.get_param("name", header="content-disposition")
    if part.get_content_disposition() != "form-data" or not isinstance(name, str):
        raise ValueError("no field")
    return name
