"""Trains a net in float64 and several times in float32 on the batches that LossCurvesTest writes, and prints the losses.

    python loss_curves.py FOLDER CONFIGURATION NARROW CLASSES SIDE BATCH STEPS RATE

FOLDER holds weights.txt (a name and sizes a line), weights.f32 in its order, pixels.f32 and labels.i32; the batches are
used one after the other, again and again. A line is a name and the loss of each step: float64; float32; and float32/1,
float32/2 and so on, whose first weights differ from the given ones by up to one unit of their last place. Once rounding
has decided a ReLU otherwise, trainings part, and these show how far.
"""

import pathlib
import sys

import numpy
import torch
from network_goldens import DECAY, MOMENTUM, Net
from torch.nn import functional

PERTURBED = 5
LAST_PLACE = 2.0**-23


def load(net, folder):
    numbers = torch.from_numpy(numpy.fromfile(folder / "weights.f32", "<f4"))
    tensors, at = net.tensors(), 0
    for line in (folder / "weights.txt").read_text().splitlines():
        name, *sizes = line.split()
        sizes = [int(size) for size in sizes]
        count = numpy.prod(sizes)
        tensors[name].data = numbers[at : at + count].reshape(sizes).clone()
        at += count
    assert at == len(numbers)


def perturb(net, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for w in net.parameters():
            w.mul_(1 + LAST_PLACE * (2 * torch.rand(w.shape, generator=generator) - 1))


def losses(net, pixels, labels, batch, steps, rate):
    """Of the steps of section 3.1, as the paper's framework takes them."""
    velocities = [torch.zeros_like(w) for w in net.parameters()]
    found = []
    for step in range(steps):
        at = step * batch % len(labels)
        loss = functional.cross_entropy(net(pixels[at : at + batch]), labels[at : at + batch])
        net.zero_grad()
        loss.backward()
        found.append(loss.item())
        with torch.no_grad():
            for w, v in zip(net.parameters(), velocities, strict=True):
                decay = DECAY if w.dim() > 1 else 0.0
                v.mul_(MOMENTUM).add_(w.grad + decay * w, alpha=rate)
                w.sub_(v)
    return found


def main(folder, configuration, narrow, classes, side, batch, steps, rate):
    labels = torch.from_numpy(numpy.fromfile(folder / "labels.i32", "<i4")).long()
    pixels = torch.from_numpy(numpy.fromfile(folder / "pixels.f32", "<f4")).reshape(-1, 3, side, side)
    for run in range(-1, PERTURBED + 1):
        kind = torch.float64 if run < 0 else torch.float32
        net = Net(configuration, narrow, classes, side)
        load(net, folder)
        if run > 0:
            perturb(net, run)
        found = losses(net.to(kind).train(), pixels.to(kind), labels, batch, steps, rate)
        print(str(kind).removeprefix("torch.") + (f"/{run}" if run > 0 else ""), *found)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:8]), float(sys.argv[8]))
