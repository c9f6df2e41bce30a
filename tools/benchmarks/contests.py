"""Runs Mica and its peers in turns, round by round, pinned to one core, and prints every line of JSON they print.

usage: contests.py FOLDER PORT ROUNDS CORE     FOLDER holds bench, and in peers/ the programs of other libraries
"""
import json
import os
import pathlib
import subprocess
import sys

TRAINING = [("mlp", 1), ("mlp", 32), ("mlp", 128), ("mlp_bn", 64), ("deep50", 100), ("cnn", 32), ("lenet5", 32)]
INFERENCE = [(model, batch) for model in ("mlp", "mlp_bn", "deep50", "cnn", "lenet5", "tiny") for batch in (1, 32)]

# Each peer gets the instructions of Mica's port, and no more. Debian's OpenBLAS does not know every processor: it has
# to be told which kernels to take.
ENVIRONMENT = {
    "avx2": {"OPENBLAS_CORETYPE": "Haswell", "ONEDNN_MAX_CPU_ISA": "AVX2", "DNNL_MAX_CPU_ISA": "AVX2",
             "ATEN_CPU_CAPABILITY": "avx2"},
    "avx512": {"OPENBLAS_CORETYPE": "SkylakeX", "ATEN_CPU_CAPABILITY": "avx512"},
}
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


SECONDS = "0.1"  # of each contest in each round


def run(command, port, core=None):
    environment = {**os.environ, **ONE_THREAD, **ENVIRONMENT.get(port, {})}
    pinned = [] if core is None else ["taskset", "-c", core]
    return subprocess.run([*pinned, *command], env=environment, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=600, check=False)


class Contestants:
    """The programs that are there; one that fails at a contest is not asked again."""

    def __init__(self, folder, port, core):
        self.port, self.core = port, core
        self.programs = [[f"{folder}/bench"]]
        for path in sorted(pathlib.Path(folder, "peers").glob("*")):
            if path.is_file() and os.access(path, os.X_OK) and path.name != "blas_products":
                self.programs.append([str(path)])
        self.out = set()

    def run_contest(self, what, model, batch, samples, first):
        for k in range(len(self.programs)):
            i = (k + first) % len(self.programs)  # nobody always follows the same one
            if (i, what, model, batch) in self.out:
                continue
            done = run([*self.programs[i], what, model, str(batch), samples, SECONDS], self.port, self.core)
            if done.returncode == 0:
                print(done.stdout.strip(), flush=True)
                continue
            self.out.add((i, what, model, batch))
            if done.returncode != 3:
                print(f"{self.programs[i][0]} {what} {model} failed: {done.stderr[-300:]}", file=sys.stderr)


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "unknown"


def main():
    folder, port, rounds, core = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    bench = f"{folder}/bench"
    samples = {side: f"{folder}/samples{side}.bin" for side in ("28", "8")}
    for side, path in samples.items():
        made = run([bench, "samples", side, path], port)
        if made.returncode != 0:
            sys.exit(made.stderr)
    contestants = Contestants(folder, port, core)
    print(json.dumps({"about": processor(), "port": port, "rounds": rounds}), flush=True)
    print(run([bench, "bytes"], port).stdout.strip(), flush=True)
    for turn in range(rounds):
        print(run([bench, "kernels"], port, core).stdout.strip(), flush=True)
        products = f"{folder}/peers/blas_products"
        if os.path.exists(products):
            print(run([products, "openblas"], port, core).stdout.strip(), flush=True)
        for what, contests in (("train", TRAINING), ("infer", INFERENCE)):
            for number, (model, batch) in enumerate(contests):
                contestants.run_contest(what, model, batch, samples["8" if model == "tiny" else "28"], turn + number)
    for path in samples.values():
        os.remove(path)


main()
