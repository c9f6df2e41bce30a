"""Log-mel features with torch.stft, and torchaudio's filter bank (HTK's scale, no norm) from its formula."""
import math

import torch
from common import draw, header

CASES = {"Speech": (16000, 480, 320, 40, 0, 8000), "Telephone": (8000, 256, 100, 20, 100, 3800)}


def triangles(rate, size, bands, lowest, highest):
    def mel(hertz):
        return 2595 * math.log10(1 + hertz / 700)

    points = torch.linspace(mel(lowest), mel(highest), bands + 2)
    points = 700 * (10 ** (points / 2595) - 1)
    distances = points[:, None] - torch.linspace(0, rate // 2, size // 2 + 1)
    steps = points.diff()[:, None]
    return torch.minimum(-distances[:-2] / steps[:-1], distances[2:] / steps[1:]).clamp(min=0)


def frames(rate, window, hop, bands, lowest, highest, samples):
    size = 2 ** math.ceil(math.log2(window))
    # torch.stft looks at `size` samples and puts the window into the middle; here a frame begins with its window.
    before = (size - window) // 2
    padded = torch.nn.functional.pad(samples, (before, size - window - before))
    spectrum = torch.stft(padded, size, hop, window, torch.hann_window(window), center=False, return_complex=True)
    energy = triangles(rate, size, bands, lowest, highest) @ spectrum.abs() ** 2
    return (energy + 1e-6).log().T


def log_mel_header():
    body = ""
    for seed, (name, settings) in enumerate(CASES.items(), 1):
        window, hop = settings[1:3]
        count = window + hop
        samples = torch.tensor([draw(seed, 1, i) for i in range(count)])
        numbers = ", ".join(f"{float(x):.9g}" for x in frames(*settings, samples).flatten())
        body += f"// Two frames of the numbers that draw() gives for seed {seed}, as 16-bit samples.\n"
        body += f"struct {name} {{\n  using Features = mica::LogMel<{', '.join(map(str, settings))}>;\n"
        body += f"  static constexpr int seed = {seed}, samples = {count};\n"
        body += f"  static constexpr double frames[] = {{{numbers}}};\n}};\n"
    return header("Log-mel features.", ["mica/data/log_mel.hpp"], body)
