"""Several steps of each optimizer on given gradients."""
import torch

from common import array, header as common_header, tensor, type_list

WEIGHTS = 5
FIRST_GRADIENT = 10
# Mica's type and settings, and PyTorch's for the same.
SGD = [(0.5, 0.0), (0.1, 0.0), (0.25, 0.01), (0.01, 0.5), (1.0, 0.1)]
MOMENTUM = [(0.1, 0.9, 0.0, False), (0.25, 0.5, 0.0, False), (0.1, 0.9, 0.01, False), (0.05, 0.99, 0.1, False),
            (0.1, 0.9, 0.0, True), (0.25, 0.5, 0.0, True), (0.1, 0.9, 0.01, True), (0.05, 0.99, 0.1, True)]
COUNTS = [1, 7, 8, 11, 17, 3, 9, 33]
STEPS = 5


def write(name, settings, optimizer, seed, count):
    weight = tensor(seed, WEIGHTS, count).requires_grad_()
    step = optimizer([weight])
    after = []
    for t in range(STEPS):
        weight.grad = tensor(seed, FIRST_GRADIENT + t, count)
        step.step()
        after += weight.detach().tolist()
    return (
        f"struct {name} {{\n"
        f"  static constexpr auto optimizer = {settings};\n"
        f"  static constexpr unsigned seed = {seed};\n"
        f"  static constexpr int count = {count}, steps = {STEPS};\n"
        + array("weights", after)
        + "};\n"
    )


def header():
    body, names, seed = "", [], 200
    for i, (rate, decay) in enumerate(SGD):
        names.append(f"SGD{i}")
        body += write(names[-1], f"mica::SGD{{{rate}f, {decay}f}}",
                      lambda w: torch.optim.SGD(w, lr=rate, weight_decay=decay), seed + i, COUNTS[i])
    for i, (rate, momentum, decay, nesterov) in enumerate(MOMENTUM):
        names.append(f"SGDMomentum{i}")
        settings = f"mica::SGDMomentum{{{rate}f, {momentum}f, {decay}f, {str(nesterov).lower()}}}"
        body += write(names[-1], settings,
                      lambda w: torch.optim.SGD(w, lr=rate, momentum=momentum, weight_decay=decay, nesterov=nesterov),
                      seed + 50 + i, COUNTS[i])
    body += type_list("OptimizerCases", names)
    return common_header("The weights after each of several optimizer steps.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)
