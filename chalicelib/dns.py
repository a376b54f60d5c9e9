"""Finds the hosts that take mail for a domain, by dnspython. Nothing else asks the DNS."""

from typing import TYPE_CHECKING

from chalicelib.errors import LookupFailed

if TYPE_CHECKING:
    from dns.resolver import Resolver

LONGEST_S = 1.0


class MxLookup:
    """Asks the system's resolvers unless another one is given."""

    def __init__(self, resolver: "Resolver | None" = None) -> None:
        self._resolver = resolver

    def hosts(self, domain: str) -> list[str]:
        """Empty when the domain takes no mail (RFC 7505) or names no host for it. Raises
        LookupFailed, after at most a second."""
        from dns.exception import DNSException
        from dns.resolver import NoAnswer, Resolver

        try:
            resolver = self._resolver or Resolver()
            answer = resolver.resolve(
                f"{domain.rstrip('.')}.", "MX", search=False, lifetime=LONGEST_S
            )
        except NoAnswer:
            return []
        except (DNSException, OSError, ValueError) as error:
            raise LookupFailed from error
        hosts = [str(record.exchange) for record in answer]
        return [host.rstrip(".") for host in hosts if host != "."]
