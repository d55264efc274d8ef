"""Writes one small net A in the many forms that weights have on people's disks, and what PyTorch computes with it.

    python foreign_weights_goldens.py [--out ../resources/verydeep/weights/foreign]

README.md beside this script lists the files. All hold the same numbers, but for conv1_1, which is divided by 64 where the
input is 0-255. It needs the packages of weights_goldens.py, and onnx and scipy.
"""

import argparse
import collections
import copy
import json
import os
import pathlib
import pickle

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy
import onnx
import scipy
import scipy.io
import torch
import weights_goldens
from safetensors.torch import save_file
from torch import nn
from weights_goldens import INPUTS, LEVEL, caffe_schema, prepared

CHANNELS = [1, 2, 4, 4, 8, 8, 8, 8]  # A at width 1/64
POOLED = {0, 1, 3, 5, 7}
NAMES = ["conv1_1", "conv2_1", "conv3_1", "conv3_2", "conv4_1", "conv4_2", "conv5_1", "conv5_2", "fc6", "fc7", "fc8"]
UNITS, CLASSES, SIDE, SEED = 4, 3, 64, 3
CELLS = SIDE // 32
INPUTS["matconvnet"] = (True, 1.0, (123.68, 116.779, 103.939), (1.0, 1.0, 1.0))


class Net(nn.Module):
    """torchvision's VGG, very narrow: its names, its order of layers."""

    def __init__(self):
        super().__init__()
        layers, inputs = [], 3
        for i, channels in enumerate(CHANNELS):
            layers += [nn.Conv2d(inputs, channels, 3, padding=1), nn.ReLU()]
            layers += [nn.MaxPool2d(2, 2)] if i in POOLED else []
            inputs = channels
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(
            nn.Linear(CHANNELS[-1] * CELLS**2, UNITS),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(UNITS, UNITS),
            nn.ReLU(),
            nn.Dropout(),
            nn.Linear(UNITS, CLASSES),
        )

    def forward(self, pictures):
        return self.classifier(torch.flatten(self.features(pictures), 1))


def drawn():
    """He-normal weights, biases that keep ReLUs open; numbers that float16 holds too."""
    torch.manual_seed(SEED)
    net = Net()
    for module in net.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            module.weight.data.normal_(0, (2 / module.weight[0].numel()) ** 0.5)
            module.bias.data.uniform_(0.1, 0.4)
    for value in net.state_dict().values():
        value.copy_(value.half())
    return net.eval()


def for_input(net, kind):
    result = copy.deepcopy(net)
    if kind != "torchvision":
        result.features[0].weight.data /= LEVEL
    return result


def answers(net, picture):
    """pool5, fc7 behind its ReLU, and scores, by each kind of input."""
    tensors = {"picture": torch.from_numpy(picture[0])}
    with torch.no_grad():
        for kind in INPUTS:
            double = for_input(net, kind).double()
            pool5 = double.features(prepared(picture, kind))
            fc7 = double.classifier[:5](pool5.flatten(1))
            for name, value in {"pool5": pool5, "fc7": fc7, "fc8": double.classifier[5:](fc7)}.items():
                assert (value > 0).sum() > value.numel() / 8, (kind, name)
                tensors[f"{kind}/{name}"] = value.float().contiguous()
    return tensors


def modules(net):
    """(the authors' name, module) of each layer with weights."""
    found = [module for module in net.modules() if isinstance(module, nn.Conv2d | nn.Linear)]
    return list(zip(NAMES, found, strict=True))


def names(out, net):
    state = net.state_dict()
    contiguous = {name: value.clone() for name, value in state.items()}
    save_file({f"_orig_mod.{name}": value for name, value in contiguous.items()}, out / "compiled.safetensors")
    save_file({f"model.backbone.{name}": value for name, value in contiguous.items()}, out / "prefix.safetensors")
    parallel = copy.deepcopy(net)
    parallel.features = nn.DataParallel(parallel.features)
    torch.save({"epoch": 9, "arch": "vgg11", "state_dict": parallel.state_dict(), "best_acc1": torch.tensor(71.5)}, out / "parallel-features.pth")
    torch.save(net.features.state_dict(), out / "features-bare.pth")
    older = {"classifier.0.": "classifier.1.", "classifier.3.": "classifier.4."}
    renamed = collections.OrderedDict()
    for name, value in state.items():
        layer = name[:13]
        renamed[older.get(layer, layer) + name[13:]] = value
    torch.save(renamed, out / "old-classifier.pth")
    torch.save(nn.Sequential(*net.features, nn.Flatten(), *net.classifier).state_dict(), out / "sequence.pth")


