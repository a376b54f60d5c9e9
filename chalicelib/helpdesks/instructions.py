"""What the admin of a help desk does, with the address and the secret of a hook in it."""

from chalicelib.helpdesks.source import Source


def instructions(source: Source, url: str, secret: str) -> str:
    """Markdown."""
    shown = source.paste.replace("HOOK_URL", url).replace("SECRET", secret)
    return "\n".join([shown.rstrip(), "", *_to_know(source)])


def _to_know(source: Source) -> list[str]:
    told = [f"A call that fails: {source.lost}"]
    if not source.retries:
        told.append("So a call that fails may be a survey that is lost.")
    if not source.tells_address:
        told.append("It tells no address: people are looked up in the directory.")
    return [*told, f"Its own page: {source.docs}"]
