"""D's weights, random, as torchvision names them, in two formats: python weights_files.py FOLDER

Writes d.safetensors and d.pth, 553 MB each.
"""

import pathlib
import sys

import torch
from safetensors.torch import save_file
from torchvision.models import vgg16


def main(folder):
    torch.manual_seed(1)
    with torch.device("meta"):
        shapes = {name: tensor.shape for name, tensor in vgg16().state_dict().items()}
    state = {name: torch.randn(shape) * 0.01 for name, shape in shapes.items()}
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(state, folder / "d.safetensors", {"format": "pt"})
    torch.save(state, folder / "d.pth")


if __name__ == "__main__":
    main(sys.argv[1])
