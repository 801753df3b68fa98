"""How fast evidence is stored, drawn small and compared, each beside a yardstick of the same run.

    python bench/evidence.py [store|pictures|lookalike] [--megabytes 256] [--items 100000]

Prints one JSON object per part. The figures of one machine mean little; the ratios are what to compare.
"""

import argparse
import io
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image, ImageFilter

from claims.archive.disk import DiskStore
from claims.media import sandbox
from claims.media.digest import chunks_of
from claims.media.likeindex import LikeIndex
from claims.media.lookalike import Print, mirrored_prints, prints
from claims.media.picture import thumbnail

ROUNDS = 5


def timed(work, *given):
    """Seconds one call takes, and what it gave."""
    start = time.perf_counter()
    result = work(*given)
    return time.perf_counter() - start, result


def store(megabytes, **_):
    """Hash twice, write, flush and link, against `sha256sum` and `cp` of the same file; alternating, medians."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        source = top / "source"
        with source.open("wb") as file:
            for _ in range(megabytes):
                file.write(os.urandom(1 << 20))
        ours, theirs = [], []
        for number in range(ROUNDS):
            theirs.append(timed(yardstick, source, top / "copy")[0])
            kept = DiskStore(top / f"store-{number}")
            ours.append(timed(put, kept, source)[0])
            shutil.rmtree(kept.top)
    mine, yours = statistics.median(ours), statistics.median(theirs)
    return {
        "megabytes": megabytes,
        "ours_mb_s": megabytes / mine,
        "sha256sum_cp_mb_s": megabytes / yours,
        "ratio": yours / mine,
    }


def put(kept, source):
    with source.open("rb") as file:
        return kept.put(chunks_of(file), limit=1 << 40)


def yardstick(source, copy):
    subprocess.run(["sha256sum", str(source)], check=True, capture_output=True)
    subprocess.run(["cp", str(source), str(copy)], check=True)
    os.sync()
    copy.unlink()


def photograph(seed, size):
    """A picture with as much detail as a camera's: noise at several sizes."""
    chance = random.Random(seed)
    image = Image.new("RGB", (8, 6))
    image.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(48)])
    image = image.resize(size, Image.Resampling.BICUBIC)
    for scale in (2, 8, 24):
        grain = Image.effect_noise((size[0] // scale, size[1] // scale), 60).resize(size).convert("RGB")
        image = Image.blend(image, grain, 0.2)
    return image.filter(ImageFilter.GaussianBlur(1))


def pictures(**_):
    """Thumbnails and prints per second of a 12-megapixel JPEG, in this process and in a child for each."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "photo.jpg"
        photograph(1, (4000, 3000)).save(path, quality=90)
        here = statistics.median(timed(thumbnail, path)[0] for _ in range(10))
        child = statistics.median(
            timed(lambda: sandbox.run("thumbnail", path, out=name + "/t", box=[480, 480]))[0]
            for _ in range(5)
        )
        with Image.open(path) as image:
            loaded = image.convert("RGB")
        hashing = statistics.median(timed(prints, loaded)[0] for _ in range(5))
        plain = statistics.median(timed(plainly, path)[0] for _ in range(10))
    return {
        "thumbnails_s": 1 / here,
        "thumbnails_in_child_s": 1 / child,
        "prints_s": 1 / hashing,
        "ratio_to_plain_pillow": plain / here,
    }


def plainly(path):
    """What one would write without any of our care."""
    with Image.open(path) as image:
        image.thumbnail((480, 480))
        out = io.BytesIO()
        image.save(out, "WEBP", quality=80, method=4)
        return out.getvalue()


def lookalike(items, **_):
    """One picture asked of many: the index against a scan of all stored prints."""
    chance = random.Random(7)
    real = [prints(photograph(seed, (320, 240))) for seed in range(40)]
    index, rows = LikeIndex(), []
    start = time.perf_counter()
    for item in range(items):
        stored = [other(print_, chance) for print_ in real[item % len(real)]]
        index.add(item, stored)
        rows += [(print_.coarse, item) for print_ in stored]
    built = time.perf_counter() - start
    taken, worked, scanned = [], [], []
    for seed in range(12):
        image = photograph(seed, (320, 240))
        asked, turned = prints(image), mirrored_prints(image)
        index.add(items + seed, asked)
        before = time.process_time()
        seconds, found = timed(index.query, asked, turned)
        worked.append(time.process_time() - before)
        assert any(alike.item == items + seed and alike.bits == 0 for alike in found)
        taken.append(seconds)
        if seed < 2:
            whole = [asked[0].coarse, turned[0].coarse]
            scanned.append(timed(scan, rows, whole)[0])
    return {
        "items": items,
        "prints": len(rows),
        "build_s": built,
        "query_ms_median": statistics.median(taken) * 1000,
        "query_cpu_ms_median": statistics.median(worked) * 1000,
        "query_ms_max": max(taken) * 1000,
        "scan_of_wholes_only_ms": statistics.median(scanned) * 1000,
        "times_faster": statistics.median(scanned) / statistics.median(taken),
    }


def scan(rows, whole):
    """What one would do without an index: look at every print."""
    return [item for coarse, item in rows if any((coarse ^ one).bit_count() <= 10 for one in whole)]


def other(print_, chance):
    """A print of some other picture, placed as unevenly as real ones lie: about a quarter of the bits differ."""
    flips = chance.getrandbits(64) & chance.getrandbits(64)
    return Print(print_.window, print_.coarse ^ flips, chance.getrandbits(256))


PARTS = {"store": store, "pictures": pictures, "lookalike": lookalike}


def main():
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("part", nargs="?", choices=PARTS)
    reader.add_argument("--megabytes", type=int, default=256)
    reader.add_argument("--items", type=int, default=100_000)
    asked = reader.parse_args()
    for name in [asked.part] if asked.part else PARTS:
        made = PARTS[name](megabytes=asked.megabytes, items=asked.items)
        print(
            json.dumps(
                {"part": name, **{k: round(v, 2) if isinstance(v, float) else v for k, v in made.items()}}
            )
        )


if __name__ == "__main__":
    main()
