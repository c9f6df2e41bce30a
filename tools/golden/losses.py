"""Losses and their gradients."""
import torch
import torch.nn.functional as F

from common import X, array, draw, header as common_header, tensor, type_list

TARGET = 4
SIZES = [(1, 2), (3, 5), (2, 10), (5, 33), (7, 3), (4, 17)]


def labels_of(seed, batch, classes):
    return [int((draw(seed, TARGET, i) + 1) / 2 * classes) for i in range(batch)]


def write(name, loss, seed, batch, size, classifier):
    scale = 8.0 if classifier else 2.0
    y = tensor(seed, X, batch * size, scale).view(batch, size).requires_grad_()
    if classifier:
        target = torch.tensor(labels_of(seed, batch, size))
        value = F.cross_entropy(y, target)
        correct = int((y.argmax(1) == target).sum())
    else:
        value = F.mse_loss(y, tensor(seed, TARGET, batch * size, 3.0).view(batch, size))
        correct = 0
    value.backward()
    return (
        f"struct {name} {{\n"
        f"  using Loss = {loss};\n"
        f"  static constexpr int batch = {batch}, size = {size}, correct = {correct};\n"
        f"  static constexpr Draw y{{{seed}, 1, {scale}f}}, target{{{seed}, {TARGET}, 3.0f}};\n"
        + array("mean", [value.detach()])
        + array("dy", y.grad.flatten())
        + "};\n"
    )


def header():
    body = ""
    for group, loss, classifier in [("SoftmaxCrossEntropy", "mica::SoftmaxCrossEntropy", True),
                                    ("MeanSquaredError", "mica::MeanSquaredError", False)]:
        names = []
        for i, (batch, size) in enumerate(SIZES):
            names.append(f"{group}{i}")
            body += write(names[-1], loss, 100 + i + 20 * classifier, batch, size, classifier)
        body += type_list(f"{group}Cases", names) + "\n"
    return common_header("Losses: mean over the batch, gradient, right answers.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)
