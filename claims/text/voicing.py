"""From a name as written to a voice: the registry matched, a title taken along. The same for both languages."""

from collections.abc import Sequence
from dataclasses import replace

from claims.text.memory import Memory
from claims.text.reading import Voice
from claims.text.registry import KnownSource, by_key, match_source
from claims.text.tokens import Token

SURE = 0.85


def elsewhere(voice: Voice) -> Voice:
    """The same voice where its words stand elsewhere in the text."""
    return replace(voice, start=None, end=None)


def known_as(
    voice: Voice, key: str, certainty: float, sources: Sequence[KnownSource] | None, role: str = ""
) -> Voice:
    """The voice as that source of the registry."""
    source = by_key(sources)[key]
    unnamed = source.kind in ("unnamed", "eyewitness")
    return replace(
        voice, source_key=key, source_name=source.name_en, certainty=certainty, unnamed=unnamed,
        kind=source.kind, role=role,
    )  # fmt: skip


class Voicing:
    """Matches the names of one text; `memory` keeps who has spoken."""

    def __init__(self, text: str, memory: Memory, sources: Sequence[KnownSource] | None) -> None:
        self.text = text
        self.memory = memory
        self.sources = sources

    def matched(self, voice: Voice, words: Sequence[str]) -> Voice:
        """The voice as the registry knows it, else as somebody heard before whose name holds its one word."""
        match = match_source(voice.surface, self.sources)
        if match and (match.certainty >= SURE or not voice.unnamed):
            return known_as(voice, match.key, match.certainty, self.sources)
        heard = self.memory.by_word(voice.surface) if len(words) == 1 and len(words[0]) >= 4 else None
        if heard and heard.voice.source_key:
            return known_as(voice, heard.voice.source_key, heard.voice.certainty * 0.9, self.sources)
        return voice

    def with_role(self, voice: Voice, tokens: Sequence[Token], role: tuple[int, int]) -> Voice:
        """The voice with its title, where the registry knows the name or the title."""
        title = self.text[tokens[role[0]].start : tokens[role[1] - 1].end]
        match = match_source(voice.surface, self.sources) or match_source(title, self.sources)
        return known_as(voice, match.key, match.certainty, self.sources, title) if match else voice
