"""The centre crops of some photos by D, from a cold start: python cold_start.py WEIGHTS PHOTOS

Eight photos go through the network together, as in our own test.
"""

import os
import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from safetensors.torch import load_file
from torchvision.models.vgg import VGG, cfgs, make_layers
from torchvision.transforms import functional

MEAN = torch.tensor([103.939, 116.779, 123.68]).view(3, 1, 1)


def read(file):
    with Image.open(file) as image:
        image = functional.center_crop(functional.resize(image.convert("RGB"), 256), 224)
    return torch.from_numpy(np.array(image)).permute(2, 0, 1)[[2, 1, 0]].float() - MEAN


def network(weights):
    """torchvision's D with our weights, which are stored by the paper's names of layers: in the order of the alphabet."""
    with torch.device("meta"):
        net = VGG(make_layers(cfgs["D"]), num_classes=10)
    ours = load_file(weights)
    layers = sorted({name.split(".")[0] for name in ours})
    names = [f"{layer}.{part}" for layer in layers for part in ("weight", "bias")]
    net.load_state_dict({theirs: ours[name] for theirs, name in zip(net.state_dict(), names, strict=True)}, assign=True)
    return net.eval()


@torch.inference_mode()
def main(weights, photos):
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    files = sorted(pathlib.Path("datasets/clothing/train").rglob("*.jpg"))[: int(photos)]
    net = network(weights).to(memory_format=torch.channels_last)
    found = []
    for at in range(0, len(files), 8):
        pixels = torch.stack([read(file) for file in files[at : at + 8]])
        found += net(pixels.contiguous(memory_format=torch.channels_last)).argmax(1).tolist()
    print(f"predicted {len(found)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
