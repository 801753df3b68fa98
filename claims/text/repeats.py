"""One claim that appears twice: an embedded post and the sentence that retells it."""

from dataclasses import replace

from claims.text.reading import Proposed, Span
from claims.text.tokens import tokenise

LOOK_BACK = 6
ALIKE = 0.5


class Held:
    """Holds the last few proposals back until nothing nearby can repeat them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.waiting: list[Proposed] = []

    def add(self, new: tuple[Proposed, ...]) -> tuple[Proposed, ...]:
        """Takes new proposals; gives those that can no longer be joined by a repeat."""
        for proposal in new:
            if proposal.why.code != "post" or not self._joined(proposal):
                self.waiting.append(proposal)
        ready, self.waiting = self.waiting[:-LOOK_BACK], self.waiting[-LOOK_BACK:]
        return tuple(ready)

    def rest(self) -> tuple[Proposed, ...]:
        """Everything still held."""
        ready, self.waiting = self.waiting, []
        return tuple(ready)

    def _joined(self, post: Proposed) -> bool:
        posted = _words(self.text, post)
        for i in range(len(self.waiting) - 1, -1, -1):
            other = self.waiting[i]
            shared = posted & _words(self.text, other)
            if posted and len(shared) / len(posted) >= ALIKE:
                self.waiting[i] = replace(other, appearances=(*other.appearances, Span(post.start, post.end)))
                return True
        return False


def _words(text: str, p: Proposed) -> set[str]:
    return {_stem(t.text) for t in tokenise(text[p.start : p.end]) if t.is_word and len(t.text) > 2}


def _stem(word: str) -> str:
    """A folded word without clitics and endings that differ between a post and its retelling."""
    for lead in ("وال", "بال", "لل", "ال", "و", "ب", "ل"):
        if word.startswith(lead) and len(word) - len(lead) >= 3:
            word = word[len(lead) :]
            break
    return word.rstrip("اه")[:5]
