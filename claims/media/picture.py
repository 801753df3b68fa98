"""Pictures drawn anew: thumbnails and public derivatives that carry pixels and nothing else.

These functions decode hostile bytes: outside tests call them through claims.media.sandbox.
"""

import io
import warnings
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageCms, ImageFile, ImageFilter, ImageOps

from claims.errors import Invalid

MOST_PIXELS = 50_000_000
FORMATS: tuple[str, ...] = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")
Output = Literal["WEBP", "JPEG", "PNG"]
LONGEST = 2560
MOSAIC = 6
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
with suppress(ImportError):  # optional extra: its wheels carry GPL code
    import pillow_heif  # type: ignore[import-not-found,unused-ignore]

    pillow_heif.register_heif_opener(thumbnails=False)
    FORMATS += ("HEIF",)


class TooManyPixels(Invalid):
    """Larger than 50 million pixels. Facts: width, height, limit."""

    code = "too-many-pixels"


class Unreadable(Invalid):
    """Not a picture of an allowed format, or damaged. Facts: reason."""

    code = "unreadable-image"


@dataclass(frozen=True)
class Box:
    """A rectangle of the upright picture in fractions of its width and height, 0 to 1, from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def pixels(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """In whole pixels of a picture of this size, at least one pixel each way. Raises Invalid."""
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise Invalid("bad-box", box=[self.left, self.top, self.right, self.bottom])
        width, height = size
        left, top = min(int(self.left * width), width - 1), min(int(self.top * height), height - 1)
        return left, top, max(left + 1, round(self.right * width)), max(top + 1, round(self.bottom * height))


def opened(path: Path, *, smallest: tuple[int, int] | None = None) -> ImageFile.ImageFile:
    """The first frame, decoded and still as stored. `smallest` lets a JPEG be decoded at a reduced scale.

    The size in the header is checked before anything is decoded. Raises TooManyPixels, Unreadable.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own check follows
            image = Image.open(path, formats=FORMATS)
        width, height = image.size
        if width * height > MOST_PIXELS:
            image.close()
            raise TooManyPixels(width=width, height=height, limit=MOST_PIXELS)
        if smallest:
            image.draft("RGB", smallest)
        image.load()
    except Image.DecompressionBombError as error:
        raise TooManyPixels(limit=MOST_PIXELS) from error
    except Invalid:
        raise
    except Exception as error:  # decoders raise anything on hostile bytes (SyntaxError, struct.error, …)
        raise Unreadable(reason=type(error).__name__) from error
    return image


def upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF orientation asks, in sRGB, mode RGB or RGBA, with no metadata attached."""
    turned = ImageOps.exif_transpose(image)
    clear = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    wanted = "RGBA" if clear else "RGB"
    plain = _in_srgb(turned, wanted)
    fresh = Image.new(wanted, plain.size)
    fresh.paste(plain)
    return fresh


def thumbnail(path: Path, box: tuple[int, int] = (480, 480), *, output: Output = "WEBP") -> bytes:
    """A small picture that fits into `box` (width, height in pixels), upright and without metadata.

    Raises TooManyPixels, Unreadable.
    """
    # Twice the size asked for, so that the reduction is still ours and good.
    image = upright(opened(path, smallest=(box[0] * 2, box[1] * 2)))
    image.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return encoded(image, output, quality=80)


def redrawn(
    path: Path,
    *,
    crop: Box | None = None,
    blur: Iterable[Box] = (),
    longest: int = LONGEST,
    output: Output = "WEBP",
) -> bytes:
    """The public derivative: pixels of the first frame, blurred where asked, cut, reduced to `longest` a side.

    `blur` and `crop` are both measured on the whole upright picture. A blurred box is first averaged to at
    most 6 by 6 colours, so nothing finer than that can be won back. No EXIF, XMP, IPTC, colour profile,
    comment, thumbnail or second frame remains. Raises TooManyPixels, Unreadable, Invalid('bad-box').
    """
    image = upright(opened(path))
    for box in blur:
        _smear(image, box.pixels(image.size))
    if crop:
        image = image.crop(crop.pixels(image.size))
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return encoded(image, output, quality=85)


def encoded(image: Image.Image, output: Output, *, quality: int) -> bytes:
    """A fresh picture as a file. Nothing of `image.info` is written, because there is nothing in it."""
    fresh = Image.new(image.mode, image.size)
    fresh.paste(image)
    if output == "JPEG" and fresh.mode == "RGBA":
        ground = Image.new("RGB", fresh.size, "white")
        ground.paste(fresh, mask=fresh.getchannel("A"))
        fresh = ground
    out = io.BytesIO()
    options = {
        "WEBP": {"quality": quality, "method": 4},
        "JPEG": {"quality": quality, "optimize": True},
        "PNG": {},
    }
    fresh.save(out, output, **options[output])
    return out.getvalue()


def _in_srgb(image: Image.Image, wanted: str) -> Image.Image:
    """Colours are converted by the embedded profile before it is dropped; a profile that is broken is ignored."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            changed = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            if changed is not None and wanted == "RGB":
                return changed
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        return _stretched(image).convert(wanted)
    return image.convert(wanted)


def _stretched(image: Image.Image) -> Image.Image:
    """16-bit greys brought into 8 bits; a plain convert would clip them to white."""
    grey = image.convert("F")
    extrema = grey.getextrema()
    low, high = float(extrema[0]), float(extrema[1])  # type: ignore[arg-type]
    scale = 255.0 / (high - low) if high > low else 1.0
    return grey.point(lambda value: value * scale - low * scale).convert("L")


def _smear(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    part = image.crop(box)
    few = (min(MOSAIC, part.width), min(MOSAIC, part.height))
    smooth = part.resize(few, Image.Resampling.BOX).resize(part.size, Image.Resampling.BICUBIC)
    image.paste(smooth.filter(ImageFilter.GaussianBlur(max(2, min(part.size) // 20))), box)
