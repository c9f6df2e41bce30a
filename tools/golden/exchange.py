"""Whole networks of PyTorch's: the names and shapes of their tensors, and what they answer. Every tensor is drawn, so
that a test can write it into a file of any format and load it into Mica's network."""
import io

import numpy
import torch
from torch import nn

from common import X, array, header as common_header, tensor, type_list

FIRST_STREAM = 10  # tensor i of the state_dict is drawn from stream FIRST_STREAM + i


class Residual(nn.ModuleList):
    def forward(self, x):
        return self[0](x) + self[1](x)


class Concat(nn.ModuleList):
    def forward(self, x):
        return torch.cat([branch(x) for branch in self], 1)


def last_state(kind):
    class LastState(kind):
        def forward(self, x):
            return super().forward(x)[0][:, -1]

    return LastState


def full_sequence(kind):
    class FullSequence(kind):
        def forward(self, x):
            return super().forward(x)[0]

    return FullSequence


class SelfAttention(nn.MultiheadAttention):
    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)[0]


class Indices(nn.Embedding):
    def forward(self, x):
        return super().forward(x.long())


GRU = last_state(nn.GRU)(3, 4, batch_first=True)
LSTM = full_sequence(nn.LSTM)(3, 2, batch_first=True)
RNN = last_state(nn.RNN)(2, 5, batch_first=True)
# Mica's type, its input, whether PyTorch's has the channels first, PyTorch's network.
NETWORKS = {
    "Image": ("Conv2d<3, 3, Same>, BatchNorm<>, ReLU, MaxPool2d<2, 2, DropBorder>, Dense<4>", (6, 5, 2), True,
              nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                            nn.Linear(18, 4))),
    "FlattenedImage": ("LayerNorm<>, Flatten, BatchNorm<>, PReLU, LayerNorm<>, Dense<3>", (3, 4, 2), True,
                       nn.Sequential(nn.LayerNorm([2, 3, 4]), nn.Flatten(), nn.BatchNorm1d(24), nn.PReLU(24),
                                     nn.LayerNorm(24), nn.Linear(24, 3))),
    "LargerImage": ("DepthwiseConv2d<3, Same, 1, 1, 2>, GroupNorm<2>, ConvTranspose2d<3, rectangle(2, 3), Valid, 2>, "
                    "InstanceNorm, PReLU, Dense<2>", (3, 2, 2), True,
                    nn.Sequential(nn.Conv2d(2, 4, 3, padding=1, groups=2), nn.GroupNorm(2, 4),
                                  nn.ConvTranspose2d(4, 3, (2, 3), stride=2), nn.InstanceNorm2d(3, affine=True),
                                  nn.PReLU(3), nn.Flatten(), nn.Linear(90, 2))),
    "Paths": ("Residual<Shortcut<Conv2d<4, 1>>, Conv2d<4, 3, Same>, BatchNorm<>, ReLU>, "
              "Concat<Branch<Conv2d<2, 1>, ReLU>, Branch<>>, GlobalAvgPool, Dense<3>", (4, 3, 2), True,
              nn.Sequential(Residual([nn.Sequential(nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU()),
                                      nn.Sequential(nn.Conv2d(2, 4, 1))]),
                            Concat([nn.Sequential(nn.Conv2d(4, 2, 1), nn.ReLU()), nn.Sequential()]),
                            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3))),
    "Length": ("Conv1d<3, 3>, BatchNorm<>, ReLU, MaxPool1d<2, 2, DropBorder>, Dense<2>", (9, 2), True,
               nn.Sequential(nn.Conv1d(2, 3, 3), nn.BatchNorm1d(3), nn.ReLU(), nn.MaxPool1d(2), nn.Flatten(),
                             nn.Linear(9, 2))),
    "Gated": ("GRU<4>, Dense<3>", (7, 3), False, nn.Sequential(GRU, nn.Linear(4, 3))),
    "Memory": ("LSTM<2, FullSequence>, Dense<2>", (5, 3), False, nn.Sequential(LSTM, nn.Flatten(), nn.Linear(10, 2))),
    "Recurrent": ("SimpleRNN<5>", (6, 2), False, nn.Sequential(RNN)),
    "Words": ("Embedding<9, 4>, SelfAttention<2>, LayerNorm<1>, Dense<2>", (5,), False,
              nn.Sequential(Indices(9, 4), SelfAttention(4, 2, batch_first=True), nn.LayerNorm(4), nn.Flatten(),
                            nn.Linear(20, 2))),
}
BATCH = 2


