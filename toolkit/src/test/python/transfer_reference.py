"""Prints how many of the clothing photos PyTorch and scikit-learn get right from D's features: no golden, a comparison.

    python transfer_reference.py [--scale 160] [--keep FILE.npz]

Appendix B, apart from the Java code: rescale to smallest side Q (torchvision, PIL's bilinear), subtract the mean, average
each map over space, with and without the mean over the mirror image, divide by the Euclidean length; scikit-learn's
LinearSVC with C=1, and with C chosen on a fifth of the training photos. Also by the same net with random weights (three
seeds, He's standard deviations, no offsets). Needs scikit-learn beside the packages of requirements.txt.
"""

import argparse
import math
import pathlib

import numpy
import sklearn
import torch
import torchvision
from PIL import Image
from safetensors.torch import load_file
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC
from torch.nn import functional as F
from torchvision.transforms import functional

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]
SHIPPED = REPOSITORY / "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"
BGR_MEAN = (103.939, 116.779, 123.68)
BLOCKS = (2, 2, 3, 3, 3)
COSTS = (0.1, 1, 10, 100)


def drawn(weights, seed):
    random = torch.Generator().manual_seed(seed)
    found = {}
    for name, tensor in weights.items():
        if name.endswith("weight"):
            deviation = math.sqrt(2 / tensor[0].numel())
            found[name] = torch.randn(tensor.shape, generator=random) * deviation
        else:
            found[name] = torch.zeros_like(tensor)
    return found


def averages(weights, x):
    """The mean of each map of pool1 to pool5 over space, a row a picture."""
    found = []
    for block, convolutions in enumerate(BLOCKS, 1):
        for i in range(1, convolutions + 1):
            name = f"conv{block}_{i}"
            x = torch.relu(F.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1))
        x = F.max_pool2d(x, 2)
        found.append(x.mean(dim=(2, 3)).numpy())
    return found


def photos(folder):
    classes = sorted(path.name for path in (REPOSITORY / "datasets/clothing" / folder).iterdir())
    return [(file, label) for label, name in enumerate(classes)
            for file in sorted((REPOSITORY / "datasets/clothing" / folder / name).iterdir())]


def features(nets, files, scale):
    """For each net an array: pictures x (as it is, mirrored) x layers, each a vector."""
    rows = [[] for _ in nets]
    with torch.no_grad():
        for k, (file, _) in enumerate(files):
            image = functional.resize(Image.open(file).convert("RGB"), scale)
            x = torch.from_numpy(numpy.array(image)).float().permute(2, 0, 1)[None]
            x = x[:, [2, 1, 0]] - torch.tensor(BGR_MEAN)[:, None, None]
            both = torch.cat([x, x.flip(3)]).contiguous(memory_format=torch.channels_last)
            for net, found in zip(nets, rows):
                found.append(averages(net, both))
            if k % 200 == 0:
                print(f"{k} of {len(files)}", flush=True)
    return [[numpy.stack([row[layer] for row in found]) for layer in range(5)] for found in rows]


def unit(vectors):
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


def right(train, labels, test, truth):
    """Percentages with C=1 and with C chosen on a fifth."""
    def score(cost, x, y, seen, wanted):
        return LinearSVC(C=cost, max_iter=20000).fit(x, y).score(seen, wanted)

    fit, check, own, theirs = train_test_split(train, labels, test_size=0.2, stratify=labels, random_state=1)
    chosen = max(COSTS, key=lambda cost: score(cost, fit, own, check, theirs))
    return 100 * score(1, train, labels, test, truth), 100 * score(chosen, train, labels, test, truth), chosen


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=int, default=160)
    parser.add_argument("--seeds", type=int, default=3, help="nets with random weights")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    released = load_file(SHIPPED)
    released = {name: tensor.float() for name, tensor in released.items()}
    names = ["released"] + [f"random {seed}" for seed in range(1, options.seeds + 1)]
    nets = [released] + [drawn(released, seed) for seed in range(1, options.seeds + 1)]
    train, test = photos("train"), photos("test")
    learned, seen = features(nets, train, options.scale), features(nets, test, options.scale)
    if options.keep:
        numpy.savez(options.keep, **{f"{name}/{part}/pool{i + 1}": vectors[i]
                                     for part, all_of in (("train", learned), ("test", seen))
                                     for name, vectors in zip(names, all_of) for i in range(5)})
    labels, truth = (numpy.array([label for _, label in part]) for part in (train, test))
    print(f"torch {torch.__version__}, torchvision {torchvision.__version__}, scikit-learn {sklearn.__version__}, Q={options.scale}")
    print("net        layer   plain C=1  chosen    C   mirrored C=1  chosen    C")
    for name, own, theirs in zip(names, learned, seen):
        for layer in range(5):
            plain = right(unit(own[layer][:, 0]), labels, unit(theirs[layer][:, 0]), truth)
            mean = right(unit(own[layer].mean(axis=1)), labels, unit(theirs[layer].mean(axis=1)), truth)
            print(f"{name:10} pool{layer + 1}   %9.1f %7.1f %4g      %9.1f %7.1f %4g" % (plain + mean), flush=True)


if __name__ == "__main__":
    main()
