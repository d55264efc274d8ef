"""Writes small images of the kinds that PngSuite, bmpsuite and Pillow's own tests have, and what Pillow reads of each.

Run with: python image_kinds.py ../resources/verydeep/data/kinds.zip
Each kind is FORMAT/NAME in the archive; FORMAT/NAME.rgb beside it holds width and height (two bytes each, big-endian)
and the pixels of ImageOps.exif_transpose(image).convert("RGB"). There is none where Pillow refuses the file.
Every file is drawn here; nothing is copied from a suite. See VERSIONS in the archive.
"""

import io
import platform
import struct
import sys
import warnings
import zipfile

import numpy
import PIL
from PIL import Image, ImageOps

from kinds import bmp, gif, jpeg, png, pnm, tiff, webp


def pillow(data):
    """Width, height and pixels as bytes; None where Pillow refuses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
            image = ImageOps.exif_transpose(image)
            if image.mode.startswith("I"):  # convert("RGB") clips at 255, which leaves white: the upper bytes instead
                deep = numpy.asarray(image).astype(numpy.int64) >> 8
                image = Image.fromarray(deep.clip(0, 255).astype(numpy.uint8))
            image = image.convert("RGB")
    except Exception as e:  # Pillow raises many types
        print("refused:", type(e).__name__, e)
        return None
    return struct.pack(">HH", *image.size) + image.tobytes()


def main(out):
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name, data):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)

        add("VERSIONS", f"python {platform.python_version()}\npillow {PIL.__version__}\nnumpy {numpy.__version__}\n")
        for family in (jpeg, png, gif, bmp, webp, tiff, pnm):
            kinds = family.kinds()
            for name, data in kinds.items():
                print(f"{family.FORMAT}/{name}", end=" ")
                add(f"{family.FORMAT}/{name}", bytes(data))
                read = pillow(bytes(data))
                if read is not None:
                    print("read")
                    add(f"{family.FORMAT}/{name}.rgb", read)


main(sys.argv[1])
