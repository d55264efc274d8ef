"""Makes datasets/clothing from clothing-s256.tar.

    python make_clothing.py clothing-s256.tar [--out clothing] [--side 160] [--quality 80]

The archive holds train/<class>/<uuid>.jpg and validation/<class>/<uuid>.jpg of clothing-dataset-small (CC0), smallest
side 256. Here `validation` becomes `test`. Every photo is kept, reduced to a smallest side of 160 with Pillow's
bilinear filter (which averages over the source pixels that a target pixel covers), and named by the first 8
hexadecimal digits of its uuid, or by more digits if that is not unique. Needs Pillow and NumPy.
"""

import argparse
import collections
import hashlib
import io
import pathlib
import shutil
import tarfile

import numpy
from PIL import Image

SPLITS = {"train": "train", "validation": "test"}


def photos(archive):
    """(split, class, uuid, bytes) of each photo, sorted."""
    found = []
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and member.name.endswith(".jpg"):
                split, label, file = member.name.removeprefix("./").split("/")
                found.append((SPLITS[split], label, file.removesuffix(".jpg"), tar.extractfile(member).read()))
    return sorted(found)


def short_names(uuids):
    """The shortest common number of leading hexadecimal digits, 8 or more, that tells all apart."""
    digits = [uuid.replace("-", "") for uuid in uuids]
    length = next(n for n in range(8, 33) if len({d[:n] for d in digits}) == len(digits))
    return [d[:length] for d in digits]


def reduced(jpeg, side, quality):
    photo = Image.open(io.BytesIO(jpeg)).convert("RGB")
    scale = side / min(photo.size)
    size = tuple(round(length * scale) for length in photo.size)
    out = io.BytesIO()
    photo.resize(size, Image.Resampling.BILINEAR).save(out, "JPEG", quality=quality, optimize=True, progressive=False)
    return out.getvalue()


def thumbnail(jpeg):
    """16x16 grey, mean 0 and norm 1: near-duplicates have a product close to 1."""
    photo = Image.open(io.BytesIO(jpeg)).convert("L").resize((16, 16), Image.Resampling.BOX)
    grey = numpy.asarray(photo, dtype=numpy.float64).ravel()
    grey -= grey.mean()
    return grey / max(numpy.linalg.norm(grey), 1e-9)


def report_duplicates(found, names, threshold):
    """Prints photos that are the same in both splits: by uuid, by bytes, by pixels; and those that look alike."""
    for title, key in (
        ("uuid", lambda uuid, jpeg: uuid),
        ("bytes", lambda uuid, jpeg: hashlib.sha256(jpeg).hexdigest()),
        ("pixels", lambda uuid, jpeg: hashlib.sha256(Image.open(io.BytesIO(jpeg)).tobytes()).hexdigest()),
    ):
        seen = {"train": set(), "test": set()}
        for split, _, uuid, jpeg in found:
            seen[split].add(key(uuid, jpeg))
        both = len(seen["train"] & seen["test"])
        repeated = len(found) - sum(len(keys) for keys in seen.values())
        print(f"same {title} in train and test: {both}; in one split: {repeated}")
    thumbnails = numpy.stack([thumbnail(jpeg) for _, _, _, jpeg in found])
    likeness = numpy.triu(thumbnails @ thumbnails.T, 1)
    pairs = sorted(zip(*numpy.nonzero(likeness > threshold)), key=lambda pair: -likeness[pair])
    kinds = collections.Counter("-".join(sorted({found[i][0], found[j][0]})) for i, j in pairs)
    print(f"pairs that look alike (16x16 grey, correlation above {threshold}): {dict(kinds)}")
    for i, j in pairs:
        labels = [f"{found[k][0]}/{found[k][1]}/{names[k]}" for k in (i, j)]
        print(f"  {likeness[i, j]:.4f} {labels[0]} {labels[1]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "clothing")
    parser.add_argument("--side", type=int, default=160)
    parser.add_argument("--quality", type=int, default=80)
    parser.add_argument("--threshold", type=float, default=0.99)
    options = parser.parse_args()

    found = photos(options.archive)
    names = short_names([uuid for _, _, uuid, _ in found])
    for split in SPLITS.values():
        shutil.rmtree(options.out / split, ignore_errors=True)
    counts, total = collections.Counter(), 0
    for (split, label, _, jpeg), name in zip(found, names, strict=True):
        path = options.out / split / label / f"{name}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = reduced(jpeg, options.side, options.quality)
        path.write_bytes(data)
        counts[label, split] += 1
        total += len(data)
    for label in sorted({label for label, _ in counts}):
        print(f"{label:12} {counts[label, 'train']:5} {counts[label, 'test']:5}")
    print(f"{len(found)} photos, {total} bytes, names of {len(names[0])} digits")
    report_duplicates(found, names, options.threshold)


if __name__ == "__main__":
    main()
