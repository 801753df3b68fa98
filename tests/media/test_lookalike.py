import io
import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from claims.media.likeindex import LikeIndex
from claims.media.lookalike import Print, bands, distance, mirrored_prints, prints, probes
from tests.media.make import saved, scene

N = 14


def night(seed):
    """Dark and nearly empty: the kind of picture whose hashes meet by chance."""
    chance = random.Random(seed)
    image = Image.new("RGB", (480, 360), (6, 6, 10))
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randrange(5, 40)):
        x, y, s, v = (
            chance.randrange(480),
            chance.randrange(360),
            chance.randrange(1, 12),
            chance.randrange(60, 256),
        )
        draw.ellipse([x, y, x + s, y + s], fill=(v, v, v // 2))
    return image.filter(ImageFilter.GaussianBlur(2))


def page(seed):
    """Lines of black marks on white, as in a scanned letter."""
    chance = random.Random(seed)
    image = Image.new("RGB", (420, 560), "white")
    draw = ImageDraw.Draw(image)
    for y in range(30, 530, 14):
        x = 30
        while x < 380 and chance.random() > 0.05:
            w = chance.randrange(8, 40)
            draw.rectangle([x, y, x + w, y + 7], fill="black")
            x += w + 6
    return image


def through(image, fmt, **options):
    return Image.open(io.BytesIO(saved(image, fmt, **options))).convert("RGB")


def cropped(image, chance):
    w, h = image.size
    a, b, c, d = (chance.uniform(0, 0.1) for _ in range(4))
    return image.crop((int(a * w), int(b * h), int((1 - c) * w), int((1 - d) * h)))


def copies(image, chance):
    """What the acceptance list names: re-encodes, resizes, borders, mirrored copies, mild crops."""
    w, h = image.size
    yield "re-encoded", through(image, "JPEG", quality=25)
    yield "webp", through(image, "WEBP", quality=30)
    yield "small", image.resize((w // 3, h // 3))
    yield "squeezed", image.resize((w, h * 4 // 5))
    yield "brighter", ImageEnhance.Brightness(image).enhance(1.2)
    yield "border", ImageOps.expand(image, chance.randrange(5, 50), chance.choice(["black", "white"]))
    yield "letterbox", through(ImageOps.expand(image, (0, 70), "black"), "JPEG", quality=60)
    yield "mirrored", through(ImageOps.mirror(image), "JPEG", quality=60)
    for _ in range(4):
        yield "cropped", through(cropped(image, chance), "JPEG", quality=60)


def query(index, image):
    return {a.item for a in index.query(prints(image), mirrored_prints(image))}


@pytest.fixture(scope="module")
def originals():
    return [scene(i, (480, 360)) for i in range(N)]


@pytest.fixture(scope="module")
def index(originals):
    made = LikeIndex()
    for i, image in enumerate(originals):
        made.add(i, prints(image))
    return made


@pytest.mark.slow
def test_95_of_100_copies_find_their_original(index, originals):
    tried, found = Counter(), Counter()
    for i, image in enumerate(originals):
        for name, copy in copies(image, random.Random(i)):
            tried[name] += 1
            found[name] += i in query(index, copy)
    assert found.total() >= 0.95 * tried.total(), (found, tried)
    assert all(found[name] >= 0.9 * tried[name] for name in tried), (found, tried)


@pytest.mark.slow
def test_95_of_100_originals_find_copies_that_came_first(originals):
    made, names = LikeIndex(), []
    for i, image in enumerate(originals):
        for name, copy in copies(image, random.Random(i)):
            made.add(len(names), prints(copy))
            names.append((i, name))
    found = Counter()
    for i, image in enumerate(originals):
        found.update(names[item][1] for item in query(made, image) if names[item][0] == i)
    assert found.total() >= 0.95 * len(names), (found, Counter(name for _, name in names))


@pytest.mark.slow
def test_unrelated_pictures_are_not_reported():
    pictures = [
        *(scene(1000 + i, (240, 180)) for i in range(90)),
        *map(night, range(40)),
        *map(page, range(40)),
    ]
    made, false = LikeIndex(), []
    for i, image in enumerate(pictures):
        false += [(i, other) for other in query(made, image)]
        made.add(i, prints(image))
    pairs = len(list(combinations(pictures, 2)))
    assert len(false) <= pairs / 10_000, false


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=10))
def test_probes_meet_every_hash_within_ten_bits(coarse, flipped):
    other = coarse
    for bit in flipped:
        other ^= 1 << bit
    meets = [b in values for b, values in zip(bands(other), probes(coarse), strict=True)]
    assert any(meets)
    narrow = [b in values for b, values in zip(bands(other), probes(coarse, wide=False), strict=True)]
    assert any(narrow) or len(flipped) > 7


def test_prints_survive_json_and_say_which_way_they_match(originals, index):
    stored = [Print.from_json(p.as_json()) for p in prints(originals[0])]
    assert stored == prints(originals[0]) and distance(stored[0], stored[0]) == 0
    assert distance(stored[0], prints(originals[1])[0]) is None
    best = index.query(prints(ImageOps.mirror(originals[0])), stored)[0]
    assert (best.item, best.mirrored) == (0, True)


def test_a_removed_picture_is_not_found(originals):
    made = LikeIndex()
    made.add(7, prints(originals[0]))
    made.remove(7)
    assert query(made, originals[0]) == set()


@pytest.mark.parametrize("mode", ["L", "RGBA"])
@pytest.mark.parametrize("size", [(1, 1), (1, 500), (5000, 3)])
def test_plain_and_thin_pictures_have_prints_too(mode, size):
    assert len(prints(Image.new(mode, size))) == 17
