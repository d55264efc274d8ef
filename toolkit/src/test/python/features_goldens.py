"""Writes features of real photos by appendix B, computed by PyTorch and NumPy, as a safetensors file.

    python features_goldens.py [--out ../resources/verydeep/goldens/features.safetensors]

Written from the paper's words, apart from the Java code: rescale to smallest side Q (torchvision, PIL's bilinear),
subtract the mean, run the net over the whole picture and over its mirror image, average each map over space, take the
mean of the two; several Q one behind the other or their mean; divide by the Euclidean length. float64 throughout.

Nets: `shipped`, the convolutions of D in datasets/vgg-d-imagenet; `small`, the net of D.safetensors, which has fc6 and
fc7 (width 1/32, window 64); and `connected`, the shipped convolutions with fc6 and fc7 of 128 units behind them, whose
weights come from a formula (`made`) and whose window of 224 pixels is as wide as D's.
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
from torch.nn import functional as F
from torchvision.transforms import functional

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]
GOLDENS = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens"
SHIPPED = REPOSITORY / "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"
PHOTOS = ["shoes/6ce1572f.jpg", "hat/7b4ca4a5.jpg", "dress/35f5fecb.jpg"]  # tall, wide, nearly square
BGR_MEAN = (103.939, 116.779, 123.68)

SHIPPED_LAYERS = ["conv1_2", "pool1", "pool2", "conv3_1", "pool3", "pool4", "conv5_3", "pool5"]
SMALL_LAYERS = ["pool5", "fc6", "fc7"]
SHIPPED_SCALES, SMALL_SCALES, CONNECTED_SCALES = (128, 96), (80, 64, 101), (288,)
UNITS, WINDOW = 128, 7


def shipped():
    """Gives the maps of each layer of the released convolutions of D, for a picture as PIL has it."""
    weights = {name: tensor.double() for name, tensor in load_file(SHIPPED).items()}

    def maps(image):
        x = pixels(image)[:, [2, 1, 0]] - torch.tensor(BGR_MEAN, dtype=torch.float64)[:, None, None]
        found = {}
        for block, convolutions in enumerate((2, 2, 3, 3, 3), 1):
            for i in range(1, convolutions + 1):
                name = f"conv{block}_{i}"
                x = torch.relu(F.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1))
                found[name] = x
            x = F.max_pool2d(x, 2)
            found[f"pool{block}"] = x
        return found

    return maps


def small():
    """The same of the narrow D with its fully connected layers, as convolutions over the whole picture."""
    net = Net("D", NARROW, CLASSES, SIDE).double().eval()
    weights = load_file(GOLDENS / "D.safetensors")
    for name, module in net.layers():
        module.weight.data = weights[f"weight/{name}.weight"].double()
        module.bias.data = weights[f"weight/{name}.bias"].double()

    def maps(image):
        pool5 = net.features(pixels(image) - torch.tensor(MEAN, dtype=torch.float64)[:, None, None])
        window = net.fc6.weight.reshape(net.fc6.out_features, -1, SIDE // 32, SIDE // 32)
        fc6 = torch.relu(F.conv2d(pool5, window, net.fc6.bias))
        fc7 = torch.relu(F.conv2d(fc6, net.fc7.weight[..., None, None], net.fc7.bias))
        return {"pool5": pool5, "fc6": fc6, "fc7": fc7}

    return maps


def made(shape, salt, scale):
    """Numbers from -scale / 2 to scale / 2 that 32 bits hold exactly: a hash of each one's place."""
    place = numpy.arange(numpy.prod(shape), dtype=numpy.uint32) + numpy.uint32(salt)
    mixed = place * numpy.uint32(2654435761)
    mixed ^= mixed >> numpy.uint32(15)
    numbers = (mixed >> numpy.uint32(8)) / 2.0**24 - 0.5
    return torch.from_numpy((numbers * scale).reshape(shape))


def connected():
    """The released convolutions, and fc6 and fc7 as convolutions."""
    convolutions = shipped()
    window = made((UNITS, 512, WINDOW, WINDOW), 1, 2.0**-8)
    square = made((UNITS, UNITS, 1, 1), 2, 1.0)

    def maps(image):
        fc6 = torch.relu(F.conv2d(convolutions(image)["pool5"], window))
        return {"fc6": fc6, "fc7": torch.relu(F.conv2d(fc6, square))}

    return maps


def pixels(image):
    return torch.from_numpy(numpy.array(image)).double().permute(2, 0, 1)[None]


def responses(maps, photo, scales, mirrored):
    """For each layer an array, scales x channels: averaged over space and over the mirror images."""
    by_scale = []
    for scale in scales:
        image = functional.resize(photo, scale)
        looks = [image, functional.hflip(image)] if mirrored else [image]
        with torch.no_grad():
            found = [maps(look) for look in looks]
        by_scale.append(
            {layer: numpy.mean([look[layer][0].numpy().mean(axis=(1, 2)) for look in found], axis=0) for layer in found[0]}
        )
    return {layer: numpy.stack([scale[layer] for scale in by_scale]) for layer in by_scale[0]}


def unit(vector):
    return vector / numpy.linalg.norm(vector)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=GOLDENS / "features.safetensors")
    options = parser.parse_args()
    torch.set_num_threads(1)
    photos = [Image.open(REPOSITORY / "datasets/clothing/test" / photo).convert("RGB") for photo in PHOTOS]
    tensors = {}
    nets = {
        "shipped": (shipped(), SHIPPED_SCALES, SHIPPED_LAYERS),
        "small": (small(), SMALL_SCALES, SMALL_LAYERS),
        "connected": (connected(), CONNECTED_SCALES, ["fc6", "fc7"]),
    }
    for name, (maps, scales, layers) in nets.items():
        mirrored = [responses(maps, photo, scales, True) for photo in photos]
        plain = [responses(maps, photo, scales[:1], False) for photo in photos]
        for layer in layers:
            rows = {
                "single": [unit(found[layer][0]) for found in mirrored],
                "plain": [unit(found[layer][0]) for found in plain],
                "stacked": [unit(found[layer].reshape(-1)) for found in mirrored],
                "averaged": [unit(found[layer].mean(axis=0)) for found in mirrored],
            }
            # one layer shows how responses are put together; the others only that they are the right ones
            for how in rows if f"{name}/{layer}" in ("shipped/conv3_1", "small/fc7") else ["single"]:
                tensors[f"{name}/{layer}/{how}"] = torch.from_numpy(numpy.stack(rows[how])).float().contiguous()
    notes = {
        "photos": json.dumps(PHOTOS),
        "scales": json.dumps(
            {"shipped": SHIPPED_SCALES, "small": SMALL_SCALES, "connected": CONNECTED_SCALES}
        ),
        "numpy": numpy.__version__,
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "pillow": PIL.__version__,
    }
    save_file(tensors, options.out, notes)
    sort_metadata(options.out)
    print(f"{len(tensors)} tensors, {options.out.stat().st_size} bytes")
    for key, value in tensors.items():
        print(f"{key:28} {tuple(value.shape)}, first {[round(x, 4) for x in value[0, :4].tolist()]}")


if __name__ == "__main__":
    main()
