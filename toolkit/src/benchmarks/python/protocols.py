"""D's dense test of a photo over three scales with its mirror images: python protocols.py PHOTO LAYOUT

LAYOUT: `contiguous`, PyTorch's default, or `channels-last`, for weights and pictures.
"""

import sys

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F
from torchvision.models import vgg16

import peer

SCALES = (256, 384, 512)
MEAN = torch.tensor([123.68, 116.779, 103.939]).view(3, 1, 1)


def read(photo, scale):
    """The photo and its mirror image, smallest side `scale`, less the mean."""
    with Image.open(photo) as image:
        image = image.convert("RGB")
        ratio = scale / min(image.size)
        image = image.resize([int(side * ratio) for side in image.size], Image.BILINEAR)
    pixels = torch.from_numpy(np.array(image)).permute(2, 0, 1).float() - MEAN
    return torch.stack([pixels, pixels.flip(2)])


def main(photo, layout):
    torch.set_num_threads(peer.threads())
    torch.manual_seed(1)
    net = vgg16().eval()
    fc6, fc7, fc8 = (layer for layer in net.classifier if isinstance(layer, torch.nn.Linear))
    memory = torch.channels_last if layout == "channels-last" else torch.contiguous_format
    features = net.features.to(memory_format=memory)

    def scores(pictures):
        # fc6 over the windows of the map as one product: as a 7x7 convolution it would be slower
        maps = features(pictures.contiguous(memory_format=memory))
        x = F.unfold(maps, 7).transpose(1, 2)
        x = F.relu(fc6(x))
        return fc8(F.relu(fc7(x))).mean(1)

    @torch.inference_mode()
    def step(scales=SCALES):
        looks = [F.softmax(scores(read(photo, scale)), 1) for scale in scales]
        return torch.cat(looks).mean(0).numpy()

    step(SCALES[:1])
    peer.serve(step, f"PyTorch {torch.__version__}, {layout}")


if __name__ == "__main__":
    main(*sys.argv[1:])
