"""The Arduino library against https://arduino.github.io/arduino-cli/latest/library-specification: names, fields,
folders; each example compiled as the IDE does it, run on this machine, and compiled for a Cortex-M4."""
import re
import shutil
import zipfile

from support import COMPILER, ROOT, VERSION, check, check_learnt, finish, fresh, made, port_flags, run

library = made("arduino") / "arduino/Mica"
fields = dict(line.split("=", 1) for line in (library / "library.properties").read_text().splitlines())
for field in ("name", "version", "author", "maintainer", "sentence", "paragraph", "category", "url", "architectures"):
    check(fields.get(field), f"library.properties has no {field}")
check(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,62}", fields["name"]) and library.name == fields["name"], "name")
check(fields["version"] == VERSION, "version")
check(fields["category"] in ("Display", "Communication", "Signal Input/Output", "Sensors", "Device Control", "Timing",
                             "Data Storage", "Data Processing", "Other"), "category")
check(not fields["paragraph"].startswith(fields["sentence"]), "the paragraph repeats the sentence")
check((library / "src" / fields["includes"]).is_file(), "the header to include is not in src/")
allowed = {"library.properties", "src", "examples", "extras", "docs", "keywords.txt", "LICENSE", "README.md"}
check({path.name for path in library.iterdir()} <= allowed, "a file or folder that has no place there")
check(not (library / "utility").exists(), "utility and src must not stand side by side")
examples = sorted((library / "examples").iterdir())
check(len(examples) >= 2, "examples")
names = zipfile.ZipFile(library.parent.parent / f"Mica-{VERSION}.zip").namelist()
check({name.split("/")[0] for name in names} == {"Mica"}, "the zip file holds one folder, that of the library")

# The IDE puts Arduino.h and declarations of the functions before a sketch; src/ is the include path and is compiled.
stub = ROOT / "tests/packages/arduino_stub"
boards = ["-std=gnu++17", "-Os", "-fno-exceptions", "-fno-rtti", "-ffunction-sections", "-fdata-sections", "-Wall",
          "-Wextra"]
m4 = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard", "--specs=nano.specs",
      "--specs=nosys.specs"]
work = fresh("sketches")
sources = sorted((library / "src").rglob("*.cpp"))


def build(compiler, flags, sketch, program):
    objects = []
    for source in sources:
        objects.append(work / f"{source.stem}_{compiler.split('/')[-1]}.o")
        if not objects[-1].exists():
            run(compiler, *flags, f"-I{library / 'src'}", "-c", source, "-o", objects[-1])
    run(compiler, *flags, "-Wl,--gc-sections", f"-I{library / 'src'}", f"-I{stub}", sketch, stub / "main.cpp", *objects,
        "-o", program)


for example in examples:
    sketch = example / f"{example.name}.ino"
    if not check(sketch.is_file(), f"{sketch} is not there"):
        continue
    text = sketch.read_text()
    functions = re.findall(r"^(\w+ \w+\([^)]*\)) \{$", text, re.M)
    includes = "".join(line + "\n" for line in text.splitlines() if line.startswith("#include"))
    place = work / f"{example.name}.cpp"
    declared = [f"{function};\n" for function in functions if "Digits&" not in function]
    place.write_text("#include <Arduino.h>\n" + includes + "".join(declared) + text)
    check({"void setup()", "void loop()"} <= set(functions), f"{sketch.name} has no setup and loop")
    build(COMPILER, boards + port_flags(), place, work / example.name)
    said = run(work / example.name)
    if example.name == "Xor":
        thousandths = re.sub(r"= (-?)(\d)\.(\d+)", lambda found: f"= {found[1]}{int(found[2] + found[3])}/1000", said)
        check_learnt(thousandths)
    else:
        shares = [float(share) for share in re.findall(r"right so far ([0-9.]+)", said)]
        check(len(shares) == 4 and shares[-1] > 80 > shares[0], f"{example.name}: {said}")
        check("was read as" in said, said)
    if shutil.which("arm-none-eabi-g++"):
        build("arm-none-eabi-g++", boards + m4, place, work / f"{example.name}.elf")
        print(run("arm-none-eabi-size", work / f"{example.name}.elf"))
finish()
