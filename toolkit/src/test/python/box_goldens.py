"""Writes what PyTorch computes for the Euclidean loss of localisation (appendix A), as safetensors files.

    python box_goldens.py [--out ../resources/verydeep/goldens]

The nets are those of A.safetensors beside the output, with another last layer: 4 outputs (SCR), or 4 for each of 3
classes (PCR). All is computed in float64 and rounded to float32 at the end.
"""

import argparse
import pathlib

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional

from network_goldens import CLASSES, NARROW, SIDE, VERSIONS, Net

BOX_CLASSES = 3
# The second picture's crop holds less than half of its object: it has no box, and does not count.
COUNTS = torch.tensor([1, 0, 1])
LABELS = torch.tensor([2, 0, 1])
# One array behind, one in front of, and one far from the last layer's input.
GRADIENTS = ("fc8.weight", "fc8.bias", "fc7.weight", "fc6.bias", "conv5_2.bias", "conv1_1.weight")


def golden(known, per_class, seed):
    net = Net("A", NARROW, CLASSES, SIDE).double()
    own = net.tensors()
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(known[f"weight/{name}"].double())
    generator = torch.Generator().manual_seed(seed)
    outputs = 4 * BOX_CLASSES if per_class else 4
    net.fc8 = torch.nn.Linear(net.fc7.out_features, outputs).double()
    with torch.no_grad():
        for tensor in (net.fc8.weight, net.fc8.bias):
            drawn = torch.randn(tensor.shape, generator=generator) * 0.05
            tensor.copy_(drawn.double())  # float32 holds it exactly
    boxes = torch.rand((3, 4), generator=generator)

    given = net(known["input"].double())
    if per_class:
        chosen = given.unflatten(1, (BOX_CLASSES, 4))[torch.arange(3), LABELS]
    else:
        chosen = given
    counted = COUNTS.bool()
    loss = functional.mse_loss(chosen[counted], boxes[counted].double(), reduction="sum") / 2 / counted.sum()
    loss.backward()

    tensors = net.tensors()
    result = {
        "fc8.weight": net.fc8.weight,
        "fc8.bias": net.fc8.bias,
        "boxes": boxes,
        "outputs": given,
        "loss": loss.reshape(1),
    }
    result |= {f"gradient/{name}": tensors[name].grad for name in GRADIENTS}
    result = {name: tensor.detach().float().contiguous() for name, tensor in result.items()}
    return result | {"labels": LABELS.clone(), "counts": COUNTS.clone()}


def main():
    folder = pathlib.Path(__file__).resolve().parent.parent / "resources/verydeep/goldens"
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, default=folder)
    out = parser.parse_args().out
    known = load_file(folder / "A.safetensors")
    for name, per_class, seed in (("box_scr", False, 1), ("box_pcr", True, 2)):
        save_file(golden(known, per_class, seed), out / f"{name}.safetensors", VERSIONS)


if __name__ == "__main__":
    main()
