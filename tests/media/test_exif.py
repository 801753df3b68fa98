import os
import struct

import pytest
from PIL import Image, PngImagePlugin

from claims.media.exif import picture_facts
from claims.media.facts import Moment, Place
from claims.media.picture import Unreadable
from claims.media.xmp import values
from tests.media.make import saved, scene

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:I="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmp:CreatorTool="Adobe Photoshop 25.0" xmp:CreateDate="2018-01-13T22:10:05+03:00" exif:GPSLatitude="35,20.05N"
 exif:GPSLongitude="40,9,30W" I:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia">
<dc:description><rdf:Alt><rdf:li xml:lang="ar">غارة قرب دير الزور</rdf:li></rdf:Alt></dc:description>
<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:softwareAgent="GIMP 2.10" stEvt:when="2018-02-01T00:00:00Z"/>
</rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta>"""


def exif(**tags):
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x0131] = "Canon", "EOS 80D", tags.get("software", "Firmware 1.0.2")
    made[0x0132] = tags.get("changed", "2018:01:13 22:10:05")
    camera = made.get_ifd(0x8769)
    camera[0x9003], camera[0x9011], camera[0xA431] = (
        tags.get("taken", "2018:01:13 22:10:05"),
        "+03:00",
        "SN123",
    )
    if "gps" in tags:
        made.get_ifd(0x8825).update(tags["gps"])
    return made


GPS = {
    1: "N",
    2: (35.0, 20.0, 3.0),
    3: "E",
    4: (40.0, 9.0, 30.0),
    5: b"\0",
    6: 210.5,
    7: (19.0, 10.0, 5.0),
    17: 90.0,
    29: "2018:01:13",
}


def look(tmp_path, data):
    path = tmp_path / "picture"
    path.write_bytes(data)
    return picture_facts(path)[0]


def codes(facts):
    return [f.code for f in facts.findings]


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_time_place_and_device_are_read_from_every_format(tmp_path, fmt):
    planted = exif(gps=GPS)
    if fmt == "TIFF":  # Pillow writes the parts of a TIFF only when they are also set as tags
        planted[0x8769], planted[0x8825] = dict(planted.get_ifd(0x8769)), dict(planted.get_ifd(0x8825))
    facts = look(tmp_path, saved(scene(1), fmt, exif=planted))
    assert Moment("EXIF DateTimeOriginal", "2018-01-13T22:10:05", "+03:00") in facts.taken
    assert Moment("EXIF GPS time", "2018-01-13T19:10:05", "+00:00") in facts.taken
    assert facts.places == [Place("EXIF GPS", 35.334167, 40.158333, 210.5, 90.0)]
    assert facts.device["make"] == "Canon" and facts.device["serial"] == "SN123"
    assert codes(facts) == [] and (facts.width, facts.height) == (640, 480)


def test_southern_and_western_places_are_negative(tmp_path):
    gps = {1: "S", 2: (35.0, 0.0, 0.0), 3: "W", 4: (40.0, 30.0, 0.0), 5: b"\1", 6: 12.0}
    assert look(tmp_path, saved(scene(1), exif=exif(gps=gps))).places == [
        Place("EXIF GPS", -35.0, -40.5, -12.0)
    ]


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({"software": "Adobe Photoshop 25.0"}, "edited-with"),
        ({"software": "Stable Diffusion"}, "generated"),
        ({"changed": "2018:03:01 10:00:00"}, "modified-after"),
        ({"taken": "1980:01:01 00:00:00", "changed": "1980:01:01 00:00:00"}, "clock-unset"),
        ({"gps": {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}}, "place-zero"),
    ],
)
def test_what_does_not_fit_is_a_finding(tmp_path, tags, code):
    assert code in codes(look(tmp_path, saved(scene(1), exif=exif(**tags))))


def test_a_picture_without_metadata_says_so(tmp_path):
    assert codes(look(tmp_path, saved(scene(1)))) == ["no-metadata"]


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "2018:02:31 00:00:00", "9999:01:01 00:00:00", "    ", "\0", "yesterday"]
)
def test_an_impossible_time_is_left_out(tmp_path, taken):
    assert look(tmp_path, saved(scene(1), exif=exif(taken=taken, changed=taken))).taken == []


@pytest.mark.parametrize(
    "gps", [{2: (1.0, 2.0)}, {1: "N", 2: (999.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 1.0)}, {1: "N", 2: 5.0}]
)
def test_a_broken_place_is_left_out_and_the_rest_is_kept(tmp_path, gps):
    facts = look(tmp_path, saved(scene(1), exif=exif(gps=gps)))
    assert facts.places == [] and facts.taken and facts.device


def test_xmp_gives_edits_place_time_and_what_made_it(tmp_path):
    facts = look(tmp_path, saved(scene(1), xmp=XMP.encode()))
    assert Moment("XMP CreateDate", "2018-01-13T22:10:05", "+03:00") in facts.taken
    assert facts.places == [Place("XMP GPS", 35.334167, -40.158333)]
    assert facts.texts["caption"] == "غارة قرب دير الزور"
    assert [(e.what, e.program) for e in facts.edits] == [
        ("created", "Adobe Photoshop 25.0"),
        ("saved", "GIMP 2.10"),
    ]
    assert {"edited-with", "generated"} <= set(codes(facts))


def test_an_xmp_packet_that_defines_entities_is_not_read():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x:xmpmeta xmlns:x="a"><y z="1">&b;</y></x:xmpmeta>'
    assert values(bomb) == [] and values(b"<x:xmpmeta") == []


def test_iptc_png_text_and_comments_are_read(tmp_path):
    def record(number, value):
        return b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value

    block = record(120, "غارة".encode()) + record(80, b"Reporter") + record(90, b"Deir ez-Zor")
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block
    data = saved(scene(1), comment=b"a comment")
    segment = b"Photoshop 3.0\0" + resource + b"\0" * (len(block) % 2)
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
    texts = look(tmp_path, data).texts
    assert (texts["caption"], texts["author"], texts["city"], texts["comment"]) == (
        "غارة",
        "Reporter",
        "Deir ez-Zor",
        "a comment",
    )
    png = PngImagePlugin.PngInfo()
    png.add_text("parameters", "a war scene, Steps: 20")
    facts = look(tmp_path, saved(scene(1), "PNG", pnginfo=png))
    assert facts.texts["png:parameters"].startswith("a war") and "generated" in codes(facts)


def with_thumbnail(large, small):
    """A JPEG of `large` whose EXIF holds `small`: IFD0 has an orientation, IFD1 points at the picture behind it."""
    inner = saved(small, quality=80)
    ifd0 = struct.pack("<HHHIII", 1, 0x0112, 3, 1, 1, 26)
    ifd1 = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(inner), 0)
    return saved(large, exif=b"Exif\0\0II*\0\x08\0\0\0" + ifd0 + ifd1 + inner)


def test_a_thumbnail_that_shows_something_else_is_a_finding(tmp_path):
    large = scene(1)
    same, other = large.resize((160, 120)), scene(2).resize((160, 120))
    boxed = Image.new("RGB", (160, 120))
    boxed.paste(large.resize((160, 100)), (0, 10))
    assert "thumbnail-differs" not in codes(look(tmp_path, with_thumbnail(large, same)))
    assert "thumbnail-differs" not in codes(look(tmp_path, with_thumbnail(large, boxed)))
    assert "thumbnail-differs" in codes(look(tmp_path, with_thumbnail(large, other)))


def test_metadata_of_a_format_we_cannot_decode_is_still_read(tmp_path):
    heic = (
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
        + os.urandom(100)
        + b"Exif\0\0"
        + exif().tobytes().removeprefix(b"Exif\0\0")
    )
    assert look(tmp_path, heic).device["model"] == "EOS 80D"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_broken_exif_never_breaks_the_rest(tmp_path):
    good = exif(gps=GPS).tobytes()
    for seed in range(60):
        data = bytearray(good)
        for _ in range(8):
            data[(seed * 7919 + _ * 104729) % len(data)] ^= 1 << (_ % 8)
        assert look(tmp_path, saved(scene(1, (64, 48)), exif=bytes(data))).width == 64
    with pytest.raises(Unreadable):
        look(tmp_path, b"\xff\xd8\xff\xe1" + good)
