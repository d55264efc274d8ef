"""JPEGs of 500x375 pixels, mosaics of the photos in a folder: python photos.py FROM TO COUNT

Enlarged photos would be smoother than real ones, and quicker to decode; pieces keep their detail.
"""

import pathlib
import random
import sys

from PIL import Image

WIDTH, HEIGHT, QUALITY = 500, 375, 85


def main(source, target, count):
    files = sorted(pathlib.Path(source).rglob("*.jpg"))
    random.seed(1)
    for i in range(count):
        mosaic = Image.new("RGB", (WIDTH, HEIGHT))
        y = 0
        while y < HEIGHT:
            x, row = 0, HEIGHT
            while x < WIDTH:
                piece = Image.open(random.choice(files)).convert("RGB")
                mosaic.paste(piece, (x, y))
                x += piece.width
                row = min(row, piece.height)
            y += row
        folder = pathlib.Path(target) / f"class{i % 4}"
        folder.mkdir(parents=True, exist_ok=True)
        mosaic.save(folder / f"{i:04}.jpg", quality=QUALITY)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
