"""Layers made of layers. A piece is (the C++ type, how many parameters it has for an input shape, its function)."""
import torch
import torch.nn.functional as F

from layers import case, dense, header
from spatial import conv, same


def dense_piece(out):
    return f"mica::Dense<{out}>", lambda shape: (torch.Size(shape).numel() + 1) * out, dense(out)


def conv_piece(out, kernel, stride=1):
    def forward(x, p):
        height, width = x.shape[1:3]
        pad = same(height, kernel, stride, 1) + same(width, kernel, stride, 1)
        return conv(out, (kernel, kernel), pad, stride, 1)(x, p)

    return f"mica::Conv2d<{out}, {kernel}, mica::Same, {stride}>", lambda shape: (kernel * kernel * shape[-1] + 1) * out, forward


def function_piece(name, function):
    return f"mica::{name}", lambda shape: 0, lambda x, p: function(x)


RELU = function_piece("ReLU", F.relu)
TANH = function_piece("Tanh", torch.tanh)
SIGMOID = function_piece("Sigmoid", torch.sigmoid)


def chain(pieces):
    """Pieces one after the other: parameter count and function."""

    def shapes(shape):
        for _, count, forward in pieces:
            yield count(shape)
            shape = tuple(forward(torch.zeros(1, *shape), torch.zeros(count(shape))).shape[1:])

    def forward(x, p):
        for (_, _, function), part in zip(pieces, torch.split(p, list(shapes(tuple(x.shape[1:]))))):
            x = function(x, part)
        return x

    return lambda shape: sum(shapes(shape)), forward


def types(pieces):
    return ", ".join(piece[0] for piece in pieces)


def residual(inner, around=()):
    count, f = chain(inner)
    count_around, g = chain(around)

    def forward(x, p):
        shape = tuple(x.shape[1:])
        p_f, p_g = torch.split(p, [count(shape), count_around(shape)])
        return f(x, p_f) + g(x, p_g)

    shortcut = f"mica::Shortcut<{types(around)}>, " if around else ""
    return f"mica::Residual<{shortcut}{types(inner)}>", lambda shape: count(shape) + count_around(shape), forward


def concat(*branches):
    parts = [chain(b) for b in branches]

    def forward(x, p):
        split = torch.split(p, [count(tuple(x.shape[1:])) for count, _ in parts])
        return torch.cat([f(x, part) for (_, f), part in zip(parts, split)], -1)

    name = ", ".join(f"mica::Branch<{types(b)}>" for b in branches)
    return f"mica::Concat<{name}>", lambda shape: sum(count(shape) for count, _ in parts), forward


RESIDUALS = [
    (residual([dense_piece(7)]), (7,), 3),
    (residual([dense_piece(4), TANH, dense_piece(5), SIGMOID]), (5,), 2),
    (residual([conv_piece(3, 3), RELU, conv_piece(3, 3)]), (5, 4, 3), 2),
    (residual([conv_piece(5, 3, 2), TANH, conv_piece(5, 3)], [conv_piece(5, 1, 2)]), (5, 7, 3), 2),
    (residual([dense_piece(6), TANH], [dense_piece(6), SIGMOID]), (3, 3), 1),
    (residual([TANH, residual([conv_piece(2, 5)]), SIGMOID]), (3, 5, 2), 1),
]
CONCATS = [
    (concat([dense_piece(3)], [dense_piece(2), TANH]), (5,), 3),
    (concat([], [conv_piece(3, 3), TANH], [conv_piece(1, 1)]), (4, 3, 2), 2),
    (concat([conv_piece(2, 1), RELU], [conv_piece(2, 1), SIGMOID, conv_piece(3, 5), RELU]), (5, 5, 3), 1),
    (concat([SIGMOID], [TANH], []), (3, 7), 2),
    (concat([residual([conv_piece(1, 3)])], [conv_piece(9, 3, 1)]), (1, 7, 1), 3),
    (residual([concat([dense_piece(4)], [dense_piece(1), TANH])]), (5,), 2),
]


def composites(name, list_of_cases):
    for i, ((layer, count, forward), shape, batch) in enumerate(list_of_cases):
        yield case(f"{name}{i}", layer, forward, shape, batch, count(shape), scale=1.5)


MODULES = {
    "residuals": lambda: header("ResidualCases", list(composites("Residual", RESIDUALS)), 700),
    "concats": lambda: header("ConcatCases", list(composites("Concat", CONCATS)), 720),
}
