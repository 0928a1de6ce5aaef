"""How is a fact kept? As the name of its class and its fields in JSON."""

from functools import cache

import msgspec

from folkmoot.model.journal import Fact

_encoder = msgspec.json.Encoder()


def encoded(fact: Fact) -> tuple[str, str]:
    """Give a fact's kind and body."""
    return type(fact).__name__, _encoder.encode(fact).decode()


def decoded(kind: str, body: str) -> Fact:
    """Give back the fact that `encoded` took apart.

    Raises:
        KeyError: no fact of this release has that name.
    """
    return _decoder(kind).decode(body)


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Fact]:
    return msgspec.json.Decoder(_kinds()[kind])


def _kinds() -> dict[str, type[Fact]]:
    found: dict[str, type[Fact]] = {}
    waiting: list[type[Fact]] = [Fact]
    while waiting:
        heirs = waiting.pop().__subclasses__()
        found.update({heir.__name__: heir for heir in heirs})
        waiting.extend(heirs)
    return found
