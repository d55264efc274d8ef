"""Writes what captum, lpips and PyTorch say of maps of attribution, perceptual distances, strongest patches and images
made from features, as a safetensors file and a file of heads.

    python inspection_goldens.py [--out ../resources/verydeep/goldens]

It needs more packages than the other goldens: captum and lpips (README.md has the versions). Nets: `small`, the net of
D.safetensors (width 1/32, window 64, five classes), and `shipped`, the convolutions of D in datasets/vgg-d-imagenet.
All is computed in float64.
"""

import argparse
import importlib.metadata
import json
import pathlib

import captum.attr
import lpips
import numpy
import PIL
import torch
import torchvision
from network_goldens import CLASSES, MEAN, NARROW, SIDE, Net, sort_metadata
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import nn

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]
GOLDENS = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens"
SHIPPED = REPOSITORY / "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"
PHOTOS = ["shoes/6ce1572f.jpg", "hat/7b4ca4a5.jpg", "dress/35f5fecb.jpg"]
HEIGHT, WIDTH = 48, 56
BGR_MEAN = (103.939, 116.779, 123.68)

CAMERAS = ("conv5_3", "conv3_2")
SHOWN = (0, 3)  # classes whose maps of pixels are kept
PATCH, STRIDE = 16, 10
DISTANCE_SIDE = 256
PATCHES = ("conv1_2", "conv3_1", "conv4_3", "pool5")
CONTENT, STYLE = "conv4_2", ("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")
STYLE_WEIGHT, VARIATION_WEIGHT, RATE, STEPS = 1000.0, 10.0, 1.0, 10
CONVOLUTIONS = [f"conv{block}_{i}" for block, count in enumerate((2, 2, 3, 3, 3), 1) for i in range(1, count + 1)]


class Dense(nn.Module):
    """The scores of the fully convolutional form, averaged over its places."""

    def __init__(self):
        super().__init__()
        self.net = Net("D", NARROW, CLASSES, SIDE).double().eval()
        weights = load_file(GOLDENS / "D.safetensors")
        for name, module in self.net.layers():
            module.weight.data = weights[f"weight/{name}.weight"].double()
            module.bias.data = weights[f"weight/{name}.bias"].double()
        for module in self.net.features:
            if isinstance(module, nn.ReLU):
                module.inplace = False

    def forward(self, pictures):
        return self.net.dense(pictures).mean((2, 3))

    def relu(self, convolution):
        """The ReLU after a convolution."""
        modules = list(self.net.features)
        places = [i for i, module in enumerate(modules) if isinstance(module, nn.Conv2d)]
        return modules[places[CONVOLUTIONS.index(convolution)] + 1]


def attributions(tensors):
    model = Dense()
    given = load_file(GOLDENS / "D.safetensors")
    inputs = {"window": given["input"][2:3].double(), "whole": given["dense_input"].double()}
    for what, x in inputs.items():
        levels = x[0].permute(1, 2, 0) + torch.tensor(MEAN, dtype=torch.float64)
        tensors[f"{what}/image"] = levels.round().to(torch.uint8)
        tensors[f"{what}/posteriors"] = torch.softmax(model(x), 1)[0]
        for layer in CAMERAS:
            camera = captum.attr.LayerGradCam(model, model.relu(layer))
            maps = [camera.attribute(x, target=k, relu_attributions=True)[0, 0] for k in range(CLASSES)]
            tensors[f"{what}/gradcam/{layer}"] = torch.stack(maps)
        saliency = captum.attr.Saliency(model)
        maps = [saliency.attribute(x.clone().requires_grad_(), target=k, abs=True)[0].amax(0) for k in SHOWN]
        tensors[f"{what}/saliency"] = torch.stack(maps)
    occlusion = captum.attr.Occlusion(lambda pictures: torch.softmax(model(pictures), 1))
    maps = [
        occlusion.attribute(
            inputs["window"],
            target=k,
            sliding_window_shapes=(3, PATCH, PATCH),
            strides=(3, STRIDE, STRIDE),
            baselines=0,
        )[0, 0]
        for k in SHOWN
    ]
    tensors["window/occlusion"] = torch.stack(maps)


def pixels(image):
    """The shipped net's input."""
    x = torch.from_numpy(numpy.array(image)).double().permute(2, 0, 1)[None]
    return normalized(x)


def normalized(levels):
    """From levels, red first, to the shipped net's input."""
    return levels[:, [2, 1, 0]] - torch.tensor(BGR_MEAN, dtype=torch.float64)[:, None, None]


def shipped(x, wanted):
    """The maps of some layers of the released convolutions of D."""
    weights = {name: tensor.double() for name, tensor in load_file(SHIPPED).items()}
    found = {}
    for block, convolutions in enumerate((2, 2, 3, 3, 3), 1):
        for i in range(1, convolutions + 1):
            name = f"conv{block}_{i}"
            x = torch.relu(nn.functional.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1))
            found[name] = x
        x = nn.functional.max_pool2d(x, 2)
        found[f"pool{block}"] = x
    return {name: found[name] for name in wanted}


def heads(file):
    """Drawn weights for each channel, in the form of the package's own file."""
    generator = torch.Generator().manual_seed(22)
    drawn = {
        f"lin{i}.model.1.weight": torch.rand(1, channels, 1, 1, generator=generator)
        for i, channels in enumerate((64, 128, 256, 512, 512))
    }
    torch.save(drawn, file)


