"""Writes what PyTorch computes for narrow nets of Table 1, for LRN and for the real net D, as safetensors files.

    python network_goldens.py [--out ../resources/verydeep/goldens]

README.md beside this script lists the tensors. All results are computed in float64 from weights that float32 holds
exactly, and rounded to float32 at the end: they are the truth that any float32 arithmetic comes close to.
"""

import argparse
import copy
import itertools
import json
import pathlib
import struct

import numpy
import torch
import torchvision
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional
from torchvision.models.vgg import make_layers

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]

# Kernel sizes by block: Table 1 of the paper.
KERNELS = {
    "A": ((3,), (3,), (3, 3), (3, 3), (3, 3)),
    "A_LRN": ((3,), (3,), (3, 3), (3, 3), (3, 3)),
    "B": ((3, 3), (3, 3), (3, 3), (3, 3), (3, 3)),
    "C": ((3, 3), (3, 3), (3, 3, 1), (3, 3, 1), (3, 3, 1)),
    "D": ((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3)),
    "E": ((3, 3), (3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3)),
    "B_5X5": ((5,), (5,), (5,), (5,), (5,)),  # not in Table 1: the shallow net of section 4.1
}
CHANNELS = (64, 128, 256, 512, 512)
BATCH_NORM = ("A", "B", "D", "E")

# (convolutions, fully connected layers) at full width, 1000 classes.
PARAMETERS = {
    "A": (9_220_480, 123_642_856),
    "A_LRN": (9_220_480, 123_642_856),
    "B": (9_404_992, 123_642_856),
    "C": (9_996_096, 123_642_856),
    "D": (14_714_688, 123_642_856),
    "E": (20_024_384, 123_642_856),
    "B_5X5": (10_860_672, 123_642_856),
}

NARROW, CLASSES, SIDE = 32, 5, 64
MEAN = (124, 117, 104)  # R, G, B: the paper's mean in whole gray levels, so that float16 holds the inputs exactly
MOMENTUM, DECAY = 0.9, 5e-4
# Where the search for a well conditioned net begins: at once the right one, with the versions of requirements.txt.
SEEDS = {
    "A": 1004,
    "A_LRN": 2001,
    "B": 3002,
    "C": 4031,
    "D": 5033,
    "E": 6002,
    "B_5X5": 8003,
    "A_bn": 7009,
    "B_bn": 8382,
    "D_bn": 9373,
    "E_bn": 11235,
}
VERSIONS = {"torch": torch.__version__, "torchvision": torchvision.__version__}


def lrn():
    """Krizhevsky's: a / (2 + 1e-4 * sum of a^2 over 5 channels)^0.75. PyTorch divides its alpha by the size."""
    return nn.LocalResponseNorm(size=5, alpha=5 * 1e-4, beta=0.75, k=2.0)


def names(configuration):
    return [
        f"{block}_{i}" for block, kernels in enumerate(KERNELS[configuration], 1) for i in range(1, len(kernels) + 1)
    ]


