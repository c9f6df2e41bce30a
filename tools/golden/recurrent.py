"""Recurrent layers, attention, embeddings. Mica's flat parameters are cut into PyTorch's, so that autograd gives the
gradients in Mica's order."""
import torch
import torch.nn.functional as F

from common import DY, PARAMETERS, X, array, draw, header as common_header, tensor, type_list
from layers import case, header as layers_header

# time, features, units, batch, whether the whole sequence is given on
SIZES = [(1, 1, 1, 1, False), (23, 3, 5, 1, True), (25, 4, 3, 1, False), (7, 5, 6, 2, False), (21, 1, 2, 3, True),
         (20, 2, 9, 1, False)]


def recurrent(gates, shared, units, full, function, memory):
    def forward(x, p):
        features = x.shape[2]
        w, u, b = torch.split(p, [features * gates * units, units * gates * units, (2 * gates - shared) * units])
        # The biases of products with h that stand apart are the last ones; the other gates have one bias for both.
        b_hidden = torch.cat([torch.zeros(shared * units), b[gates * units:]])
        weights = [w.view(features, -1).t(), u.view(units, -1).t(), b[: gates * units], b_hidden]
        zero = torch.zeros(1, x.shape[0], units)
        y = function(x, (zero, zero) if memory else zero, weights, True, 1, 0.0, False, False, True)[0]
        return y if full else y[:, -1]

    return forward


def recurrent_cases(name, gates, shared, function, memory=False):
    for i, (time, features, units, batch, full) in enumerate(SIZES):
        layer = f"mica::{name}<{units}{', mica::FullSequence' if full else ''}>"
        parameters = units * (gates * (features + units) + 2 * gates - shared)
        forward = recurrent(gates, shared, units, full, function, memory)
        yield case(f"{name}{i}", layer, forward, (time, features), batch, parameters, scale=1.5)


def attention(heads, causal):
    def forward(x, p):
        f = x.shape[2]
        w, b, w_out, b_out = torch.split(p, [3 * f * f, 3 * f, f * f, f])
        mask = torch.ones(x.shape[1], x.shape[1]).triu(1).bool() if causal else None
        x = x.transpose(0, 1)  # PyTorch's time is the first extent
        y, _ = F.multi_head_attention_forward(x, x, x, f, heads, w.view(f, -1).t(), b, None, None, False, 0.0,
                                              w_out.view(f, f).t(), b_out, need_weights=False, attn_mask=mask)
        return y.transpose(0, 1)

    return forward


def attention_cases():
    sizes = [(1, 1, 1, 1, False), (5, 6, 3, 2, False), (21, 4, 2, 1, False), (7, 5, 1, 2, True), (19, 4, 4, 1, True),
             (33, 3, 1, 1, True)]
    for i, (time, features, heads, batch, causal) in enumerate(sizes):
        layer = f"mica::SelfAttention<{heads}{', mica::Causal' if causal else ''}>"
        yield case(f"SelfAttention{i}", layer, attention(heads, causal), (time, features), batch,
                   4 * features * (features + 1), scale=1.5, parameter_scale=0.75)


def positions(x, p):
    time, features = x.shape[1:]
    angle = torch.arange(time).view(-1, 1) / 10000 ** (torch.arange(0, features, 2) / features)
    pattern = torch.zeros(time, features)
    pattern[:, 0::2] = angle.sin()
    pattern[:, 1::2] = angle[:, : features // 2].cos()
    return x + pattern


def position_cases():
    for i, (time, features, batch) in enumerate([(1, 1, 1), (7, 5, 2), (40, 3, 1), (5, 33, 1), (12, 8, 2)]):
        yield case(f"PositionalEncoding{i}", "mica::PositionalEncoding", positions, (time, features), batch)


def write_embedding(seed, name, vocabulary, dimension, shape, batch):
    size = torch.Size(shape).numel()
    x = torch.tensor([int((draw(seed, X, i) + 1) / 2 * vocabulary) for i in range(batch * size)])
    p = tensor(seed, PARAMETERS, vocabulary * dimension).requires_grad_()
    y = F.embedding(x.view(batch, *shape), p.view(vocabulary, dimension))
    y.backward(tensor(seed, DY, y.numel()).view(y.shape))
    return (
        f"struct {name} {{\n"
        f"  using Layer = mica::Embedding<{vocabulary}, {dimension}>;\n"
        f"  using Input = mica::Shape<{', '.join(map(str, shape))}>;\n"
        f"  static constexpr int batch = {batch}, parameters = {vocabulary * dimension};\n"
        f"  static constexpr Indices x{{{seed}, 1, {vocabulary}}};\n"
        f"  static constexpr Draw dy{{{seed}, 3}}, params{{{seed}, 2}};\n"
        + array("y", y.detach().flatten())
        + array("dx", [0] * (batch * size))
        + array("gradient", p.grad)
        + "};\n"
    )


def embedding_header():
    sizes = [(1, 1, (1,), 1), (5, 3, (7,), 2), (13, 9, (4,), 3), (4, 8, (2, 3), 2), (40, 2, (11,), 1)]
    body = "".join(write_embedding(540 + i, f"Embedding{i}", *s) for i, s in enumerate(sizes))
    body += type_list("EmbeddingCases", [f"Embedding{i}" for i in range(len(sizes))])
    return common_header("Embeddings: y, and the gradient for a given dy.",
                         ["mica/mica.hpp", "tests/golden/draw.hpp", "tests/golden/indices.hpp"], body)


def recurrent_header(seed, name, *arguments):
    return layers_header(f"{name}Cases", list(recurrent_cases(name, *arguments)), seed)


MODULES = {
    "recurrent_simple_rnn": lambda: recurrent_header(500, "SimpleRNN", 1, 1, torch._VF.rnn_tanh),
    "recurrent_gru": lambda: recurrent_header(510, "GRU", 3, 2, torch._VF.gru),
    "recurrent_lstm": lambda: recurrent_header(520, "LSTM", 4, 4, torch._VF.lstm, True),
    "recurrent_attention": lambda: layers_header("SelfAttentionCases", list(attention_cases()), 530),
    "recurrent_embedding": embedding_header,
    "recurrent_positions": lambda: layers_header("PositionalEncodingCases", list(position_cases()), 550),
}
