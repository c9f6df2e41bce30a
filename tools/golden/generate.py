#!/usr/bin/python3
"""Writes tests/golden/*.hpp: what PyTorch computes, in double, for Mica's tests (Debian: python3-torch).

Usage: tools/golden/generate.py [module ...]
clang-format 14 lays the headers out. Modules: those below.
"""
import pathlib
import subprocess
import sys

import activations
import composites
import exchange
import initializers
import layers
import log_mel
import losses
import more_losses
import more_optimizers
import norms
import optimizers
import recurrent
import schedules
import spatial
import training

MODULES = {
    "dense": layers.dense_header,
    "rectifiers": layers.rectifiers_header,
    "smooth_activations": layers.smooth_activations_header,
    "losses": losses.header,
    "optimizers": optimizers.header,
    "training": training.header,
    "schedules": schedules.header,
    "initializers": initializers.header,
    "log_mel": log_mel.log_mel_header,
    "more_optimizers": more_optimizers.header,
    **more_losses.MODULES,
    **activations.MODULES,
    **norms.MODULES,
    **spatial.MODULES,
    **recurrent.MODULES,
    **composites.MODULES,
    **exchange.MODULES,
}


def main():
    folder = pathlib.Path(__file__).resolve().parents[2] / "tests" / "golden"
    names = sys.argv[1:] or list(MODULES)
    for name in names:
        if name not in MODULES:
            sys.exit(f"There is no module {name!r}; there are: {', '.join(MODULES)}.")
    for name in names:
        path = folder / f"{name}.hpp"
        path.write_text(MODULES[name]())
        subprocess.run(["clang-format", "-i", str(path)], check=True)
        print(f"tests/golden/{name}.hpp: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
