"""Who has spoken so far: what pronouns, dropped subjects and «المصدر» point back to."""

from collections import deque
from dataclasses import dataclass

from claims.text.reading import EventTime, Voice


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice as it spoke: its head noun (folded, bare), gender and number of the verb it took.

    `via` is whoever passed on what it said.
    """

    voice: Voice
    head: str
    feminine: bool
    plural: bool
    person: bool = False
    words: frozenset[str] = frozenset()
    via: tuple[Voice, ...] = ()


class Memory:
    """The last voices, newest at the end; bounded, so that a long text costs no more per line than a short one."""

    def __init__(self, size: int = 40) -> None:
        self.heard: deque[Heard] = deque(maxlen=size)
        self.outlets: deque[Heard] = deque(maxlen=8)
        self.first_event: EventTime | None = None
        self.last_event: EventTime | None = None

    def note(self, heard: Heard) -> None:
        """Remember that this voice has just spoken."""
        self.heard.append(heard)

    def overhear(self, outlet: Heard) -> None:
        """Remember an outlet that was told something, or signs the text, and has not spoken itself."""
        self.outlets.append(outlet)

    def saw(self, event: EventTime | None) -> None:
        """Remember a dated event, for phrases counted from another event."""
        if event and event.earliest_on:
            self.first_event = self.first_event or event
            self.last_event = event

    def latest(self, head: str, kinds: tuple[str, ...]) -> Heard | None:
        """The latest voice with that head noun, or whose source is of one of these kinds; else such an outlet."""
        return next(
            (
                h
                for h in (*reversed(self.heard), *reversed(self.outlets))
                if h.head == head or (h.voice.kind in kinds and not h.person and not h.voice.unnamed)
            ),
            None,
        )

    def last_name(self, heard: Heard) -> Heard:
        """The same source under the name that was last used for it."""
        key = heard.voice.source_key
        return next((h for h in reversed(self.heard) if h.voice.source_key == key), heard) if key else heard

    def by_word(self, word: str) -> Heard | None:
        """The latest voice whose name holds this folded word."""
        return next((h for h in reversed(self.heard) if word in h.voice.surface), None)

    def agreeing(self, *, feminine: bool, plural: bool | None = None) -> Heard | None:
        """The latest voice that agrees with a verb; where none agrees, the latest."""
        for h in reversed(self.heard):
            if h.feminine == feminine and (plural is None or h.plural == plural):
                return h
        return self.heard[-1] if self.heard else None

    def last(self) -> Heard | None:
        """Whoever spoke last."""
        return self.heard[-1] if self.heard else None
