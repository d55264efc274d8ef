"""Writes what PyTorch computes in float64 of the real D with batch normalization, as a safetensors file.

    python folded_goldens.py [--out ../resources/verydeep/goldens]

The convolutions are the trained ones of datasets/vgg-d-imagenet. Each gets a batch normalization whose running
statistics are those of photos of datasets/clothing, and whose scale and shift are drawn with the mean and the spread
that trained networks have. README.md beside this script lists the tensors.
"""

import argparse
import pathlib

import numpy
import torch
from network_goldens import sort_metadata
from PIL import Image
from safetensors.torch import load_file, save_file
from torch.nn import functional

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]
BLOCKS = (2, 2, 3, 3, 3)
SIDE = 64
PHOTOS = 24


def photos():
    files = sorted((REPOSITORY / "datasets/clothing/train").glob("*/*.jpg"))
    some = files[:: len(files) // PHOTOS][:PHOTOS]
    images = [numpy.asarray(Image.open(file).convert("RGB").resize((SIDE, SIDE), Image.BILINEAR)) for file in some]
    return torch.from_numpy(numpy.stack(images)).permute(0, 3, 1, 2).double()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    options = parser.parse_args()
    trained = load_file(REPOSITORY / "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors")
    generator = torch.Generator().manual_seed(1502)
    x = photos()[:, [2, 1, 0]] - torch.tensor([103.939, 116.779, 123.68]).float().double().view(3, 1, 1)
    x = x.float().double()
    tensors = {"input": x[:1].float()}
    for block, layers in enumerate(BLOCKS, 1):
        for layer in range(1, layers + 1):
            name = f"{block}_{layer}"
            w, b = (trained[f"conv{name}.{kind}"].double() for kind in ("weight", "bias"))
            z = functional.conv2d(x, w, b, padding=1)
            mean, variance = z.mean((0, 2, 3)).half().double(), z.var((0, 2, 3)).half().double().clamp(min=1e-3)
            gamma = (0.3 + 0.1 * torch.randn(len(b), generator=generator)).clamp(min=0.02).half().double()
            beta = (-0.1 + 0.15 * torch.randn(len(b), generator=generator)).half().double()
            x = functional.batch_norm(z, mean, variance, gamma, beta, training=False, eps=1e-5).relu()
            for kind, values in (("weight", gamma), ("bias", beta), ("running_mean", mean), ("running_var", variance)):
                tensors[f"norm/{name}.{kind}"] = values.half()
        x = functional.max_pool2d(x, 2)
        # one photo's outputs, each eighth of them
        tensors[f"pool{block}"] = x[0].flatten()[:: 2 ** (8 - block)].float()
        tensors[f"pool{block}_largest"] = x[0].max().view(1).float()
    file = options.out / "D_folded.safetensors"
    save_file(tensors, file, {"torch": torch.__version__})
    sort_metadata(file)


if __name__ == "__main__":
    main()
