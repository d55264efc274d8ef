"""torchvision's loader with the paper's augmentation: python loader.py FOLDER SMALLEST LARGEST WORKERS

One unit of work is an epoch over the folder, in batches of 32.
"""

import random
import sys

import PIL
import torch
import torchvision
from torchvision import transforms as t
from torchvision.datasets import ImageFolder

import peer

MEAN = torch.tensor([0.485, 0.456, 0.406])
VECTORS = torch.tensor(
    [[-0.5675, 0.7192, 0.4009], [-0.5808, -0.0045, -0.8140], [-0.5836, -0.6948, 0.4203]]
)
VALUES = torch.tensor([0.2175, 0.0188, 0.0045])


class Jitter:
    """Resizes to a smallest side drawn for each picture."""

    def __init__(self, smallest, largest):
        self.smallest, self.largest = smallest, largest

    def __call__(self, picture):
        return t.functional.resize(picture, random.randint(self.smallest, self.largest))


def shift_colours(picture):
    shift = VECTORS @ (torch.randn(3) * 0.1 * VALUES)
    return picture + shift[:, None, None]


def main(folder, smallest, largest, workers):
    torch.set_num_threads(1)
    augmented = t.Compose(
        [
            t.Resize(smallest) if smallest == largest else Jitter(smallest, largest),
            t.RandomCrop(224),
            t.RandomHorizontalFlip(),
            t.ToTensor(),
            shift_colours,
            t.Normalize(MEAN, [1 / 255.0] * 3),
        ]
    )
    batches = torch.utils.data.DataLoader(
        ImageFolder(folder, augmented),
        batch_size=32,
        shuffle=True,
        num_workers=workers,
        persistent_workers=True,
    )

    def step():
        return sum(len(labels) for _, labels in batches)

    versions = f"torchvision {torchvision.__version__}, Pillow {PIL.__version__}"
    peer.serve(step, versions)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
