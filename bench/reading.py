"""Score the reading engine on the labelled corpus: the part it was tuned on, and the part kept aside.

    python bench/reading.py                     both parts, with the scorer beside this checkout
    python bench/reading.py --part aside --errors
    python bench/reading.py --gold DIR --seed only    another folder in the same form
    python bench/reading.py --speed TEXT        milliseconds for one article, and time per character at two sizes

The scorer is the one described in `reading/README.md` beside the checkout; `--scorer` names another copy.
"""

import argparse
import collections
import importlib.util
import sys
import time
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from claims.management.commands.extract_claims import as_json, source_names  # noqa: E402
from claims.text.read import read  # noqa: E402

CORPUS = HERE / "tests" / "data" / "reading"


def load(path: Path) -> ModuleType:
    """The scorer as a module."""
    if not path.exists():
        sys.exit(f"no scorer at {path}: give --scorer")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(art: dict[str, Any]) -> list[dict[str, Any]]:
    """What the product's command would print for one article."""
    published = date.fromisoformat(art["published"]) if art["published"] else None
    names = source_names()
    return [as_json(p, names) for p in read(art["text"], published_on=published, lang=art["lang"]).proposals]


def errors(score: ModuleType, art: dict[str, Any], pred: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Kind and words of everything that differs from the gold."""
    gold, pairs = art["claims"], score.pair(art["claims"], pred)
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    out = [("missed", c["sentence"]) for i, c in enumerate(gold) if i not in left and not c.get("optional")]
    out += [("spurious", art["text"][c["start"] : c["end"]]) for j, c in enumerate(pred) if j not in right]
    for i, j in pairs:
        if not gold[i].get("optional"):
            out += [(kind, gold[i]["sentence"]) for kind in differences(score, gold[i], pred[j])]
    return out


def differences(score: ModuleType, g: dict[str, Any], p: dict[str, Any]) -> list[str]:
    """What is wrong about a matched claim."""
    who, chains = p["attributed_to"], score.chains(g)
    right = any(
        len(a) == len(who) and all(score.same(x, y) for x, y in zip(a, who, strict=True)) for a in chains
    )
    found = [] if right else ["chain: " + " < ".join(who)]
    if g["event_date"] and not str(p["event_date"]).startswith(g["event_date"]):
        found.append(f"date: {p['event_date']} for {g['event_date']}")
    if sorted(map(float, g["numbers"])) != sorted(map(float, p["numbers"])):
        found.append(f"numbers: {p['numbers']} for {g['numbers']}")
    if g["stance"] != p["stance"]:
        found.append(f"stance: {p['stance']} for {g['stance']}")
    return found


def speed(path: Path) -> None:
    """Milliseconds for the text, and how time per character at 1 MB compares with 10 kB."""
    text = path.read_text(encoding="utf-8")
    read(text, published_on=date(2022, 10, 23))
    per = {}
    for size in (len(text), 10_000, 1_000_000):
        sample = (text + "\n") * (size // (len(text) + 1) + 1)
        start = time.process_time()
        read(sample[:size], published_on=date(2022, 10, 23))
        per[size] = (time.process_time() - start) / size
    ratio = per[1_000_000] / per[10_000]
    print(f"{1000 * per[len(text)] * len(text):.1f} ms; time per character, 1 MB over 10 kB: {ratio:.2f}")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--scorer", type=Path, default=HERE.parent / "shared" / "reading" / "score.py")
    ap.add_argument("--part", choices=["tuned", "aside", "both"], default="both")
    ap.add_argument("--gold", type=Path, help="score this folder instead")
    ap.add_argument("--seed", choices=["no", "also", "only"], default="no", help="the demo article of --gold")
    ap.add_argument("--errors", action="store_true", help="list what differs")
    ap.add_argument("--speed", type=Path, help="time this text instead")
    o = ap.parse_args()
    if o.speed:
        speed(o.speed)
        return
    score = load(o.scorer)
    folders = (
        [o.gold] if o.gold else [CORPUS / p for p in (["tuned", "aside"] if o.part == "both" else [o.part])]
    )
    for folder in folders:
        arts = score.load_gold(str(folder), o.seed)
        preds = {a["id"]: predict(a) for a in arts}
        score.report(str(folder.name), arts, preds)
        found = [(a["id"], kind, words) for a in arts for kind, words in errors(score, a, preds[a["id"]])]
        print("errors:", dict(collections.Counter(kind.split(":")[0] for _, kind, _ in found)))
        if o.errors:
            print(*(f"{aid} {kind} :: {words}" for aid, kind, words in found), sep="\n")


if __name__ == "__main__":
    main()
