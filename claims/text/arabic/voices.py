"""From token ranges to voices: surfaces as written, references resolved, the registry matched."""

from collections.abc import Sequence
from dataclasses import replace

from claims.text.arabic.clause import Said
from claims.text.arabic.lexicon import bare_noun, can_speak, has, is_person, kinds, unnamed
from claims.text.arabic.media import MEDIA_KINDS
from claims.text.arabic.names import Names
from claims.text.memory import Heard, Memory
from claims.text.reading import Voice
from claims.text.registry import KnownSource, by_key, longest_name, match_source
from claims.text.spans import balanced
from claims.text.tokens import QUOTE_MARKS, Token
from claims.text.voicing import Voicing, elsewhere, known_as

_KIND_OF = {
    "الوكاله": ("agency", "state_agency", "local_agency"),
    "القناه": ("broadcaster",),
    "الشبكه": ("local_network", "medical_network"),
    "الوزاره": ("ministry",),
    "الصحيفه": ("newspaper",),
    "الموقع": ("newspaper", "local_network", "local_agency"),
    "الحركه": ("armed_group",),
    "الجماعه": ("armed_group",),
    "التنظيم": ("armed_group",),
    "الحزب": ("armed_group",),
    "المنظمه": ("monitoring_group", "rescue_organisation"),
}
_SAME = {"مصادر": "مصدر", "مصدران": "مصدر", "مصدرين": "مصدر", "مسوولون": "مسوول", "مسوولين": "مسوول",
    "مسوولان": "مسوول",
         "شهود": "شاهد", "نشطاء": "ناشط", "ناشطون": "ناشط", "متحدثه": "متحدث", "ناطق": "متحدث",
         "وزيره": "وزير"}  # fmt: skip


def head_of(words: Sequence[str]) -> str:
    """The bare head noun of a name, plural and feminine forms as one."""
    if len(words) > 1 and words[0] in ("احد", "احدي"):
        words = words[1:]
    head = bare_noun(words[0]) if words else ""
    return _SAME.get(head, head)


def surface_of(
    text: str, tokens: Sequence[Token], first: int, last: int, *, after_l: bool
) -> tuple[str, int, int]:
    """The name as written and its span; a preposition ل that hugs it is left out of the words."""
    if tokens[first].text == "ل" and last > first + 1:
        first, after_l = first + 1, False
    start, end = tokens[first].start, tokens[last - 1].end
    word = tokens[first].text
    lead = ""
    if word.startswith("لل") and _own_l(word[1:]):
        lead = "ال" * _defined(tokens[first + 1 : last], word[1:])
        start += _skip(text, start, 1)
    elif word.startswith("لل") and len(word) > 4:
        lead = "ال"
        start += _skip(text, start, 2)
    elif _set_off(tokens[first]) or (after_l and word.startswith("ل") and len(word) > 3 and not _own_l(word)):
        start += _skip(text, start, 1)
    elif word.startswith(("فال", "وال", "بال")) and len(word) > 5:
        start += 1
    start, end = balanced(text, start, end, whole=False)
    return lead + text[start:end], start, end


def _own_l(word: str) -> bool:
    """«لجنة», «لواء»: the ل is a letter of the word."""
    return can_speak(word) and bare_noun(word) == word


def _set_off(token: Token) -> bool:
    """«لـ"نهر"», «لـرووداو»: a ل that a mark sets off is never a letter of the name."""
    return token.raw[:1] == "ل" and token.raw[1:2] in ("ـ", *QUOTE_MARKS)


def _defined(after: Sequence[Token], noun: str) -> bool:
    """«للجنة الأهلية», «للواء فلان» are of «اللجنة», «اللواء»; «للجنة التحقيق» is of «لجنة»."""
    word = after[0].text if after else ""
    return not word or is_person(noun) or (word.startswith("ال") and word.endswith(("ي", "يه")))


