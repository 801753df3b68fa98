import io
import resource
import shutil
import subprocess
import time

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from claims.errors import Invalid
from claims.media.picture import Box, TooManyPixels, Unreadable, redrawn, thumbnail
from tests.media.make import jpeg_of_size, png_bomb, saved, scene

SECRET = b"SERIAL-4711-SECRET"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf>" + SECRET + b"</rdf></x:xmpmeta>"


def exif(orientation=1):
    made = Image.Exif()
    made[0x0110], made[0x0112] = SECRET.decode(), orientation
    made.get_ifd(0x8825).update({1: "N", 2: (35.0, 20.0, 5.0), 3: "E", 4: (40.0, 9.0, 0.0)})
    made.get_ifd(0x8769)[0xA431] = SECRET.decode()
    return made


def profile():
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(made) + SECRET


def kept(tmp_path, data):
    path = tmp_path / "picture"
    path.write_bytes(data)
    return path


def reopened(data):
    return Image.open(io.BytesIO(data))


def planted(fmt):
    image, options = scene(3, (200, 150)), {"exif": exif(), "icc_profile": profile()}
    if fmt == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET.decode())
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        return saved(image, fmt, pnginfo=text, **options)
    if fmt == "GIF":
        return saved(image, fmt, comment=SECRET)
    if fmt == "MPO":
        return saved(image, fmt, save_all=True, append_images=[scene(4)], comment=SECRET, **options)
    extra = {
        "JPEG": {"comment": SECRET, "xmp": XMP},
        "WEBP": {"xmp": XMP},
        "TIFF": {"description": SECRET.decode()},
    }
    return saved(image, fmt, **options, **extra.get(fmt, {}))


@pytest.mark.parametrize("output", ["WEBP", "JPEG", "PNG"])
@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF", "MPO"])
def test_c9_no_byte_of_metadata_reaches_a_derivative(tmp_path, fmt, output):
    data = planted(fmt)
    assert SECRET in data
    for made in (
        redrawn(kept(tmp_path, data), output=output),
        thumbnail(kept(tmp_path, data), output=output),
    ):
        assert not any(
            mark in made for mark in (SECRET, b"Exif", b"http://ns.adobe", b"ICC", b"iCCP", b"acsp", b"tEXt")
        )
        image = reopened(made)
        assert not image.getexif() and set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
            "timestamp",
            "duration",
        }
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.skipif(not shutil.which("exiftool"), reason="no exiftool")
@pytest.mark.parametrize("output", ["WEBP", "JPEG", "PNG"])
def test_c9_exiftool_finds_only_facts_of_the_pixels(tmp_path, output):
    made = kept(tmp_path, redrawn(kept(tmp_path, planted("JPEG")), output=output))
    said = subprocess.run(
        ["exiftool", "-G", "-a", str(made)], capture_output=True, text=True, check=True
    ).stdout
    assert not [
        line
        for line in said.splitlines()
        if line[1:].split("]")[0] in ("EXIF", "XMP", "IPTC", "ICC_Profile", "MakerNotes", "JUMBF")
    ]


def test_c9_the_payload_of_a_polyglot_is_not_in_the_derivative(tmp_path):
    data = saved(scene(5))
    evil = data[:2] + b"\xff\xfe\x00\x1a<script>evil()</script>" + data[2:] + b"<html>evil()"
    assert b"evil" not in redrawn(kept(tmp_path, evil))


UNDO = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # orientation: the Pillow transposition that stores it so


@pytest.mark.parametrize("orientation", range(1, 9))
def test_c10_a_picture_is_turned_as_its_orientation_asks(tmp_path, orientation):
    seen = Image.new("RGB", (80, 40), "white")
    seen.paste("red", (0, 0, 20, 10))
    stored = seen.transpose(Image.Transpose(UNDO[orientation])) if orientation > 1 else seen
    made = reopened(redrawn(kept(tmp_path, saved(stored, "PNG", exif=exif(orientation))), output="PNG"))
    assert made.size == seen.size and made.tobytes() == seen.tobytes()


