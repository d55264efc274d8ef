"""Writes the gradients of single layers that PyTorch computes in float64, as a safetensors file.

    python layer_goldens.py [--out ../resources/verydeep/goldens]

README.md beside this script lists the tensors. Inputs are exact in float32; results are rounded to it at the end.
"""

import argparse
import pathlib

import torch
from network_goldens import sort_metadata
from safetensors.torch import save_file
from torch.nn import functional

REPOSITORY = pathlib.Path(__file__).resolve().parents[4]

# name: kernel, inputs, outputs, images, height, width. 1x1 maps, odd sides, one channel, 7 outputs, one image.
CONVOLUTIONS = {
    "conv3": (3, 16, 32, 2, 8, 12),
    "conv3_odd": (3, 21, 7, 3, 5, 7),
    "conv3_one": (3, 1, 1, 9, 1, 1),
    "conv3_wide": (3, 36, 34, 1, 6, 5),
    "conv3_large": (3, 6, 5, 1, 40, 26),
    "conv3_image": (3, 3, 20, 2, 11, 9),
    "conv1": (1, 33, 40, 2, 5, 4),
    "conv5": (5, 9, 6, 2, 7, 6),
    "conv5_image": (5, 3, 4, 1, 8, 8),
}
# name: window, inputs, outputs, images
UNITS = {"fc6": (2, 20, 33, 5), "fc7": (1, 70, 40, 1), "fc8": (1, 130, 7, 19)}
# name: channels, images, height, width
POOLINGS = {"pool": (16, 2, 6, 8), "pool_odd": (5, 3, 7, 5), "pool_nan": (20, 1, 8, 9)}
# name: channels, images, height, width
BATCHES = {"bn": (16, 2, 4, 6), "bn_odd": (21, 3, 3, 5), "bn_image": (7, 1, 3, 2), "bn_point": (40, 5, 1, 1)}
# the same with max-pooling
POOLED_BATCHES = {"bnpool": (16, 2, 4, 6), "bnpool_odd": (21, 3, 7, 5)}


def activations(generator, *shape):
    """Numbers as a ReLU leaves them, half of them 0."""
    return torch.randn(shape, generator=generator).relu()


def weights(generator, *shape):
    fan = torch.tensor(shape[1:]).prod().item()
    return torch.randn(shape, generator=generator) * (2 / fan) ** 0.5


def gradients(layer, x, given, *parameters):
    """The output, and the gradients of sum(output x given) by the input and the parameters."""
    exact = [tensor.double().requires_grad_() for tensor in (x, *parameters)]
    y = layer(*exact)
    (y * given.double()).sum().backward()
    return y.detach().float(), [tensor.grad.float() for tensor in exact]


def convolution(generator, kernel, inputs, outputs, images, height, width):
    x = activations(generator, images, inputs, height, width)
    w, b = weights(generator, outputs, inputs, kernel, kernel), 0.3 * torch.randn(outputs, generator=generator)
    given = torch.randn((images, outputs, height, width), generator=generator)

    def layer(x, w, b):
        return functional.conv2d(x, w, b, padding=kernel // 2).relu()

    y, (dx, dw, db) = gradients(layer, x, given, w, b)
    # what the layer before has cut off has no gradient
    return {"x": x, "w": w, "b": b, "dz": given * (y > 0), "y": y, "dx": dx * (x > 0), "dw": dw, "db": db}


def unit(generator, window, inputs, outputs, images):
    x = activations(generator, images, inputs, window, window)
    w, b = weights(generator, outputs, inputs * window**2), 0.3 * torch.randn(outputs, generator=generator)
    given = torch.randn((images, outputs), generator=generator)

    def layer(x, w, b):
        return functional.linear(x.flatten(1), w, b)

    y, (dx, dw, db) = gradients(layer, x, given, w, b)
    return {"x": x, "w": w, "b": b, "dz": given, "y": y, "dx": dx * (x > 0), "dw": dw, "db": db}


def pooling(generator, channels, images, height, width, nan=False):
    x = activations(generator, images, channels, height, width)
    if nan:  # none, one or several of four
        x[torch.rand(x.shape, generator=generator) < 0.3] = torch.nan
    given = torch.randn((images, channels, height // 2, width // 2), generator=generator)
    y, (dx,) = gradients(lambda x: functional.max_pool2d(x, 2), x, given)
    return {"x": x, "dy": given, "y": y, "dx": dx}


def batch(generator, channels, images, height, width, pools=False):
    """Batch normalization and ReLU, with the running statistics that follow from given ones, and max-pooling if told."""
    x = torch.randn((channels, 1, 1), generator=generator)
    x = x + 2 * torch.randn((images, channels, height, width), generator=generator)
    gamma = 1 + 0.5 * torch.randn(channels, generator=generator)
    beta, mean = 0.3 * torch.randn((2, channels), generator=generator)
    variance = 0.5 + torch.rand(channels, generator=generator)
    given = torch.randn((images, channels, height // 2, width // 2) if pools else x.shape, generator=generator)
    found = {}

    def layer(x, gamma, beta):
        running = mean.double(), variance.double()
        y = functional.batch_norm(x, *running, gamma, beta, training=True, momentum=0.1, eps=1e-5).relu()
        found["mean_after"], found["variance_after"] = (tensor.float() for tensor in running)
        return functional.max_pool2d(y, 2) if pools else y

    y, (dz, dgamma, dbeta) = gradients(layer, x, given, gamma, beta)
    return found | {
        "z": x, "gamma": gamma, "beta": beta, "mean": mean, "variance": variance,
        "dy": given * (y > 0), "y": y, "dz": dz, "dgamma": dgamma, "dbeta": dbeta,
    }  # fmt: skip


def pooled_batch(generator, *sizes):
    return batch(generator, *sizes, pools=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = REPOSITORY / "toolkit/src/test/resources/verydeep/goldens"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    options = parser.parse_args()
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(1986)
    tensors = {}
    kinds = (
        (convolution, CONVOLUTIONS),
        (unit, UNITS),
        (pooling, POOLINGS),
        (batch, BATCHES),
        (pooled_batch, POOLED_BATCHES),
    )
    for kind, cases in kinds:
        for name, case in cases.items():
            found = kind(generator, *case, **({"nan": True} if name.endswith("nan") else {}))
            tensors |= {f"{name}/{key}": tensor.contiguous() for key, tensor in found.items()}
    path = options.out / "layers.safetensors"
    save_file(tensors, path, {"torch": torch.__version__, "seed": "1986"})
    sort_metadata(path)
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