def fill(seed, state):
    """Draws every tensor; returns one line of C++ for each."""
    lines = []
    for i, (name, values) in enumerate(state.items()):
        offset = 1.5 if name.endswith("running_var") else 0.0
        scale = 0.5
        if name.endswith("num_batches_tracked"):
            values.fill_(3 + i)
            offset = 3.0 + i
        else:
            values.copy_(tensor(seed, FIRST_STREAM + i, values.numel(), scale, offset).view(values.shape))
        shape = ", ".join(map(str, values.shape)) or "0"
        lines.append(f'{{"{name}", {values.dim()}, {{{shape}}}, {offset}f}}')
    return lines


def network(seed, name, layers, sample, channels_first, module):
    module = module.double().eval()
    lines = fill(seed, module.state_dict())
    x = tensor(seed, X, BATCH * torch.Size(sample).numel(), 1.5)
    if name == "Words":
        x = ((x / 1.5 + 1) / 2 * 9).floor()
    x = x.view(BATCH, *sample)
    if channels_first:
        x = x.movedim(-1, 1)
    y = module(x).detach()
    assert y.dim() == 2
    return (
        f"struct {name} {{\n"
        f"  using Net = Sequential<Input<{', '.join(map(str, sample))}>, {layers}>;\n"
        f"  static constexpr std::uint32_t seed = {seed};\n"
        f"  static constexpr int batch = {BATCH};\n"
        f"  static constexpr bool words = {str(name == 'Words').lower()};\n"
        f"  static constexpr TensorLine tensors[] = {{{', '.join(lines)}}};\n"
        + array("y", y.flatten())
        + "};\n"
    )


def networks_header():
    body = "using namespace mica;\n\n"
    body += ("// A tensor as PyTorch has it: multiples of 2^-16 around the offset, drawn from the stream of its "
             "place.\n"
             "struct TensorLine {\n  const char* name;\n  int rank;\n  int shape[4];\n  float offset;\n};\n\n")
    for i, (name, settings) in enumerate(NETWORKS.items()):
        body += network(900 + i, name, *settings)
    body += type_list("ExchangeCases", list(NETWORKS))
    return common_header("Networks of PyTorch's: their tensors and their answers.",
                         ["cstdint", "mica/mica.hpp", "tests/golden/draw.hpp"], body)


def byte_array(name, data):
    return f"constexpr unsigned char {name}[] = {{{', '.join(map(str, data))}}};\n"


def archives_header():
    """Archives of NumPy's own, of a Dense<2> on three numbers, in each form that it writes."""
    weight = numpy.array([[1, -2, 0.5], [3, 4.25, -0.125]], dtype="<f4")
    bias = numpy.array([0.75, -8], dtype="<f4")

    def saved(save, *arrays):
        file = io.BytesIO()
        save(file, **{"0.weight": arrays[0], "0.bias": arrays[1]})
        return file.getvalue()

    forms = {
        "plain": saved(numpy.savez, weight, bias),
        "fortran": saved(numpy.savez, numpy.asfortranarray(weight), bias),
        "doubles": saved(numpy.savez, weight.astype("<f8"), bias.astype("<f8")),
        "halves": saved(numpy.savez, weight.astype("<f2"), bias.astype("<f2")),
        "large_doubles": saved(numpy.savez, weight.astype("<f8") * 1e300, bias),
        "big_endian": saved(numpy.savez, weight.astype(">f4"), bias),
        "compressed": saved(numpy.savez_compressed, weight, bias),
    }
    body = "".join(byte_array(f"{name}_archive", data) for name, data in forms.items())
    body += "constexpr float archived_weight[] = {" + ", ".join(f"{v}f" for v in weight.flatten()) + "};\n"
    body += "constexpr float archived_bias[] = {" + ", ".join(f"{v}f" for v in bias) + "};\n"
    return common_header("What numpy.savez writes for one Linear.", [], body)


MODULES = {"exchange_networks": networks_header, "exchange_archives": archives_header}
