"""The version stands in CMakeLists.txt; what repeats it says the same, and every package is made with it."""
import json
import pathlib
import re

from support import BUILD, ROOT, VERSION, check, finish, fresh, run
from tree import sources

check(re.fullmatch(r"\d+\.\d+\.\d+", VERSION), f"{VERSION} is not a version of three numbers")
newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M).group(1)
check(newest == VERSION, f"the newest heading of CHANGELOG.md is {newest}")
cited = re.search(r"^version: (\S+)", (ROOT / "CITATION.cff").read_text(), re.M).group(1)
check(cited == VERSION, f"CITATION.cff says {cited}")
asked = re.search(r"find_package\(mica (\S+)", (ROOT / "tests/consumer/CMakeLists.txt").read_text()).group(1)
check(VERSION.startswith(asked + "."), f"tests/consumer asks for {asked}")

first, second = fresh("first"), fresh("second")
run(ROOT / "tools/package", "all", first, PYTHONHASHSEED="1")
run(ROOT / "tools/package", "all", second, PYTHONHASHSEED="2")
files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
check(files == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file()), "two runs differ")
for path in files:
    check((first / path).read_bytes() == (second / path).read_bytes(), f"two runs write different {path}")
for name in ("arduino/arduino/Mica/library.properties", "platformio/library.json", "espidf/idf_component.yml",
             "cmsis/pack/Mica.Mica.pdsc", "vcpkg/mica/vcpkg.json", "conan/conanfile.py", "conan/conandata.yml",
             "meson/subprojects/mica.wrap", "single/mica_single.hpp"):
    check(VERSION in (first / name).read_text(), f"{name} does not hold the version {VERSION}")
    check(not re.search(r"@[A-Z]\w*@", (first / name).read_text()), f"{name} has a place that was not filled")
# The version is written by hand nowhere in the templates.
for path in (ROOT / "tools/packages").rglob("*"):
    if path.is_file() and path.suffix != ".pyc":
        check(VERSION not in path.read_text(), f"{path.relative_to(ROOT)} repeats the version")

# Packages compile what CMakeLists.txt does.
commands = json.loads((BUILD / "compile_commands.json").read_text())
compiled = {pathlib.Path(entry["file"]).relative_to(ROOT).as_posix() for entry in commands
            if " CMakeFiles/mica.dir/" in entry["command"]}
check(compiled == set(sources()), f"only one of CMake and tools/package has {sorted(compiled ^ set(sources()))}")

# What tools/package did not write it does not replace.
mine = fresh("mine")
(mine / "thesis.txt").write_text("years of work")
try:
    from tree import Package
    Package("single", mine, "")
    check(False, "a folder with somebody's files was replaced")
except SystemExit as refusal:
    check("did not write" in str(refusal) and (mine / "thesis.txt").exists(), str(refusal))
finish()