def caffe(out, net):
    for file, renamed in (("renamed-fc8", {"fc8": "fc8_flickr"}), ("surgery", {n: f"{n}-conv" for n in NAMES[8:]})):
        model = caffe_schema()(name="VGG_A")
        for name, module in modules(for_input(net, "caffe")):
            layer = model.layer.add(name=renamed.get(name, name))
            weight = module.weight
            if file == "surgery" and name.startswith("fc"):
                cells = CELLS if name == "fc6" else 1
                weight = weight.reshape(len(weight), -1, cells, cells)
            layer.type = "Convolution" if weight.dim() == 4 else "InnerProduct"
            for value in (weight, module.bias):
                blob = layer.blobs.add()
                blob.shape.dim.extend(value.shape)
                blob.data.extend(value.detach().flatten().tolist())
        (out / f"{file}.caffemodel").write_bytes(model.SerializeToString())


def contents(out, net):
    state = net.state_dict()
    optimizer = torch.optim.SGD(net.parameters(), 0.01, momentum=0.9)
    for parameter in net.parameters():
        optimizer.state[parameter] = {"momentum_buffer": torch.zeros_like(parameter)}
    arguments = argparse.Namespace(model="vgg11", lr=0.01, out=pathlib.PurePosixPath("runs"), weights=None)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 30).state_dict()
    reference = {"model": state, "optimizer": optimizer.state_dict(), "lr_scheduler": scheduler, "epoch": 3, "args": arguments}
    torch.save(reference, out / "reference.pth")
    average = torch.optim.swa_utils.AveragedModel(net)
    average.update_parameters(net)
    other = {name: -value for name, value in state.items()}
    torch.save({"model": other, "model_ema": average.state_dict(), "epoch": 3}, out / "average.pth")
    scalars = {"best": numpy.float64(71.5), "losses": [numpy.float32(0.5)], "seen": {1, 2}, 3.5: (None, ...)}
    named = {f"net.{name}": value for name, value in state.items()} | {"criterion.weight": torch.ones(CLASSES)}
    others = {"expanded": torch.ones(1).expand(99), "eighths": torch.ones(3).to(torch.float8_e4m3fn)}
    saved = {"state_dict": named, "callbacks": scalars, "optimizer_states": [optimizer.state_dict()], "others": others}
    torch.save(saved, out / "trainer.ckpt")
    torch.save(net, out / "module.pth")
    torch.save(net, out / "module.legacy.pth", _use_new_zipfile_serialization=False)
    torch.jit.script(net).save(out / "script.pt")


def heads(out, net):
    state = net.state_dict()
    torch.save({k: v for k, v in state.items() if not k.startswith("classifier.6")}, out / "no-fc8.pth")
    features = {k: v for k, v in state.items() if k.startswith("features")}
    torch.save(features | {"classifier.weight": torch.ones(2, 32), "classifier.bias": torch.ones(2)}, out / "one-layer-head.pth")
    normalized = nn.Sequential(nn.Linear(32, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 2))
    torch.save(features | {f"classifier.{k}": v for k, v in normalized.state_dict().items()}, out / "other-head.pth")
    deeper = {k: v for k, v in state.items() if not k.startswith("classifier.6")}
    torch.save(deeper | {"classifier.6.0.weight": torch.ones(2, 4), "classifier.6.0.bias": torch.ones(2)}, out / "deeper-fc8.pth")


