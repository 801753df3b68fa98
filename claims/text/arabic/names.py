"""Arabic source phrases: where the name of who speaks begins and ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.text.arabic.lexicon import (
    bare_noun,
    can_speak,
    finite,
    has,
    is_person,
    joined_verb,
    masdar,
    needs_that,
    unnamed,
    verb,
)
from claims.text.arabic.media import Media
from claims.text.arabic.quantities import number_word
from claims.text.places import lookup
from claims.text.registry import KnownSource, longest_name
from claims.text.tokens import Token
from claims.text.words import word_list

MAX_NAME = 14
_CALLED = frozenset(("يدعي", "تدعي", "يسمي", "تسمي", "اسمه", "اسمها", "تطلق", "يطلق", "يعرف", "تعرف"))
_FOR_A_PLACE = frozenset(("نايب", "نايبه", "عضو", "ممثل", "مندوب"))
_THEREIN = frozenset(("فيه", "فيها", "لديه", "لديها"))
_MATTERS = frozenset(
    ("ازمه", "حادث", "حادثه", "موضوع", "قضيه", "ملف", "وضع", "اوضاع", "مساله", "واقع", "حرب", "معركه", "عمليه",
     "خطه")
)  # fmt: skip
_OFFICES = frozenset(("مديريه", "دايره", "وزاره", "قسم", "مكتب", "مسوول", "اداره"))
_SELF = frozenset(("نفسه", "نفسها", "ذاته", "ذاتها", "عينه", "عينها", "انفسهم", "ذاتهم"))
_NEVER_FIRST = frozenset(("في", "من", "علي", "عن", "الي", "و"))


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens [first, last) of a name; `medium` is the token range of the outlet that was told,
    if any; `end` is after both."""

    first: int
    last: int
    end: int
    medium: tuple[int, int] | None = None

    def __len__(self) -> int:
        return self.last - self.first


