"""PyTorch's eager step of style transfer with D's convolutions (Gatys et al. 2016), by Adam.

    python style_transfer.py SIDE CHANNELS_LAST

CHANNELS_LAST is true or false.
"""

import sys

import torch
from torch import nn
from torchvision.models import vgg

import peer

# Among D's layers: the ReLUs of conv1_1, conv2_1, conv3_1, conv4_1 and conv5_1, and that of conv4_2.
STYLE, CONTENT, LAST = (1, 6, 11, 18, 25), 20, 26


def main(side, channels_last):
    torch.set_num_threads(peer.threads())
    torch.manual_seed(1)
    net = vgg.make_layers(vgg.cfgs["D"])[:LAST].eval().requires_grad_(False)
    for module in net:
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight)
    content = torch.rand(1, 3, side, side) * 255 - 128
    style = torch.rand(1, 3, side, side) * 255 - 128
    if channels_last:
        net = net.to(memory_format=torch.channels_last)
        content = content.to(memory_format=torch.channels_last)
        style = style.to(memory_format=torch.channels_last)

    def maps(x):
        found = {}
        for i, module in enumerate(net):
            x = module(x)
            if i in STYLE or i == CONTENT:
                found[i] = x
        return found

    def gram(x):
        rows = x[0].flatten(1)
        return rows @ rows.T / rows.shape[1]

    with torch.no_grad():
        target = maps(content)[CONTENT]
        grams = {i: gram(x) for i, x in maps(style).items() if i in STYLE}
    image = content.clone().requires_grad_()
    adam = torch.optim.Adam([image], lr=1.0)

    def step():
        adam.zero_grad(set_to_none=True)
        found = maps(image)
        loss = (found[CONTENT] - target).square().sum() / 2
        for i in STYLE:
            loss = loss + 200 * (gram(found[i]) - grams[i]).square().sum() / (4 * found[i].shape[1] ** 2)
        loss.backward()
        adam.step()
        return loss.item()

    peer.serve(step, f"PyTorch {torch.__version__}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] == "true")
