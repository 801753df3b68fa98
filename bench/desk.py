"""The desk's other pages over 100,000 claims and 100,000 pieces of evidence: time and number of queries of each.

    python bench/desk.py [--engine postgres] [--claims 100000] [--rounds 10] [--only evidence]

In process, rendering included, in Arabic and in English by turns. `processor` counts this process and the database
server's. Milliseconds.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsroom import Clock, arguments, opened, settled

if TYPE_CHECKING:
    from crowd import Places


def pages(places: "Places") -> dict[str, tuple[Any, str]]:
    """What is asked, and by whom."""
    from claims.models import Claim, Evidence

    claim = Claim.objects.filter(incident=places.crowded).order_by("pk")[0]
    evidence = Evidence.objects.filter(kind="file").order_by("pk")[0]
    common, rare = (places.words["ar"][n] for n in (5, 1500))
    source, crowded = places.sources[0].slug, places.crowded.slug
    return {
        "home, editor": (places.editor, "/desk/"),
        "home, reviewer": (places.reviewer, "/desk/"),
        "home, admin": (places.admin, "/desk/"),
        "review queue": (places.reviewer, "/desk/review/"),
        "incidents": (places.editor, "/desk/incidents/"),
        "incident, 200 claims": (places.editor, f"/desk/incidents/{crowded}/"),
        "incident, 40 claims": (places.editor, f"/desk/incidents/{places.incidents[7].slug}/"),
        "sources": (places.editor, "/desk/sources/"),
        "source, most claims": (places.editor, f"/desk/sources/{source}/"),
        "claim": (places.editor, f"/desk/claims/{claim.pk}/"),
        "new claim": (places.editor, "/desk/claims/new/"),
        "evidence": (places.editor, "/desk/evidence/"),
        "evidence, page 20": (places.editor, "/desk/evidence/?page=20"),
        "evidence, one kind": (places.editor, "/desk/evidence/?kind=note"),
        "evidence, failed": (places.editor, "/desk/evidence/?state=failed"),
        "evidence, with findings": (places.editor, "/desk/evidence/?findings=yes"),
        "evidence, retired": (places.editor, "/desk/evidence/?retired=yes"),
        "evidence, common word": (places.editor, f"/desk/evidence/?text={quote(common)}"),
        "evidence, rare word": (places.editor, f"/desk/evidence/?text={quote(rare)}"),
        "evidence, no such word": (places.editor, f"/desk/evidence/?text={quote(rare[::-1] + 'ظظ')}"),
        "one piece of evidence": (places.editor, f"/desk/evidence/{evidence.pk}/"),
        "intake": (places.editor, "/desk/intake/"),
    }


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only", default="", help="pages whose name begins so")
    options = parser.parse_args()
    with opened(options.engine, options.kept) as is_empty:
        from crowd import fill, places

        if is_empty:
            fill(options.claims, options.claims)
            settled()
        for name, (user, address) in pages(places()).items():
            if name.startswith(options.only):
                measured(name, user, address, options.rounds)


def measured(name: str, user: Any, address: str, rounds: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, clock = Client(), Clock()
    client.force_login(user)
    for language in ("ar", "en"):
        client.cookies["django_language"] = language
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            n_queries = len(asked)
        assert answer.status_code == 200, (address, answer.status_code)
    for n in range(rounds):
        client.cookies["django_language"] = ("ar", "en")[n % 2]
        clock.time(lambda: client.get(address))
    size = len(answer.content) / 1000
    print(f"{name:24} {clock.taken().line()}   {n_queries:3} queries   {size:6.0f} kB", flush=True)


if __name__ == "__main__":
    main()
