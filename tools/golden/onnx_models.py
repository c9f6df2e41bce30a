"""Writes tests/onnx/models: small PyTorch models as ONNX without their weights, and what they compute and learn.

The weights, inputs and labels come from the formula in `number`, which tests/onnx/torch_tests.cpp has too; so the
files hold only the graphs, the first outputs and the losses of 100 steps of SGD.
Usage: /usr/bin/python3 tools/golden/onnx_models.py [MODEL...]
"""
import io
import os
import sys
import zlib

import numpy as np
import onnx
import torch
from torch import nn

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'onnx', 'models')
STEPS = 100


def number(name, count):
    """`count` numbers from -1 to below 1: a hash of the name and the index."""
    h = np.arange(count, dtype=np.uint64) + np.uint64(zlib.crc32(name.encode()))
    h = (h * np.uint64(0x9E3779B97F4A7C15)) & np.uint64(0xFFFFFFFFFFFFFFFF)
    h ^= h >> np.uint64(32)
    h = (h * np.uint64(0xD6E8FEB86659FD93)) & np.uint64(0xFFFFFFFFFFFFFFFF)
    h ^= h >> np.uint64(32)
    return ((h >> np.uint64(40)).astype(np.float32) / np.float32(1 << 23) - np.float32(1)).astype(np.float32)


def fill(name, shape):
    """A weight of that name: matrices by their fan-in, scales around 0.6, shifts around 0.5, variances around 1.

    So most ReLUs let most through: otherwise rounding alone changes the losses of the deep networks within a few steps.
    """
    values = number(name, int(np.prod(shape)))
    if len(shape) > 1:
        fan_in = int(np.prod(shape[1:]))
        values = values * np.float32(1.5) / np.sqrt(np.float32(fan_in))
    elif name.endswith('running_var'):
        values = np.float32(1) + values * np.float32(0.25)
    elif name.endswith('weight'):
        values = np.float32(0.6) + values * np.float32(0.125)
    else:
        values = np.float32(0.5) + values * np.float32(0.125)
    return values.astype(np.float32).reshape(shape)


