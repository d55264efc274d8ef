"""PyTorch's training step of a VGG.

    python training_step.py CONTESTANT CONFIGURATION WIDTH SIDE BATCH CLASSES FROZEN BATCH_NORM

CONTESTANT is `PyTorch` for the eager step in float32, with `, channels-last`, `, compiled` (which is channels-last too) or
`, bf16 autocast` behind it, or several of them. FROZEN and BATCH_NORM are true or false; frozen are the convolutions.
"""

import sys

import torch
from torch import nn
from torchvision.models import vgg

import peer

CONFIGURATIONS = {"A": "A", "B": "B", "D": "D", "E": "E"}
UNITS = 4096


def network(configuration, width, side, classes, batch_norm=False):
    """torchvision's convolutions and the paper's classifier, all narrower by `width`."""
    layers = [c if c == "M" else int(c * width) for c in vgg.cfgs[CONFIGURATIONS[configuration]]]
    units = int(UNITS * width)
    map_size = layers[-2] * (side // 32) ** 2
    return nn.Sequential(
        vgg.make_layers(layers, batch_norm=batch_norm),
        nn.Flatten(),
        nn.Linear(map_size, units),
        nn.ReLU(inplace=True),
        nn.Dropout(),
        nn.Linear(units, units),
        nn.ReLU(inplace=True),
        nn.Dropout(),
        nn.Linear(units, classes),
    )


def main(contestant, configuration, width, side, batch, classes, frozen, batch_norm):
    torch.set_num_threads(peer.threads())
    torch.manual_seed(1)
    net = network(configuration, width, side, classes, batch_norm).train()
    net[0].requires_grad_(not frozen)
    learned = [p for p in net.parameters() if p.requires_grad]
    weights = [p for p in learned if p.dim() > 1]
    biases = [p for p in learned if p.dim() == 1]
    sgd = torch.optim.SGD(
        [{"params": weights, "weight_decay": 5e-4}, {"params": biases}], lr=1e-5, momentum=0.9, fused=True
    )
    pixels = torch.randn(batch, 3, side, side) * 60
    labels = torch.arange(batch) % classes
    compiled = "compiled" in contestant
    half = "bf16 autocast" in contestant
    if compiled or "channels-last" in contestant:
        net = net.to(memory_format=torch.channels_last)
        pixels = pixels.to(memory_format=torch.channels_last)
    cross_entropy = nn.CrossEntropyLoss()

    def loss():
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            return cross_entropy(net(pixels), labels)

    if compiled:
        loss = torch.compile(loss)

    def step():
        sgd.zero_grad(set_to_none=True)
        mean = loss()
        mean.backward()
        sgd.step()
        return mean.item()

    peer.serve(step, f"PyTorch {torch.__version__} in {'bf16 by autocast' if half else 'f32'}")


if __name__ == "__main__":
    sizes = map(int, sys.argv[4:7])
    switches = (word == "true" for word in sys.argv[7:9])
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), *sizes, *switches)