def distance(learned, file):
    """LPIPS of the package on the shipped net, which takes its own input."""
    options = {"pretrained": True, "model_path": str(file)} if learned else {"pretrained": False}
    model = lpips.LPIPS(net="vgg", lpips=learned, pnet_rand=True, verbose=False, **options).double().eval()
    weights = load_file(SHIPPED)
    modules = [m for m in model.net.modules() if isinstance(m, nn.Conv2d)]
    for name, module in zip(CONVOLUTIONS, modules, strict=True):
        module.weight.data = weights[f"{name}.weight"].double()
        module.bias.data = weights[f"{name}.bias"].double()
    model.scaling_layer = nn.Identity()
    return model


def distances(photos, tensors, file):
    large = [pixels(photo.resize((DISTANCE_SIDE, DISTANCE_SIDE), Image.BILINEAR)) for photo in photos]
    with torch.no_grad():
        for name, learned in (("unlearned", False), ("learned", True)):
            model = distance(learned, file)
            for other in (1, 2):
                value, layers = model(large[0], large[other], retPerLayer=True)
                tensors[f"distance/{name}/{other}"] = value.flatten()
                tensors[f"distance/{name}/{other}/layers"] = torch.cat([layer.flatten() for layer in layers])


def strongest(photos, tensors):
    """For each channel the photos by their strongest activations, and where these are: brute force."""
    with torch.no_grad():
        maps = [shipped(pixels(photo), PATCHES) for photo in photos]
    for layer in PATCHES:
        values, rows, columns = [], [], []
        for own in maps:
            flat = own[layer][0].flatten(1)
            best = flat.argmax(1)
            values.append(flat.amax(1))
            rows.append(best // own[layer].shape[3])
            columns.append(best % own[layer].shape[3])
        tensors[f"patches/{layer}/values"] = torch.stack(values, 1)
        tensors[f"patches/{layer}/rows"] = torch.stack(rows, 1).to(torch.uint8)
        tensors[f"patches/{layer}/columns"] = torch.stack(columns, 1).to(torch.uint8)


def gram(maps):
    rows = maps[0].flatten(1)
    return rows @ rows.T / rows.shape[1]


def variation(levels):
    across = (levels[..., 1:] - levels[..., :-1]).square().sum()
    down = (levels[..., 1:, :] - levels[..., :-1, :]).square().sum()
    return (across + down) / levels.numel()


def losses(content, style, method):
    """The loss before each step from the content image, as Gatys et al. 2016 state it, and total variation."""
    wanted = (CONTENT, *STYLE)
    with torch.no_grad():
        target = shipped(pixels(content), wanted)[CONTENT]
        grams = {layer: gram(maps) for layer, maps in shipped(pixels(style), STYLE).items()}
    start = torch.from_numpy(numpy.array(content)).double().permute(2, 0, 1)[None].contiguous()
    # L-BFGS takes its first step by 1 in the sum over all numbers: in these units, by a gray level in the mean.
    unit = 1.0 if method == "adam" else float(start.numel())
    numbers = (start / unit).requires_grad_()
    if method == "adam":
        optimizer = torch.optim.Adam([numbers], lr=RATE)
    else:
        optimizer = torch.optim.LBFGS(
            [numbers], lr=1, max_iter=1, history_size=20, tolerance_grad=0, tolerance_change=0
        )
    found = []

    def closure():
        with torch.no_grad():
            numbers.clamp_(0, 255 / unit)
        optimizer.zero_grad()
        levels = numbers * unit
        maps = shipped(normalized(levels), wanted)
        loss = (maps[CONTENT] - target).square().sum() / 2
        for layer in STYLE:
            channels = maps[layer].shape[1]
            part = (gram(maps[layer]) - grams[layer]).square().sum() / (4 * channels**2)
            loss = loss + STYLE_WEIGHT / len(STYLE) * part
        loss = loss + VARIATION_WEIGHT * variation(levels)
        loss.backward()
        found.append(loss.item())
        return loss

    for _ in range(STEPS):
        optimizer.step(closure)
    return torch.tensor(found, dtype=torch.float64)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=GOLDENS)
    options = parser.parse_args()
    torch.set_num_threads(1)
    photos = [
        Image.open(REPOSITORY / "datasets/clothing/test" / photo).convert("RGB").resize((WIDTH, HEIGHT), Image.BILINEAR)
        for photo in PHOTOS
    ]
    tensors = {"photos": torch.from_numpy(numpy.stack([numpy.array(photo) for photo in photos]))}
    file = options.out / "lpips-heads.pth"
    heads(file)
    attributions(tensors)
    distances(photos, tensors, file)
    strongest(photos, tensors)
    for method in ("adam", "lbfgs"):
        tensors[f"losses/{method}"] = losses(photos[0], photos[1], method)
    metadata = {
        "photos": json.dumps(PHOTOS),
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "pillow": PIL.__version__,
        "captum": captum.__version__,
        "lpips": importlib.metadata.version("lpips"),
    }
    kept = {
        name: (tensor.float() if tensor.dtype == torch.float64 else tensor).detach().contiguous()
        for name, tensor in tensors.items()
    }
    out = options.out / "inspection.safetensors"
    save_file(kept, out, metadata)
    sort_metadata(out)
    for name in ("distance/unlearned/1", "distance/learned/1", "losses/adam", "losses/lbfgs"):
        print(name, tensors[name].tolist())


if __name__ == "__main__":
    main()
