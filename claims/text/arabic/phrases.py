"""What the readers of Arabic names share: words, registry names, names in quotation marks, and what ends a phrase."""

from collections.abc import Sequence

from claims.text.arabic.lexicon import bare_noun, can_speak, has, is_person, masdar, verb
from claims.text.arabic.months import MONTHS
from claims.text.arabic.quantities import number_word
from claims.text.registry import KnownSource, longest_name
from claims.text.tokens import Token

MAX_TITLE = 7
PERIODS = frozenset(("العام", "السنه", "الشهر", "الاسبوع", "شهر", "عام", "هذا", "هذه")) | {
    m[0] for m in MONTHS
}

_AFTER_ALA = frozenset(
    ("اثر", "اساس", "الاقل", "انه", "انها", "انهم", "بعد", "جميع", "راس", "طول", "عدد", "عدم", "غرار",
     "لسان", "متن", "مدي", "مدار", "مستوي", "مقربه", "مواقع", "نحو", "نطاق", "هامش", "وشك", "يد", "ايدي", "اطراف",
     "خلفيه", "مشارف", "مسافه", "ذمه", "ارتفاع", "ارض", "انترنت", "بوابه", "تخوم", "تواصل", "جانب", "حافه", "حد",
     "حدود", "حساب", "خط", "خطوط", "دفعات", "رغم", "شاشه", "شاطي", "شكل", "صعيد", "صفحات", "ضفاف", "ضفه", "ضوء",
     "طريق", "ظهر", "قدم", "كل", "هواء", "وجه", "اهميه", "ضروره", "حق", "دور", "خطوره", "مسمع", "مراي")
)  # fmt: skip


class Phrases:
    """The tokens of one sentence and what can be told from a few of them."""

    def __init__(self, tokens: Sequence[Token], sources: Sequence[KnownSource] | None) -> None:
        self.tokens = tokens
        self.words = [t.text for t in tokens]
        self.sources = sources

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def known(self, i: int) -> int:
        """Tokens of a registry name that begins at i, else 0."""
        return longest_name(self.words[i : i + 8], self.sources)

    def spelled(self, i: int) -> bool:
        """Whether the particle at token i is a letter of a name that is spelt out: «سي إن إن»."""
        before = self.word(i - 1)
        if self.word(i) != "ان" or len(before) > 2:
            return False
        return any(self.known(k) > i - k for k in (i - 1, i - 2) if k >= 0)

    def title(self, at: int, limit: int) -> int:
        """The token after a short name in quotation marks that opens at token `at`, or 0 where none does."""
        if at >= min(limit, len(self.tokens)) or not self.tokens[at].opens or not self.tokens[at].is_word:
            return 0
        for end in range(at, min(at + MAX_TITLE, limit)):
            followed = self.word(end + 1).isdigit() or self.spelled(end)
            particle = has("particles", self.word(end)) and not followed
            if particle or not (self.tokens[end].is_word or self.word(end) == "-"):
                return 0
            if self.tokens[end].closes:
                return end + 1
        return 0

    def is_ali(self, i: int) -> bool:
        """Whether token i is the man «علي» and not the preposition «على», which many papers write with dots too."""
        after = self.word(i + 1)
        named = len(after) > 2 and (not after.startswith("ال") or after.endswith("ي"))
        return named and self.ali_inside(i)

    def ali_inside(self, i: int) -> bool:
        """The same within a name: «العقيد حسن علي», «النائب علي الأسمر»."""
        dotted = self.word(i) == "علي" and self.tokens[i].raw.endswith("ي")
        if not dotted or self._surface(i + 1):
            return False
        insists = i + 1 < len(self.tokens) and self.tokens[i + 1].raw.startswith("أن")
        return not (insists and self.word(i - 1).startswith("ال"))

    def _surface(self, i: int) -> bool:
        """Whether token i is what things stand on, are said on or insisted on: «هامش», «حسابه», «أهمية»."""
        word = self.word(i)
        bare = bare_noun(word)
        online = any(has(name, w) for name in ("media-objects", "statement-nouns") for w in (word, bare))
        body = can_speak(word) and not is_person(word)
        return word in _AFTER_ALA or bare in _AFTER_ALA or online or body or masdar(word)

    def stops_at_once(self, i: int) -> bool:
        if self.is_ali(i):
            return False
        word = self.word(i)
        if not self.tokens[i].is_word and word not in ("#",):
            return True
        return (
            has("particles", word)
            or has("qawl", word)
            or has("stop-prepositions", word)
            or (word[:1] == "ف" and has("stop-prepositions", word[1:]))
            or word in ("ولم", "ولا", "ولن", "وقد", "ولقد")
            or self.time_word(i)
            or number_word(word)
            or (word == "مطلع" and self.word(i + 1) in PERIODS)
        )

    def bracket(self, at: int, limit: int) -> int:
        for close in range(at + 1, min(at + 7, limit)):
            if self.word(close) == ")":
                return close + 1
        return 0

    def time_word(self, i: int) -> bool:
        word = self.word(i)
        return (
            has("time-words", word) or (word[:1] in "و" and has("time-words", word[1:])) or (word,) in MONTHS
        )

    def closes_name(self, i: int) -> bool:
        """Whether a verb, a particle or a comma stands at token i: what is before it belongs to the name."""
        word = self.word(i)
        return word in (",", "") or has("particles", word) or has("qawl", word) or verb(word) is not None
