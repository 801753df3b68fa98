"""Arabic media as whoever was told: «لوكالة رويترز», «للجزيرة», «لـ"الوسط الليبي"»."""

from collections.abc import Sequence

from claims.text.arabic.lexicon import bare_noun, can_speak, finite, has, is_person, masdar, verb
from claims.text.arabic.phrases import Phrases
from claims.text.registry import KnownSource, by_key, longest_name, match_source

MEDIA_KINDS = (
    "agency",
    "state_agency",
    "broadcaster",
    "newspaper",
    "local_agency",
    "local_network",
    "social_account",
)
_SELF = frozenset(("نفسه", "نفسها", "ذاتها", "ذاته"))


class Media(Phrases):
    """Finds the outlet told in one sentence."""

    def medium(self, at: int, limit: int, first: int | None = None) -> tuple[int, int] | None:
        """The outlet told, where «لـ» and a medium stand at token `at`: «لوكالة رويترز», «للجزيرة»."""
        word = self.word(at)
        hugged = self._hugged_medium(at, limit)
        if hugged:
            return hugged
        if (
            not word.startswith("ل")
            or len(word) < 2
            or self.word(at - 1).startswith(("التابع", "تابع", "الممثل", "مدير"))
        ):
            return self._split_medium(at, limit)
        rest = word[2:] if word.startswith("لل") else word[1:]
        known = longest_name([rest, *self.words[at + 1 : at + 7]], self.sources)
        told = first is None or is_person(self.word(first))
        if has("media-heads", rest) and (told or not word.startswith("لل")):
            return at, self._medium_end(at, limit)
        behind = first is not None and told and not _spokesman(self.word(first))
        said = first is None and verb(self.word(at - 1)) is not None
        if has("told-bodies", rest) and (behind or said):
            return at, self._medium_end(at, limit)
        if known and self._is_medium(rest, at, known):
            return at, at + known
        for n in (3, 2, 1):
            named = " ".join([rest, *self.words[at + 1 : at + n]])
            if has("media-names", named) or has("media-names", "ال" + named):
                return at, min(at + n, limit)
        last = at + 1 >= limit or has("particles", self.word(at + 1)) or self.word(at + 1) == ","
        return (at, at + 1) if last and word.startswith("لل") and is_person(self.word(0)) else None

    def _hugged_medium(self, at: int, limit: int) -> tuple[int, int] | None:
        """«لـ"الوسط الليبي"», «لـرووداو», «للوكالة إن»: a ل set off from a name can only mean who was told."""
        word, raw = self.word(at), self.tokens[at].raw if at < len(self.tokens) else ""
        if not word.startswith("ل") or at >= limit:
            return None
        if self.tokens[at].opens and raw[:1] == "ل" and not raw.lstrip("لـ")[:1].isalnum():
            end = self.title(at, limit)
            return (at, end) if end and not _belongs_to(word[1:]) else None
        last = at + 1 >= limit or has("particles", self.word(at + 1)) or self.word(at + 1) in (",", ":")
        if word.startswith("لل") and has("media-heads", word[2:]) and (last or self.time_word(at + 1)):
            return at, at + 1
        return (at, at + 1) if raw[1:2] == "ـ" and last and len(word) > 3 else None

    def _split_medium(self, at: int, limit: int) -> tuple[int, int] | None:
        """«لـ "عنب بلدي"» with the ل apart from the name."""
        if self.word(at) != "ل" or at + 1 >= limit:
            return None
        if self.word(at) == "ل" and self.word(at + 1) == "(" and at + 1 < limit:
            closed = self.bracket(at + 1, limit)
            return (at, closed) if closed else None
        titled = self.title(at + 1, limit)
        if titled and not _belongs_to(self.word(at + 1)):
            return at, titled
        if self.known(at + 1) or has("media-heads", bare_noun(self.word(at + 1))):
            return at, at + 1 + max(self.known(at + 1), 1)
        return None

    def _medium_end(self, at: int, limit: int) -> int:
        end = at + 1 + self.known(at + 1)
        while end < limit and end - at < 6 and self.tokens[end].is_word:
            word = self.word(end)
            titled = self.title(end, limit)
            if titled:
                return self._past_adjectives(titled, limit)
            if word in _SELF:
                end += 1
                continue
            if (
                self.stops_at_once(end)
                or word == "في"
                or finite(word)
                or (word[:1] == "ب" and masdar(word[1:]))
                or (end > at + 1 and masdar(word))
                or (end == at + 1 and self.word(at).startswith("لل") and not word.startswith("ال"))
            ):
                break
            end += 1
            if self.tokens[end - 1].closes:
                break
        return self.bracket(end, limit) or end if self.word(end) == "(" else end

    def _past_adjectives(self, end: int, limit: int) -> int:
        """«صحيفة "كذا" المحلية»: what is said of the outlet after its title."""
        while end < limit and (
            self.word(end) in _SELF
            or (self.word(end).startswith("ال") and self.word(end).endswith(("يه", "ي", "له")))
        ):
            end += 1
        return end

    def outlet(self, at: int) -> bool:
        """Whether a medium is named at token `at`."""
        known = self.known(at)
        return has("media-heads", self.word(at)) or (known > 0 and self._is_medium(self.word(at), at, known))

    def _is_medium(self, rest: str, at: int, n: int) -> bool:
        match = match_source(" ".join([rest, *self.words[at + 1 : at + n]]), self.sources)
        return match is not None and _kind_of(match.key, self.sources) in MEDIA_KINDS


def _belongs_to(head: str) -> bool:
    """«المكتب الإعلامي لـ"قوات كذا"»: of a body that is no medium, not told to one."""
    body = can_speak(head) and not is_person(head)
    named = head in ("صوت", "نداء", "عين")
    return body and not named and not has("media-heads", bare_noun(head)) and not has("told-bodies", head)


def _spokesman(word: str) -> bool:
    """«ممثل لمنظمة كذا» speaks for it, and tells it nothing."""
    return bare_noun(word) in _OF_A_BODY or bare_noun(word).removesuffix("ه") in _OF_A_BODY


_OF_A_BODY = frozenset(
    (
        "ممثل",
        "مندوب",
        "متحدث",
        "ناطق",
        "مدير",
        "رييس",
        "عضو",
        "امين",
        "نايب",
        "منسق",
        "مبعوث",
        "تقرير",
        "بيان",
    )
)


def _kind_of(key: str, sources: Sequence[KnownSource] | None) -> str:
    return by_key(sources)[key].kind
