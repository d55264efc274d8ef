"""A forward pass: python testing.py CONTESTANT CONFIGURATION CHANNELS WHOLE PICTURES HEIGHT WIDTH

CHANNELS is 1 for those of Table 1. WHOLE is true for the fully connected layers too (at full width), false for the
convolutions alone. Each contestant is given what helps it: no gradients, constant shapes, its own best layout or graph
optimization. All compute in float32 but `OpenVINO, its own precision`, which chooses for itself: bfloat16 where the
processor multiplies in it.
"""

import io
import os
import sys

import torch
import torch._inductor.config
from torch import nn
from torchvision.models import vgg

import peer


def network(configuration, channels, whole):
    """torchvision's net with He's weights."""
    torch.manual_seed(1)
    features = vgg.make_layers([c if c == "M" else int(c * channels) for c in vgg.cfgs[configuration]])
    net = vgg.VGG(features) if whole else features
    net.eval()
    for layer in net.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    return net


def onnx(net, pixels):
    """The network as an ONNX file in memory."""
    file = io.BytesIO()
    torch.onnx.export(net, pixels, file, dynamo=False)
    return file.getvalue()


def of_pytorch(contestant, net, pixels):
    if contestant != "PyTorch":
        net = net.to(memory_format=torch.channels_last)
        pixels = pixels.to(memory_format=torch.channels_last)
    if contestant == "PyTorch, compiled":
        if os.environ.get("VECTOR_BITS"):
            torch._inductor.config.cpp.simdlen = int(os.environ["VECTOR_BITS"])
        net = torch.compile(net, mode="max-autotune")
    return lambda: net(pixels), f"PyTorch {torch.__version__}"


def of_onnx_runtime(net, pixels):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = peer.threads()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(onnx(net, pixels), options, ["CPUExecutionProvider"])
    feed = {session.get_inputs()[0].name: pixels.numpy()}
    return lambda: session.run(None, feed), f"ONNX Runtime {onnxruntime.__version__}"


def of_openvino(contestant, net, pixels):
    import openvino

    core = openvino.Core()
    options = {"INFERENCE_NUM_THREADS": peer.threads(), "PERFORMANCE_HINT": "LATENCY"}
    if contestant.endswith("float32"):
        options["INFERENCE_PRECISION_HINT"] = "f32"
    model = core.read_model(io.BytesIO(onnx(net, pixels)))
    compiled = core.compile_model(model, "CPU", options)
    precision = compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name()
    request = compiled.create_infer_request()
    feed = [pixels.numpy()]
    version = openvino.__version__.split("-")[0]
    return lambda: request.infer(feed), f"OpenVINO {version} in {precision}"


def main(contestant, configuration, channels, whole, pictures, height, width):
    torch.set_num_threads(peer.threads())
    net = network(configuration, channels, whole == "true")
    pixels = torch.randn(pictures, 3, height, width) * 60
    with torch.inference_mode():
        if contestant.startswith("PyTorch"):
            step, versions = of_pytorch(contestant, net, pixels)
        elif contestant == "ONNX Runtime":
            step, versions = of_onnx_runtime(net, pixels)
        else:
            step, versions = of_openvino(contestant, net, pixels)
        peer.serve(step, versions)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4], *map(int, sys.argv[5:]))
