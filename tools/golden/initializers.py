"""Statistics of large draws from torch.nn.init."""
import torch
from torch.nn import init

from common import header as common_header, number, type_list

IN, OUT = 300, 200
SAMPLES = 1_200_000


def kaiming(distribution, mode, slope=0.0):
    draw = init.kaiming_normal_ if distribution == "normal" else init.kaiming_uniform_
    return lambda w: draw(w, a=slope, mode=mode, nonlinearity="leaky_relu")


# Mica's initializer and PyTorch's, which draws into a weight [out][in].
CASES = [
    ("UniformHalf", "mica::Uniform<1, 2>", lambda w: init.uniform_(w, -0.5, 0.5)),
    ("NormalTenth", "mica::Normal<1, 10>", lambda w: init.normal_(w, 0, 0.1)),
    ("TruncatedTenth", "mica::TruncatedNormal<1, 10>", lambda w: init.trunc_normal_(w, 0, 0.1, -0.2, 0.2)),
    ("XavierNormal", "mica::XavierNormal<>", init.xavier_normal_),
    ("XavierUniform", "mica::XavierUniform<>", init.xavier_uniform_),
    ("KaimingNormalIn", "mica::KaimingNormal<>", kaiming("normal", "fan_in")),
    ("KaimingNormalOut", "mica::KaimingNormal<mica::FanOut>", kaiming("normal", "fan_out")),
    ("KaimingUniformIn", "mica::KaimingUniform<>", kaiming("uniform", "fan_in")),
    ("KaimingUniformOut", "mica::KaimingUniform<mica::FanOut>", kaiming("uniform", "fan_out")),
    ("LeCunNormal", "mica::LeCunNormal", lambda w: init.kaiming_normal_(w, nonlinearity="linear")),
    ("LeCunUniform", "mica::LeCunUniform", lambda w: init.kaiming_uniform_(w, nonlinearity="linear")),
    ("AutoReLU", "mica::ReLU", kaiming("normal", "fan_in")),
    ("AutoLeakyReLU", "mica::LeakyReLU<>", kaiming("normal", "fan_in", 0.01)),
    ("AutoPReLU", "mica::PReLU", kaiming("normal", "fan_in", 0.25)),
    ("AutoTanh", "mica::Tanh", init.xavier_normal_),
    ("AutoSoftmax", "mica::Softmax", init.xavier_normal_),
    ("AutoSigmoid", "mica::Sigmoid", lambda w: init.normal_(w, 0, (16 / IN) ** 0.5)),
]


def write(index, name, cpp, draw):
    torch.manual_seed(index)
    weights = torch.cat([draw(torch.empty(OUT, IN)).flatten() for _ in range(SAMPLES // (IN * OUT))])
    mean, variance = weights.mean(), weights.var()
    fourth = ((weights - mean) ** 4).mean() / variance**2
    return (
        f"struct {name} {{\n"
        f"  using Of = {cpp};\n"
        f"  static constexpr double mean = {number(mean)}, variance = {number(variance)};\n"
        f"  static constexpr double kurtosis = {number(fourth)};\n"
        f"  static constexpr double least = {number(weights.min())}, most = {number(weights.max())};\n"
        "};\n"
    )


def header():
    body = f"constexpr int initializer_in = {IN}, initializer_out = {OUT}, initializer_samples = {SAMPLES};\n\n"
    body += "".join(write(i, *c) for i, c in enumerate(CASES))
    plain = [name for name, _, _ in CASES if not name.startswith("Auto")]
    body += type_list("InitializerCases", plain)
    body += type_list("AutoCases", [name for name, _, _ in CASES if name.startswith("Auto")])
    return common_header("Statistics of torch.nn.init for a weight of the given size, over many draws.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp"], body)
