"""Who asks for more than anybody reads? Guests of one network share a budget of answers that have to be made for them.

Answers from the cache cost nothing. A network is what one household or one machine has: 256 addresses of IPv4, a /48 of
IPv6. The budget is each process's own, so what the settings say is divided by the number of processes.
"""

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Scope

from folkmoot.model.ids import Micros

PAUSE_S = 40
"""So long a network waits whose budget is used up; meanwhile it fills again."""
NETWORKS = 10_000
"""So many are remembered, those that asked last."""

_IPV4_BITS, _IPV6_BITS = 24, 48
_SECOND_MICROS = 1_000_000
_PAUSE_MICROS = PAUSE_S * _SECOND_MICROS

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Budget:
    """How many pages a network may have at once, and how many come back each minute. With `pages` 0 nobody counts."""

    pages: float
    pages_a_minute: float

    def shared_by(self, processes: int) -> "Budget":
        """Return each process's part."""
        return Budget(self.pages / processes, self.pages_a_minute / processes)


NO_BUDGET = Budget(0, 0)


@dataclass(slots=True)
class _Account:
    left: float
    at: Micros
    paused_until: Micros


class CrawlBudget:
    """Counts what the guests of each network ask for."""

    def __init__(
        self,
        budget: Budget,
        *,
        trusted_proxies: Sequence[Network],
        clock: Callable[[], Micros],
        answer: Callable[[int], ASGIApp],
    ) -> None:
        """Begin with full budgets.

        Args:
            budget: of each network, in this process.
            trusted_proxies: whose word counts for who asks.
            clock: the time.
            answer: who answers somebody that must wait for so many seconds.
        """
        self._budget = budget
        self._trusted = trusted_proxies
        self._clock = clock
        self._answer = answer
        self._accounts: dict[Network, _Account] = {}

    def refused(self, scope: Scope) -> ASGIApp | None:
        """Take one page from the budget of whoever asks; where it is used up, give who tells them so."""
        if not self._budget.pages:
            return None
        network = network_of(scope, self._trusted)
        wait_s = 0 if network is None else self._charged(network)
        return self._answer(wait_s) if wait_s else None

    def _charged(self, network: Network) -> int:
        """Take one page; give for how many seconds the network has to wait."""
        now, budget = self._clock(), self._budget
        account = self._accounts.pop(network, None) or _Account(budget.pages, now, now)
        self._accounts[network] = account
        if len(self._accounts) > NETWORKS:
            del self._accounts[next(iter(self._accounts))]
        come_back = (now - account.at) * budget.pages_a_minute / (60 * _SECOND_MICROS)
        account.left = min(budget.pages, account.left + max(0.0, come_back))
        account.at = now
        paused = account.paused_until - now
        if not 0 < paused <= _PAUSE_MICROS:  # it is over; or the clock was set back, for which nobody has to wait
            if account.left >= 1:
                account.left -= 1
                return 0
            account.paused_until, paused = Micros(now + _PAUSE_MICROS), _PAUSE_MICROS
        return -(-paused // _SECOND_MICROS)


def network_of(scope: Scope, trusted: Sequence[Network]) -> Network | None:
    """Say from which network somebody asks; None where a trusted proxy does not say.

    Each proxy appends who asked it, so the entry that counts is the rightmost that no trusted proxy stands for.
    """
    client = scope.get("client")
    peer = _address(client[0]) if client else None
    if peer is not None and not _is_in(peer, trusted):
        return _network(peer)
    told = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for").decode("latin-1")
    for entry in reversed(told.split(",")):
        address = _address(entry.strip())
        if address is None:
            return None
        if not _is_in(address, trusted):
            return _network(address)
    return None


def _address(text: str) -> Address | None:
    """Read an address, with or without a port; IPv4 inside of IPv6 is IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _network(address: Address) -> Network:
    bits = _IPV4_BITS if address.version == 4 else _IPV6_BITS
    return ipaddress.ip_network((address, bits), strict=False)