def convolutions(configuration, narrow, batch_norm):
    """The layers up to pool5; torchvision's own where it has the configuration."""
    kernels = KERNELS[configuration]
    if configuration in BATCH_NORM:
        table = []
        for channels, block in zip(CHANNELS, kernels, strict=True):
            table += [channels // narrow] * len(block) + ["M"]
        return make_layers(table, batch_norm=batch_norm)
    layers, before = [], 3
    for channels, block in zip(CHANNELS, kernels, strict=True):
        for kernel in block:
            layers += [nn.Conv2d(before, channels // narrow, kernel, padding=kernel // 2), nn.ReLU()]
            before = channels // narrow
            if configuration == "A_LRN" and len(layers) == 2:
                layers.append(lrn())
        layers.append(nn.MaxPool2d(2, 2))
    return nn.Sequential(*layers)


class Net(nn.Module):
    def __init__(self, configuration, narrow, classes, side, batch_norm=False):
        super().__init__()
        self.features = convolutions(configuration, narrow, batch_norm)
        self.cells = side // 32
        units = 4096 // narrow
        self.fc6 = nn.Linear(CHANNELS[-1] // narrow * self.cells**2, units)
        self.fc7 = nn.Linear(units, units)
        self.fc8 = nn.Linear(units, classes)
        self.configuration = configuration

    def forward(self, pictures):
        flat = torch.flatten(self.features(pictures), 1)
        return self.fc8(functional.relu(self.fc7(functional.relu(self.fc6(flat)))))

    def dense(self, pictures):
        """The fully convolutional form: fc6 is a convolution over as many cells as it saw, fc7 and fc8 are 1x1."""
        window = self.fc6.weight.unflatten(1, (-1, self.cells, self.cells))
        maps = functional.relu(functional.conv2d(self.features(pictures), window, self.fc6.bias))
        maps = functional.relu(functional.conv2d(maps, self.fc7.weight[..., None, None], self.fc7.bias))
        return functional.conv2d(maps, self.fc8.weight[..., None, None], self.fc8.bias)

    def layers(self):
        """(our name, module) of every layer with parameters, in order."""
        result = []
        for kind, prefix in ((nn.Conv2d, "conv"), (nn.BatchNorm2d, "bn")):
            modules = [module for module in self.features if isinstance(module, kind)]
            if modules:
                result += [
                    (prefix + name, module) for name, module in zip(names(self.configuration), modules, strict=True)
                ]
        return result + [("fc6", self.fc6), ("fc7", self.fc7), ("fc8", self.fc8)]

    def tensors(self, statistics=True):
        """Weights, biases and running statistics by our names."""
        result = {}
        for name, module in self.layers():
            result[f"{name}.weight"], result[f"{name}.bias"] = module.weight, module.bias
            if statistics and isinstance(module, nn.BatchNorm2d):
                result[f"{name}.running_mean"], result[f"{name}.running_var"] = module.running_mean, module.running_var
        return result


def draw(net, generator, pictures):
    """Random weights: He-normal times one factor, such that maps shrink evenly from pixels (64) to logits (1).

    Biases are of a tenth of their map. Batch norm does the shrinking where it is. LRN acts on large maps only: it gets
    them.
    """
    layers = [layer for layer in net.layers() if not layer[0].startswith("bn")]
    norms = len(layers) < len(net.layers())
    level = 1.0 if norms else 64.0
    rest = len(layers) - (net.configuration == "A_LRN")
    for name, module in net.layers():
        if name.startswith("bn"):
            module.weight.data.uniform_(0.5, 1.5, generator=generator)
            module.bias.data.normal_(0, 0.1, generator=generator)
            continue
        factor = 1.0 if norms or (net.configuration == "A_LRN" and name == "conv1_1") else 64.0 ** (-1 / rest)
        level *= factor
        module.weight.data.normal_(0, factor * (2 / module.weight[0].numel()) ** 0.5, generator=generator)
        module.bias.data.normal_(0, 0.1 * level, generator=generator)
    norms = [module for name, module in net.layers() if name.startswith("bn")]
    if norms:  # running statistics near those of the batch, and unlike them
        for module in norms:
            module.momentum = None
        net.train()(pictures)
        for module in norms:
            deviation = module.running_var.sqrt()
            module.running_mean += 0.1 * deviation * torch.randn(deviation.shape, generator=generator)
            module.running_var *= torch.empty(deviation.shape).uniform_(0.8, 1.25, generator=generator)
            module.momentum = 0.1


def pixels(generator, count, height, width):
    """Soft, noisy patches in whole gray levels, minus the mean: each in float16 exactly.

    Nothing clips: flat spots would make max-pools tie.
    """
    coarse = 30 + 195 * torch.rand((count, 3, height // 8, width // 8), generator=generator)
    soft = functional.interpolate(coarse, size=(height, width), mode="bilinear")
    noise = 60 * torch.rand((count, 3, height, width), generator=generator) - 30
    return (soft + noise).round() - torch.tensor(MEAN, dtype=torch.float32)[:, None, None]


def loss_and_gradients(net, pictures, labels):
    """In training mode. Moves the running statistics, as a training step does."""
    net.train()
    net.zero_grad()
    logits = net(pictures)
    loss = functional.cross_entropy(logits, labels)
    loss.backward()
    return logits.detach(), loss.detach(), {name: w.grad.clone() for name, w in net.tensors(statistics=False).items()}


def three_steps(net, pictures, labels, rates):
    """Caffe's SGD, the rate inside the momentum; biases and batch norm do not decay. Returns the losses."""
    velocity = {name: torch.zeros_like(w) for name, w in net.tensors(statistics=False).items()}
    losses = []
    for rate in rates:
        _, loss, gradients = loss_and_gradients(net, pictures, labels)
        losses.append(loss.item())
        with torch.no_grad():
            for name, w in net.tensors(statistics=False).items():
                decay = DECAY if name.endswith(".weight") and not name.startswith("bn") else 0.0
                velocity[name] = MOMENTUM * velocity[name] + rate * (gradients[name] + decay * w)
                w -= velocity[name]
    last = copy.deepcopy(net).train()  # a copy: this pass must not move the running statistics
    losses.append(functional.cross_entropy(last(pictures), labels).item())
    return losses


def results(net, pictures, labels, dense, rates):
    """All goldens of a net in its own precision; the net itself is left as it is."""
    found = {}
    with torch.no_grad():
        found["logits"] = net.eval()(pictures)
        found["dense_scores"] = net.eval().dense(dense)
    once = copy.deepcopy(net)
    found["train_logits"], found["loss"], gradients = loss_and_gradients(once, pictures, labels)
    found |= {f"gradient/{name}": gradient for name, gradient in gradients.items()}
    moved = copy.deepcopy(net)
    losses = three_steps(moved, pictures, labels, rates)
    found |= {f"after3/{name}": w.detach().clone() for name, w in moved.tensors().items()}
    return found, losses


def closest_call(net, pictures):
    """How near an element comes to another branch (a ReLU's sign, a max-pool's winner), in parts of the rms."""
    nearest = []

    def watch(module, given, _):
        maps = given[0]
        rms = maps.square().mean().sqrt()
        if isinstance(module, nn.ReLU):
            nearest.append((maps.abs().min() / rms).item())
        elif isinstance(module, nn.MaxPool2d):
            best = functional.unfold(maps.flatten(0, 1)[:, None], 2, stride=2).topk(2, dim=1).values
            gaps = (best[:, 0] - best[:, 1])[best[:, 0] > 0]
            nearest.append((gaps.min() / rms).item())

    probe = copy.deepcopy(net)
    for module in probe.features:
        if isinstance(module, nn.ReLU):
            module.inplace = False
        module.register_forward_hook(watch)
    with torch.no_grad():
        probe(pictures)
    return min(nearest)


def unlike(first, second):
    """The largest difference between two results, each tensor in parts of its largest element.

    Or of a hundredth of its group's (the gradients, say) if that is more: a bias before a batch norm has gradient 0,
    and float32 has only rounding errors for it.
    """
    largest = {}
    for key, tensor in second.items():
        group = key.split("/")[0]
        largest[group] = max(largest.get(group, 0.0), tensor.abs().max().item())
    return max(
        (first[key].double() - tensor.double()).abs().max().item()
        / max(tensor.abs().max().item(), largest[key.split("/")[0]] / 100)
        for key, tensor in second.items()
    )


def well_conditioned(net, pictures):
    """Logits of order one that differ between pictures, and no branch that rounding could take the other way."""
    for training in (False, True):
        probe = copy.deepcopy(net).train(training)
        with torch.no_grad():
            logits = probe(pictures)
        largest, spread = logits.abs().max().item(), logits.std(dim=0).max().item()
        if not (1 < largest < 10 and spread > 0.3 and closest_call(net.train(training), pictures) > 3e-6):
            return False
    return True


def largest_steps(net, pictures, labels):
    """Rates as large as a power of two may make them while the loss falls at each step and no layer moves by half."""
    before = {name: w.detach().clone() for name, w in net.tensors(statistics=False).items() if name.endswith(".weight")}
    for power in range(6, -10, -1):
        rates = torch.tensor([1e-2, 1e-3, 1e-4]) * 2.0**power
        moved = copy.deepcopy(net)
        losses = three_steps(moved, pictures, labels, rates.tolist())
        after = moved.tensors()
        largest = max(((after[name] - w).norm() / w.norm()).item() for name, w in before.items())
        if largest < 0.5 and losses == sorted(losses, reverse=True):
            return rates
    return None


def network_golden(configuration, batch_norm, first_seed):
    """The first seed whose net is well conditioned, moves visibly in three steps, and is the same in float32."""
    for seed in itertools.count(first_seed):
        generator = torch.Generator().manual_seed(seed)
        pictures = pixels(generator, 3, SIDE, SIDE)
        dense = pixels(generator, 1, 96, 128)
        labels = torch.randint(CLASSES, (3,), generator=generator)
        net = Net(configuration, NARROW, CLASSES, SIDE, batch_norm)
        draw(net, generator, pictures)
        exact, exact_pictures = copy.deepcopy(net).double(), pictures.double()
        if not well_conditioned(exact, exact_pictures):
            continue
        rates = largest_steps(exact, exact_pictures, labels)
        if rates is None:
            continue
        found, losses = results(exact, exact_pictures, labels, dense.double(), rates.tolist())
        weights = net.tensors()
        steps = {
            name: ((found[f"after3/{name}"] - w).norm() / w.norm()).item()
            for name, w in weights.items()
            if name.endswith(".weight")
        }
        if min(steps.values()) < 1e-3:
            continue
        single, _ = results(net, pictures, labels, dense, rates.tolist())
        error = unlike(single, found)
        if error > 2e-5:
            continue
        tensors = {"input": pictures.half(), "dense_input": dense.half(), "labels": labels, "rates": rates}
        tensors |= {f"weight/{name}": w.detach() for name, w in weights.items()}
        tensors |= {name: tensor.float() for name, tensor in found.items()}
        assert torch.equal(tensors["input"].float(), pictures)
        notes = {
            "configuration": configuration,
            "batchNorm": str(batch_norm).lower(),
            "seed": str(seed),
            "momentum": str(MOMENTUM),
            "decay": str(DECAY),
            "losses": " ".join(f"{loss:.6f}" for loss in losses),
        }
        if batch_norm:
            notes |= {"batchNormEpsilon": "1e-05", "batchNormMomentum": "0.1"}
        print(
            f"{configuration + '_bn' * batch_norm:6} seed {seed:5}  logits to {found['logits'].abs().max():5.2f}"
            f"  rate {rates[0]:.5f}  losses {notes['losses']}  least step {min(steps.values()):.4f}"
            f"  largest {max(steps.values()):.3f}  float32 off by {error:.1e}"
        )
        return tensors, notes


def lrn_by_formula(maps):
    """Section 3.3 of Krizhevsky 2012, element by element."""
    result = numpy.empty_like(maps)
    count, channels = maps.shape[:2]
    for n, i in itertools.product(range(count), range(channels)):
        window = maps[n, max(0, i - 2) : min(channels, i + 3)]
        result[n, i] = maps[n, i] / (2 + 1e-4 * (window**2).sum(axis=0)) ** 0.75
    return result


def lrn_golden(seed):
    generator = torch.Generator().manual_seed(seed)
    tensors = {}
    for prefix, shape in (("wide", (1, 16, 5, 5)), ("narrow", (1, 3, 4, 4))):
        maps = 200 * torch.randn(shape, generator=generator)
        given = torch.randn(shape, generator=generator)
        exact = maps.double().requires_grad_()
        output = lrn()(exact)
        numpy.testing.assert_allclose(output.detach().numpy(), lrn_by_formula(maps.double().numpy()), rtol=1e-12)
        (output * given.double()).sum().backward()
        assert (output / exact).min() < 0.1 < (output / exact).max(), "the normalisation does not matter here"
        tensors |= {f"{prefix}/input": maps, f"{prefix}/output": output.detach().float()}
        tensors |= {f"{prefix}/given": given, f"{prefix}/gradient": exact.grad.float()}
    return tensors, {"seed": str(seed)}


def features_golden(weights, photo):
    """The real D, its weights as they are shipped, on a photo: mean, maximum and samples of every map, and pool5."""
    picture = Image.open(photo).convert("RGB")
    left, top = (picture.width - 128) // 2, (picture.height - 128) // 2
    crop = numpy.array(picture.crop((left, top, left + 128, top + 128)))
    bgr = crop[..., ::-1].astype(numpy.float64) - numpy.array((103.939, 116.779, 123.68))
    maps = torch.from_numpy(bgr).permute(2, 0, 1)[None]
    tensors = {"photo": torch.from_numpy(crop)}

    def note(name):
        flat = maps.flatten()
        tensors[f"{name}/mean"], tensors[f"{name}/max"] = flat.mean().float(), flat.max().float()
        tensors[f"{name}/samples"] = flat[:: flat.numel() // 64][:64].float()

    parameters = {name: tensor.double() for name, tensor in load_file(weights).items()}
    for block in range(1, 6):
        for i in range(1, len(KERNELS["D"][block - 1]) + 1):
            name = f"conv{block}_{i}"
            maps = functional.conv2d(maps, parameters[f"{name}.weight"], parameters[f"{name}.bias"], padding=1).relu()
            note(name)
        maps = functional.max_pool2d(maps, 2)
        note(f"pool{block}")
    tensors["pool5/map"] = maps[0].float()
    return tensors, {"photo": photo.relative_to(REPOSITORY).as_posix(), "crop": f"{left},{top},128,128"}


def sort_metadata(path):
    """The library writes the metadata in a random order; sorted, the same goldens are the same bytes."""
    data = path.read_bytes()
    end = 8 + struct.unpack_from("<Q", data)[0]
    header = json.loads(data[8:end])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":")).encode().ljust(end - 8)
    assert len(text) == end - 8
    path.write_bytes(data[:8] + text + data[end:])
    path.chmod(0o644)


def check_parameter_counts():
    for configuration, (expected, expected_fc) in PARAMETERS.items():
        with torch.device("meta"):
            net = Net(configuration, 1, 1000, 224)
        found = sum(w.numel() for w in net.features.parameters())
        found_fc = sum(w.numel() for name in ("fc6", "fc7", "fc8") for w in getattr(net, name).parameters())
        assert (found, found_fc) == (expected, expected_fc), f"{configuration}: {found}, {found_fc}"
    print("parameter counts: as in the paper")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    weights = REPOSITORY / "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"
    parser.add_argument("--weights", type=pathlib.Path, default=weights)
    photo = REPOSITORY / "datasets/clothing/test/hat/50cf0bbc.jpg"
    parser.add_argument("--photo", type=pathlib.Path, default=photo)
    parser.add_argument("--only", help="one net by its file's name, such as A_bn")
    options = parser.parse_args()
    torch.set_num_threads(1)
    check_parameter_counts()
    options.out.mkdir(parents=True, exist_ok=True)

    def write(name, golden):
        tensors, notes = golden
        tensors = {key: tensor.contiguous() for key, tensor in tensors.items()}
        path = options.out / f"{name}.safetensors"
        save_file(tensors, path, VERSIONS | notes)
        sort_metadata(path)

    nets = [(configuration, False) for configuration in KERNELS] + [(name, True) for name in BATCH_NORM]
    for configuration, batch_norm in nets:
        name = configuration + "_bn" * batch_norm
        if options.only not in (None, name):
            continue
        write(name, network_golden(configuration, batch_norm, SEEDS[name]))
    if options.only:
        return
    write("lrn", lrn_golden(1409))
    write("vgg_d_features", features_golden(options.weights, options.photo.resolve()))
    files = sorted(options.out.glob("*.safetensors"))
    print(f"{len(files)} files, {sum(file.stat().st_size for file in files)} bytes")


if __name__ == "__main__":
    main()
