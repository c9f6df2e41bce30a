"""A few steps of whole trainings: network, loss, clipping, schedule, optimizer."""
import torch
import torch.nn.functional as F

from common import X, array, draw, header as common_header, tensor, type_list
from layers import dense

TARGET, WEIGHTS = 4, 5
STEPS, BATCH = 6, 3
# name, classifier, sizes, activation, clip, rate, momentum, decay, nesterov
CASES = [
    ("ClippedAlways", True, (7, 5, 3), "ReLU", 0.125, 0.5, 0.0, 0.0, False),
    ("ClippedWithMomentum", True, (5, 9, 4), "Tanh", 0.25, 0.25, 0.9, 0.01, False),
    ("ClippedWithNesterov", False, (3, 6, 2), "Sigmoid", 0.5, 0.25, 0.5, 0.0, True),
    ("ClippedRegression", False, (4, 5, 3), "ReLU", 0.0625, 1.0, 0.0, 0.1, False),
    ("NeverClipped", True, (11, 13, 10), "Tanh", 1000.0, 0.125, 0.9, 0.0, True),
    ("Unlimited", False, (6, 3, 1), "Tanh", 0.0, 0.125, 0.5, 0.0, False),
]
ACTIVATIONS = {"ReLU": F.relu, "Tanh": torch.tanh, "Sigmoid": torch.sigmoid}


def write(seed, name, classifier, sizes, activation, clip, rate, momentum, decay, nesterov):
    inputs, hidden, outputs = sizes
    first = (inputs + 1) * hidden
    weight = tensor(seed, WEIGHTS, first + (hidden + 1) * outputs, 0.75).requires_grad_()
    optimizer = torch.optim.SGD([weight], lr=rate, momentum=momentum, weight_decay=decay, nesterov=nesterov)
    losses, norms = [], []
    for t in range(STEPS):
        x = tensor(seed + t * 1000, X, BATCH * inputs, 2.0).view(BATCH, inputs)
        y = dense(outputs)(ACTIVATIONS[activation](dense(hidden)(x, weight[:first])), weight[first:])
        if classifier:
            target = [int((draw(seed + t * 1000, TARGET, i) + 1) / 2 * outputs) for i in range(BATCH)]
            loss = F.cross_entropy(y, torch.tensor(target))
        else:
            loss = F.mse_loss(y, tensor(seed + t * 1000, TARGET, BATCH * outputs, 3.0).view(BATCH, outputs))
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
        norms.append(weight.grad.norm().item())
        if clip > 0:
            torch.nn.utils.clip_grad_norm_([weight], clip)
        optimizer.step()
    settings = (f"mica::SGDMomentum{{{rate}f, {momentum}f, {decay}f, {str(nesterov).lower()}}}"
                if momentum else f"mica::SGD{{{rate}f, {decay}f}}")
    loss = "mica::SoftmaxCrossEntropy" if classifier else "mica::MeanSquaredError"
    return (
        f"struct {name} {{\n"
        f"  using Net = mica::Sequential<mica::Input<{inputs}>, mica::Dense<{hidden}>, mica::{activation}, "
        f"mica::Dense<{outputs}>>;\n"
        f"  using Loss = {loss};\n"
        f"  static constexpr auto optimizer = {settings};\n"
        f"  static constexpr float clip_norm = {clip}f;\n"
        f"  static constexpr unsigned seed = {seed};\n"
        f"  static constexpr int batch = {BATCH}, steps = {STEPS};\n"
        + array("losses", losses)
        + array("norms", norms)
        + array("weights", weight.detach())
        + "};\n"
    )


def header():
    body = "".join(write(300 + i, *c) for i, c in enumerate(CASES))
    body += type_list("TrainingCases", [c[0] for c in CASES])
    return common_header("Whole trainings of a few steps: losses, norms of gradients before clipping, final weights.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)
