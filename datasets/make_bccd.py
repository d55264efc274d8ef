"""Makes datasets/bccd from bccd-voc.tar.

    python make_bccd.py bccd-voc.tar [--out bccd] [--quality 80]

The archive holds the PASCAL VOC tree of the BCCD data set (MIT license): BCCD/Annotations, BCCD/ImageSets/Main and
BCCD/JPEGImages, 364 photos of 640x480 pixels. Here every photo is reduced to 320x240 with Pillow's box filter (the
mean of 2x2 pixels), and every annotation is written anew with its edges halved exactly: VOC's inclusive pixels from 1,
(xmin, xmax), mean the edges (xmin - 1, xmax), whose halves are written as ((xmin - 1) / 2 + 1, xmax / 2), with a
decimal where needed. No box is left out or mended, the degenerate ones are printed. What says nothing (the folder, the
path on somebody's disk, the database, the pose, which is nowhere specified) is not written. Needs Pillow.
"""

import argparse
import collections
import io
import pathlib
import shutil
import tarfile
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

from PIL import Image


def files(archive):
    """The bytes of each file, by its path below BCCD."""
    with tarfile.open(archive) as tar:
        return {
            member.name.removeprefix("./").removeprefix("BCCD/"): tar.extractfile(member).read()
            for member in tar
            if member.isfile()
        }


def reduced(jpeg, quality):
    photo = Image.open(io.BytesIO(jpeg)).convert("RGB")
    size = (photo.width // 2, photo.height // 2)
    out = io.BytesIO()
    photo.resize(size, Image.Resampling.BOX).save(out, "JPEG", quality=quality, optimize=True, progressive=False)
    return out.getvalue()


def halved(box):
    xmin, ymin, xmax, ymax = (int(box.findtext(edge)) for edge in ("xmin", "ymin", "xmax", "ymax"))
    return {"xmin": (xmin - 1) / 2 + 1, "ymin": (ymin - 1) / 2 + 1, "xmax": xmax / 2, "ymax": ymax / 2}


def annotation(xml, name, counts):
    root = ET.fromstring(xml)
    width, height, depth = (int(root.find("size").findtext(tag)) for tag in ("width", "height", "depth"))
    assert width % 2 == 0 and height % 2 == 0
    lines = [
        "<annotation>",
        f"<filename>{name}.jpg</filename>",
        f"<size><width>{width // 2}</width><height>{height // 2}</height><depth>{depth}</depth></size>",
    ]
    for thing in root.iter("object"):
        kind = thing.findtext("name")
        counts[kind] += 1
        box = halved(thing.find("bndbox"))
        if box["xmax"] - box["xmin"] < 0 or box["ymax"] - box["ymin"] < 0:
            print(f"degenerate: {name}, {kind}, {box}")
        edges = "".join(f"<{edge}>{value:g}</{edge}>" for edge, value in box.items())
        flags = "".join(f"<{flag}>{int(thing.findtext(flag))}</{flag}>" for flag in ("truncated", "difficult"))
        lines.append(f"<object><name>{escape(kind)}</name>{flags}<bndbox>{edges}</bndbox></object>")
    lines.append("</annotation>\n")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "bccd")
    parser.add_argument("--quality", type=int, default=80)
    options = parser.parse_args()

    for folder in ("Annotations", "ImageSets", "JPEGImages"):
        shutil.rmtree(options.out / folder, ignore_errors=True)
    counts, sizes = collections.Counter(), collections.Counter()
    for path, data in sorted(files(options.archive).items()):
        folder, name = path.split("/", 1)
        if folder == "Annotations":
            data = annotation(data, pathlib.PurePath(name).stem, counts).encode()
        elif folder == "JPEGImages":
            data = reduced(data, options.quality)
        elif folder != "ImageSets":
            continue
        target = options.out / folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        sizes[folder] += len(data)
    print(dict(counts), dict(sizes), f"{sum(sizes.values())} bytes")


if __name__ == "__main__":
    main()