def _skip(text: str, start: int, letters: int) -> int:
    """Code points taken by the first ل's, and the tatweel and marks after them."""
    n = 0
    while letters and start + n < len(text):
        letters -= text[start + n] == "ل"
        n += 1
    while start + n < len(text) and (text[start + n] == "ـ" or text[start + n] in QUOTE_MARKS):
        n += 1
    return n


class Voices(Voicing):
    """Makes voices for one text; keeps who has spoken."""

    def __init__(
        self, text: str, memory: Memory, sources: Sequence[KnownSource] | None, publisher: str | None = None
    ) -> None:
        super().__init__(text, memory, sources)
        self.publisher = publisher if publisher in by_key(sources) else None

    def chain(self, said: Said, tokens: Sequence[Token], before: tuple[Voice, ...]) -> tuple[Voice, ...]:
        """The chain of one clause, outermost first; `before` is the chain of the clause it may carry on."""
        if said.carries:
            return before
        if said.byline:
            self.memory.overhear(self._heard_outlet(tokens, *said.byline))
        if said.dropped and before and not said.names and _carries_on(said, before):
            return before
        found = self._dropped(said, before) if said.dropped or said.back else ()
        passed_on = said.dropped and said.verb and said.verb.lemma == "نقل" and not said.verb.feminine
        if passed_on and not _is_medium(found):
            found = ()
        voices: tuple[Voice, ...] = ()
        for nth, (first, last) in enumerate(said.names):
            voices = (*voices, self._voice(said, tokens, first, last, nth, voices))
        if said.back:
            return (*voices, *found[-1:])
        if found:
            return (*found[-1:], *voices) if voices else found
        return (*self._relay(said), *voices)

    def _relay(self, said: Said) -> tuple[Voice, ...]:
        """Through whom a single person that speaks again was heard: «وقال المصدر», «وأكد الشويلي».

        A body («الشركة») is left alone: it may have spoken elsewhere since.
        """
        last = self.memory.last()
        if len(said.names) != 1 or said.code == "silence" or last is None:
            return ()
        return last.via if last.person or last.voice.unnamed else ()

    def overhear(self, tokens: Sequence[Token], names: Names) -> None:
        """Outlets named in a line that is no sentence: a byline, the head of a channel's post."""
        for i, token in enumerate(tokens):
            if has("media-heads", bare_noun(token.text)) or names.known(i):
                name = names.read(i, len(tokens))
                if len(name):
                    self.memory.overhear(self._heard_outlet(tokens, name.first, name.last))

    def heading(self, tokens: Sequence[Token], first: int, last: int) -> Voice:
        """The voice of a heading, noted as whoever speaks under it."""
        heard = self._heard_outlet(tokens, first, last)
        self.memory.note(heard)
        return heard.voice

    def _heard_outlet(self, tokens: Sequence[Token], first: int, last: int) -> Heard:
        words = [t.text for t in tokens[first:last]]
        surface, start, end = surface_of(self.text, tokens, first, last, after_l=False)
        return Heard(
            self._matched(surface, start, end, words), head_of(words), _feminine(words), plural=False
        )

    def quiet_voice(self, said: Said, tokens: Sequence[Token]) -> Voice | None:
        """The voice of a single name, without noting that it has spoken."""
        first, last = said.names[0]
        words = [t.text for t in tokens[first:last]]
        after_l = tokens[first - 1].text in _BEFORE_L if first else False
        surface, start, end = surface_of(
            self.text, tokens, first, last, after_l=after_l or self._hugged(words)
        )
        return self._matched(surface, start, end, words)

    def _dropped(self, said: Said, before: tuple[Voice, ...]) -> tuple[Voice, ...]:
        """Who goes on without being named, behind whoever passed on what was said before."""
        verb = said.verb
        if before:
            return before[-1:]
        heard = (
            self.memory.agreeing(feminine=verb.feminine) if verb and not verb.plural else self.memory.last()
        )
        return (*heard.via, elsewhere(heard.voice)) if heard else ()

    def _voice(
        self,
        said: Said,
        tokens: Sequence[Token],
        first: int,
        last: int,
        nth: int,
        outer: tuple[Voice, ...],
    ) -> Voice:
        words = [t.text for t in tokens[first:last]]
        before = tokens[first - 1].text if first else ""
        told = said.back and words[0].startswith("ل") and not longest_name(words, self.sources)
        behind = len(said.names) > 1 and (
            first > said.names[1][0] or self._hugged(words) or _set_off(tokens[first])
        )
        medium = nth == 0 and (told or behind)
        after_l = medium or before in _BEFORE_L or has("statement-heads", bare_noun(before))
        after_l = after_l or self._hugged(words)
        surface, start, end = surface_of(self.text, tokens, first, last, after_l=after_l)
        if words[0] in _OURS and self.publisher:
            return known_as(Voice(surface, start, end), self.publisher, 0.9, self.sources)
        earlier = self._earlier(words) or (self._outlet(words) if medium else None)
        if earlier and not (outer and outer[-1].surface == earlier.voice.surface):
            if not medium:
                self.memory.note(_again(earlier, said))
            return elsewhere(self.memory.last_name(earlier).voice)
        voice = self._matched(surface, start, end, words)
        if said.role and nth == len(said.names) - 1:
            voice = self.with_role(voice, tokens, said.role)
        feminine = said.verb.feminine if said.verb and not said.tail and nth == 0 else _feminine(words)
        heard = Heard(
            voice,
            head_of(words),
            feminine,
            bool(said.verb and said.verb.plural),
            person=(is_person(words[0]) and not voice.unnamed) or (is_person(words[0]) and len(words) > 1),
            words=frozenset(map(bare_noun, words)),
            via=tuple(map(elsewhere, outer)) or self._heard_through(words),
        )
        if medium:
            self.memory.overhear(heard)
        else:
            self.memory.note(heard)
        return voice

    def _hugged(self, words: Sequence[str]) -> bool:
        """Whether a ل at the head is no part of the name: «لرويترز» in «لم يتسن لرويترز»."""
        if not words[0].startswith("ل") or longest_name(words, self.sources):
            return False
        rest = words[0][1:]
        return (
            longest_name([rest, *words[1:]], self.sources) > 0 or has("media-heads", rest) or can_speak(rest)
        )

    def _matched(self, surface: str, start: int, end: int, words: Sequence[str]) -> Voice:
        head = head_of(words)
        bare = bare_noun(words[0]) if words else ""
        kind = kinds().get(bare) or kinds().get(head) or "unnamed"
        voice = Voice(surface, start, end, unnamed=unnamed(bare), kind=kind)
        return self.matched(voice, words)

    def _described(self, words: Sequence[str]) -> Heard | None:
        """«المصدر الطبي», «الشبكة الطبية المستقلة»: a voice of that kind, one that shares an adjective first."""
        if (
            len(words) > 3
            or not all(_adjective(w) for w in words[1:])
            or match_source(" ".join(words), self.sources)
        ):
            return None
        head = _SAME.get(words[0][2:], words[0][2:])
        alike = [h for h in reversed(self.memory.heard) if h.head == head and not _other_body(h, words)]
        shared = [h for h in alike if any(w[2:] in h.words for w in words[1:])]
        return next(iter(shared or (alike if len(words) < 3 else ())), None)

    def _person(self, word: str) -> Heard | None:
        """«السيدة», «الطبيب»: the latest voice of that word, else the latest person of that gender."""
        many = word.endswith(("ون", "ين")) or match_source(word, self.sources) is not None
        if not word.startswith("ال") or not is_person(word) or word in _NOT_ALONE or many:
            return None
        head = _SAME.get(word[2:], word[2:])
        feminine = word.endswith("ه")
        return next((h for h in reversed(self.memory.heard) if head in h.words), None) or next(
            (h for h in reversed(self.memory.heard) if h.person and h.feminine == feminine), None
        )

    def _heard_through(self, words: Sequence[str]) -> tuple[Voice, ...]:
        """Who passed on what the person of this name said before; nobody where the name is new."""
        named = frozenset(map(bare_noun, words))
        return next((h.via for h in reversed(self.memory.heard) if h.person and named <= h.words), ())

    def _outlet(self, words: Sequence[str]) -> Heard | None:
        """«للموقع», told by somebody: the outlet that was told last."""
        if len(words) != 1 or not words[0].startswith("لل") or not has("media-heads", words[0][2:]):
            return None
        heard = (*reversed(self.memory.outlets), *reversed(self.memory.heard))
        same = (h for h in heard if h.head == words[0][2:])
        return next(same, None) or next(iter(self.memory.outlets or ()), None)

    def _earlier(self, words: Sequence[str]) -> Heard | None:
        """Who «المصدر», «الوكالة», «الشبكة نفسها» is: by kind, not by nearness."""
        words = [w for w in words if w not in ("نفسه", "نفسها", "ذاته", "ذاتها", "عينه", "عينها", "ذاتهم")]
        if not words:
            return None
        if not has("generic-references", words[0].removeprefix("ل")):
            return self._person(words[0]) if len(words) == 1 else None
        if len(words) > 1:
            return self._described(words)
        word = words[0] if words[0].startswith("ال") else "ا" + words[0]
        if word in ("الاخير", "الاخيره"):
            return self.memory.last()
        head = _SAME.get(word[2:], word[2:])
        return (
            self.memory.latest(head, _KIND_OF.get(word, ()))
            or self._person(word)
            or (
                self.memory.last()
                if word in ("البيان", "المنشور", "التقرير", "المصدر", "المصادر", "المتحدث")
                else None
            )
        )


