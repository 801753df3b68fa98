"""Lines of a pasted page that are not its article: menus, captions, subheads, signatures of posts."""

import re
from dataclasses import dataclass

from claims.text.normalise import fold
from claims.text.tokens import Line
from claims.text.words import word_list

# "— Name (@handle) October 23, 2022": the line under an embedded post.
_SIGNATURE = re.compile(
    r"^\s*[—–\-―]{1,2}\s*(?P<who>[^@()]{1,80}?\s*\(@(?P<handle>\w{2,30})\))\s*(?P<when>.{0,60})$"
)
_STOPS = frozenset('.!؟?…:;؛"”»“)')
# A caption's credit at the end of a line: "— Reuters", "/AP".
_CREDIT = re.compile(
    r"(?:[—–]\s*|/\s?|\(|\[)(?:Reuters|AP|AFP|EPA|dpa|Getty(?: Images)?|AA"
    r"|Anadolu|رويترز|أ\s?ف\s?ب|الأناضول|غيتي)[)\]]?\.?$"
)
# "CAIRO (Reuters) -", "(CNN) —", "DEIR AL-BALAH, Gaza Strip –", «بيروت (رويترز) -»: where and who filed it.
_DATELINE = re.compile(
    r"^(?:(?:[A-Z][\w'’./ -]{1,40}(?:, [A-Z][\w. ]{1,25})?\s*(?:[-–—]\s*)?)?\([A-Z][A-Za-z ./]{1,25}\)\s*[-–—]+\s*"
    r"|[A-Z][A-Z'’./ -]{2,40}(?:, [A-Z][\w. ]{1,25})?(?:, [A-Z][a-z]+\.? \d{1,2})?\s+[-–—]+\s+"
    r"|[ء-ي/ ]{3,30}\s?\((?:رويترز|أ\s?ف\s?ب|د\s?ب\s?أ|الأناضول|سانا|وكالات)\)\s*[-–—:]+\s*)"
)
# "2/", "3)": a numbered post. "10:45 GMT —", «• 10:45 بتوقيت القدس:»: the stamp and bullet of a live blog's entry.
_STAMP = re.compile(
    r"^(?:[•▪■●◾◆►▶🔴🔵⭕*\-–—]+\s*|\d{1,2}[/)]\s+)?(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[\])]?\s*"
    r"(?:GMT|UTC|BST|EST|am|pm|a\.m\.|p\.m\.|ت\.?\s?غ|صباحا|صباحًا|مساء|مساءً"
    r"|بتوقيت \w+(?: المحتلة)?|local time)?\s*[-–—|:،]*\s*)?"
)
_ONLY_MARKS = re.compile(r"^[\W\d_]*$")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who posted the lines above, as written, with the span of that name."""

    who: str
    start: int
    end: int
    when: str


def signature(line: Line) -> Signature | None:
    """The signature of an embedded post, if the line is one."""
    m = _SIGNATURE.match(line.body[:200])
    if not m:
        return None
    return Signature(
        m["who"].strip(), line.start + m.start("who"), line.start + m.end("who"), m["when"].strip()
    )


def is_furniture(line: Line, lang: str) -> bool:
    """Whether the line is a caption, a link to another story, a counter or the like."""
    if _ONLY_MARKS.match(line.body) or len(line.body) < 12:
        return True
    if _CREDIT.search(line.body[-40:]) and len(line.body) < 400:
        return True
    folded = fold(line.body[:400])
    words = re.findall(r"\w+", folded)
    while words and words[0].isdigit():
        words.pop(0)
    starts = word_list(lang, "furniture-start")
    for n in (4, 3, 2, 1):
        if " ".join(words[:n]) in starts:
            return n > 1 or (len(words) <= 12 and not _is_sentence(line, words, lang))
    if any(fold(mark) in folded for mark in word_list(lang, "caption-marks")):
        return not line.body.rstrip().endswith((".", "…")) or len(words) <= 14
    return line.body.startswith(("http://", "https://")) and len(words) < 25


def _is_sentence(line: Line, words: list[str], lang: str) -> bool:
    """ "Video posted on Monday showed smoke.": a whole sentence, though it opens like a caption."""
    body = line.body.rstrip()
    if lang == "ar":
        return body.endswith((".", "؟", "!", "…"))
    return len(words) >= 7 and body.endswith(".") and ":" not in body[:40]


def is_subhead(line: Line, lang: str, *, stops_are_used: bool) -> bool:
    """Whether a line is a heading: short, and without the final stop that the text's paragraphs have."""
    if line.body[-1] in _STOPS and line.body[-1] not in ":":
        return False
    n_words = sum(t.is_word for t in line.tokens)
    return n_words <= 4 or (stops_are_used and n_words <= 14)


def uses_stops(text: str) -> bool:
    """Whether most longer lines of the first 20,000 characters end in a stop."""
    longer = [part for part in text[:20_000].split("\n") if len(part.strip()) > 60]
    return sum(part.strip()[-1] in _STOPS for part in longer) * 2 >= len(longer)


def past_dateline(line: Line) -> Line:
    """The line without a live blog's stamp and "CITY (Agency) -" at its head."""
    stamp = _STAMP.match(line.body[:80])
    cut = stamp.end() if stamp else 0
    m = _DATELINE.match(line.body[cut : cut + 120])
    cut += m.end() if m else 0
    if not cut or len(line.body) - cut < 20:
        return line
    tokens = tuple(t for t in line.tokens if t.start >= line.start + cut)
    return Line(line.start + cut, line.end, line.body[cut:], tokens)
