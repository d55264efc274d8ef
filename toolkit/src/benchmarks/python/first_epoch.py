"""The first epoch of the main job, from a cold start: python first_epoch.py FOLDER

Net A at a quarter of the width, 64 pixels, batches of 32, jittered from 64 to 96, a tenth of the photos for validation.
"""

import os
import sys

import torch
from torch import nn
from torchvision import transforms as t
from torchvision.datasets import ImageFolder

from loader import MEAN, Jitter, shift_colours
from training_step import network

SIDE = 64
THREADS = int(os.environ["OMP_NUM_THREADS"])


def batches(folder, first, images):
    augmented = t.Compose(
        [
            first,
            t.RandomCrop(SIDE),
            t.RandomHorizontalFlip(),
            t.ToTensor(),
            shift_colours,
            t.Normalize(MEAN, [1 / 255.0] * 3),
        ]
    )
    part = torch.utils.data.Subset(ImageFolder(folder, augmented), images)
    return torch.utils.data.DataLoader(part, batch_size=32, shuffle=True, num_workers=THREADS)


def main(folder):
    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    order = torch.randperm(len(ImageFolder(folder))).tolist()
    held = len(order) // 10
    net = network("A", 0.25, SIDE, 10)
    sgd = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4, fused=True)
    loss = nn.CrossEntropyLoss()
    net.train()
    for pixels, labels in batches(folder, Jitter(64, 96), order[held:]):
        sgd.zero_grad(set_to_none=True)
        loss(net(pixels), labels).backward()
        sgd.step()
    net.eval()
    wrong = 0
    with torch.inference_mode():
        for pixels, labels in batches(folder, t.Resize(SIDE), order[:held]):
            wrong += int((net(pixels).argmax(1) != labels).sum())
    print(f"epoch 1: validation error {100 * wrong / held:.1f}%", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
