"""Makes vgg-d-imagenet/vgg-d-convolutions.safetensors from the float32 convolutions of configuration D.

    python make_vgg_d.py vgg16_conv.safetensors [--out vgg-d-imagenet/vgg-d-convolutions.safetensors]

The input is a safetensors file with the authors' convolutions as float32, OIHW, input channels B, G, R, under
torchvision's names (`features.0.weight` ...). Weights become float16, rounded to nearest even; biases stay float32;
the names become `conv1_1.weight`, `conv1_1.bias` ... `conv5_3.bias`, in this order. Needs NumPy alone: the file is
written by hand, because the safetensors library sorts tensors by itself.
"""

import argparse
import json
import pathlib
import struct

import numpy

NAMES = [f"conv{block}_{i}" for block, depth in enumerate((2, 2, 3, 3, 3), 1) for i in range(1, depth + 1)]
INDICES = (0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28)
DTYPES = {"F16": numpy.dtype("<f2"), "F32": numpy.dtype("<f4")}

METADATA = {
    "format": "verydeep 1",
    "configuration": "D",
    "classes": [],
    "network": {"configuration": "D", "convolutionsOnly": True, "width": 1.0, "input": 224, "batchNorm": False},
    "preprocessing": {
        "order": "BGR",
        "scale": 1.0,
        "mean": {"red": 123.68, "green": 116.779, "blue": 103.939},
        "deviation": {"red": 1.0, "green": 1.0, "blue": 1.0},
    },
    "provenance": {
        "origin": "VGG_ILSVRC_16_layers, the authors' release, by way of Keras",
        "credit": "Karen Simonyan and Andrew Zisserman, Visual Geometry Group, University of Oxford",
        "license": "CC BY 4.0",
        "trainedOn": "ILSVRC-2012",
        "note": "conv1_1 to conv5_3 of configuration D; weights converted from float32 to float16, biases float32;"
        " renamed; the fully connected layers are left out",
    },
}


def read(path):
    """All tensors of a safetensors file, in the file's order, and its metadata."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = numpy.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors, metadata


def write(path, tensors, metadata):
    codes = {dtype: code for code, dtype in DTYPES.items()}
    header = {
        "__metadata__": {
            key: value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
            for key, value in metadata.items()
        }
    }
    offset = 0
    for name, tensor in tensors.items():
        end = offset + tensor.nbytes
        header[name] = {"dtype": codes[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # tensors begin at a multiple of 8 bytes
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(numpy.ascontiguousarray(tensor).tobytes())


def converted(source):
    tensors = {}
    for name, index in zip(NAMES, INDICES, strict=True):
        weight = source[f"features.{index}.weight"]
        half = weight.astype("<f2")
        assert numpy.isfinite(half).all(), f"{name}.weight leaves the range of float16"
        tensors[f"{name}.weight"] = half
        tensors[f"{name}.bias"] = source[f"features.{index}.bias"].astype("<f4")
    assert len(source) == len(tensors), "the input holds more than the 13 convolutions of D"
    assert sum(tensor.size for tensor in tensors.values()) == 14_714_688
    return tensors


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path)
    default = pathlib.Path(__file__).parent / "vgg-d-imagenet" / "vgg-d-convolutions.safetensors"
    parser.add_argument("--out", type=pathlib.Path, default=default)
    options = parser.parse_args()

    source, _ = read(options.source)
    tensors = converted(source)
    write(options.out, tensors, METADATA)
    print(f"{options.out}: {options.out.stat().st_size} bytes")
    for name, index in zip(NAMES, INDICES, strict=True):
        exact = source[f"features.{index}.weight"].astype(numpy.float64)
        half = tensors[f"{name}.weight"].astype(numpy.float64)
        error = numpy.linalg.norm(half - exact) / numpy.linalg.norm(exact)
        tiny = numpy.mean((half == 0) & (exact != 0))
        print(f"{name}  relative error {error:.2e}  largest {numpy.abs(half).max():.3f}  rounded to zero {tiny:.2e}")


if __name__ == "__main__":
    main()
