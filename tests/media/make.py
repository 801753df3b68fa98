"""Pictures and files made on the spot, from seeds, so that no test depends on a stored sample."""

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw, ImageFilter


def scene(seed, size=(640, 480)):
    """Something like a photograph: soft light, a horizon, blocks, texture. The same seed gives the same picture."""
    chance = random.Random(seed)
    ground = Image.new("RGB", (8, 6))
    ground.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(48)])
    image = ground.resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randrange(6, 18)):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        w, h = chance.randrange(4, size[0] // 3 + 5), chance.randrange(4, size[1] // 3 + 5)
        colour = tuple(chance.randrange(256) for _ in range(3))
        chance.choice([draw.rectangle, draw.ellipse])([x, y, x + w, y + h], fill=colour)
    grain = Image.effect_noise((size[0] // 4, size[1] // 4), 40).resize(size).convert("RGB")
    return Image.blend(image.filter(ImageFilter.GaussianBlur(1)), grain, 0.08)


def saved(image, fmt="JPEG", **options):
    out = io.BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width, height):
    """A small PNG that decodes to width x height one-byte pixels of nothing."""
    packed = zlib.compressobj(9)
    row = b"\0" * (width + 1)
    body = b"".join(packed.compress(row) for _ in range(height)) + packed.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg_of_size(width, height):
    """A JPEG whose header claims any size; there is hardly any data behind it."""
    data = bytearray(saved(Image.new("RGB", (16, 16))))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)
