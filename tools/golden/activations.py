"""Forward and backward of the activations beyond the first few, by autograd."""
import torch.nn.functional as F

from layers import element_wise, header

EXPONENTIALS = [
    ("ELU", "mica::ELU<>", lambda x, p: F.elu(x), 4),
    ("ELUThird", "mica::ELU<1, 3>", lambda x, p: F.elu(x, 1 / 3), 2),
    ("SELU", "mica::SELU", lambda x, p: F.selu(x), 4),
    ("CELU", "mica::CELU<>", lambda x, p: F.celu(x), 3),
    ("CELUFiveHalves", "mica::CELU<5, 2>", lambda x, p: F.celu(x, 2.5), 6),
]
CURVES = [
    ("GELU", "mica::GELU<>", lambda x, p: F.gelu(x), 4),
    ("GELUTanh", "mica::GELU<mica::TanhApproximation>", lambda x, p: F.gelu(x, approximate="tanh"), 4),
    ("SiLU", "mica::SiLU", lambda x, p: F.silu(x), 8),
    ("Mish", "mica::Mish", lambda x, p: F.mish(x), 8),
    ("Softplus", "mica::Softplus<>", lambda x, p: F.softplus(x), 24),
    ("SoftplusTwo", "mica::Softplus<2>", lambda x, p: F.softplus(x, 2), 4),
    ("SoftplusThirdLow", "mica::Softplus<1, 3, 2>", lambda x, p: F.softplus(x, 1 / 3, 2), 9),
]
LINES = [
    ("HardSigmoid", "mica::HardSigmoid", lambda x, p: F.hardsigmoid(x), 5),
    ("HardSwish", "mica::HardSwish", lambda x, p: F.hardswish(x), 5),
    ("HardTanh", "mica::HardTanh<>", lambda x, p: F.hardtanh(x), 2),
    ("HardTanhHalves", "mica::HardTanh<-5, 1, 2>", lambda x, p: F.hardtanh(x, -2.5, 0.5), 4),
    ("ReLU6", "mica::ReLU6", lambda x, p: F.relu6(x), 9),
    ("LogSoftmax", "mica::LogSoftmax", lambda x, p: F.log_softmax(x, -1), 6),
]

MODULES = {
    "exponential_activations": lambda: header("ExponentialActivationCases", list(element_wise(EXPONENTIALS)), 2000),
    "curved_activations": lambda: header("CurvedActivationCases", list(element_wise(CURVES)), 2025),
    "straight_activations": lambda: header("StraightActivationCases", list(element_wise(LINES)), 2100),
}
