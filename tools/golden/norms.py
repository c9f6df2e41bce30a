"""Normalisations and dropout: PyTorch's channels are the second extent, Mica's the last."""
import torch
import torch.nn.functional as F

import layers
from common import DY, PARAMETERS, X, array, header as common_header, tensor, type_list


def over_channels(norm, x):
    """norm on [batch][channels][pixels]: PyTorch 1.13 gives wrong gradients of instance_norm for some tensors of four
    extents whose channels lie last in memory (its own gradcheck refuses them)."""
    rows = x.reshape(x.shape[0], -1, x.shape[-1]).transpose(1, 2).contiguous()
    return norm(rows).transpose(1, 2).reshape(x.shape)


def by_sample(name, layer, forward, shapes):
    """Cases of a layer that normalises each sample, with scale around 1 and shift around 0 side by side."""
    for i, (shape, batch) in enumerate(shapes):
        yield layers.case(f"{name}{i}", layer(shape), forward, shape, batch, parameters(name, shape), scale=3.0,
                          parameter_scale=0.75, parameter_offset=0.5)


def parameters(name, shape):
    per_element = {"LayerNorm": len(shape), "LayerNormLast": 1}.get(name)
    return 2 * (torch.Size(shape[-per_element:]).numel() if per_element else shape[-1])


def layer_norm(extents):
    def forward(x, p):
        shape = x.shape[1:] if extents == 0 else x.shape[-extents:]
        scale, shift = p.view(2, *shape)
        return F.layer_norm(x, list(shape), scale, shift, 1e-5)

    return forward


def group_norm(groups):
    def forward(x, p):
        scale, shift = p.view(2, -1)
        return over_channels(lambda rows: F.group_norm(rows, groups, scale, shift, 1e-5), x)

    return forward


def instance_norm(x, p):
    scale, shift = p.view(2, -1)
    return over_channels(lambda rows: F.instance_norm(rows, weight=scale, bias=shift, eps=1e-5), x)


def batch_norm(x, p):
    scale, shift = p.view(2, -1)
    return over_channels(lambda rows: F.batch_norm(rows, None, None, scale, shift, True, 0.1, 1e-5), x)


SHAPES = [((5,), 3), ((13,), 2), ((3, 5), 2), ((2, 2, 7), 1), ((33,), 2)]
GROUPS = [(2, (3, 4), 2), (3, (9,), 3), (1, (2, 2, 5), 2), (5, (3, 15), 1), (4, (2, 3, 12), 2)]
PIXELS = [((3, 2), 3), ((5, 1), 2), ((2, 2, 7), 2), ((3, 3, 3), 1), ((4, 9), 2)]
BATCHES = [((3,), 7), ((1,), 4), ((3, 5), 4), ((2, 2, 7), 3), ((33,), 5), ((5, 3, 2), 1)]


def norms_header():
    cases = list(by_sample("LayerNorm", lambda shape: "mica::LayerNorm<>", layer_norm(0), SHAPES))
    cases += by_sample("LayerNormLast", lambda shape: "mica::LayerNorm<1>", layer_norm(1), SHAPES)
    for i, (groups, shape, batch) in enumerate(GROUPS):
        cases.append(layers.case(f"GroupNorm{i}", f"mica::GroupNorm<{groups}>", group_norm(groups), shape, batch,
                                 2 * shape[-1], scale=3.0, parameter_scale=0.75, parameter_offset=0.5))
    cases += by_sample("InstanceNorm", lambda shape: "mica::InstanceNorm", instance_norm, PIXELS)
    cases += by_sample("BatchNorm", lambda shape: "mica::BatchNorm<>", batch_norm, BATCHES)
    return layers.header("NormCases", cases, 400)