def _other_body(heard: Heard, words: Sequence[str]) -> bool:
    """«السفارة الأمريكية» is not «السفارة الروسية» that was heard before."""
    if len(words) < 2 or is_person(words[0]):
        return False
    described = {w for w in heard.words if w.endswith("يه") and w != heard.head}
    return bool(described) and not described & {bare_noun(w) for w in words}


def _again(heard: Heard, said: Said) -> Heard:
    """The same voice, speaking again under a word of another gender perhaps: «البيان» for a ministry."""
    verb = said.verb
    return replace(heard, feminine=verb.feminine, plural=verb.plural) if verb and not said.tail else heard


def _is_medium(found: tuple[Voice, ...]) -> bool:
    """Whether whoever spoke last is an outlet or its reporter: «ونقل عن مصدر» is not of an unnamed source."""
    head = bare_noun(found[-1].surface.split()[0]) if found else ""
    return has("media-heads", head) or (bool(found) and found[-1].kind in MEDIA_KINDS)


def _carries_on(said: Said, before: tuple[Voice, ...]) -> bool:
    """«قال س لـص إن ...، وأضاف أن»: inside a sentence a dropped subject keeps the whole chain."""
    return len(before) > 1 and said.code != "silence"


def _adjective(word: str) -> bool:
    return word.startswith("ال") and word.endswith(("ي", "يه", "له", "ون", "ين"))


# Plurals and words for whole peoples or bodies point back to nobody.
_NOT_ALONE = frozenset(
    ("المصادر", "السكان", "الاهالي", "الشهود", "النشطاء", "الناشطون", "الاطباء", "الاسرايلي", "العسكري")
)
# «مراسلنا» is the outlet itself.
_OURS = frozenset(("مراسلنا", "مراسلتنا", "مراسلونا", "مراسلينا"))
_BEFORE_L = frozenset(("وفقا", "ووفقا", "طبقا", "وطبقا", "استنادا", "واستنادا"))


def _feminine(words: Sequence[str]) -> bool:
    head = words[0] if words else ""
    return head.endswith("ه") or has("feminine-names", head) or has("feminine-names", bare_noun(head))