def strided(out, net):
    last = copy.deepcopy(net).to(memory_format=torch.channels_last).state_dict()
    assert not last["features.6.weight"].is_contiguous()
    torch.save(last, out / "channels-last.pth")
    torch.save(last, out / "channels-last.legacy.pth", _use_new_zipfile_serialization=False)
    turned = {k: v.t().contiguous().t() if v.dim() == 2 else v for k, v in net.state_dict().items()}
    flat = torch.cat([value.flatten() for value in turned.values()])
    at = 0
    for name, value in turned.items():  # parts of one storage
        if value.dim() != 2:
            turned[name] = flat[at : at + value.numel()].view(value.shape)
        at += value.numel()
    torch.save(turned, out / "views.pth")


def shards(out, net):
    state = {name: value.clone() for name, value in net.state_dict().items()}
    files = {True: "model-00001-of-00002.safetensors", False: "model-00002-of-00002.safetensors"}
    for first, file in files.items():
        save_file({k: v for k, v in state.items() if k.startswith("features") == first}, out / file)
    index = {"metadata": {"total_size": 1}, "weight_map": {k: files[k.startswith("features")] for k in state}}
    (out / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")


def channels_last(name, weight):
    """A kernel as (row, column, in, out), rows as (in, out), of fc6 over (row, column, channel)."""
    value = weight.detach()
    if value.dim() == 4:
        return value.permute(2, 3, 1, 0).numpy()
    if name == "fc6":
        value = value.unflatten(1, (-1, CELLS, CELLS)).permute(0, 2, 3, 1).flatten(1)
    return value.T.numpy()


def keras_layers(net):
    """VGG by the functional API, in layers without names."""
    x = start = keras.Input((SIDE, SIDE, 3))
    for i, channels in enumerate(CHANNELS):
        x = keras.layers.Conv2D(channels, 3, padding="same", activation="relu", name=None)(x)
        x = keras.layers.MaxPooling2D()(x) if i in POOLED else x
    x = keras.layers.Flatten()(x)
    for units in (UNITS, UNITS):
        x = keras.layers.Dropout(0.5)(keras.layers.Dense(units, "relu")(x))
    return start, keras.layers.Dense(CLASSES)(x)


def fill(model, net):
    layers = [layer for layer in model._flatten_layers() if layer.weights and not layer._layers]
    for layer, (name, module) in zip(layers, modules(net), strict=True):
        layer.set_weights([channels_last(name, module.weight), module.bias.detach().numpy()])


def keras_files(out, net, picture):
    caffe_net = for_input(net, "caffe")
    model = keras.Model(*keras_layers(net))
    fill(model, caffe_net)
    given = model.predict(prepared(picture, "caffe").permute(0, 2, 3, 1).float().numpy(), verbose=0)
    with torch.no_grad():
        assert numpy.abs(given - caffe_net(prepared(picture, "caffe").float()).numpy()).max() < 1e-4
    model.save(out / "unnamed.keras")
    inner = named_convolutions()
    for layer, (name, module) in zip([x for x in inner.layers if x.weights], modules(caffe_net)):
        layer.set_weights([channels_last(name, module.weight), module.bias.detach().numpy()])
    outer = keras.Sequential([keras.Input((SIDE, SIDE, 3)), inner, keras.layers.Flatten(), keras.layers.Dense(2)])
    outer.save(out / "nested.h5")
    outer.save(out / "nested.keras")


def named_convolutions():
    x = start = keras.Input((SIDE, SIDE, 3))
    for i, name in enumerate(NAMES[:8]):
        layer = f"block{name[4]}_conv{name[6]}"
        x = keras.layers.Conv2D(CHANNELS[i], 3, padding="same", activation="relu", name=layer)(x)
        x = keras.layers.MaxPooling2D()(x) if i in POOLED else x
    return keras.Model(start, x, name="vgg11")


class OfPython2(pickle._Pickler):
    """Writes bytes as Python 2 wrote its text, as the converters' files of 2016 have them."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_bytes(self, value):
        short = len(value) < 256
        self.write((b"U" + bytes([len(value)]) if short else b"T" + len(value).to_bytes(4, "little")) + value)
        self.memoize(value)

    dispatch[bytes] = save_bytes


def numpy_files(out, net):
    layers = {
        name: {"weights": channels_last(name, module.weight), "biases": module.bias.detach().numpy()}
        for name, module in modules(for_input(net, "caffe"))
    }
    flat = {f"{layer}_{role}": arrays[long] for layer, arrays in layers.items() for role, long in (("W", "weights"), ("b", "biases"))}
    numpy.savez(out / "frossard.npz", **flat)
    numpy.savez_compressed(out / "compressed.npz", **flat)
    scoped = {f"vgg_11/{layer[:5]}/{layer}/{role}:0" if layer[0] == "c" else f"vgg_11/{layer}/{role}:0": value for layer, arrays in layers.items() for role, value in arrays.items()}
    numpy.savez(out / "scoped.npz", **scoped)
    numpy.save(out / "converted.npy", layers, allow_pickle=True)
    pairs = {layer: [numpy.asfortranarray(arrays["weights"]), arrays["biases"]] for layer, arrays in layers.items()}
    numpy.save(out / "lists.npy", pairs, allow_pickle=True)
    with open(out / "python2.pkl", "wb") as file:
        OfPython2(file, 2).dump(layers)
    torch_names = {name: value.numpy() for name, value in net.state_dict().items()}
    numpy.savez(out / "torch-names.npz", **torch_names)


def onnx_file(out, net):
    torch.onnx.export(net, (torch.zeros(1, 3, SIDE, SIDE),), out / "exported.onnx", dynamo=False)
    model = onnx.ModelProto(ir_version=8, graph=onnx.GraphProto(name="caffe2"))
    for name, module in modules(for_input(net, "caffe")):
        for role, value in (("w", module.weight), ("b", module.bias)):
            array = value.detach().numpy()
            kind = onnx.TensorProto.FLOAT
            model.graph.initializer.append(onnx.helper.make_tensor(f"{name}_{role}_0", kind, array.shape, array.flatten().tolist()))
    (out / "caffe2.onnx").write_bytes(model.SerializeToString())


def cell(values):
    array = numpy.empty((1, len(values)), object)
    array[0, :] = values
    return array


def mat_files(out, net):
    layers, older = [], []
    for name, module in modules(for_input(net, "matconvnet")):
        weight = module.weight.detach()
        if weight.dim() == 2:
            cells = CELLS if name == "fc6" else 1
            weight = weight.reshape(len(weight), -1, cells, cells)
        filters, biases = weight.permute(2, 3, 1, 0).numpy(), module.bias.detach().numpy()[None]
        layers.append({"name": name, "type": "conv", "weights": cell([filters, biases]), "stride": 1.0, "pad": 1.0})
        layers.append({"name": "relu" + name, "type": "relu"})
        older.append({"type": "conv", "filters": filters, "biases": biases, "name": name})
    meta = {"classes": {"name": cell(["a", "b", "c"])}, "normalization": {"imageSize": numpy.array([64.0, 64, 3])}}
    scipy.io.savemat(out / "matconvnet.mat", {"layers": cell(layers), "meta": meta})
    scipy.io.savemat(out / "matconvnet.compressed.mat", {"meta": meta, "layers": cell(layers)}, do_compression=True)
    scipy.io.savemat(out / "matconvnet.2014.mat", {"net": {"layers": cell(older)}})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    resources = pathlib.Path(__file__).resolve().parents[1] / "resources" / "verydeep" / "weights" / "foreign"
    parser.add_argument("--out", type=pathlib.Path, default=resources)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    picture = weights_goldens.pictures()[:1]
    net = drawn()
    for write in (names, caffe, contents, heads, strided, shards, numpy_files, onnx_file, mat_files):
        write(out, net)
    keras_files(out, net, picture)
    versions = {package.__name__: package.__version__ for package in (torch, keras, numpy, scipy, onnx)}
    save_file(answers(net, picture), out / "expected.safetensors", metadata={"versions": json.dumps(versions)})
    files = sorted(out.glob("*.*"))
    for file in files:
        file.chmod(0o644)
    print(f"{len(files)} files, {sum(file.stat().st_size for file in files)} bytes, {versions}")


if __name__ == "__main__":
    main()
