"""Writes what PyTorch says of real photos by each protocol of section 3.2, as a safetensors file.

    python testing_goldens.py [--out ../resources/verydeep/goldens/testing.safetensors]

Written from the paper's words, apart from the Java code: rescale to smallest side Q (torchvision, PIL's bilinear),
subtract the mean, and then
- center crop: one look; dense: fully convolutional, the class score map averaged over space; multi-crop: a regular 5x5
  grid of windows from edge to edge;
- the soft-max of each look, the mean over the looks of a picture (mirror images, scales, crops), float64 throughout;
- both: the mean of dense and multi-crop; ensemble: the mean over the nets.
Nets and their weights are those of A.safetensors and D.safetensors (5 classes, window 64).
"""

import argparse
import json
import pathlib

import numpy
import PIL
import torch
import torchvision
from network_goldens import CLASSES, MEAN, NARROW, SIDE, Net, sort_metadata
from PIL import Image
from safetensors.torch import load_file, save_file
from torchvision.transforms import functional

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]
GOLDENS = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens"
PHOTOS = [  # tall, wide, in between, nearly square
    "shoes/6ce1572f.jpg",
    "hat/7b4ca4a5.jpg",
    "shorts/27f3c569.jpg",
    "dress/35f5fecb.jpg",
    "dress/07cddef1.jpg",
]
SCALES = (64, 80, 101)


def net(name):
    weights = {
        key.removeprefix("weight/"): tensor.double()
        for key, tensor in load_file(GOLDENS / f"{name}.safetensors").items()
        if key.startswith("weight/")
    }
    result = Net(name, NARROW, CLASSES, SIDE).double().eval()
    for layer, module in result.layers():
        module.weight.data = weights[f"{layer}.weight"]
        module.bias.data = weights[f"{layer}.bias"]
    return result


def tensor(image):
    gray_levels = torch.from_numpy(numpy.array(image)).double().permute(2, 0, 1)
    return (gray_levels - torch.tensor(MEAN, dtype=torch.float64)[:, None, None])[None]


def whole(image):
    return [image]


def center(image):
    return [functional.center_crop(image, [SIDE, SIDE])]


def grid(image):
    tops = [int(i * (image.height - SIDE) / 4 + 0.5) for i in range(5)]
    lefts = [int(j * (image.width - SIDE) / 4 + 0.5) for j in range(5)]
    return [image.crop((left, top, left + SIDE, top + SIDE)) for top in tops for left in lefts]


def posterior(model, image, view, scales, mirrored):
    looks = []
    for scale in scales:
        for part in view(functional.resize(image, scale)):
            looks.append(part)
            if mirrored:
                looks.append(functional.hflip(part))
    with torch.no_grad():
        scores = [model.dense(tensor(look)).mean(dim=(2, 3))[0] for look in looks]
    return torch.stack([torch.softmax(score, dim=0) for score in scores]).mean(dim=0)


def drawn():
    """Pictures that photo folders hold too: gray, tiny, one side just below the window, very long."""
    random = numpy.random.default_rng(1409)
    sizes = {"gray": (90, 70), "tiny": (7, 5), "below": (63, 100), "long": (900, 66)}
    found = {}
    for name, (width, height) in sizes.items():
        soft = random.integers(0, 256, (height // 4 + 2, width // 4 + 2, 3)).astype(numpy.uint8)
        image = Image.fromarray(soft).resize((width, height), Image.BICUBIC)
        found[name] = image.convert("L").convert("RGB") if name == "gray" else image
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=GOLDENS / "testing.safetensors")
    options = parser.parse_args()
    torch.set_num_threads(1)
    tensors, pictures = {}, {}
    for photo in PHOTOS:
        pictures[photo] = Image.open(REPOSITORY / "datasets/clothing/test" / photo).convert("RGB")
    for name, image in drawn().items():
        pictures[name] = image
        tensors[f"drawn/{name}"] = torch.from_numpy(numpy.array(image))
    protocols = {
        "center crop": (center, (80,), False),
        "dense": (whole, (80,), True),
        "dense, three scales": (whole, SCALES, True),
        "multi-crop": (grid, (80,), True),
        "multi-crop, three scales": (grid, SCALES, True),
    }
    nets = {"A": net("A"), "D": net("D")}
    for protocol, (view, scales, mirrored) in protocols.items():
        for name, model in nets.items():
            rows = [posterior(model, image, view, scales, mirrored) for image in pictures.values()]
            tensors[f"{name}/{protocol}"] = torch.stack(rows).double()
    for name in nets:
        pair = [tensors[f"{name}/{view}, three scales"] for view in ("dense", "multi-crop")]
        tensors[f"{name}/both, three scales"] = torch.stack(pair).mean(dim=0)
    for protocol in (*protocols, "both, three scales"):
        tensors[f"ensemble/{protocol}"] = torch.stack([tensors[f"{name}/{protocol}"] for name in nets]).mean(dim=0)
    tensors = {
        key: value if value.dtype == torch.uint8 else value.float().contiguous() for key, value in tensors.items()
    }
    notes = {
        "pictures": json.dumps(list(pictures)),
        "scales": json.dumps(SCALES),
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "pillow": PIL.__version__,
    }
    save_file(tensors, options.out, notes)
    sort_metadata(options.out)
    print(f"{len(pictures)} pictures, {options.out.stat().st_size} bytes")
    for key, value in tensors.items():
        if value.dtype != torch.uint8:
            print(f"{key:34} first picture {[round(x, 4) for x in value[0].tolist()]}")


if __name__ == "__main__":
    main()
