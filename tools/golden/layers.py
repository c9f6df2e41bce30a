"""Forward and backward of every layer. A layer is a function of x and of Mica's flat parameters; autograd then gives
the gradients in Mica's order."""
import torch
import torch.nn.functional as F

from common import DY, PARAMETERS, X, array, header as common_header, tensor, type_list


def dense(out):
    def forward(x, p):
        rows = x.reshape(x.shape[0], -1)
        size = rows.shape[1]
        return F.linear(rows, p[: size * out].view(size, out).t(), p[size * out :])

    return forward


def prelu(x, p):
    # PyTorch's channels are the second extent, Mica's the last.
    channels = x.shape[-1]
    return F.prelu(x.reshape(-1, channels), p).view(x.shape)


def case(name, layer, forward, shape, batch, parameters=0, scale=2.0, parameter_scale=0.5, parameter_offset=0.0):
    return dict(name=name, layer=layer, forward=forward, shape=shape, batch=batch, parameters=parameters, scale=scale,
                parameter_scale=parameter_scale, parameter_offset=parameter_offset)


def dense_cases():
    sizes = [((1,), 1, 1), ((7,), 5, 3), ((17,), 33, 4), ((3, 2, 2), 10, 5), ((40,), 9, 7), ((2, 5), 16, 2)]
    for i, (shape, out, batch) in enumerate(sizes):
        size = torch.Size(shape).numel()
        yield case(f"Dense{i}", f"mica::Dense<{out}>", dense(out), shape, batch, (size + 1) * out)


SHAPES = [((5,), 3), ((13,), 2), ((3, 5), 2), ((2, 2, 7), 1), ((33,), 1)]


def rectifier_cases():
    kinds = [
        ("ReLU", "mica::ReLU", lambda x, p: F.relu(x), 2),
        ("LeakyReLU", "mica::LeakyReLU<>", lambda x, p: F.leaky_relu(x, 0.01), 2),
        ("LeakyReLUThird", "mica::LeakyReLU<1, 3>", lambda x, p: F.leaky_relu(x, 1 / 3), 2),
    ]
    yield from element_wise(kinds)
    for i, (shape, batch) in enumerate(SHAPES):
        yield case(f"PReLU{i}", "mica::PReLU", prelu, shape, batch, shape[-1], parameter_offset=0.25)


def smooth_cases():
    kinds = [
        ("Sigmoid", "mica::Sigmoid", lambda x, p: torch.sigmoid(x), 8),
        ("Tanh", "mica::Tanh", lambda x, p: torch.tanh(x), 4),
        ("Softmax", "mica::Softmax", lambda x, p: F.softmax(x, -1), 6),
    ]
    yield from element_wise(kinds)


def element_wise(kinds):
    for name, layer, forward, scale in kinds:
        for i, (shape, batch) in enumerate(SHAPES):
            yield case(f"{name}{i}", layer, forward, shape, batch, scale=scale)


def write(seed, c):
    size = torch.Size(c["shape"]).numel()
    x = tensor(seed, X, c["batch"] * size, c["scale"]).view(c["batch"], *c["shape"]).requires_grad_()
    p = tensor(seed, PARAMETERS, c["parameters"], c["parameter_scale"], c["parameter_offset"]).requires_grad_()
    y = c["forward"](x, p)
    dy = tensor(seed, DY, y.numel()).view(y.shape)
    y.backward(dy)
    extents = ", ".join(map(str, c["shape"]))
    gradient = p.grad if c["parameters"] else []
    return (
        f"struct {c['name']} {{\n"
        f"  using Layer = {c['layer']};\n"
        f"  using Input = mica::Shape<{extents}>;\n"
        f"  static constexpr int batch = {c['batch']}, parameters = {c['parameters']};\n"
        f"  static constexpr Draw x{{{seed}, 1, {float(c['scale'])}f}}, dy{{{seed}, 3}};\n"
        f"  static constexpr Draw params{{{seed}, 2, {c['parameter_scale']}f, {c['parameter_offset']}f}};\n"
        + array("y", y.detach().flatten())
        + array("dx", x.grad.flatten())
        + array("gradient", gradient)
        + "};\n"
    )


def header(name, cases, first_seed):
    body = "".join(write(first_seed + i, c) for i, c in enumerate(cases))
    body += type_list(name, [c["name"] for c in cases])
    about = "Forward and backward of layers: y, and dx and the parameters' gradient for a given dy."
    return common_header(about, ["mica/mica.hpp", "tests/golden/draw.hpp"], body)


def dense_header():
    return header("DenseCases", list(dense_cases()), 1)


def rectifiers_header():
    return header("RectifierCases", list(rectifier_cases()), 20)


def smooth_activations_header():
    return header("SmoothActivationCases", list(smooth_cases()), 60)
