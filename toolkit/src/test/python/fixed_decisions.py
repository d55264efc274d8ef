"""Computes a net's gradients in float64 with the decisions of its ReLUs and maxima given, for FixedDecisionsTest.

    python fixed_decisions.py FOLDER CONFIGURATION BATCH_NORM NARROW CLASSES SIDE

FOLDER holds weights.txt (a name and sizes a line), weights.f32 in its order, pixels.f32, labels.i32 and decisions.f32:
of each convolution in order, images x channels x height x width of what it hands on, 0 where a ReLU gave 0, else 1 plus
the number of the maximum, 0 to 3, where a maximum follows. Where LRN comes in between, the ReLU's own come first, and
then those of the maxima, whether or not they are 0.

Hidden units of fc6 and fc7 that rounding could decide otherwise are dropped: drop6.f32 and drop7.f32 get 0 for them, and
1 for the others. gradients.f32 gets the gradients of the mean cross-entropy in the order of weights.txt, without running statistics.
"""

import pathlib
import sys

import numpy
import torch
from loss_curves import load
from network_goldens import Net
from torch import nn
from torch.nn import functional

# Of the largest: errors of 32 bits are some hundred times smaller.
UNDECIDED = 1e-3


class Decisions:
    def __init__(self, file):
        self.numbers = torch.from_numpy(numpy.fromfile(file, "<f4"))

    def next(self, shape):
        count = numpy.prod(shape)
        taken, self.numbers = self.numbers[:count], self.numbers[count:]
        return taken.reshape(*shape)


def take(x, choices):
    """The pixel of each 2x2 window that was the largest."""
    windows = x[..., : x.shape[-2] // 2 * 2, : x.shape[-1] // 2 * 2].unfold(2, 2, 2).unfold(3, 2, 2)
    return windows.flatten(4).gather(4, choices.long()[..., None])[..., 0]


def features(net, x, decisions):
    layers = list(net.features)
    for i, layer in enumerate(layers):
        if not isinstance(layer, nn.Conv2d):
            continue
        x = layer(x)
        after = i + 1
        if isinstance(layers[after], nn.BatchNorm2d):
            x = layers[after](x)
            after += 1
        after += 1  # the ReLU
        normalized = isinstance(layers[after], nn.LocalResponseNorm)
        if normalized:
            x = layers[after](x * (decisions.next(x.shape) > 0))
        pools = isinstance(layers[after + normalized], nn.MaxPool2d)
        if pools:
            choices = decisions.next((*x.shape[:2], x.shape[2] // 2, x.shape[3] // 2))
            x = take(x, (choices - 1).clamp(min=0))
        else:
            choices = decisions.next(x.shape)
        if not normalized:
            x = x * (choices > 0)
    assert len(decisions.numbers) == 0
    return x


def main(folder, configuration, batch_norm, narrow, classes, side):
    labels = torch.from_numpy(numpy.fromfile(folder / "labels.i32", "<i4")).long()
    pixels = torch.from_numpy(numpy.fromfile(folder / "pixels.f32", "<f4")).reshape(-1, 3, side, side)
    net = Net(configuration, narrow, classes, side, batch_norm)
    load(net, folder)
    net = net.double().train()
    x = torch.flatten(features(net, pixels.double(), Decisions(folder / "decisions.f32")), 1)
    for name in ("6", "7"):
        x = getattr(net, "fc" + name)(x)
        decided = x.abs() > UNDECIDED * x.abs().max()
        decided.numpy().astype("<f4").tofile(folder / f"drop{name}.f32")
        print(f"fc{name}: {(~decided).sum()} of {decided.numel()} units dropped")
        x = functional.relu(x) * decided
    functional.cross_entropy(net.fc8(x), labels).backward()
    tensors = net.tensors()
    order = [line.split()[0] for line in (folder / "weights.txt").read_text().splitlines()]
    order = [name for name in order if "running" not in name]
    numpy.concatenate([tensors[name].grad.flatten().numpy() for name in order]).astype("<f4").tofile(
        folder / "gradients.f32"
    )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "true", *map(int, sys.argv[4:7]))
