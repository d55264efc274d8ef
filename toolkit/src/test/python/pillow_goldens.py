"""Writes the goldens of verydeep.data: what Pillow and torchvision make of small pictures.

Run with: python pillow_goldens.py ../resources/verydeep/data
Written by Python 3.11, pillow 13.0.0, numpy 2.4.6, torchvision 0.29.2 (see VERSIONS beside the goldens).
"""

import platform
import sys
from pathlib import Path

import numpy
import PIL
import torchvision
from PIL import Image
from torchvision.transforms import functional

OUT = Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)


def picture(width, height, seed, smooth=True):
    """A coloured picture without symmetry: slopes, a bright corner, a little noise."""
    random = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[0:height, 0:width].astype(float)
    red = 255 * x / width
    green = 255 * y / height
    blue = 127 + 120 * numpy.sin(x / 5 + y / 9)
    pixels = numpy.stack([red, green, blue], axis=-1)
    pixels[: height // 3, : width // 4] = (240, 40, 20)
    noise = 8 if smooth else 120
    pixels += random.normal(0, noise, pixels.shape)
    return Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8), "RGB")


def raw(image, name):
    image.convert("RGB").save(OUT / name, optimize=True)


def resizing():
    source = picture(61, 43, 1, smooth=False)
    raw(source, "resize-source.png")
    for width, height in [(61, 43), (30, 20), (7, 5), (64, 64), (97, 31), (61, 20), (20, 43), (1, 1), (123, 86)]:
        raw(source.resize((width, height), Image.BILINEAR), f"resize-{width}x{height}.png")
    tall = picture(22, 170, 5, smooth=False)
    raw(tall, "tall-source.png")
    for width, height in [(7, 54), (20, 150), (30, 100), (22, 90), (11, 170)]:
        raw(tall.resize((width, height), Image.BILINEAR), f"tall-{width}x{height}.png")
    for side in [24, 37, 43, 50]:
        raw(functional.resize(source, side), f"rescale-{side}.png")
    for side in [40, 41, 42, 43]:
        raw(functional.center_crop(source, side), f"center-{side}.png")


def formats():
    photo = picture(40, 30, 2)
    photo.save(OUT / "rgb.jpg", quality=92)
    photo.save(OUT / "progressive.jpg", quality=92, progressive=True)
    photo.save(OUT / "subsampled.jpg", quality=92, subsampling=2)
    photo.convert("L").save(OUT / "gray.jpg", quality=92)
    cmyk = photo.convert("CMYK")
    inked = numpy.asarray(cmyk).copy()
    inked[..., 3] = 255 * (numpy.mgrid[0:30, 0:40][0] > 20) // 3
    cmyk = Image.fromarray(inked, "CMYK")
    cmyk.save(OUT / "cmyk.jpg", quality=92)
    # Pillow writes no YCCK. It stores 255 less each value: give it YCbCr of the inverted inks so, then say YCCK.
    ycc = numpy.asarray(photo.convert("YCbCr"))
    light = 255 - numpy.asarray(cmyk)[..., 3:]
    Image.fromarray(255 - numpy.concatenate([ycc, light], axis=-1), "CMYK").save(OUT / "ycck.jpg", quality=92)
    data = bytearray((OUT / "ycck.jpg").read_bytes())
    data[data.index(b"Adobe") + 11] = 2
    (OUT / "ycck.jpg").write_bytes(data)
    photo.quantize(17).save(OUT / "palette.png")
    photo.quantize(200).save(OUT / "palette.gif")
    photo.save(OUT / "rgb.bmp")
    photo.convert("L").save(OUT / "gray.png")
    alpha = photo.convert("RGBA")
    alpha.putalpha(photo.convert("L"))
    alpha.save(OUT / "rgba.png")
    photo.convert("LA").save(OUT / "gray-alpha.png")
    photo.convert("1").save(OUT / "bits.png")
    for name in [
        "rgb.jpg", "progressive.jpg", "subsampled.jpg", "gray.jpg", "cmyk.jpg", "ycck.jpg", "palette.png",
        "palette.gif",
        "rgb.bmp", "gray.png", "rgba.png", "gray-alpha.png", "bits.png",
    ]:
        raw(Image.open(OUT / name), f"read-{name}.png")
    # Pillow clips 16-bit gray at 255 when it converts to RGB, which leaves a white picture: the upper bytes instead.
    deep = numpy.asarray(photo.convert("L")).astype(numpy.uint16) * 257 - 100 * (numpy.asarray(photo.convert("L")) > 9)
    Image.fromarray(deep.astype(numpy.uint16)).save(OUT / "gray16.png")
    raw(Image.fromarray((deep >> 8).astype(numpy.uint8), "L"), "read-gray16.png.png")


def exif():
    from PIL import ImageOps

    photo = picture(32, 24, 3)
    for orientation in range(1, 9):
        tags = Image.Exif()
        tags[0x0112] = orientation
        name = f"exif-{orientation}.jpg"
        photo.save(OUT / name, quality=92, exif=tags)
        raw(ImageOps.exif_transpose(Image.open(OUT / name)), f"read-{name}.png")


def profile():
    """A colour profile that exchanges channels: Pillow does not apply it."""
    from PIL import ImageCms

    photo = picture(40, 30, 4)
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = lab.replace(b"rXYZ", b"tXYZ").replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    photo.save(OUT / "profile.jpg", quality=92, icc_profile=swapped)
    raw(Image.open(OUT / "profile.jpg"), "read-profile.jpg.png")


resizing()
formats()
exif()
profile()
(OUT / "VERSIONS").write_text(
    f"python {platform.python_version()}\npillow {PIL.__version__}\nnumpy {numpy.__version__}\n"
    f"torchvision {torchvision.__version__.split('+')[0]}\n"
    "written by toolkit/src/test/python/pillow_goldens.py\n"
)
