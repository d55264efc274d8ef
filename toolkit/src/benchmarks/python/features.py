"""Features of photos by D's convolutions, averaged over space: python features.py LIST LAYOUT

LIST is a file with the path of a photo in each line; LAYOUT `contiguous`, PyTorch's default, or `channels-last`. As in
our own extraction photos of the same size out of 32 go through the network together, up to eight at once.
"""

import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F
from torchvision.models import vgg16
from torchvision.transforms import functional

import peer

SCALE, WINDOW, AT_ONCE = 160, 32, 8
MEAN = torch.tensor([103.939, 116.779, 123.68]).view(3, 1, 1)


class Photos(torch.utils.data.Dataset):
    def __init__(self, files):
        self.files = files

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        with Image.open(self.files[index]) as image:
            image = functional.resize(image.convert("RGB"), SCALE)
        return torch.from_numpy(np.array(image)).permute(2, 0, 1)[[2, 1, 0]].float() - MEAN


def main(files, layout):
    torch.set_num_threads(peer.threads())
    torch.manual_seed(1)
    memory = torch.channels_last if layout == "channels-last" else torch.contiguous_format
    net = vgg16().features.eval().to(memory_format=memory)
    photos = pathlib.Path(files).read_text().splitlines()

    @torch.inference_mode()
    def step(some=photos):
        loader = torch.utils.data.DataLoader(
            Photos(some), batch_size=WINDOW, num_workers=peer.threads(), collate_fn=lambda window: window
        )
        vectors = []
        for window in loader:
            same = {}
            for i, photo in enumerate(window):
                same.setdefault(photo.shape, []).append(i)
            found = [None] * len(window)
            for members in same.values():
                for at in range(0, len(members), AT_ONCE):
                    batch = members[at : at + AT_ONCE]
                    pixels = torch.stack([window[i] for i in batch]).contiguous(memory_format=memory)
                    for i, vector in zip(batch, net(pixels).mean((2, 3)), strict=True):
                        found[i] = vector
            vectors += found
        return F.normalize(torch.stack(vectors)).numpy()

    step(photos[:64])
    peer.serve(step, f"PyTorch {torch.__version__}, {layout}")


if __name__ == "__main__":
    main(*sys.argv[1:])
