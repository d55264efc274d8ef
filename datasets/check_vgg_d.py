"""Shows what the float16 of vgg-d-convolutions.safetensors costs, against the float32 it was made from.

    python check_vgg_d.py vgg16_conv.safetensors [--side 96]

Runs both through PyTorch on the photos of clothing/, smallest side rescaled to --side and centre-cropped to a square:
pool5 of the first 100 test photos is compared cell by cell; a linear SVM (C = 1) on average-pooled, L2-normalised
pool5 is trained on the train photos and tested on the test photos. Needs PyTorch, scikit-learn, Pillow and NumPy.
"""

import argparse
import pathlib

import numpy
import torch
from PIL import Image
from sklearn.svm import LinearSVC
from torch.nn import functional

import make_vgg_d

HERE = pathlib.Path(__file__).parent


def square(path, side):
    photo = Image.open(path).convert("RGB")
    scale = side / min(photo.size)
    photo = photo.resize(tuple(round(length * scale) for length in photo.size), Image.Resampling.BILINEAR)
    left, top = (photo.width - side) // 2, (photo.height - side) // 2
    return numpy.asarray(photo.crop((left, top, left + side, top + side)))


def pool5(photos, tensors):
    maps = torch.from_numpy(photos[..., ::-1].astype(numpy.float32) - numpy.float32((103.939, 116.779, 123.68)))
    maps = maps.permute(0, 3, 1, 2)
    for name, following in zip(make_vgg_d.NAMES, make_vgg_d.NAMES[1:] + ["end"], strict=True):
        weight = torch.from_numpy(tensors[f"{name}.weight"].astype(numpy.float32))
        weight = weight.contiguous(memory_format=torch.channels_last)
        maps = functional.conv2d(maps, weight, torch.tensor(tensors[f"{name}.bias"]), padding=1).relu_()
        if following[:5] != name[:5]:
            maps = functional.max_pool2d(maps, 2)
    return maps


def features(photos, tensors):
    batches = (photos[i : i + 16] for i in range(0, len(photos), 16))
    return functional.normalize(torch.cat([pool5(batch, tensors).mean((2, 3)) for batch in batches])).numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--side", type=int, default=96)
    options = parser.parse_args()
    torch.set_grad_enabled(False)

    source, _ = make_vgg_d.read(options.source)
    half, _ = make_vgg_d.read(HERE / "vgg-d-imagenet" / "vgg-d-convolutions.safetensors")
    full = {}
    for name, index in zip(make_vgg_d.NAMES, make_vgg_d.INDICES, strict=True):
        for kind in ("weight", "bias"):
            full[f"{name}.{kind}"] = source[f"features.{index}.{kind}"]

    photos, labels = {}, {}
    for split in ("train", "test"):
        paths = sorted((HERE / "clothing" / split).glob("*/*.jpg"))
        photos[split] = numpy.stack([square(path, options.side) for path in paths])
        labels[split] = numpy.array([path.parent.name for path in paths])

    hundred = photos["test"][:100]
    exact, rounded = pool5(hundred, full), pool5(hundred, half)
    error = (rounded - exact).abs()
    print(f"pool5 of 100 photos at {options.side}: largest {exact.max():.1f}, mean {exact.mean():.4f}")
    print(f"difference relative to the largest cell: largest {error.max() / exact.max():.2e}")
    print(f"difference relative to the mean cell: mean {error.mean() / exact.mean():.2e}")
    strong = exact > exact.mean()
    print(f"cells above the mean, each by itself: largest {(error / exact)[strong].max():.2e},"
          f" mean {(error / exact)[strong].mean():.2e}")

    predictions = {}
    for name, tensors in (("float32", full), ("float16", half)):
        found = {split: features(photos[split], tensors) for split in photos}
        svm = LinearSVC(C=1).fit(found["train"], labels["train"])
        predictions[name] = svm.predict(found["test"])
        right = int((predictions[name] == labels["test"]).sum())
        print(f"{name}: {right} of {len(labels['test'])} test photos right ({right / len(labels['test']):.1%})")
    print(f"predictions that changed: {int((predictions['float32'] != predictions['float16']).sum())}")


if __name__ == "__main__":
    main()
