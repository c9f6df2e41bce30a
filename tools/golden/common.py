"""The numbers that the generator and the tests both draw, and how C++ is written."""
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# Streams of draw, the same as in tests/golden/draw.hpp.
X, PARAMETERS, DY = 1, 2, 3


def draw(seed, stream, index):
    """A multiple of 2^-15 in [-1, 1), a function of its arguments alone."""
    h = (index * 0x9E3779B1 + seed * 0x85EBCA77 + stream * 0xC2B2AE3D) & 0xFFFFFFFF
    h = ((h ^ h >> 15) * 0x2C1B3C6D) & 0xFFFFFFFF
    h = ((h ^ h >> 12) * 0x297A2D39) & 0xFFFFFFFF
    h ^= h >> 15
    return ((h & 0xFFFF) - 32768) / 32768


def tensor(seed, stream, count, scale=1.0, offset=0.0):
    return torch.tensor([draw(seed, stream, i) * scale + offset for i in range(count)])


def number(x):
    """Nine significant digits: enough for every float."""
    text = f"{float(x):.9g}"
    return text if any(c in text for c in ".en") else text + ".0"


def array(name, values):
    """One constexpr array of floats; an empty one gets a placeholder that no test reads."""
    numbers = [number(v) + "f" for v in values] or ["0"]
    return f"  static constexpr float {name}[] = {{{', '.join(numbers)}}};\n"


def header(about, includes, body):
    lines = "".join(f"#include <{i}>\n" for i in includes)
    return (
        f"// {about}\n"
        f"// Written by tools/golden/generate.py with PyTorch {torch.__version__.split('a')[0]} in double.\n"
        f"#pragma once\n\n{lines}\nnamespace golden {{\n\n{body}\n}}  // namespace golden\n"
    )


def type_list(name, cases):
    return f"using {name} = Cases<{', '.join(cases)}>;\n"
