"""Convolutions and pools. Mica's images are [height][width][channels], PyTorch's [channels][height][width]; Mica's weights
are [height][width][in][out]."""
import torch.nn.functional as F

from layers import case, header


def image(x):
    return x.permute(0, 3, 1, 2)


def channels_last(y):
    return y.permute(0, 2, 3, 1)


def padded(x, pad):
    """pad is Mica's (top, bottom, left, right)."""
    top, bottom, left, right = pad
    return F.pad(x, (left, right, top, bottom))


def same(size, kernel, stride, dilation):
    """The padding of Same along one direction, before and behind."""
    total = max(0, ((size + stride - 1) // stride - 1) * stride + (kernel - 1) * dilation + 1 - size)
    return total // 2, total - total // 2


def conv(out, kernel, pad, stride, dilation):
    def forward(x, p):
        channels = x.shape[-1]
        count = kernel[0] * kernel[1] * channels * out
        weight = p[:count].view(*kernel, channels, out).permute(3, 2, 0, 1)
        return channels_last(F.conv2d(padded(image(x), pad), weight, p[count:], stride, 0, dilation))

    return forward


def depthwise(multiplier, kernel, pad, stride, dilation):
    def forward(x, p):
        channels = x.shape[-1]
        out = channels * multiplier
        count = kernel[0] * kernel[1] * out
        weight = p[:count].view(*kernel, 1, out).permute(3, 2, 0, 1)
        return channels_last(F.conv2d(padded(image(x), pad), weight, p[count:], stride, 0, dilation, channels))

    return forward


def transposed(out, kernel, pad, stride, output_padding, dilation):
    """pad is PyTorch's one number; Mica's weights are [height][width][out][in] here."""

    def forward(x, p):
        channels = x.shape[-1]
        count = kernel[0] * kernel[1] * channels * out
        weight = p[:count].view(*kernel, out, channels).permute(3, 2, 0, 1)
        y = F.conv_transpose2d(image(x), weight, p[count:], stride, pad, output_padding, 1, dilation)
        return channels_last(y)

    return forward


def conv1d(out, kernel, pad, stride, dilation):
    def forward(x, p):
        channels = x.shape[-1]
        count = kernel * channels * out
        weight = p[:count].view(kernel, channels, out).permute(2, 1, 0)
        return F.conv1d(F.pad(x.transpose(1, 2), pad), weight, p[count:], stride, 0, dilation).transpose(1, 2)

    return forward


def written(pair):
    return str(pair[0]) if pair[0] == pair[1] else f"mica::rectangle({pair[0]}, {pair[1]})"


NONE = (0, 0, 0, 0)
# Shape, outputs (or multiplier), kernel, padding (None: Same), stride, dilation, batch.
CONVOLUTIONS = [
    ((5, 7, 3), 4, (3, 3), NONE, (1, 1), (1, 1), 2),
    ((7, 5, 2), 3, (3, 3), None, (2, 2), (1, 1), 2),
    ((6, 9, 2), 3, (2, 3), NONE, (1, 2), (2, 1), 1),
    ((5, 4, 3), 2, (3, 2), (2, 0, 1, 3), (2, 1), (1, 2), 2),
    ((3, 5, 6), 9, (1, 1), NONE, (1, 1), (1, 1), 2),
    ((6, 5, 1), 5, (5, 5), None, (1, 1), (1, 1), 1),
]
DEPTHWISE = [
    ((5, 6, 4), 1, (3, 3), None, (1, 1), (1, 1), 2),
    ((7, 5, 9), 1, (3, 3), None, (2, 2), (1, 1), 1),
    ((5, 5, 3), 2, (2, 3), NONE, (1, 1), (1, 2), 2),
    ((6, 7, 1), 8, (3, 2), (0, 1, 2, 1), (2, 3), (1, 1), 2),
    ((7, 7, 2), 3, (3, 3), None, (1, 2), (2, 2), 1),
]


def padding(shape, kernel, pad, stride, dilation):
    """As Mica writes it, and in numbers."""
    if pad is None:
        sides = [same(shape[i], kernel[i], stride[i], dilation[i]) for i in (0, 1)]
        return "mica::Same", (*sides[0], *sides[1])
    return ("mica::Valid" if pad == NONE else f"mica::Pad<{', '.join(map(str, pad))}>"), pad


def convolution_cases():
    for i, (shape, out, kernel, pad, stride, dilation, batch) in enumerate(CONVOLUTIONS):
        words, pad = padding(shape, kernel, pad, stride, dilation)
        layer = f"mica::Conv2d<{out}, {written(kernel)}, {words}, {written(stride)}, {written(dilation)}>"
        count = (kernel[0] * kernel[1] * shape[2] + 1) * out
        yield case(f"Conv2d{i}", layer, conv(out, kernel, pad, stride, dilation), shape, batch, count)


def depthwise_cases():
    for i, (shape, multiplier, kernel, pad, stride, dilation, batch) in enumerate(DEPTHWISE):
        words, pad = padding(shape, kernel, pad, stride, dilation)
        numbers = f"{written(kernel)}, {words}, {written(stride)}, {written(dilation)}, {multiplier}"
        count = (kernel[0] * kernel[1] + 1) * shape[2] * multiplier
        forward = depthwise(multiplier, kernel, pad, stride, dilation)
        yield case(f"DepthwiseConv2d{i}", f"mica::DepthwiseConv2d<{numbers}>", forward, shape, batch, count)


def transposed_cases():
    # Shape, outputs, kernel, padding, stride, output padding, dilation, batch.
    configurations = [
        ((3, 4, 2), 3, (3, 3), 0, (2, 2), 0, (1, 1), 2),
        ((4, 3, 3), 2, (3, 3), 1, (2, 2), 1, (1, 1), 2),
        ((3, 5, 2), 4, (2, 3), 0, (1, 2), 0, (2, 1), 1),
        ((5, 3, 4), 3, (4, 4), 1, (3, 3), 2, (1, 1), 1),
        ((3, 3, 5), 9, (1, 1), 0, (1, 1), 0, (1, 1), 1),
    ]
    for i, (shape, out, kernel, pad, stride, extra, dilation, batch) in enumerate(configurations):
        words = f"mica::Pad<{pad}>" if pad else "mica::Valid"
        layer = (f"mica::ConvTranspose2d<{out}, {written(kernel)}, {words}, {written(stride)}, {extra}, "
                 f"{written(dilation)}>")
        count = (kernel[0] * kernel[1] * shape[2] + 1) * out
        yield case(f"ConvTranspose2d{i}", layer, transposed(out, kernel, pad, stride, extra, dilation), shape, batch,
                   count, parameter_offset=0.125)


def conv1d_cases():
    # Shape, outputs, kernel, padding (None: Same), stride, dilation, batch.
    configurations = [
        ((9, 3), 4, 3, (0, 0), 1, 1, 2),
        ((11, 2), 5, 4, None, 2, 1, 2),
        ((8, 5), 3, 3, (4, 0), 1, 2, 1),
        ((13, 1), 9, 5, (1, 2), 3, 1, 2),
        ((6, 7), 2, 1, (0, 0), 1, 1, 3),
    ]
    for i, (shape, out, kernel, pad, stride, dilation, batch) in enumerate(configurations):
        words = "mica::Same" if pad is None else f"mica::Pad<{pad[0]}, {pad[1]}>" if any(pad) else "mica::Valid"
        sides = same(shape[0], kernel, stride, dilation) if pad is None else pad
        yield case(f"Conv1d{i}", f"mica::Conv1d<{out}, {kernel}, {words}, {stride}, {dilation}>",
                   conv1d(out, kernel, sides, stride, dilation), shape, batch, (kernel * shape[1] + 1) * out)


def pool2d(kind, kernel, stride, pad):
    def forward(x, p):
        if kind == "Max":
            return channels_last(F.max_pool2d(image(x), kernel, stride, pad))
        return channels_last(F.avg_pool2d(image(x), kernel, stride, pad, count_include_pad=False))

    return forward


def pool1d(kind, kernel, stride, pad):
    def forward(x, p):
        if kind == "Max":
            return F.max_pool1d(x.transpose(1, 2), kernel, stride, pad).transpose(1, 2)
        return F.avg_pool1d(x.transpose(1, 2), kernel, stride, pad, count_include_pad=False).transpose(1, 2)

    return forward


def pool_cases(kind):
    # Shape, kernel, stride, PyTorch's padding, Mica's, batch.
    planes = [
        ((4, 6, 3), (2, 2), (2, 2), (0, 0), "mica::Valid", 1),
        ((5, 5, 5), (2, 2), (2, 2), (0, 0), "mica::DropBorder", 1),
        ((6, 7, 2), (3, 3), (2, 2), (1, 1), "mica::Pad<1>", 1),
        ((5, 6, 2), (3, 2), (1, 2), (0, 0), "mica::Valid", 1),
        ((5, 5, 2), (3, 3), (1, 1), (1, 1), "mica::Same", 1),
    ]
    lines = [
        ((6, 4), 2, 2, 0, "mica::Valid", 2),
        ((9, 3), 2, 2, 0, "mica::DropBorder", 1),
        ((8, 9), 3, 2, 1, "mica::Pad<1>", 1),
        ((7, 2), 3, 1, 1, "mica::Same", 2),
        ((11, 1), 5, 3, 0, "mica::Valid", 2),
    ]
    for i, (shape, kernel, stride, pad, words, batch) in enumerate(planes):
        layer = f"mica::{kind}Pool2d<{written(kernel)}, {written(stride)}, {words}>"
        yield case(f"{kind}Pool2d{i}", layer, pool2d(kind, kernel, stride, pad), shape, batch)
    for i, (shape, kernel, stride, pad, words, batch) in enumerate(lines):
        layer = f"mica::{kind}Pool1d<{kernel}, {stride}, {words}>"
        yield case(f"{kind}Pool1d{i}", layer, pool1d(kind, kernel, stride, pad), shape, batch)


IMAGES = [((2, 3, 4), 2), ((5, 3, 1), 2), ((2, 4, 9), 1), ((1, 7, 2), 2), ((3, 2, 5), 1)]


def whole_image_cases():
    for i, (shape, batch) in enumerate(IMAGES):
        yield case(f"GlobalAvgPool{i}", "mica::GlobalAvgPool", lambda x, p: x.mean((1, 2)), shape, batch)
        yield case(f"Flatten{i}", "mica::Flatten", lambda x, p: x.flatten(1), shape, batch)


def enlarged_cases():
    for i, ((shape, batch), factor) in enumerate(zip(IMAGES, [(2, 2), (1, 2), (2, 1), (3, 2), (3, 3)])):
        upsample = lambda x, p, f=factor: channels_last(F.interpolate(image(x), scale_factor=f, mode="nearest"))
        yield case(f"Upsample2d{i}", f"mica::Upsample2d<{written(factor)}>", upsample, shape, batch)
    for i, ((shape, batch), pad) in enumerate(zip(IMAGES, [(1, 1, 1, 1), (0, 1, 2, 0), (2, 0, 0, 0), NONE, (1, 2, 0, 3)])):
        zero_pad = lambda x, p, pad=pad: channels_last(padded(image(x), pad))
        yield case(f"ZeroPad2d{i}", f"mica::ZeroPad2d<{', '.join(map(str, pad))}>", zero_pad, shape, batch)


MODULES = {
    "convolution": lambda: header("ConvolutionCases", list(convolution_cases()), 200),
    "depthwise": lambda: header("DepthwiseCases", list(depthwise_cases()), 220),
    "conv_transpose": lambda: header("ConvTransposeCases", list(transposed_cases()), 240),
    "conv1d": lambda: header("Conv1dCases", list(conv1d_cases()), 260),
    "max_pools": lambda: header("MaxPoolCases", list(pool_cases("Max")), 280),
    "avg_pools": lambda: header("AvgPoolCases", list(pool_cases("Avg")), 300),
    "whole_images": lambda: header("WholeImageCases", list(whole_image_cases()), 320),
    "enlarged_images": lambda: header("EnlargedImageCases", list(enlarged_cases()), 340),
}
