"""What the DNS says of a name, as texts."""

from typing import TYPE_CHECKING, Any

from chalicelib.errors import LookupFailed

if TYPE_CHECKING:
    from dns.resolver import Resolver

LONGEST_S = 5.0


class Records:
    """Asks the system's resolvers unless another one is given."""

    def __init__(self, resolver: "Resolver | None" = None) -> None:
        self._resolver = resolver

    def txt(self, name: str) -> list[str]:
        """A long one comes in parts. Raises LookupFailed."""
        return [
            b"".join(record.strings).decode(errors="replace") for record in self._ask(name, "TXT")
        ]

    def names(self, name: str, kind: str) -> list[str]:
        """To where CNAME or MX leads. Raises LookupFailed."""
        field = "exchange" if kind == "MX" else "target"
        found = (str(getattr(record, field)) for record in self._ask(name, kind))
        return [host.rstrip(".").lower() for host in found]

    def addresses(self, name: str) -> set[str]:
        """Raises LookupFailed."""
        return {record.address for record in self._ask(name, "A")}

    def _ask(self, name: str, kind: str) -> list[Any]:
        from dns.exception import DNSException
        from dns.resolver import NXDOMAIN, NoAnswer, Resolver

        try:
            resolver = self._resolver or Resolver()
            return list(resolver.resolve(f"{name}.", kind, search=False, lifetime=LONGEST_S))
        except (NoAnswer, NXDOMAIN):
            return []
        except (DNSException, OSError, ValueError) as error:
            raise LookupFailed from error
