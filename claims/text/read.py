"""Text in, proposed claims out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from claims.text import repeats
from claims.text.arabic.monthdays import in_year
from claims.text.arabic.pointers import Surroundings
from claims.text.arabic.reader import ArabicReader
from claims.text.calendar import FROM_LAST, Found
from claims.text.draft import Draft
from claims.text.english.reader import EnglishReader
from claims.text.furniture import Signature, is_furniture, is_subhead, past_dateline, signature, uses_stops
from claims.text.memory import Memory
from claims.text.mentions import find_places
from claims.text.places import lookup
from claims.text.reading import EventTime, Part, PlaceMention, Proposed, Reading, Voice, Why
from claims.text.registry import KnownSource, SourceSet, match_source, source_set
from claims.text.spans import balanced
from claims.text.tokens import Line, lines
from claims.text.voicing import known_as


def read(
    text: str,
    *,
    published_on: date | None,
    lang: str | None = None,
    zone: str = "Asia/Damascus",
    sources: Sequence[KnownSource] | None = None,
    publisher: str | None = None,
) -> Reading:
    """The claims an editor would log from `text`, in text order.

    `published_on` is a day in `zone`; None leaves relative dates unresolved. `lang` is "ar" or "en", None decides
    from the letters. `sources` replaces the registry that comes with the product. `publisher` is a
    registry key: «مراسلنا» is that source; without it, the outlet's own voice.
    """
    parts = list(
        read_parts(
            text, published_on=published_on, lang=lang, zone=zone, sources=sources, publisher=publisher
        )
    )
    proposals = tuple(p for part in parts for p in part.proposals)
    needs = any(p.event and p.event.precision == "unresolved" for p in proposals)
    return Reading(parts[-1].lang, proposals, published_on, zone, len(text), needs)


def read_parts(
    text: str,
    *,
    published_on: date | None,
    lang: str | None = None,
    zone: str = "Asia/Damascus",
    sources: Sequence[KnownSource] | None = None,
    publisher: str | None = None,
) -> Iterator[Part]:
    """The same reading step by step, for long texts. The last part has `done` 1.0; there is always one."""
    lang = lang or guess_lang(text)
    known = source_set(sources)
    desk = _Desk(text, published_on, lang, zone, known, publisher)
    held = repeats.Held(text)
    for line, after in _with_next(lines(text)):
        ready = held.add(desk.line(line, after))
        if ready:
            yield Part(line.end / len(text), ready, lang)
    yield Part(1.0, held.rest(), lang)


def _with_next(source: Iterator[Line]) -> Iterator[tuple[Line, Line | None]]:
    last: Line | None = None
    for line in chain(source, (None,)):
        if last is not None:
            yield last, line
        last = line


def guess_lang(text: str) -> str:
    """ "ar" where Arabic letters outnumber Latin ones in the first 4,000 characters, else "en"."""
    head = text[:4000]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in head)
    return "ar" if arabic > sum(c.isascii() and c.isalpha() for c in head) else "en"


class _Desk:
    """Reads lines in order with the reader of their language, and turns drafts into proposals."""

    def __init__(
        self,
        text: str,
        published_on: date | None,
        lang: str,
        zone: str,
        sources: SourceSet | None,
        publisher: str | None,
    ) -> None:
        self.text, self.published_on, self.lang, self.zone = text, published_on, lang, zone
        self.sources, self.publisher = sources, publisher
        self.readers: dict[str, ArabicReader | EnglishReader] = {}
        self.stops = uses_stops(text)
        self.surroundings = Surroundings()

    def line(self, line: Line, after: Line | None) -> tuple[Proposed, ...]:
        """Claims of one line; `after` tells whether the line is an embedded post."""
        if signature(line):
            return ()
        signed = signature(after) if after else None
        lang = self.lang if _mostly(line.body, self.lang) else ("en" if self.lang == "ar" else "ar")
        reader = self._reader(lang)
        if isinstance(reader, ArabicReader):
            reader.turn(line)
        if not signed and self._is_no_text(line, lang, reader):
            if isinstance(reader, ArabicReader):
                reader.overhear(line.tokens)
            return ()
        if signed:
            return self._post(line, signed, reader)
        return tuple(self._proposed(draft, reader) for draft in reader.read(past_dateline(line).tokens))

    def _is_no_text(self, line: Line, lang: str, reader: ArabicReader | EnglishReader) -> bool:
        """Page furniture, or a heading that is no «source: claim»."""
        if is_furniture(line, lang):
            return True
        if isinstance(reader, ArabicReader) and reader.heading and line.body[-1] != ":":
            return False
        return is_subhead(line, lang, stops_are_used=self.stops) and not self._reports_by_colon(line)

    @staticmethod
    def _reports_by_colon(line: Line) -> bool:
        """Whether a short line is «source: claim»; a place before the colon makes a headline."""
        colon = next((i for i, t in enumerate(line.tokens[:10]) if i and t.text == ":"), 0)
        placed = lookup(" ".join(t.text for t in line.tokens[:colon]))
        return colon > 0 and len(line.tokens) > 6 and not placed

    def _reader(self, lang: str) -> ArabicReader | EnglishReader:
        if lang not in self.readers:
            given = (self.text, self.published_on, self.sources)
            self.readers[lang] = (
                ArabicReader(*given, self.publisher) if lang == "ar" else EnglishReader(*given)
            )
        return self.readers[lang]

    def _proposed(self, draft: Draft, reader: ArabicReader | EnglishReader) -> Proposed:
        tokens = draft.tokens
        start, end = balanced(self.text, tokens[draft.first].start, tokens[draft.last - 1].end)
        event = self._event(draft, draft.event, reader.memory)
        reader.memory.saw(event)
        said = self._time(draft, draft.said)
        name = draft.chain[0].surface if draft.chain else ""
        places = self._places(start, end, draft.chain)
        return Proposed(
            start, end, draft.chain, draft.verb, draft.stance, draft.quantities, event, places,
            Why(draft.code, draft.verb, name), (), draft.background, draft.doubted, said,
        )  # fmt: skip

    def _places(self, start: int, end: int, chain: tuple[Voice, ...]) -> tuple[PlaceMention, ...]:
        """Where it happened; a place in the name of whoever says so counts only where no other is named."""
        body = self.text[start:end]
        found = find_places(body)
        again = (p for p in self.surroundings.again(body) if not any(_overlap(p, q) for q in found))
        named = tuple(
            replace(p, start=p.start + start, end=p.end + start)
            for p in sorted((*found, *again), key=lambda p: p.start)
        )
        self.surroundings.saw(named)
        there = tuple(p for p in named if not any(_within(p, voice) for voice in chain))
        back = None if there else self.surroundings.pointed(body)
        if back:
            return (replace(back, start=back.start + start, end=back.end + start),)
        return there or named

    def _event(self, draft: Draft, found: Found | None, memory: Memory) -> EventTime | None:
        """The event's time; a phrase counted from another event is counted from the first dated one, or the last."""
        made = self._time(draft, found)
        if found and found.offset is None and not found.days and self.published_on is None:
            return self._in_last_year(draft, found, memory) or made
        if not found or found.offset is None:
            return made
        anchor = memory.last_event if FROM_LAST in found.notes else memory.first_event
        if not made or not anchor or not anchor.earliest_on:
            return made if made and self.published_on is None and FROM_LAST not in found.notes else None
        days = (date.fromordinal(anchor.earliest_on.toordinal() + found.offset),) * 2
        return replace(made, earliest_on=days[0], latest_on=days[1], precision="day", notes=("inferred",))

    def _in_last_year(self, draft: Draft, found: Found, memory: Memory) -> EventTime | None:
        """«في 29 أيلول» of an undated text lies in the year that its last date states."""
        last = memory.last_event
        if self.lang != "ar" or not last or not last.earliest_on:
            return None
        made = self._time(draft, in_year(draft.tokens, found, last.earliest_on.year))
        return replace(made, notes=("inferred",)) if made else None

    def _time(self, draft: Draft, found: Found | None) -> EventTime | None:
        if not found:
            return None
        tokens = draft.tokens
        start, end = tokens[found.first].start, tokens[min(found.last, len(tokens)) - 1].end
        return found.event(self.text[start:end], start, end, self.zone)

    def _post(
        self, line: Line, signed: Signature, reader: ArabicReader | EnglishReader
    ) -> tuple[Proposed, ...]:
        """An embedded post is one claim of the account that posted it."""
        drafts = list(reader.read(line.tokens))
        start, end = line.start, line.end
        while end > start + 1 and self.text[end - 1] in ".!… ":
            end -= 1
        voice = self._account(signed)
        base = self._proposed(drafts[0], reader) if drafts else Proposed(start, end)
        amounts = tuple(q for d in drafts for q in d.quantities)
        return (
            replace(
                base, start=start, end=end, chain=(voice,), quantities=amounts, places=self._places(start, end, ()),
                why=Why("post", signed.who, signed.who), background=False,
            ),
        )  # fmt: skip

    def _account(self, signed: Signature) -> Voice:
        match = match_source(signed.who, self.sources)
        voice = Voice(signed.who, signed.start, signed.end, kind="social_account")
        return known_as(voice, match.key, match.certainty, self.sources) if match else voice


def _overlap(a: PlaceMention, b: PlaceMention) -> bool:
    return a.start < b.end and b.start < a.end


def _within(place: PlaceMention, voice: Voice) -> bool:
    if voice.start is None or voice.end is None:
        return False
    return voice.start <= place.start and place.end <= voice.end


def _mostly(body: str, lang: str) -> bool:
    """Whether a line is in the language of the text, as far as its letters tell."""
    return guess_lang(body) == lang