def conv_bn(i, o, k, stride=1, groups=1, act=nn.ReLU):
    layers = [nn.Conv2d(i, o, k, stride, k // 2, groups=groups, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, *([act()] if act else []))


class Residual(nn.Module):
    def __init__(self, inner, shortcut=None, act=None):
        super().__init__()
        self.inner, self.shortcut, self.act = inner, shortcut or nn.Identity(), act or nn.Identity()

    def forward(self, x):
        return self.act(self.inner(x) + self.shortcut(x))


class Recurrent(nn.Module):
    def __init__(self, kind, mode):
        super().__init__()
        self.rnn, self.mode = kind(6, 12, batch_first=True), mode
        self.fc = nn.Linear(12, 5)

    def forward(self, x):
        y, h = self.rnn(x)
        h = h[0] if isinstance(h, tuple) else h
        return self.fc(y[:, -1] if self.mode == 'last' else y.mean(1) if self.mode == 'mean' else h[-1])


class Apply(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Inception(nn.Module):
    def __init__(self, i):
        super().__init__()
        self.a, self.b = conv_bn(i, 4, 1), conv_bn(i, 6, 3)
        self.c = nn.Sequential(nn.MaxPool2d(3, 1, 1), nn.Conv2d(i, 2, 1))

    def forward(self, x):
        return torch.cat([self.a(x), self.b(x), self.c(x)], 1)


def resnet8():
    def block(i, o, s):
        inner = nn.Sequential(conv_bn(i, o, 3, s), conv_bn(o, o, 3, act=None))
        return Residual(inner, None if s == 1 else nn.Conv2d(i, o, 1, s), nn.ReLU())
    return nn.Sequential(conv_bn(3, 4, 3), block(4, 4, 1), block(4, 8, 2), block(8, 16, 2), nn.AdaptiveAvgPool2d(1),
                         nn.Flatten(), nn.Linear(16, 10))


def mobilenet_v1():
    w = lambda c: c // 4
    plan = [(32, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2)] + \
           [(512, 512, 1)] * 5 + [(512, 1024, 2), (1024, 1024, 1)]
    layers = [conv_bn(3, w(32), 3)]
    for i, o, s in plan:
        layers += [conv_bn(w(i), w(i), 3, s, w(i)), conv_bn(w(i), w(o), 1)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(w(1024), 10))


def mobilenet_v2():
    def block(i, o, s, t):
        h = i * t
        layers = [conv_bn(i, h, 1, act=nn.ReLU6)] if t > 1 else []
        layers += [conv_bn(h, h, 3, s, h, nn.ReLU6), conv_bn(h, o, 1, act=None)]
        inner = nn.Sequential(*layers)
        return Residual(inner) if s == 1 and i == o else inner
    w = lambda c: max(8, (c // 4 + 4) // 8 * 8)
    layers, i = [conv_bn(3, w(32), 3, act=nn.ReLU6)], w(32)
    for t, c, n, s in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
                       (6, 320, 1, 1)]:
        for k in range(n):
            layers.append(block(i, w(c), s if k == 0 else 1, t))
            i = w(c)
    return nn.Sequential(*layers, conv_bn(i, 320, 1, act=nn.ReLU6), Apply(lambda x: x.mean([2, 3])), nn.Linear(320, 10))


def ds_cnn():
    layers = [nn.Conv2d(1, 16, (10, 4), 2, (5, 1)), nn.BatchNorm2d(16), nn.ReLU()]
    for _ in range(4):
        layers += [conv_bn(16, 16, 3, 1, 16), conv_bn(16, 16, 1)]
    return nn.Sequential(*layers, nn.AvgPool2d((13, 5)), nn.Flatten(), nn.Linear(16, 12))


def lenet5():
    return nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(),
                         nn.MaxPool2d(2), nn.Flatten(), nn.Linear(144, 24), nn.ReLU(), nn.Linear(24, 10))


def autoencoder():
    return nn.Sequential(nn.Linear(64, 24), nn.BatchNorm1d(24), nn.ReLU(), nn.Linear(24, 4), nn.Linear(4, 24), nn.ELU(),
                         nn.Linear(24, 64))


def decoder():
    return nn.Sequential(nn.Conv2d(1, 4, 3, 2, 1), nn.LeakyReLU(0.1), nn.Flatten(), nn.Linear(64, 32), nn.ReLU(),
                         Apply(lambda x: x.reshape(-1, 8, 2, 2)), nn.ConvTranspose2d(8, 4, 4, 2, 1), nn.ReLU(),
                         nn.Upsample(scale_factor=2), nn.Conv2d(4, 1, 3, padding=1))


MODELS = {
    'resnet8': (resnet8, (3, 16, 16), 10, 0.01),
    'mobilenet_v1': (mobilenet_v1, (3, 32, 32), 10, 0.0005),
    'mobilenet_v2': (mobilenet_v2, (3, 32, 32), 10, 0.0001),
    'ds_cnn': (ds_cnn, (1, 25, 10), 12, 0.01),
    'lenet5': (lenet5, (1, 20, 20), 10, 0.02),
    'autoencoder': (autoencoder, (64,), 0, 0.05),
    'decoder': (decoder, (1, 8, 8), 0, 0.05),
    'gru': (lambda: Recurrent(nn.GRU, 'hidden'), (9, 6), 5, 0.1),
    'lstm': (lambda: Recurrent(nn.LSTM, 'last'), (9, 6), 5, 0.1),
    'rnn': (lambda: Recurrent(nn.RNN, 'mean'), (9, 6), 5, 0.1),
    'mlp_bn': (lambda: nn.Sequential(nn.Flatten(), nn.Linear(36, 24), nn.BatchNorm1d(24, eps=1e-3, momentum=0.01),
                                     nn.ReLU(), nn.Linear(24, 16), nn.BatchNorm1d(16), nn.Hardswish(),
                                     nn.Linear(16, 7)), (1, 6, 6), 7, 0.05),
    'conv1d': (lambda: nn.Sequential(nn.Conv1d(3, 8, 5, padding=2), nn.BatchNorm1d(8), nn.SiLU(), nn.MaxPool1d(2),
                                     nn.Conv1d(8, 12, 3, stride=2, dilation=2), nn.PReLU(12), nn.Flatten(),
                                     nn.Linear(72, 6)), (3, 32), 6, 0.05),
    'norms': (lambda: nn.Sequential(nn.Conv2d(2, 8, 3), nn.GroupNorm(4, 8), nn.GELU(), nn.Conv2d(8, 8, 3, groups=2),
                                    nn.InstanceNorm2d(8, affine=True), nn.Mish(), nn.Flatten(), nn.Linear(128, 16),
                                    nn.LayerNorm(16), nn.Softplus(), nn.Linear(16, 5)), (2, 8, 8), 5, 0.05),
    'inception': (lambda: nn.Sequential(conv_bn(1, 4, 3), Inception(4), nn.ReLU(), Inception(12), nn.MaxPool2d(2),
                                        nn.Flatten(), nn.Linear(192, 8)), (1, 8, 8), 8, 0.02),
}


def strip(model):
    """Without weights, and with short names."""
    for tensor in model.graph.initializer:
        # Constants that PyTorch makes up keep their numbers.
        if tensor.data_type == 1 and not tensor.name.startswith('onnx::') and '.' in tensor.name:
            tensor.ClearField('raw_data')
    keep = {t.name for t in model.graph.initializer} | {'input', 'output', ''}
    names = {}
    for i, node in enumerate(model.graph.node):
        node.name = 'n%d' % i
        node.doc_string = ''
        for values in (node.input, node.output):
            for j, value in enumerate(values):
                if value not in keep:
                    values[j] = names.setdefault(value, 'v%d' % len(names))
    del model.graph.value_info[:]
    return model


def one_bias(model):
    """PyTorch adds two biases for each gate, which learn twice as fast as Mica's one: the second one stands still."""
    for module in model.modules():
        if isinstance(module, (nn.RNN, nn.LSTM)):
            module.bias_hh_l0.requires_grad_(False)
        if isinstance(module, nn.GRU):
            learns = torch.tensor([0., 0., 1.], dtype=torch.float64).repeat_interleave(module.hidden_size)
            module.bias_hh_l0.register_hook(lambda g, learns=learns: g * learns)


def write(name, make, shape, classes, rate):
    torch.manual_seed(0)
    model = make()
    with torch.no_grad():
        for key, value in list(model.named_parameters()) + list(model.named_buffers()):
            if value.dtype == torch.float32:
                value.copy_(torch.from_numpy(fill(key, tuple(value.shape))))
    batch = 8
    x = torch.from_numpy(number('input', batch * int(np.prod(shape))).reshape((batch,) + shape))
    model.eval()
    bytes_out = io.BytesIO()
    torch.onnx.export(model, x, bytes_out, input_names=['input'], output_names=['output'], opset_version=13,
                      training=torch.onnx.TrainingMode.PRESERVE,
                      # Otherwise the gates of a recurrent layer are put in order by nodes.
                      do_constant_folding=isinstance(model, Recurrent),
                      dynamic_axes={'input': {0: 'batch'}, 'output': {0: 'batch'}})
    with open(os.path.join(FOLDER, name + '.onnx'), 'wb') as file:
        file.write(strip(onnx.load_from_string(bytes_out.getvalue())).SerializeToString())
    # In double: the losses of 100 steps in PyTorch's float are off by up to 1e-3 themselves.
    model.double()
    x = x.double()
    outputs = model(x).detach().numpy().reshape(-1)
    model.train()
    one_bias(model)
    target = torch.arange(batch) % classes if classes else x
    loss_of = nn.CrossEntropyLoss() if classes else nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = loss_of(model(x), target)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with open(os.path.join(FOLDER, name + '.txt'), 'w', encoding='ascii') as file:
        file.write('%d %d %d %.9g\n' % (batch, classes, len(outputs), rate))
        for values in (outputs, losses):
            file.write('\n'.join(' '.join('%.8g' % v for v in values[i:i + 8]) for i in range(0, len(values), 8)) + '\n')
    print(name, os.path.getsize(os.path.join(FOLDER, name + '.onnx')), 'losses', losses[0], losses[-1])


if __name__ == '__main__':
    os.makedirs(FOLDER, exist_ok=True)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    for key in sys.argv[1:] or MODELS:
        write(key, *MODELS[key])