# Averages, PyTorch's momentum (None: cumulative), shape, batches of these sizes.
RUNNING = [("mica::Exponential<>", 0.1, (3,), (4, 4, 2)), ("mica::Exponential<1, 4>", 0.25, (2, 2, 5), (3, 1, 3, 3)),
           ("mica::Cumulative", None, (7,), (5, 5, 4, 5)), ("mica::Cumulative", None, (3, 4), (2, 2, 1)),
           ("mica::Exponential<1, 2>", 0.5, (9, 1), (1, 2, 3, 2, 1)), ("mica::Exponential<>", 0.1, (3, 3, 17), (2, 2))]


def running(seed, averages, momentum, shape, sizes):
    """Training passes over several batches, the averages after them, and a pass at test time."""
    channels, size, most = shape[-1], torch.Size(shape).numel(), max(sizes)
    layer = torch.nn.BatchNorm1d(channels, momentum=momentum)
    parameters = tensor(seed, PARAMETERS, 2 * channels, 0.75, 0.5).view(2, channels)
    layer.weight.data, layer.bias.data = parameters[0], parameters[1]
    for step, count in enumerate(sizes):
        x = tensor(seed + step * 1000, X, count * size, 3.0, 1.0).view(-1, channels)
        layer(x)
    layer.eval()
    y = layer(tensor(seed, X, most * size, 3.0, 1.0).view(-1, channels)).detach()
    name = f"RunningAverages{seed - 480}"
    return name, (
        f"struct {name} {{\n"
        f"  using Layer = mica::BatchNorm<{averages}>;\n"
        f"  using Input = mica::Shape<{', '.join(map(str, shape))}>;\n"
        f"  static constexpr unsigned seed = {seed};\n"
        f"  static constexpr int batch = {most}, sizes[] = {{{', '.join(map(str, sizes))}}};\n"
        + array("mean", layer.running_mean)
        + array("variance", layer.running_var)
        + array("y", y.flatten())
        + "};\n"
    )


def running_header():
    body, names = "", []
    for i, settings in enumerate(RUNNING):
        name, text = running(480 + i, *settings)
        body += text
        names.append(name)
    body += type_list("RunningCases", names)
    return common_header("Running averages after several batches, and inference with them.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)


DROPOUT = [("Dropout", F.dropout), ("AlphaDropout", F.alpha_dropout), ("SpatialDropout", F.dropout2d)]
SHARES = [(1, 5), (1, 2), (3, 4), (1, 10), (2, 7)]
VALUES = 12


def dropout(name, function, seed, numerator, denominator):
    """What becomes of a value when it is kept and when it is dropped, and of its gradient, found over many masks."""
    x = tensor(seed, X, VALUES, 2.0).requires_grad_()
    dy = tensor(seed, DY, VALUES)
    image = (1, VALUES, 1, 1)
    kept, dropped = [None] * VALUES, [None] * VALUES
    torch.manual_seed(seed)
    for _ in range(400):
        x.grad = None
        y = function(x.view(image), numerator / denominator, True).view(VALUES)
        y.backward(dy)
        for i in range(VALUES):
            (kept if x.grad[i] != 0 else dropped)[i] = (y[i].item(), x.grad[i].item())
    return (
        f"struct {name} {{\n"
        f"  static constexpr Draw x{{{seed}, 1, 2.0f}}, dy{{{seed}, 3}};\n"
        f"  static constexpr int count = {VALUES};\n"
        f"  using Layer = mica::{name.rstrip('0123456789')}<{numerator}, {denominator}>;\n"
        + array("kept", [k[0] for k in kept])
        + array("kept_dx", [k[1] for k in kept])
        + array("dropped", [d[0] for d in dropped])
        + "};\n"
    )


def dropout_header():
    body, names = "", []
    for kind, function in DROPOUT:
        for i, (numerator, denominator) in enumerate(SHARES):
            names.append(f"{kind}{i}")
            body += dropout(names[-1], function, 500 + len(names), numerator, denominator)
    body += type_list("DropoutCases", names)
    return common_header("Dropout: each value and its gradient when it is kept, and the value when it is dropped.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)


MODULES = {"norms": norms_header, "norms_running": running_header, "norms_dropout": dropout_header}
