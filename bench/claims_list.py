"""The list of claims with 100,000 claims: whole pages of a mixed day's use, beside an empty view in the same run.

    python bench/claims_list.py [--engine postgres] [--claims 100000] [--pages 300]

Makes a database of its own and asks through Django's whole request cycle, in process, rendering included, in Arabic and
in English, no address twice. `waited` is by the clock and holds only on an idle machine; `processor` is the time that
this process and the database server's worked, and holds on a busy one too. Milliseconds. Goal: p95 under 150.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from newsroom import Clock, Times, arguments, opened, settled

if TYPE_CHECKING:
    from crowd import Places

SORTS = ["-updated", "updated", "-created", "created", "-event", "event"]


class Asked:
    """What a day's use asks for, by kind."""

    def __init__(self, places: "Places", seed: int) -> None:
        self.places, self.chance = places, random.Random(seed)

    def one(self) -> tuple[str, dict[str, Any]]:
        kinds: list[tuple[int, Callable[[], tuple[str, dict[str, Any]]]]] = [
            (15, self.newest), (10, self.turned), (10, self.ordered), (20, self.filtered),
            (25, self.searched), (20, self.both),
        ]  # fmt: skip
        return self.chance.choices([kind for _, kind in kinds], [n for n, _ in kinds])[0]()

    def newest(self) -> tuple[str, dict[str, Any]]:
        return "newest", {}

    def turned(self) -> tuple[str, dict[str, Any]]:
        return "a later page", {"page": self.chance.randint(2, 20)}

    def ordered(self) -> tuple[str, dict[str, Any]]:
        return "another order", {"sort": self.chance.choice(SORTS[1:])}

    def filters(self) -> dict[str, Callable[[], Any]]:
        pick, places = self.chance.choice, self.places
        return {
            "state": lambda: pick(["new", "open", "in_review", "decided", "on_hold", "rejected"]),
            "value": lambda: pick(["confirmed", "denied", "unverified"]),
            "verdict_state": lambda: pick(["draft", "submitted", "returned", "approved", "published"]),
            "source": lambda: pick(places.sources).pk,
            "incident": lambda: pick(places.incidents).pk,
            "question": lambda: pick(places.questions).pk,
            "assignee": lambda: pick(["me", "nobody", places.reviewer.pk]),
            "since": lambda: f"{pick([2023, 2024, 2025])}-{pick(range(1, 13)):02}-01",
            "until": lambda: f"{pick([2023, 2024, 2025])}-{pick(range(1, 13)):02}-01",
            "lang": lambda: pick(["ar", "en", "other"]),
            "evidence": lambda: pick(["yes", "no"]),
        }

    def filtered(self, most: int = 1) -> tuple[str, dict[str, Any]]:
        filters = self.filters()
        names = self.chance.sample(list(filters), self.chance.randint(1, most))
        kind = f"filter {names[0]}" if most == 1 else "filters and order"
        return kind, {name: filters[name]() for name in names}

    def searched(self) -> tuple[str, dict[str, Any]]:
        """A word as common as its rank says, two words, a part of one, or what nobody wrote."""
        lang = self.chance.choice(["ar", "en"])
        words = self.places.words[lang]
        how = self.chance.choice(["common", "middling", "rare", "two", "part", "short", "absent"])
        text = {
            "common": lambda: self.chance.choice(words[:20]),
            "middling": lambda: self.chance.choice(words[100:600]),
            "rare": lambda: self.chance.choice(words[-1000:]),
            "two": lambda: " ".join(self.chance.sample(words[:400], 2)),
            "part": lambda: self.chance.choice([w for w in words[:800] if len(w) > 5])[1:5],
            "short": lambda: self.chance.choice(words[:200])[:2],
            "absent": lambda: self.chance.choice(words)[::-1] + "ظظ",
        }[how]()
        return f"search {lang} {how}", {"text": text}

    def both(self) -> tuple[str, dict[str, Any]]:
        """Several filters, an order, now and then with words."""
        _kind, asked = self.filtered(3)
        asked["sort"] = self.chance.choice(SORTS)
        if self.chance.random() < 0.4:
            asked |= self.searched()[1]
        return "filters, order, words", asked


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slowest", type=int, default=3, help="how many of the slowest addresses to name")
    options = parser.parse_args()
    with opened(options.engine, options.kept) as is_empty:
        from crowd import fill, places

        if is_empty:
            fill(options.claims, options.claims)
            settled()
        measured(Asked(places(), options.seed), options)


def measured(asked: Asked, options: Any) -> None:
    from django.test import Client

    client, clock = Client(), Clock()
    client.force_login(asked.places.editor)
    for warm in ("/healthz", "/desk/claims/"):
        client.get(warm)
    for _ in range(40):
        clock.time(lambda: client.get("/healthz"))
    empty = clock.taken()
    print(f"{'empty view':24} {empty.line()}")
    kinds: dict[str, Times] = defaultdict(Times)
    slow: list[tuple[float, str]] = []
    for n in range(options.pages):
        kind, query = asked.one()
        client.cookies["django_language"] = ("ar", "en")[n % 2]
        address = f"/desk/claims/?{urlencode(query)}"
        answer = clock.time(lambda address=address: client.get(address))
        assert answer.status_code == 200, (address, answer.status_code)
        times = clock.taken()
        kinds[kind] += times
        slow.append((times.worked[0], address))
    for kind in sorted(kinds):
        print(f"{kind:24} {kinds[kind].line()}   of {len(kinds[kind].waited)}")
    whole = sum(kinds.values(), Times())
    print(f"{'all':24} {whole.line()}   of {len(whole.waited)}")
    for worked, address in sorted(slow, reverse=True)[: options.slowest]:
        print(f"{worked:7.1f} {address}")


if __name__ == "__main__":
    main()
