"""Runs the bench program for one target under an emulator that counts instructions."""
import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
EMULATE = HERE.parent.parent / "ports" / "boards" / "emulate"


class Missing(Exception):
    """An emulator or compiler is not installed."""


@dataclasses.dataclass
class Row:
    kernel: str
    model: str
    batch: str
    shape: str
    unit: str
    units: int
    instructions: int

    @property
    def key(self):
        return (self.kernel, self.model, self.batch, self.shape)

    @property
    def per_unit(self):
        return self.instructions / self.units


@dataclasses.dataclass
class Run:
    port: str
    compiler: str
    rows: list
    quick: bool

    def __post_init__(self):
        self.by_key = {row.key: row for row in self.rows}


# How each target runs, and how much memory its cases may take. Every symbol is bound at the start, so that the first
# call of a shared library's function counts no more than the others.
BOARDS = {"m4f": ("mps2-an386", 12_000_000), "m55": ("mps3-an547", 1_600_000)}
USER = {"aarch64": ("qemu-aarch64", "/usr/aarch64-linux-gnu"), "armv7": ("qemu-arm", "/usr/arm-linux-gnueabihf")}
EVERYTHING = 20_000_000
QUICK = 1_600_000  # leaves out the largest steps


def find(program):
    if shutil.which(program) is None:
        raise Missing(f"{program} is not installed.")
    return program


def run(command, **environment):
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin", "LD_BIND_NOW": "1", **environment}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed with status {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout


def build_plugin(emulator, folder):
    version = run([find(emulator), "--version"])
    major = int(re.search(r"version (\d+)", version).group(1))
    plugin = f"{folder}/mark_plugin.so"
    run([find("cc"), "-shared", "-fPIC", "-O2", f"-DQEMU_API={2 if major >= 9 else 1}", str(HERE / "mark_plugin.c"),
         "-o", plugin])
    return plugin


def marks_of(target, program, most_bytes, folder):
    """What the program printed, and the count of instructions at each mark."""
    marks = f"{folder}/marks"
    if target == "avx2":
        output = run([find("valgrind"), "--tool=callgrind", "--dump-before=mica_mark", "--combine-dumps=yes",
                      f"--callgrind-out-file={marks}", program, "count", str(most_bytes)])
        with open(marks, encoding="utf-8") as file:
            parts = [int(line.split()[1]) for line in file if line.startswith("totals:")]
        # A part for each stretch between marks; the last one is what follows the last mark.
        counts, total = [], 0
        for part in parts[:-1]:
            total += part
            counts.append(total)
        return output, counts
    if target in USER:
        emulator, root = USER[target]
        plugin = build_plugin(emulator, folder)
        output = run([emulator, "-L", root, "-plugin", f"{plugin},out={marks}", program, "count", str(most_bytes)])
    elif target in BOARDS:
        plugin = build_plugin("qemu-system-arm", folder)
        output = run([str(EMULATE), BOARDS[target][0], program, "count", str(most_bytes)],
                     QEMU_OPTIONS=f"-plugin {plugin},out={marks}")
    else:
        raise SystemExit(f"There is no target {target}.")
    return output, [int(line) for line in pathlib.Path(marks).read_text(encoding="utf-8").split()]


def count(target, program, quick):
    """Runs the program and gives each kernel the instructions between its two marks."""
    most_bytes = min(QUICK if quick else EVERYTHING, BOARDS.get(target, ("", EVERYTHING))[1])
    with tempfile.TemporaryDirectory() as folder:
        output, marks = marks_of(target, program, most_bytes, folder)
    about, *cases = [json.loads(line) for line in output.splitlines()]
    if len(marks) != 2 * len(cases):
        raise SystemExit(f"{target}: {len(cases)} kernels but {len(marks)} marks.")
    between = [marks[2 * i + 1] - marks[2 * i] for i in range(len(cases))]
    nothing = between[0]
    rows = [Row(case["kernel"], case["model"] or "-", str(case["batch"] or "-"), case["shape"] or "-", case["unit"],
                case["units"], instructions - nothing)
            for case, instructions in list(zip(cases, between))[1:]]
    return Run(about["port"], about["compiler"], rows, quick)
