"""Writes narrow VGGs with the tools that published weights come from, and what PyTorch computes with them.

    python weights_goldens.py [--out ../resources/verydeep/weights]

README.md beside this script lists the files. Weights are drawn by network_goldens.py's nets; all formats of a
configuration hold the same numbers, but for conv1_1, which is divided by 64 where the input is 0-255.
"""

import argparse
import ast
import copy
import importlib.util
import json
import os
import pathlib
import pickle

os.environ["KERAS_BACKEND"] = "torch"

import h5py
import keras
import numpy
import timm
import torch
import torchvision
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from keras.src.legacy.saving import legacy_h5_format
from network_goldens import BATCH_NORM, CHANNELS, KERNELS, convolutions, names
from safetensors.torch import save_file
from timm.layers import ClassifierHead
from timm.models.vgg import ConvMlp
from timm.models.vgg import VGG as TimmVgg
from torch import nn

NARROW, CLASSES, SIDE, CELLS = 64, 5, 64, 2
UNITS = 4096 // NARROW
LEVEL = 64.0  # a gray level's size beside a number of order one
INPUTS = {
    "torchvision": (True, 1 / 255, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "caffe": (False, 1.0, (123.68, 116.779, 103.939), (1.0, 1.0, 1.0)),
}
VERSIONS = {
    "torch": torch.__version__,
    "torchvision": torchvision.__version__,
    "timm": timm.__version__,
    "keras": keras.__version__,
    "h5py": h5py.__version__,
    "hdf5": h5py.version.hdf5_version,
    "caffe2onnx": "2.0.1",
}


class Net(nn.Module):
    """torchvision's VGG, narrow: its names, its order of layers."""

    def __init__(self, configuration, batch_norm):
        super().__init__()
        self.features = convolutions(configuration, NARROW, batch_norm)
        self.classifier = nn.Sequential(
            nn.Linear(CHANNELS[-1] // NARROW * CELLS**2, UNITS),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(UNITS, UNITS),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(UNITS, CLASSES),
        )

    def forward(self, pictures):
        return self.classifier(torch.flatten(self.features(pictures), 1))


def pictures():
    """Two pictures, (2, height, width, 3) bytes, red, green, blue: soft colours and noise."""
    generator = numpy.random.default_rng(1409)
    coarse = generator.uniform(0, 255, (2, 8, 8, 3))
    soft = coarse.repeat(SIDE // 8, 1).repeat(SIDE // 8, 2)
    return numpy.clip(soft + generator.normal(0, 25, soft.shape), 0, 255).astype(numpy.uint8)


def prepared(bytes_, kind, swapped=False, mean_missing=False):
    """What the net gets: float64, channel first."""
    red_first, scale, mean, deviation = INPUTS[kind]
    values = bytes_.astype(numpy.float64) * scale
    values = (values - (0 if mean_missing else numpy.array(mean))) / numpy.array(deviation)
    if red_first == swapped:
        values = values[..., ::-1]
    return torch.from_numpy(values.transpose(0, 3, 1, 2).copy())


def drawn(configuration, batch_norm, seed):
    """He-normal weights, biases around a tenth, running statistics near those of a batch."""
    torch.manual_seed(seed)
    net = Net(configuration, batch_norm)
    for module in net.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            module.weight.data.normal_(0, (2 / module.weight[0].numel()) ** 0.5)
            module.bias.data.uniform_(0, 0.2)
        if isinstance(module, nn.BatchNorm2d):
            module.weight.data.uniform_(0.8, 1.5)
            module.bias.data.uniform_(0, 0.3)
    net.train()(torch.randn(16, 3, SIDE, SIDE))
    net.train()(torch.randn(16, 3, SIDE, SIDE))
    for value in net.state_dict().values():  # numbers that float16 holds too, which git packs well
        if value.is_floating_point():
            value.copy_(value.half())
    return net.eval()


def for_input(net, kind):
    result = copy.deepcopy(net)
    if kind == "caffe":
        result.features[0].weight.data /= LEVEL
    return result


def logits(net, bytes_, kind, **how):
    with torch.no_grad():
        return copy.deepcopy(net).double()(prepared(bytes_, kind, **how))


def tells_apart(net, bytes_):
    """Whether each way of getting the input wrong moves the scores by far more than the tests allow."""
    for kind in INPUTS:
        right = logits(for_input(net, kind), bytes_, kind)
        wrong = [logits(for_input(net, kind), bytes_, kind, **how) for how in ({"swapped": True}, {"mean_missing": True})]
        wrong.append(right.flip(0))
        if right.abs().max() > 8 or min((right - other).abs().max() for other in wrong) < 0.05:
            return False
    return True


def layers(configuration, net):
    """(name by the paper's authors, module) of the layers with weights, without batch norms."""
    found = [module for module in net.features if isinstance(module, nn.Conv2d)]
    found += [module for module in net.classifier if isinstance(module, nn.Linear)]
    called = [f"conv{name}" for name in names(configuration)] + ["fc6", "fc7", "fc8"]
    return list(zip(called, found, strict=True))


def torch_files(out, name, net):
    state = net.state_dict()
    torch.save(state, out / f"{name}.zip.pth")
    if not name.endswith("_bn"):
        torch.save(state, out / f"{name}.legacy.pth", _use_new_zipfile_serialization=False)
        save_file(state, out / f"{name}.safetensors", metadata={"format": "pt"})


class Of2017:
    """The pickle module of the PyTorch that torchvision's VGG files were written with."""

    __name__ = "pickle"
    load, loads, dump = pickle.load, pickle.loads, pickle.dump

    class Pickler(pickle._Pickler):
        def reducer_override(self, value):
            if isinstance(value, torch.Tensor):
                place = (value._typed_storage(), value.storage_offset(), tuple(value.size()), value.stride())
                return torch._utils._rebuild_tensor, place
            return NotImplemented


def more_torch_files(out, net):
    state = net.state_dict()
    options = {"_use_new_zipfile_serialization": False, "pickle_module": Of2017}
    torch.save(state, out / "A.2017.pth", **options)
    torch.save({"epoch": 3, "state_dict": {f"module.{k}": v for k, v in state.items()}}, out / "A.training.pth")
    torch.save({k: v.half() for k, v in state.items()}, out / "A.half.pth")
    torch.save({k: v for k, v in state.items() if k.startswith("features")}, out / "A.features.pth")


def timm_file(out, name, net, bytes_):
    configuration = name.removesuffix("_bn")
    table = []
    for channels, block in zip(CHANNELS, KERNELS[configuration], strict=True):
        table += [channels // NARROW] * len(block) + ["M"]
    model = TimmVgg(table, CLASSES, norm_layer=nn.BatchNorm2d if name.endswith("_bn") else None)
    model.pre_logits = ConvMlp(CHANNELS[-1] // NARROW, UNITS, CELLS)
    model.head = ClassifierHead(UNITS, CLASSES)
    state = model.state_dict()
    for (key, value), other in zip(net.state_dict().items(), list(state), strict=True):
        assert value.numel() == state[other].numel(), (key, other)
        state[other] = value.reshape(state[other].shape).clone()
    model.load_state_dict(state)
    same = model.eval().double()(prepared(bytes_, "torchvision")) - logits(net, bytes_, "torchvision")
    assert same.abs().max() < 1e-9
    save_file(state, out / f"{name}.timm.safetensors", metadata={"format": "pt"})


def keras_model(configuration, net):
    modules = dict(layers(configuration, net))
    x = start = keras.Input((SIDE, SIDE, 3))

    def named(name):
        block, _, position = name.removeprefix("conv").partition("_")
        return f"block{block}_conv{position}" if position else {"6": "fc1", "7": "fc2", "8": "predictions"}[name[2:]]

    weights = {}
    for block, kernels in enumerate(KERNELS[configuration], 1):
        for i, kernel in enumerate(kernels, 1):
            module = modules[f"conv{block}_{i}"]
            layer = named(f"conv{block}_{i}")
            weights[layer] = [module.weight.permute(2, 3, 1, 0), module.bias]
            x = keras.layers.Conv2D(module.out_channels, kernel, padding="same", activation="relu", name=layer)(x)
        x = keras.layers.MaxPooling2D(name=f"block{block}_pool")(x)
    x = keras.layers.Flatten(name="flatten")(x)
    for name in ("fc6", "fc7", "fc8"):
        module = modules[name]
        weight = module.weight
        if name == "fc6":  # flattened channel last
            weight = weight.unflatten(1, (-1, CELLS, CELLS)).permute(0, 2, 3, 1).flatten(1)
        weights[named(name)] = [weight.T, module.bias]
        x = keras.layers.Dense(module.out_features, None if name == "fc8" else "relu", name=named(name))(x)
    model = keras.Model(start, x)
    for layer, values in weights.items():
        model.get_layer(layer).set_weights([value.detach().numpy() for value in values])
    return model, weights


def keras_files(out, configuration, net, bytes_):
    model, weights = keras_model(configuration, net)
    given = model.predict(prepared(bytes_, "caffe").permute(0, 2, 3, 1).float().numpy(), verbose=0)
    assert numpy.abs(given - logits(net, bytes_, "caffe").numpy()).max() < 1e-4
    with h5py.File(out / f"{configuration}.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
    if configuration != "A":
        return
    model.save(out / "A.model.h5")
    model.save_weights(out / "A.weights.h5")
    with h5py.File(out / "A.keras1.h5", "w") as file:  # keras.applications' files: names of Keras 1 on TensorFlow
        file.attrs["layer_names"] = [layer.encode() for layer in weights]
        for layer, values in weights.items():
            group = file.create_group(layer)
            called = [f"{layer}_W_1:0", f"{layer}_b_1:0"]
            group.attrs["weight_names"] = [name.encode() for name in called]
            for name, value in zip(called, values, strict=True):
                group.create_dataset(name, data=value.detach().numpy())


def caffe_schema(packed=True):
    """The messages of caffe.proto, from the descriptor within the package caffe2onnx."""
    package = importlib.util.find_spec("caffe2onnx").submodule_search_locations[0]
    tree = ast.parse(pathlib.Path(package, "proto", "caffe_upsample_pb2.py").read_text())
    described = next(
        word.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "serialized_pb" and isinstance(word.value.value, bytes)
    )
    file = descriptor_pb2.FileDescriptorProto.FromString(described)
    blob = next(message for message in file.message_type if message.name == "BlobProto")
    for field in blob.field:
        if not packed and field.options.packed:
            field.options.packed = False
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("caffe.NetParameter"))


def caffe_model(schema, configuration, net, encoding, doubles=False):
    model = schema(name=f"VGG_{configuration}")
    repeated = model.layers if encoding == 1 else model.layer
    for name, module in layers(configuration, net):
        layer = repeated.add(name=name)
        convolution = isinstance(module, nn.Conv2d)
        layer.type = (4 if convolution else 14) if encoding == 1 else ("Convolution" if convolution else "InnerProduct")
        for value in (module.weight, module.bias):
            blob = layer.blobs.add()
            sizes = list(value.shape)
            if encoding == 1:
                blob.num, blob.channels, blob.height, blob.width = [1] * (4 - len(sizes)) + sizes
            else:
                blob.shape.dim.extend(sizes)
            (blob.double_data if doubles else blob.data).extend(value.detach().flatten().tolist())
        if configuration == "A_LRN" and name == "conv1_1":
            repeated.add(name="norm1", type=15 if encoding == 1 else "LRN")
    return model.SerializeToString()


def caffe_files(out, configuration, net):
    schema = caffe_schema()
    for encoding in (1, 2):
        model = caffe_model(schema, configuration, net, encoding)
        (out / f"{configuration}.v{encoding}.caffemodel").write_bytes(model)
    if configuration == "A":
        (out / "A.double.caffemodel").write_bytes(caffe_model(schema, "A", net, 2, doubles=True))
        (out / "A.unpacked.caffemodel").write_bytes(caffe_model(caffe_schema(packed=False), "A", net, 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    resources = pathlib.Path(__file__).resolve().parents[1] / "resources" / "verydeep" / "weights"
    parser.add_argument("--out", type=pathlib.Path, default=resources)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    bytes_ = pictures()
    tensors = {"pictures": torch.from_numpy(bytes_)}
    seeds = {}
    for name in [*KERNELS, *(f"{configuration}_bn" for configuration in BATCH_NORM)]:
        configuration, batch_norm = name.removesuffix("_bn"), name.endswith("_bn")
        seed = next(seed for seed in range(10_000) if tells_apart(drawn(configuration, batch_norm, seed), bytes_))
        seeds[name] = seed
        net = drawn(configuration, batch_norm, seed)
        for kind in INPUTS:
            tensors[f"{kind}/{name}"] = logits(for_input(net, kind), bytes_, kind).float()
        torch_files(out, name, net)
        if configuration in BATCH_NORM:
            timm_file(out, name, net, bytes_)
        if not batch_norm:
            caffe_files(out, configuration, for_input(net, "caffe"))
            if configuration != "A_LRN":
                keras_files(out, configuration, for_input(net, "caffe"), bytes_)
        if name == "A":
            more_torch_files(out, net)
    facts = {"versions": json.dumps(VERSIONS), "seeds": json.dumps(seeds)}
    save_file(tensors, out / "logits.safetensors", metadata=facts)
    files = sorted(out.glob("*.*"))
    for file in files:
        file.chmod(0o644)
    print(f"{len(files)} files, {sum(file.stat().st_size for file in files)} bytes, seeds {seeds}")


if __name__ == "__main__":
    main()
