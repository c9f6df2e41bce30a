#!/usr/bin/python3
"""Holds the files that onnx_cases writes against ONNX's checker, and evaluates them against Mica's answers.

Usage: check_onnx.py ONNX_CASES (a program; its files go into this folder)
Debian's onnx 1.12 has no evaluator of its own; this one follows the operators' definitions, in double.
"""
import glob
import math
import os
import subprocess
import sys

try:
    import numpy as np
    import onnx
    import onnx.numpy_helper
    import onnx.shape_inference
except ImportError as error:
    print(f"Skipped: {error}; Debian's package is python3-onnx.")
    sys.exit(77)


def windows(x, kernel, strides, dilations, pads, fill):
    """[batch][channels][outputs...][taps] of the padded x."""
    n = len(kernel)
    x = np.pad(x, [(0, 0), (0, 0)] + [(pads[i], pads[n + i]) for i in range(n)], constant_values=fill)
    out = [(x.shape[2 + i] - (kernel[i] - 1) * dilations[i] - 1) // strides[i] + 1 for i in range(n)]
    taps = []
    for tap in np.ndindex(*kernel):
        cut = [slice(t * d, t * d + (o - 1) * s + 1, s) for t, d, o, s in zip(tap, dilations, out, strides)]
        taps.append(x[(slice(None), slice(None), *cut)])
    return np.stack(taps, -1)


def convolution(a, x, w, b):
    group = a.get("group", 1)
    parts = windows(x, a["kernel_shape"], a["strides"], a["dilations"], a["pads"], 0)
    outs = []
    for g in range(group):
        p = parts[:, g * w.shape[1]:(g + 1) * w.shape[1]]
        q = w[g * w.shape[0] // group:(g + 1) * w.shape[0] // group]
        outs.append(np.einsum("nc...t,oct->no...", p, q.reshape(q.shape[0], q.shape[1], -1)))
    return np.concatenate(outs, 1) + b.reshape(1, -1, *[1] * (x.ndim - 2))


def transposed(a, x, w, b):
    s, d, k, p, extra = a["strides"], a["dilations"], a["kernel_shape"], a["pads"], a["output_padding"]
    full = [(x.shape[2 + i] - 1) * s[i] + (k[i] - 1) * d[i] + 1 + extra[i] for i in range(2)]
    y = np.zeros((x.shape[0], w.shape[1], *full))
    for i, j in np.ndindex(*x.shape[2:]):
        for m, n in np.ndindex(*k):
            y[:, :, i * s[0] + m * d[0], j * s[1] + n * d[1]] += x[:, :, i, j] @ w[:, :, m, n]
    return y[:, :, p[0]:full[0] - p[2], p[1]:full[1] - p[3]] + b.reshape(1, -1, 1, 1)


def pool(a, x, average):
    arguments = (a["kernel_shape"], a["strides"], [1] * len(a["kernel_shape"]), a["pads"])
    parts = windows(x, *arguments, 0 if average else -np.inf)
    if not average:
        return parts.max(-1)
    return parts.sum(-1) / windows(np.ones_like(x), *arguments, 0).sum(-1)


def normalised(x, axes, epsilon):
    m = x.mean(axes, keepdims=True)
    return (x - m) / np.sqrt(((x - m) ** 2).mean(axes, keepdims=True) + epsilon)


def by_channel(v, x):
    return v.reshape(1, -1, *[1] * (x.ndim - 2))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def recurrent(kind, a, x, w, r, b):
    units = a["hidden_size"]
    w, r, b = w[0], r[0], b[0]
    wb, rb = b[:len(b) // 2], b[len(b) // 2:]
    h = c = np.zeros((x.shape[1], units))
    states = []
    for step in x:
        u, v = step @ w.T + wb, h @ r.T + rb
        if kind == "RNN":
            h = np.tanh(u + v)
        elif kind == "GRU":
            assert a["linear_before_reset"] == 1
            z, reset = sigmoid(u + v)[:, :units], sigmoid(u + v)[:, units:2 * units]
            n = np.tanh(u[:, 2 * units:] + reset * v[:, 2 * units:])
            h = (1 - z) * n + z * h
        else:
            i, o, f, g = np.split(u + v, 4, 1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
        states.append(h)
    return [np.stack(states)[:, None], h[None]]


def softmax(x, axis):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def reshaped(x, shape):
    return x.reshape([x.shape[i] if n == 0 else n for i, n in enumerate(shape)])


OPERATORS = {
    "Add": lambda a, x, y: x + y, "Mul": lambda a, x, y: x * y, "Div": lambda a, x, y: x / y,
    "MatMul": lambda a, x, y: x @ y, "Identity": lambda a, x: x,
    "Gemm": lambda a, x, w, b: x @ w.T + b,
    "Flatten": lambda a, x: x.reshape(len(x), -1),
    "Reshape": lambda a, x, shape: reshaped(x, shape),
    "Transpose": lambda a, x: x.transpose(a["perm"]),
    "Squeeze": lambda a, x, axes: x.squeeze(tuple(axes)),
    "Concat": lambda a, *x: np.concatenate(x, a["axis"]),
    "Slice": lambda a, x, first, end, axis: x.take(range(first[0], end[0]), axis[0]),
    "Split": lambda a, x: np.split(x, 3, a["axis"]),
    "Cast": lambda a, x: x.astype(np.int64), "Gather": lambda a, w, i: w[i],
    "Pad": lambda a, x, pads: np.pad(x, list(zip(pads[:x.ndim], pads[x.ndim:]))),
    "Resize": lambda a, x, _, scales: x.repeat(int(scales[2]), 2).repeat(int(scales[3]), 3),
    "Conv": convolution, "ConvTranspose": transposed,
    "MaxPool": lambda a, x: pool(a, x, False), "AveragePool": lambda a, x: pool(a, x, True),
    "GlobalAveragePool": lambda a, x: x.mean(tuple(range(2, x.ndim)), keepdims=True),
    "BatchNormalization": lambda a, x, s, b, m, v: (x - by_channel(m, x)) / np.sqrt(by_channel(v, x) + a["epsilon"])
    * by_channel(s, x) + by_channel(b, x),
    "InstanceNormalization": lambda a, x, s, b: normalised(x, tuple(range(2, x.ndim)), a["epsilon"]) * by_channel(s, x)
    + by_channel(b, x),
    "LayerNormalization": lambda a, x, s, b: normalised(x, tuple(range(a["axis"], 0)), a["epsilon"]) * s + b,
    "GRU": lambda a, *x: recurrent("GRU", a, *x), "LSTM": lambda a, *x: recurrent("LSTM", a, *x),
    "RNN": lambda a, *x: recurrent("RNN", a, *x),
    "Relu": lambda a, x: np.maximum(x, 0), "Tanh": lambda a, x: np.tanh(x), "Sigmoid": lambda a, x: sigmoid(x),
    "LeakyRelu": lambda a, x: np.where(x < 0, a["alpha"] * x, x), "PRelu": lambda a, x, s: np.where(x < 0, s * x, x),
    "Elu": lambda a, x: np.where(x < 0, a["alpha"] * np.expm1(x), x),
    "Celu": lambda a, x: np.where(x < 0, a["alpha"] * np.expm1(x / a["alpha"]), x),
    "Selu": lambda a, x: 1.0507010 * np.where(x < 0, 1.6732632 * np.expm1(x), x),
    "Erf": lambda a, x: np.vectorize(math.erf)(x), "Softplus": lambda a, x: np.log1p(np.exp(x)),
    "Clip": lambda a, x, low, high: np.clip(x, low, high),
    "HardSigmoid": lambda a, x: np.clip(a["alpha"] * x + a["beta"], 0, 1),
    "HardSwish": lambda a, x: x * np.clip(x / 6 + 0.5, 0, 1),
    "Softmax": lambda a, x: softmax(x, a["axis"]), "LogSoftmax": lambda a, x: np.log(softmax(x, a["axis"])),
}


def evaluate(graph, x):
    values = {t.name: onnx.numpy_helper.to_array(t) for t in graph.initializer}
    values = {name: v.astype(float) if v.dtype == np.float32 else v for name, v in values.items()}
    values[""] = None
    values["input"] = x
    for node in graph.node:
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        result = OPERATORS[node.op_type](attributes, *[values[name] for name in node.input])
        for name, value in zip(node.output, result if isinstance(result, list) else [result]):
            values[name] = value
    return values["output"]


def check(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    extents = [[d.dim_value for d in v.type.tensor_type.shape.dim][1:] for v in (model.graph.input[0],
                                                                                model.graph.output[0])]
    numbers = np.fromfile(path[:-5] + ".numbers", dtype=np.float32)
    batch, inputs, outputs = map(int, numbers[:3])
    x, y = np.split(numbers[3:].astype(float), [batch * inputs])
    result = evaluate(model.graph, x.reshape(batch, *extents[0]))
    assert result.shape == (batch, *extents[1]), (result.shape, extents[1])
    error = np.abs(result.ravel() - y).max() / np.abs(y).max()
    print(f"{path:24} {len(model.graph.node):3} nodes, off by {error:.1e}")
    assert error < 2e-5 and np.abs(y[:outputs] - y[outputs:]).max() > 1e-3


def main():
    for path in glob.glob("*.onnx"):
        os.remove(path)
    subprocess.run([sys.argv[1]], check=True)
    paths = sorted(glob.glob("*.onnx"))
    for path in paths:
        check(path)
    print(f"{len(paths)} files are right by onnx {onnx.__version__}'s checker and answer as Mica does.")
    sys.exit(0 if len(paths) >= 33 else 1)


if __name__ == "__main__":
    main()
