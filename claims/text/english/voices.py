"""From token ranges to voices: pronouns and "the agency" resolved, the registry matched."""

from collections.abc import Sequence

from claims.text.english.clause import Said
from claims.text.english.lexicon import has, kinds, possessive, speaker
from claims.text.english.people import introduced
from claims.text.memory import Heard
from claims.text.reading import Voice
from claims.text.registry import by_key, match_source
from claims.text.spans import balanced
from claims.text.tokens import Token
from claims.text.voicing import Voicing, elsewhere

_OUTLETS = ("agency", "state_agency", "local_agency", "newspaper", "broadcaster", "local_network")
_KIND_OF = {
    "agency": ("agency", "state_agency", "local_agency"),
    "channel": ("broadcaster",),
    "broadcaster": ("broadcaster",),
    "network": ("local_network", "medical_network"),
    "ministry": ("ministry",),
    "newspaper": ("newspaper",),
    **dict.fromkeys(("outlet", "website", "site", "portal"), _OUTLETS),
    **dict.fromkeys(("paper", "daily", "weekly"), ("newspaper",)),
    **dict.fromkeys(("station", "radio", "tv", "television"), ("broadcaster",)),
    "firm": ("company",),
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


class Voices(Voicing):
    """Makes voices for one text; keeps who has spoken."""

    met: Heard | None = None  # who was named last and has not spoken

    def chain(self, said: Said, tokens: Sequence[Token], before: tuple[Voice, ...]) -> tuple[Voice, ...]:
        """The chain of one clause, outermost first; `before` is the chain of the clause it may carry on."""
        if said.carries:
            told = (self._voice(said, tokens, r, -1, ()) for r in said.names)  # "..., telling Y that"
            return (*(v for v in told if v and before and v.surface != before[0].surface), *before)
        if len(said.names) == 1:
            first, last = said.names[0]
            earlier = self._earlier([t.text for t in tokens[first:last]], _plain(tokens[first:last]))
            if earlier:  # "he added": whoever was told so before was told this too
                return (*earlier.via, elsewhere(earlier.voice))
        chain = self._surname_via(said, tokens)
        for i, r in enumerate(said.names):
            voice = self._voice(said, tokens, r, i, chain)
            chain = (*chain, voice) if voice else chain
        return chain

    def meet(self, tokens: Sequence[Token]) -> None:
        """Remember whom a sentence introduces in which nobody spoke."""
        found = introduced(tokens, self.sources)
        if not found:
            return
        start, end = tokens[found[0]].start, tokens[found[1] - 1].end
        end -= 2 if possessive(tokens[found[1] - 1]) else 0
        words = [t.text for t in tokens[found[0] : found[1]]]
        met = Heard(
            self._matched(self.text[start:end], start, end, words), "", False, False, True, frozenset(words)
        )
        self.met = met
        if found[0] == 0 or tokens[found[0] - 1].text == ":":  # the subject of the sentence
            self.memory.note(met)

    def _surname_via(self, said: Said, tokens: Sequence[Token]) -> tuple[Voice, ...]:
        """ "Hassan added": through whom the one of that surname was heard before."""
        if len(said.names) != 1 or said.names[0][1] - said.names[0][0] != 1 or said.role:
            return ()
        name = tokens[said.names[0][0]]
        last = f" {name.raw}"
        heard = reversed(self.memory.heard) if name.capital else ()
        return next((h.via for h in heard if h.person and last in h.voice.surface), ())

    def _voice(
        self, said: Said, tokens: Sequence[Token], r: tuple[int, int], nth: int, via: tuple[Voice, ...]
    ) -> Voice | None:
        words = [t.text.removesuffix("s") if possessive(t) else t.text for t in tokens[r[0] : r[1]]]
        if not words or (
            has("media-verbs", words[-1]) and not any(t.capital for t in tokens[r[0] + 1 : r[1]])
        ):
            return None
        plain = _plain(tokens[r[0] : r[1]])
        earlier = self._earlier(words, plain) or self._goes_on(said, tokens, words)
        if earlier:  # "she told the BBC" where nobody was named: not the BBC that she told
            if earlier.voice not in via:
                return elsewhere(earlier.voice)
            if len(words) == 1:
                return None  # otherwise "the report" that Reuters has seen, where nobody spoke before
        start, end = balanced(self.text, tokens[r[0]].start, tokens[r[1] - 1].end, whole=False)
        end -= 2 if possessive(tokens[r[1] - 1]) else 0  # "by the mayor's count"
        voice = self._matched(self.text[start:end], start, end, words)
        described = said.role if nth == len(said.names) - 1 else None
        if described:
            voice = self.with_role(voice, tokens, described)
        role = [t.text for t in tokens[described[0] : described[1]]] if described else []
        said_before = self.memory.by_word(voice.surface) if len(words) == 1 else None
        person = bool(said_before and said_before.person) or _of_person(words) or _of_person(role)
        named = len(words) == 1 and tokens[r[0]].capital and not speaker(words[0])
        plural = _head(words).endswith("s") and not _head(words).endswith("ss") and not named
        self.memory.note(Heard(voice, _same(_head(words)), False, plural, person, _called(words, role), via))
        return voice

    def _earlier(self, words: list[str], plain: bool) -> Heard | None:
        words = [w for w in words if w != "same"] or words
        if len(words) == 1 and (has("pronouns", words[0]) or words[0] in _OBJECTS):
            return self._pronoun(_OBJECTS.get(words[0], words[0]))
        if words[0] not in ("the", "its", "their", "that", "this") or len(words) not in (2, 3):
            return None
        body = plain and has("bodies", words[-1]) and not has("generic-references", " ".join(words[1:]))
        known = None if body else match_source(" ".join(words), self.sources)
        if known and known.certainty > 0.8 and not self._nobody_in_particular(known.key):
            return None
        if len(words) == 3 and (body or words[1].endswith(("-based", "-run"))):
            words = [words[0], words[2]]  # "the militant group", "the London-based charity"
        if body:
            return self._by_kind(words[-1])
        if words[1] == "air":  # no other force
            return self._by_word("air")
        if has("generic-references", " ".join(words[1:])):
            return self._by_kind(words[-1])
        return self._by_word(words[-1]) if len(words) == 2 and speaker(words[-1]) else None

    def _goes_on(self, said: Said, tokens: Sequence[Token], words: list[str]) -> Heard | None:
        """ "The lawyer added", "the 44-year-old", "the man": whoever spoke last, where nobody was called so."""
        last = self.memory.last()
        if words[0] == "the" and words[-1].endswith("year-old"):
            return self._pronoun("he")
        if len(words) != 2 or words[0] != "the" or not last or self.memory.by_word(words[1]):
            return None
        if words[1] in _SOMEONE:
            return self._pronoun("he")
        adds = tokens[said.cue[0]].text in _ADDS and has("person-words", words[1])
        return last if adds and not last.plural and (last.person or _bare_name(last)) else None

    def _nobody_in_particular(self, key: str) -> bool:
        """Activists, witnesses and the like: "the activist" is rather the one who spoke before."""
        return by_key(self.sources)[key].kind in ("unnamed", "eyewitness")

    def _by_kind(self, head: str) -> Heard | None:
        """Whom "the agency", "the official", "the statement" point back to."""
        return (
            self.memory.latest(_same(head), _KIND_OF.get(head, ()))
            or self._by_word(head)
            or (self.memory.last() if head in ("statement", "report", "post") else None)
            or (self._without_name() if _same(head) in ("source", "official") else None)
            or self._nameless(head)
        )

    def _by_word(self, head: str) -> Heard | None:
        """The latest voice that was named or described with the word."""
        person = has("person-words", head)
        return next(
            (h for h in reversed(self.memory.heard) if head in h.words and (person or not h.person)), None
        )

    def _without_name(self) -> Heard | None:
        """ "The source" after "a senior official": one of those who are not named."""
        return next((h for h in reversed(self.memory.heard) if h.person and h.voice.unnamed), None)

    def _nameless(self, head: str) -> Heard | None:
        """ "The outlet" after a name that tells nothing of its kind."""
        if not has("bodies", head):
            return None
        bodies = [h for h in reversed(self.memory.heard) if not (h.person or h.plural or h.voice.unnamed)]
        unknown = (h for h in bodies if h.voice.kind == "unnamed" and not any(map(speaker, h.words)))
        return next(unknown, None) or next((h for h in bodies if _named_body(h)), None)

    def _pronoun(self, word: str) -> Heard | None:
        heard = list(reversed(self.memory.heard))
        if word in ("he", "she"):
            told = {v.surface for h in heard for v in h.via}  # outlets: no "he"
            heard = [h for h in heard if h.person or h.voice.surface not in told]
            return (
                next((h for h in heard if (h.person and not h.plural) or _bare_name(h)), None)
                or next((h for h in heard if h.person), None)
                or self.met
                or next((h for h in heard if h.voice.kind in ("official", "unnamed", "eyewitness")), None)
                or self.memory.last()
            )
        if word == "they":
            return next((h for h in heard if h.plural), None) or self.memory.last()
        return next((h for h in heard if not h.person), None) or self.memory.last()

    def _matched(self, surface: str, start: int, end: int, words: list[str]) -> Voice:
        kind = next((kinds()[w] for w in reversed(words) if w in kinds()), "unnamed")
        unnamed = has("unnamed-heads", _head(words)) or (
            words[0] in ("a", "an", "two", "three", "several") and any(has("unnamed-heads", w) for w in words)
        )
        voice = Voice(surface, start, end, unnamed=unnamed, kind=kind)
        return self.matched(voice, words)


# "The organisation" is never one of these; they are called by what they are.
_NO_BODIES = frozenset(
    ("ministry", "military", "eyewitness", "army", "police", "government", "command", "forces")
)
_SOMEONE = frozenset(("man", "woman", "boy", "girl"))
_ADDS = frozenset(("added", "adds", "continued", "continues"))
_OBJECTS = {
    "its": "it",
    "their": "they",
    "his": "he",
    "him": "he",
    "her": "she",
    "them": "they",
    "hed": "he",
    "shed": "she",
    "theyd": "they",
}
_AFTER_HEAD = frozenset(
    ("of", "in", "at", "from", "for", "with", "near", "on", "to", "close", "who", "and", "there")
)


def _head(words: Sequence[str]) -> str:
    """The head noun of a name: "an official in the camp" is an official."""
    return _own(words)[-1]


def _own(words: Sequence[str]) -> Sequence[str]:
    """A name without what hangs on it: "an official"."""
    bends = (
        k
        for k in range(1, len(words))
        if words[k] in _AFTER_HEAD or words[k] == "," or words[k].endswith("ing")
    )
    end = next(bends, len(words))
    return words[:end]


def _of_person(words: Sequence[str]) -> bool:
    """Whether a name or title is a person's: "a volunteer", not "a volunteer group"."""
    return (
        bool(words)
        and not has("bodies", _head(words))
        and (has("titles", words[0]) or any(has("person-words", w) for w in _own(words)))
    )


def _bare_name(h: Heard) -> bool:
    """Two or three words that may be a person's: nothing is known of who they are."""
    return (
        len(h.words) in (2, 3)
        and "the" not in h.words
        and not h.voice.source_key
        and not any(map(speaker, h.words))
        and h.voice.kind == "unnamed"
    )


_IN_FULL = {
    "maj": "major",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "capt": "captain",
    "sgt": "sergeant",
    "brig": "brigadier",
    "adm": "admiral",
    "cmdr": "commander",
    "dr": "doctor",
    "prof": "professor",
}


def _named_body(h: Heard) -> bool:
    """A body with a name of its own: "UNICEF", "the World Food Programme"."""
    named = any(w[:1].isupper() for w in h.voice.surface.split()[1:]) or h.voice.surface[:2].isupper()
    return (named or bool(h.voice.source_key)) and _NO_BODIES.isdisjoint((h.voice.kind, *h.words))


def _plain(words: Sequence[Token]) -> bool:
    """Whether no name stands there after the first word: "the rights group", not "the Nimrod Group"."""
    return not any(t.capital for t in words[1:])


def _called(words: Sequence[str], role: Sequence[str]) -> frozenset[str]:
    """The words that may point back to a voice: its name and role, titles also in full."""
    return frozenset((*words, *role, *(_IN_FULL[w] for w in words if w in _IN_FULL)))


def _same(head: str) -> str:
    return _SAME.get(head, head)