def test_c10_crop_is_measured_on_the_upright_picture(tmp_path):
    stored = Image.new("RGB", (80, 40), "white")
    stored.paste("red", (0, 20, 40, 40))  # lower left as stored; upper left once turned by orientation 6
    path = kept(tmp_path, saved(stored, "PNG", exif=exif(6)))
    made = reopened(redrawn(path, crop=Box(0, 0, 0.5, 0.5), output="PNG"))
    assert made.size == (20, 40) and made.getcolors() == [(800, (255, 0, 0))]


def test_c10_what_is_blurred_cannot_be_told_apart_any_more(tmp_path):
    made = []
    for text in ("##..##..", "#.#.#.#."):
        image = Image.new("L", (160, 160), 128)
        for i, mark in enumerate(text * 8):
            image.paste(255 if mark == "#" else 0, (80 + i, 80, 81 + i, 144))
        path = kept(tmp_path, saved(image, "PNG"))
        made.append(reopened(redrawn(path, blur=[Box(0.5, 0.5, 0.9, 0.9)], output="PNG")).convert("L"))
    assert max(abs(a - b) for a, b in zip(made[0].tobytes(), made[1].tobytes(), strict=True)) < 12
    assert made[0].getpixel((5, 5)) == 128


@pytest.mark.parametrize(
    "box", [(0, 0, 0, 1), (0.5, 0, 0.2, 1), (-1, 0, 1, 1), (0, 0, 2, 1), (0, 0, float("nan"), 1)]
)
def test_a_box_outside_the_picture_is_refused(tmp_path, box):
    with pytest.raises(Invalid) as refused:
        redrawn(kept(tmp_path, saved(scene(6))), crop=Box(*box))
    assert refused.value.code == "bad-box"


@pytest.mark.parametrize(
    "make",
    [lambda: png_bomb(13000, 13000), lambda: jpeg_of_size(65535, 65535), lambda: jpeg_of_size(65500, 800)],
)
def test_c12_a_bomb_is_refused_before_it_is_decoded(tmp_path, make):
    path = kept(tmp_path, make())
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(TooManyPixels):
        thumbnail(path)
    assert time.monotonic() - start < 8  # a refusal, not a decoding
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


@pytest.mark.parametrize("fmt", ["GIF", "WEBP"])
def test_c12_only_the_first_of_many_frames_is_touched(tmp_path, fmt):
    frames = [Image.new("P", (16, 16), i % 250) for i in range(2000)]
    path = kept(tmp_path, saved(frames[0], fmt, save_all=True, append_images=frames[1:]))
    start = time.monotonic()
    assert reopened(redrawn(path)).size == (16, 16)
    assert time.monotonic() - start < 8  # a refusal, not a decoding


@pytest.mark.parametrize("share", [0.2, 0.9])
@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_c14_a_truncated_picture_is_refused_by_name(tmp_path, fmt, share):
    data = saved(scene(7), fmt)
    with pytest.raises(Unreadable):
        redrawn(kept(tmp_path, data[: int(len(data) * share)]))


@pytest.mark.parametrize(
    "data", [b"", b"x", b"<svg/>", b"%PDF-1.4", b"8BPS" + b"\0" * 90, b"\x76\x2f\x31\x01" + b"\0" * 90]
)
def test_c12_formats_that_are_not_on_the_list_are_not_opened(tmp_path, data):
    with pytest.raises(Unreadable):
        thumbnail(kept(tmp_path, data))


def test_a_thumbnail_fits_its_box_and_keeps_the_shape(tmp_path):
    assert reopened(thumbnail(kept(tmp_path, saved(scene(8, (1600, 800)))), (320, 320))).size == (320, 160)
    assert reopened(thumbnail(kept(tmp_path, saved(scene(8, (1, 900)), "PNG")), (320, 320))).size[1] == 320


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr"])
def test_every_pixel_mode_comes_out(tmp_path, mode):
    source = (
        scene(9, (60, 40)).convert("L").convert(mode)
        if mode in ("I;16", "I", "F")
        else scene(9, (60, 40)).convert(mode)
    )
    path = kept(tmp_path, saved(source, "TIFF"))
    assert reopened(redrawn(path)).size == (60, 40)
