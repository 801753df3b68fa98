"""Arabic headings that speak for the lines under them: «وزارة الصحة:» over a list, «بيان صادر عن س»."""

from claims.text.arabic.lexicon import bare_noun, can_speak, finite, has
from claims.text.arabic.names import Names
from claims.text.tokens import Line

MAX_HEADING = 14
_BULLETS = frozenset("-–—•▪■●◾◆►▶*✅✔🔴🔵🔹🔸🔺🔻▫◽⚫⭕➖")


def listed(line: Line) -> bool:
    """Whether the line is an item of a list."""
    return line.body[0] in _BULLETS or (
        line.body[:1].isdigit() and line.body[1:3].strip(" ")[:1] in (".", ")", "-")
    )


def heads(line: Line, names: Names) -> tuple[int, int] | None:
    """The tokens of whoever a line such as «المرصد السوري:» or «الوزير في مؤتمر صحفي:» gives the word to."""
    if line.body[-1] != ":" or not 2 <= len(names.words) <= MAX_HEADING or any(map(finite, names.words)):
        return None
    first = next((i for i, token in enumerate(names.tokens) if token.is_word), 0)
    first += has("lead-in", names.word(first))
    return _speaker(names, first)


def issues(line: Line, names: Names) -> tuple[int, int] | None:
    """The tokens of who issues the text under «بيان صادر عن س», «بيان رقم 3 من س»."""
    words = names.words
    if len(words) > MAX_HEADING or any(map(finite, words)) or "بيان" not in words[:3]:
        return None
    at = words.index("بيان") + 1
    for i in range(at, min(at + 6, len(words))):
        if words[i] in ("عن", "من"):
            return _speaker(names, i + 1)
        if i == at and (names.known(i) or can_speak(bare_noun(words[i]))):
            return _speaker(names, i)
    return None


def _speaker(names: Names, first: int) -> tuple[int, int] | None:
    if not (can_speak(names.word(first)) or names.known(first) or names.title(first, len(names.words))):
        return None
    name = names.read(first, len(names.words), alone=True)
    return (name.first, name.last) if len(name) else None
