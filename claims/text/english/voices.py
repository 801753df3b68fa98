"""From token ranges to voices: pronouns and "the agency" resolved, the registry matched."""

from collections.abc import Sequence

from claims.text.english.clause import Said
from claims.text.english.lexicon import has, kinds
from claims.text.memory import Heard, Memory
from claims.text.reading import Voice
from claims.text.registry import KnownSource, by_key, match_source
from claims.text.spans import balanced
from claims.text.tokens import Token

_KIND_OF = {
    "agency": ("agency", "state_agency", "local_agency"),
    "channel": ("broadcaster",),
    "broadcaster": ("broadcaster",),
    "network": ("local_network", "medical_network"),
    "ministry": ("ministry",),
    "newspaper": ("newspaper",),
    "group": ("armed_group", "monitoring_group", "medical_network", "local_network"),
    "movement": ("armed_group",),
    "militia": ("armed_group",),
    "army": ("military",),
    "military": ("military",),
    "command": ("military",),
    "coalition": ("military",),
    "monitor": ("monitoring_group",),
    "watchdog": ("monitoring_group",),
    "observatory": ("monitoring_group",),
}
_SAME = {
    "sources": "source",
    "officials": "official",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "forces": "force",
}


class Voices:
    """Makes voices for one text; keeps who has spoken."""

    def __init__(self, text: str, memory: Memory, sources: Sequence[KnownSource] | None) -> None:
        self.text = text
        self.memory = memory
        self.sources = sources

    def chain(self, said: Said, tokens: Sequence[Token], before: tuple[Voice, ...]) -> tuple[Voice, ...]:
        """The chain of one clause, outermost first; `before` is the chain of the clause it may carry on."""
        if said.carries:
            return before
        return tuple(v for i, r in enumerate(said.names) if (v := self._voice(said, tokens, r, i)))

    def _voice(self, said: Said, tokens: Sequence[Token], r: tuple[int, int], nth: int) -> Voice | None:
        words = [t.text for t in tokens[r[0] : r[1]]]
        if not words or (
            has("media-verbs", words[-1]) and not any(t.capital for t in tokens[r[0] + 1 : r[1]])
        ):
            return None
        earlier = self._earlier(words)
        if earlier:
            return _elsewhere(earlier.voice)
        start, end = balanced(self.text, tokens[r[0]].start, tokens[r[1] - 1].end, whole=False)
        voice = self._matched(self.text[start:end], start, end, words)
        if said.role and nth == len(said.names) - 1:
            voice = self._with_role(voice, tokens, said.role)
        person = bool(said.role) or any(has("person-words", w) for w in words)
        plural = words[-1].endswith("s") and not words[-1].endswith("ss")
        heard = Heard(voice, _SAME.get(words[-1], words[-1]), False, plural, person, frozenset(words))
        self.memory.note(heard)
        return voice

    def _earlier(self, words: list[str]) -> Heard | None:
        if len(words) == 1 and has("pronouns", words[0]):
            return self._pronoun(words[0])
        if words[0] not in ("the", "its", "their") or len(words) not in (2, 3):
            return None
        head = words[-1]
        known = match_source(" ".join(words), self.sources)
        if (known and known.certainty > 0.8) or not has("generic-references", " ".join(words[1:])):
            return None
        same = _SAME.get(head, head)
        return (
            self.memory.latest(same, _KIND_OF.get(head, ()))
            or next((h for h in reversed(self.memory.heard) if not h.person and head in h.words), None)
            or (self.memory.last() if head in ("statement", "report", "post") else None)
        )

    def _pronoun(self, word: str) -> Heard | None:
        heard = list(reversed(self.memory.heard))
        if word in ("he", "she"):
            return (
                next(
                    (h for h in heard if h.person or h.voice.kind in ("official", "unnamed", "eyewitness")),
                    None,
                )
                or self.memory.last()
            )
        if word == "they":
            return next((h for h in heard if h.plural), None) or self.memory.last()
        return next((h for h in heard if not h.person), None) or self.memory.last()

    def _with_role(self, voice: Voice, tokens: Sequence[Token], role: tuple[int, int]) -> Voice:
        title = self.text[tokens[role[0]].start : tokens[role[1] - 1].end]
        match = match_source(voice.surface, self.sources) or match_source(title, self.sources)
        return self._known(voice, match.key, match.certainty, title) if match else voice

    def _known(self, voice: Voice, key: str, certainty: float, role: str = "") -> Voice:
        source = by_key(self.sources)[key]
        unnamed = source.kind in ("unnamed", "eyewitness")
        return Voice(
            voice.surface, voice.start, voice.end, key, source.name_en, certainty, unnamed, source.kind, role
        )

    def _matched(self, surface: str, start: int, end: int, words: list[str]) -> Voice:
        kind = next((kinds()[w] for w in reversed(words) if w in kinds()), "unnamed")
        unnamed = has("unnamed-heads", words[-1]) or (
            words[0] in ("a", "an", "two", "three", "several") and any(has("unnamed-heads", w) for w in words)
        )
        voice = Voice(surface, start, end, unnamed=unnamed, kind=kind)
        match = match_source(surface, self.sources)
        if match and (match.certainty >= 0.85 or not voice.unnamed):
            return self._known(voice, match.key, match.certainty)
        known = self.memory.by_word(surface) if len(words) == 1 and len(words[0]) >= 4 else None
        if known and known.voice.source_key:
            return self._known(voice, known.voice.source_key, known.voice.certainty * 0.9)
        return voice


def _elsewhere(voice: Voice) -> Voice:
    return Voice(
        voice.surface,
        None,
        None,
        voice.source_key,
        voice.source_name,
        voice.certainty,
        voice.unnamed,
        voice.kind,
        voice.role,
    )
