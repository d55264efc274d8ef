"""Writes gradients with respect to the input and to layers that PyTorch computes in float64, as a safetensors file.

    python input_gradient_goldens.py [--goldens ../resources/verydeep/goldens]

README.md beside this script lists the tensors. The nets are those of network_goldens.py, read from its files, in testing
mode and fully convolutional.
"""

import argparse
import itertools
import pathlib

import torch
from network_goldens import CLASSES, NARROW, SIDE, VERSIONS, Net, pixels, sort_metadata
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]

# name: net, images, height, width, layers. Odd sizes, maps of 1x1, what is around a pooling or a normalization.
CASES = {
    "A_LRN": ("A_LRN", 2, 64, 64, ("conv1_1", "norm1", "pool1", "conv3_2", "conv5_2", "pool5", "fc6", "fc7", "fc8")),
    "C_dense": ("C", 1, 75, 101, ("conv1_2", "conv3_3", "conv5_1", "fc6", "fc8")),
    "D_bn": ("D_bn", 2, 64, 64, ("conv1_1", "bn1_2", "conv1_2", "pool1", "conv5_3", "fc8")),
    "B_5X5_dense": ("B_5X5", 1, 64, 97, ("conv1_1", "conv5_1", "fc7")),
    "A_LRN_odd": ("A_LRN", 2, 37, 45, ("conv1_1", "norm1", "conv2_1", "conv5_2", "pool5")),
    "C_style": ("C", 1, 33, 53, ("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")),
    "D_bn_style": ("D_bn", 3, 35, 33, ("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")),
    "B_5X5_least": ("B_5X5", 2, 16, 17, ("conv1_1", "pool3", "conv5_1")),  # conv5_1 sees a map of 1x1
}
LARGE, STEP = 2000, 7  # of larger tensors, every seventh number is stored


def network(goldens, name):
    weights = load_file(goldens / f"{name}.safetensors")
    net = Net(name.removesuffix("_bn"), NARROW, CLASSES, SIDE, name.endswith("_bn"))
    for key, tensor in net.tensors().items():
        tensor.data = weights[f"weight/{key}"]
    for module in net.modules():
        if isinstance(module, nn.ReLU):
            module.inplace = False
    return net.double().eval().requires_grad_(False)


def steps(net):
    """(name, function) of each step, the fully connected layers as convolutions. A convolution's name means its ReLU."""
    names = iter(name for name, _ in net.layers() if name.startswith("conv"))
    name, pools = None, itertools.count(1)
    for module in net.features:
        if isinstance(module, nn.Conv2d):
            name = next(names)
            yield None, module
        elif isinstance(module, nn.BatchNorm2d):
            yield name.replace("conv", "bn"), module
        elif isinstance(module, nn.ReLU):
            yield name, module
        elif isinstance(module, nn.LocalResponseNorm):
            yield "norm1", module
        else:
            yield f"pool{next(pools)}", module
    for name, cells in (("fc6", net.cells), ("fc7", 1), ("fc8", 1)):
        layer = getattr(net, name)
        window = layer.weight.unflatten(1, (-1, cells, cells))
        last = name == "fc8"
        yield name if last else None, lambda x, w=window, b=layer.bias: functional.conv2d(x, w, b)
        if not last:
            yield name, nn.ReLU()


def activations(net, x, layers):
    """The layers' activations, and how near an element comes to another branch, in parts of its map's rms."""
    found, nearest = {}, 1.0
    for name, step in steps(net):
        rms = x.square().mean().sqrt()
        if isinstance(step, nn.ReLU):
            nearest = min(nearest, (x.abs().min() / rms).item())
        elif isinstance(step, nn.MaxPool2d):
            best = functional.unfold(x.flatten(0, 1)[:, None], 2, stride=2).topk(2, dim=1).values
            gaps = (best[:, 0] - best[:, 1])[best[:, 0] > 0]
            nearest = min([nearest, *(gaps / rms).tolist()])
        x = step(x)
        if name in layers:
            found[name] = x
            if len(found) == len(layers):
                return found, nearest
    raise AssertionError(layers)


def gradients(net, x, seeds, layers):
    """The gradients of the sum over layers of activation times seed, with respect to the input and the layers."""
    x = x.detach().requires_grad_()
    found, _ = activations(net, x, layers)
    for tensor in found.values():
        tensor.retain_grad()
    sum((found[layer] * seed).sum() for layer, seed in seeds.items()).backward()
    given = {"input": x} | found
    return {name: torch.zeros_like(t) if t.grad is None else t.grad for name, t in given.items()}


def drawn(shape):
    """A loss's gradient that the tests know too: the i-th number is (i (i + 3) mod 23 - 11) / 8."""
    i = torch.arange(shape.numel())
    return ((i * (i + 3) % 23 - 11) / 8).double().reshape(shape)


def stored(tensor):
    return tensor if tensor.numel() <= LARGE else tensor.flatten()[::STEP].contiguous()


def golden(goldens, name, first_seed):
    """Of the first seed for which no ReLU and no maximum is decided by rounding."""
    net_name, images, height, width, layers = CASES[name]
    net = network(goldens, net_name)
    for seed in itertools.count(first_seed):
        generator = torch.Generator().manual_seed(seed)
        x = pixels(generator, images, (height + 7) // 8 * 8, (width + 7) // 8 * 8)[..., :height, :width].contiguous()
        found, nearest = activations(net, x.double(), layers)
        if nearest > 3e-6:
            break
    seeds = {layer: drawn(tensor.shape) for layer, tensor in found.items()}
    tensors = {f"{name}/input": x.half()}
    tensors |= {f"{name}/activation/{layer}": stored(tensor.float()) for layer, tensor in found.items()}
    last = layers[-1]
    for kind, given in (("top", {last: seeds[last]}), ("all", seeds)):
        for layer, tensor in gradients(net, x.double(), given, layers).items():
            tensors[f"{name}/{kind}/{layer}"] = stored(tensor.float())
    print(f"{name}: seed {seed}, nearest {nearest:.1e}")
    return tensors


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens"
    parser.add_argument("--goldens", type=pathlib.Path, default=default)
    options = parser.parse_args()
    torch.set_num_threads(1)
    tensors, notes = {}, {}
    for number, name in enumerate(CASES):
        tensors |= golden(options.goldens, name, 1000 * number)
        net, _, _, _, layers = CASES[name]
        notes |= {f"{name}/net": net, f"{name}/layers": " ".join(layers)}
    path = options.goldens / "input_gradients.safetensors"
    save_file(tensors, path, VERSIONS | notes | {"cases": " ".join(CASES), "step": str(STEP)})
    sort_metadata(path)
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