class Names(Media):
    """Reads source phrases in one sentence."""

    def __init__(self, tokens: Sequence[Token], sources: Sequence[KnownSource] | None) -> None:
        super().__init__(tokens, sources)
        self._alone = self._cut = False

    def read(
        self, i: int, limit: int, *, b_opens: bool = False, cut: bool = False, alone: bool = False
    ) -> Name:
        """The name that begins at token i. `b_opens`: any بـ word opens the report. `cut`: stop after a
        registry name. `alone`: after a preposition, where no report follows the name without a comma."""
        self._alone, self._cut = alone, cut
        titled = self.title(i, limit)
        verbal = i < limit and not titled and not self.known(i) and not self._named_like_verb(i)
        spoken = verb(self.word(i)) if verbal else None
        if not titled and (
            self._never_first(i) or (spoken and spoken.cue == "say" and spoken.lemma not in needs_that())
        ):
            return Name(i, i, i)
        if number_word(self.word(i)) and can_speak(self.word(i + 1)):
            rest = self.read(i + 1, limit, b_opens=b_opens, cut=cut)
            return Name(i, rest.last, rest.end, rest.medium)
        n_known = self.known(i)
        stop = i + n_known if cut and n_known else 0
        at = max(titled, i + (n_known or int(i < limit and not self.stops_at_once(i))))
        while at < limit and at - i < MAX_NAME:
            medium = self.medium(at, limit, i) if at > i else None
            if medium:
                return Name(i, at, medium[1], medium)
            past = self._past(at, i, limit, stop, b_opens)
            if past <= at:
                break
            at = past
        return Name(i, at, at)

    def _named_like_verb(self, i: int) -> bool:
        """«[قال] عزت حنا»; before an article it is the verb: «عزت الوزارة»."""
        return has("verbs-as-names", self.word(i)) and not self.word(i + 1).startswith("ال")

    def _never_first(self, i: int) -> bool:
        word = self.word(i)
        if self.opens_with_b(word):
            return True
        event = masdar(word) and not word.startswith("ال") and not can_speak(word) and not self.known(i)
        return (word in _NEVER_FIRST and not self.is_ali(i)) or event

    @staticmethod
    def opens_with_b(word: str) -> bool:
        """«[اعترف] بمقتل»: what is said, and nobody's name."""
        return word.startswith("ب") and len(word) > 4 and masdar(word[1:]) and not can_speak(word)

    def _past(self, at: int, first: int, limit: int, stop: int, b_opens: bool) -> int:
        """The token after the next part of the name, or `at` where the name is over."""
        if self.word(at) == "(":
            return self.bracket(at, limit)
        titled = self.title(at, limit)
        if titled and can_speak(self.word(first)) and self._takes_title(at):
            return titled
        if self.tokens[at - 1].closes and not is_person(self.word(first)) and not self._goes_on(at):
            return at
        if stop and at >= stop and not self._goes_on(at):
            return at
        return at + self._step(at, first, limit, b_opens)

    def _takes_title(self, at: int) -> bool:
        """«شبكة "رصد الشمال"» is a name; «المتحدث "سقوط قتلى"» is a speaker and the report."""
        before, word = self.word(at - 1), self.word(at)
        if word.startswith("ب") and self.tokens[at].raw[1:2] == "ـ":
            return self._named_place(at, word[1:])
        defined = before.removeprefix("و").startswith(("ال", "لل"))
        return not (defined and (masdar(word) or finite(word)))

    def _goes_on(self, at: int) -> bool:
        """Whether a word after a registry name is still part of it: an adjective, or «في غزة»."""
        word = self.word(at)
        return word in ("في", "#", "_") or (word.endswith(("يه", "ي", "له")) and word.startswith("ال"))

    def _step(self, at: int, first: int, limit: int, b_opens: bool) -> int:
        """How many tokens from `at` still belong to the name; 0 ends it."""
        word = self.word(at)
        if not self.tokens[at].is_word:
            return int(word in ("#", "_", "@") or (word == "." and self.word(at - 1) in ("د", "م", "ا")))
        fixed = self._set_phrase(at, first)
        if fixed:
            return fixed
        titled = at == first + 1 and has("construct-titles", self.word(first).removeprefix("و"))
        breaks = has("np-breaks", word) and not titled and not self._health(at)
        if self.stops_at_once(at) or (at > first and (breaks or _has_them(word))):
            return 0
        if word in ("في", "من"):
            return self._inside(at, first, limit) if word == "في" else self._of(at, first)
        if at > first and self._other_phrase(at, first):
            return 0
        if at > first and word not in ("تابع", "تابعه") and finite(word) and not self._noun_here(at, first):
            found = verb(word)
            part = at == first + 1 and self._needs_noun(first)
            return int(part and found is not None and not found.present)
        return self._prefixed(at, first, b_opens)

    def _health(self, at: int) -> bool:
        """«مدير صحة إدلب», not «نفى المدير صحة الأنباء»."""
        before = self.word(at - 1).removeprefix("و")
        return self.word(at) == "صحه" and (has("construct-titles", before) or before in _OFFICES)

    def _of(self, at: int, first: int) -> int:
        """«شاهد من سكان البلدة» goes on; «الجيش من جهته» does not."""
        after = self.word(at + 1)
        those = after in ("هذا", "هذه", "ذلك", "تلك", "شان", "اهميه", "حده")
        return int(at > first and unnamed(self.word(first)) and not self.time_word(at + 1) and not those)

    def _other_phrase(self, at: int, first: int) -> bool:
        """«الوكالة مصدر معلوماتها», «المصدر الجهة المسؤولة»: what cannot go on a definite head opens another phrase."""
        word, before, head = self.word(at), self.word(at - 1), self.word(first)
        event = word.startswith("ال") and masdar(word[2:]) and not can_speak(word)
        if event and before.startswith("ال") and not self.closes_name(at + 1):
            return True
        if self._cut and at > first + 1 and before.startswith("ال") and word.startswith("ال"):
            return _body(bare_noun(word)) and not word.endswith(("ي", "يه"))
        defined = before.startswith("ال") and not word.startswith("ال") and not self.title(first, at)
        if defined and _body(word):
            return not is_person(head) or self._cut
        if defined and self._cut and at > first + 1 and not is_person(head) and word[:1] not in "وبل":
            return not self.known(at)
        generic = has("generic-references", head) or (head.startswith("ال") and _body(bare_noun(head)))
        if self.known(first) or self.known(at) or not generic or at != first + 1 or word in _SELF:
            return False
        if word.startswith("ال"):
            feminine = head.endswith(("ه", "ات")) or has("feminine-names", bare_noun(head))
            agrees = word.endswith("ه") if feminine else word.endswith("ي")
            return not agrees and (self._cut or (can_speak(word) and not is_person(word)))
        return not (is_person(head) and head not in ("المصدر", "المصادر")) and word[:1] not in "بلو"

    def _set_phrase(self, at: int, first: int) -> int:
        """«القناة 12», «ناشطون على مواقع التواصل»: words that would end a name elsewhere."""
        if self.word(at).isdigit() and at > first and has("identifier-nouns", self.word(at - 1)):
            return 1
        if at > first and self.ali_inside(at):
            return 1
        if self.word(at) in ("اثنين", "اثنان", "اثنتين", "اثنتان") and at > first:
            return 1
        if self.word(at) in _THEREIN and has("construct-titles", self.word(first)) and at > first + 1:
            return 1
        if self.word(at) == "عن" and at > first and self._for_a_place(at):
            return 2
        if self.word(at) in _CALLED and at > first:
            return self._called(at)
        if self.word(at) in ("منسوب", "منسوبه") and self.word(at + 1) == "الي":
            return max(self.title(at + 2, len(self.tokens)) - at, 3)
        online = self.word(at) == "علي" and self.word(at + 1) in ("مواقع", "منصات", "وسايل", "منصه")
        return 2 if online and unnamed(self.word(first)) else 0

    def _for_a_place(self, at: int) -> bool:
        """«النائب عن قضاء كذا», «ممثل عن العشائر», not «تحدث النائب عن الأزمة»."""
        after = bare_noun(self.word(at + 1))
        somebody = is_person(after) and not has("place-heads-own", after)
        matter = somebody or masdar(after) or has("statement-nouns", after) or after in _MATTERS
        return bare_noun(self.word(at - 1)) in _FOR_A_PLACE and not matter

    def _called(self, at: int) -> int:
        """«شاهد يدعى فلان», «جماعة تطلق على نفسها "كذا"»: the name that such a verb gives."""
        begin = at + 1 + 2 * (self.word(at + 1) == "علي") + (self.word(at + 1) in ("نفسها", "نفسه"))
        titled = self.title(begin, len(self.tokens))
        return titled - at if titled else begin - at

    def _noun_here(self, at: int, first: int) -> bool:
        """A word that can be a verb or a noun is a noun inside a registry name or after a title."""
        word = self.word(at)
        found = verb(word)
        if found and not found.present and _body(self.word(at - 1).removeprefix("ل")):
            return True
        near = self.words[at + 1 : at + 3]
        if has("verbs-as-names", word) and is_person(self.word(first)):
            return True
        closed = any(w == "," or has("particles", w) for w in near)
        if found is None and is_person(self.word(first)):
            return closed or at - first < 2
        if found is None and not can_speak(self.word(first)):
            return closed and at - first == 1
        return bool(self.known(at)) or (found is None and is_person(self.word(first)) and at - first < 2)

    def _inside(self, at: int, first: int, limit: int) -> int:
        """«في» goes on with a place or body, and stops before «في بيان» or a time."""
        after = self.word(at + 1)
        titled = self.title(at + 1, limit) if at > first else 0
        if titled:
            return titled - at
        if (
            self.tokens[at].quoted
            or at + 1 >= limit
            or at == first
            or has("statement-nouns", bare_noun(after))
            or any(has("statement-nouns", after.removesuffix(s)) for s in ("", "ه", "ها", "هم"))
        ):
            return 0
        if self.time_word(at + 1) or number_word(after) or has("particles", after):
            return 0
        return 2 if self.tokens[at + 1].is_word else 0

    def _prefixed(self, at: int, first: int, b_opens: bool) -> int:
        word = self.word(at)
        with_b = word.startswith("ب") and at > first and not has("np-b-words", word) and not self.known(at)
        if with_b and self._reports_with_b(at, first, b_opens):
            return 0
        if word.startswith("ل") and at > first and masdar(word[1:]) and not self.known(at):
            return 0
        if word.startswith("لل") and at > first and not can_speak(self.word(first)) and not self.known(first):
            return 0
        if word.startswith("و") and at > first and len(word) > 3:
            return self._joined(at, first)
        ends = self.word(at + 1) in (",", ":") or has("particles", self.word(at + 1))
        if (
            at > first
            and masdar(word)
            and not ends
            and not self._compound(at, first)
            and not self._construct(at)
            and not self._of_body(at, first)
        ):
            return 0
        return max(self.known(at), 1) if at > first else 1

    def _named_place(self, at: int, word: str) -> bool:
        """«[مدرس] بـ"ثانوية النصر"», not «[أفاد طبيب] بـ"وفاة رضيعين"» nor «[اتهم] بـ"التجسس"»; `word` is its first."""
        end = self.title(at, len(self.tokens))
        event = masdar(word) or masdar(bare_noun(word)) or any(map(finite, (word, *self.words[at + 1 : end])))
        return end > 0 and not event

    def _reports_with_b(self, at: int, first: int, b_opens: bool) -> bool:
        """Whether «بـ» opens what is said, and is no part of the name."""
        rest = self.word(at)[1:]
        if b_opens or masdar(rest) or masdar(bare_noun(rest)):
            return True
        return rest.startswith("ال") and not self.closes_name(at + 1) and not self._works_at(at, first)

    def _works_at(self, at: int, first: int) -> bool:
        """«متطوع بالمركز الصحي لإذاعة كذا»: where a speaker belongs, up to the outlet, a mark, a particle or a verb."""
        if not can_speak(self.word(first)) or has("masdars", self.word(at)[3:]):
            return False
        for k in range(at + 1, min(at + 7, len(self.tokens))):
            if self.closes_name(k) or self.medium(k, len(self.tokens)):
                return True
            if not self.word(k).startswith(("ال", "لل")) and self.word(k) != "في":
                return False
        return False

    def _joined(self, at: int, first: int) -> int:
        """A word with و goes on where it is another speaker or an adjective: «وزارة الصحة والمكتب الإعلامي»."""
        word, rest = self.word(at), self.word(at)[1:]
        if self.known(at) or has("own-waw", word):
            return max(self.known(at), 1)
        given = at == first + 1 and not can_speak(self.word(first)) and not self.known(first)
        if given and joined_verb(word) is None and not can_speak(rest):
            return 1
        if verb(word):
            return 0
        if lookup(word) and not lookup(rest):
            return 1
        if rest.startswith("ال") and at - first <= 5 and not rest.startswith("الي"):
            return 1
        if (
            can_speak(rest)
            or rest.endswith(("يه", "يون", "يين"))
            or longest_name([rest, *self.words[at + 1 : at + 6]], self.sources)
        ):
            return 1
        return 1 if unnamed(self.word(first)) and not masdar(bare_noun(rest)) else 0

    def _of_body(self, at: int, first: int) -> bool:
        """«مجلس القضاء الأعلى», «مدير مؤسسة نقل الكهرباء»: what a body is for."""
        before = self.word(at - 1).removeprefix("ل")
        definite = self.word(at).startswith("ال") or (at > first + 1 and is_person(self.word(first)))
        return definite and not before.startswith("ال") and _body(before)

    def _construct(self, at: int) -> bool:
        """«بحسب مدير إعلام مرور واسط»: after a preposition a verbal noun that depends on a noun goes on."""
        before = self.word(at - 1)
        return self._alone and not before.startswith("ال") and not self.tokens[at - 1].closes

    def _compound(self, at: int, first: int) -> bool:
        """A verbal noun that names a body: «فرق الإنقاذ», «جهاز مكافحة», «مكتب تنسيق»."""
        if at == first + 1 and self._needs_noun(first):
            return True
        return (at == first + 1 and bare_noun(self.word(first)) in _BODIES) or (
            at > first and self.word(at - 1) in _BODIES
        )

    def _needs_noun(self, first: int) -> bool:
        """«شبكة رصد الجنوب», «لجنة تقصي الحقائق»: a body's indefinite head alone is no name."""
        head = self.word(first).removeprefix("و")
        if has("construct-titles", head):
            return True
        return _body(head) and not head.startswith("ال") and not has("groups", head) and not self.known(first)


_BODIES = word_list("ar", "bodies")


def _has_them(word: str) -> bool:
    """«[شاهدة] التقتها [وكالة كذا]», «[بيان] نشرته [الوزارة]»."""
    return word.endswith(("ته", "تها", "تهم")) and has("receiving-verbs", word)


def _body(word: str) -> bool:
    return can_speak(word) and not is_person(word) and word == bare_noun(word)
