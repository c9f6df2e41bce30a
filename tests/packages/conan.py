"""The Conan recipe, run with Conan's classes played by small ones, against
https://docs.conan.io/2/reference/conanfile.html.
With Conan itself installed: conan create OUT --test-folder test_package."""
import hashlib
import importlib.util
import sys
import types

from support import BUILD, COMPILER, ROOT, VERSION, check, check_xor, finish, fresh, made, run

folder = made("conan")
recipe_file, data_file = folder / "conanfile.py", (folder / "conandata.yml").read_text()
calls = []


class Anything:
    """Stands for an object of Conan's; remembers what is called."""

    def __init__(self, *_, **__):
        self.cache_variables = {}

    def __getattr__(self, name):
        return lambda *arguments, **named: calls.append((name, arguments, named))


def module(name, **contents):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__dict__.update(contents)


toolchains = []


class Toolchain(Anything):
    def __init__(self, *_):
        super().__init__()
        toolchains.append(self)


class Invalid(Exception):
    pass


module("conan", ConanFile=object)
module("conan.errors", ConanInvalidConfiguration=Invalid)
module("conan.tools")
module("conan.tools.build", can_run=lambda _: True, check_min_cppstd=lambda _, least: calls.append(("standard", least)))
module("conan.tools.cmake", CMake=Anything, CMakeDeps=Anything, CMakeToolchain=Toolchain,
       cmake_layout=lambda *_, **__: None)
module("conan.tools.files", copy=lambda *what: calls.append(("copy", what)), get=lambda _, **what: calls.append(what))


def loaded(path, name):
    spec = importlib.util.spec_from_file_location("recipe_" + path.parent.name, path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return getattr(found, name)()


recipe = loaded(recipe_file, "MicaConan")
check(recipe.name == "mica" and recipe.version == VERSION and recipe.license == "MIT", "name, version, licence")
check(recipe.package_type == "static-library", "kind of package")
check(set(recipe.settings) == {"os", "arch", "compiler", "build_type"} or
      recipe.settings == ("os", "arch", "compiler", "build_type"), "settings")
check(set(recipe.default_options) == set(recipe.options), "each option has a default")
for option, value in recipe.default_options.items():
    check(value in recipe.options[option], f"the default of {option} is none of its values")
ports = (ROOT / "cmake/MicaPort.cmake").read_text()
for port in recipe.options["port"]:
    check(port in ports, f"there is no port {port}")

# The steps in Conan's order.
recipe.settings = types.SimpleNamespace(compiler="gcc")
recipe.options = types.SimpleNamespace(port="scalar", exact=True)
recipe.conan_data = {"sources": {VERSION: dict(url=data_file.split('url: "')[1].split('"')[0],
                                               sha256=data_file.split('sha256: "')[1].split('"')[0])}}
recipe.source_folder, recipe.package_folder, recipe.cpp_info = "source", "package", Anything()
for step in ("validate", "layout", "source", "generate", "build", "package", "package_info"):
    getattr(recipe, step)()
(got,) = (call for call in calls if isinstance(call, dict))
archive = made("source") / f"mica-{VERSION}.tar.gz"
check(got["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest() and got["strip_root"], f"source: {got}")
check(got["url"].startswith("https://") and got["url"].endswith(archive.name), f"source: {got}")
check(recipe.cpp_info.builddirs == ["lib/cmake/mica"] and recipe.cpp_info.libs == ["mica"], "package_info")
variables = toolchains[0].cache_variables
listed = (ROOT / "CMakeLists.txt").read_text() + ports
for name, value in variables.items():
    check(name in listed, f"CMakeLists.txt knows no {name}")
check(variables["MICA_PORT"] == "scalar" and variables["MICA_EXACT"] is True, f"options: {variables}")
recipe.settings.compiler = "msvc"
try:
    recipe.validate()
    check(False, "msvc was not refused")
except Invalid as refusal:
    check("GCC" in str(refusal), str(refusal))

# The test package, with a Mica that was installed.
folder = made("conan")
prefix = fresh("prefix")
run("cmake", "--install", BUILD, "--prefix", prefix)
build = fresh("build")
run("cmake", "-S", folder / "test_package", "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}",
    f"-DCMAKE_CXX_COMPILER={COMPILER}")
run("cmake", "--build", build)
check_xor(run(build / "xor"))
finish()
