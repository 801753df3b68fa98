"""One line of English to the claims in it."""

from collections.abc import Iterator, Sequence
from datetime import date

from claims.text.draft import Draft
from claims.text.memory import Memory
from claims.text.registry import KnownSource
from claims.text.tokens import Token, sentences


class EnglishReader:
    def __init__(self, text: str, published_on: date | None, sources: Sequence[KnownSource] | None) -> None:
        self.memory = Memory()

    def read(self, tokens: tuple[Token, ...]) -> Iterator[Draft]:
        for s, _mark in sentences(tokens):
            yield Draft(tuple(s), 0, len(s), (), "own-account", "asserts")
