"""One function for each kind of package. Its templates lie in the folder of the same name beside this file."""
from tree import LIBRARY, ROOT, VERSION, single_header, sources


def xor(main="int main() { return learn(); }"):
    """The example program that several kinds share, with the entry that the system calls."""
    text = (ROOT / "tools/packages/xor.cpp").read_text(encoding="utf-8")
    assert text.count("int main() { return learn(); }") == 1
    return text.replace("int main() { return learn(); }", main)


def source(package):
    """the source archive that the downloading formats name, with its sums"""
    content = package.use_archive()
    package.write(f"mica-{VERSION}.tar.gz", content)
    package.write("SHA256SUMS", f"{package.values['SHA256']}  mica-{VERSION}.tar.gz\n")


def single(package):
    """mica_single.hpp, all of Mica in one file"""
    package.write("mica_single.hpp", single_header())


def arduino(package):
    """a library for the Arduino IDE, as a folder and as a zip file"""
    # A library cannot set compiler flags there, so it is the single header, which does without.
    folder = "arduino/Mica/"
    package.write_templates(into=folder)
    package.write(folder + "src/mica_single.hpp", single_header())
    package.write_tree("LICENSE", into=folder)
    package.zip(f"Mica-{VERSION}.zip", "arduino")


def platformio(package):
    """a library for PlatformIO"""
    package.write_tree(*LIBRARY)
    package.write("examples/xor/main.cpp", xor())
    package.write_templates()


def espidf(package):
    """a component for ESP-IDF and its registry"""
    package.values["SOURCES"] = "\n".join(f'         "{path}"' for path in sources())
    package.write_tree(*LIBRARY)
    package.write("examples/xor/main/main.cpp", xor('extern "C" void app_main() { learn(); }'))
    package.write_templates()


def zephyr(package):
    """a module for Zephyr, with a sample"""
    package.values["SOURCES"] = "\n".join(f"  ${{MICA_ROOT}}/{path}" for path in sources())
    package.write_tree(*LIBRARY)
    package.write("samples/xor/src/main.cpp", xor())
    package.write_templates()


def cmsis(package):
    """a CMSIS-Pack: the description and the .pack file"""
    package.values["FILES"] = "\n".join(f'        <file category="sourceCpp" name="{path}"/>' for path in sources())
    package.write_tree(*LIBRARY, into="pack/")
    package.write_templates(into="pack/")
    package.zip(f"Mica.Mica.{VERSION}.pack", "pack")


def vcpkg(package):
    """a port for vcpkg, to be used with --overlay-ports"""
    package.use_archive()
    package.write_templates(into="mica/")


def conan(package):
    """a recipe for Conan 2 with its test package"""
    package.use_archive()
    package.write("test_package/main.cpp", xor())
    package.write_templates()


def meson(package):
    """a wrap for Meson: a file for subprojects/ and its build definition"""
    package.values["SOURCES"] = "\n".join(f"  '{path}'," for path in sources())
    content = package.use_archive()
    package.write_templates(into="subprojects/")
    # Meson looks here before it downloads.
    package.write(f"subprojects/packagecache/mica-{VERSION}.tar.gz", content)


FORMATS = {make.__name__: make for make in
           (source, single, arduino, platformio, espidf, zephyr, cmsis, vcpkg, conan, meson)}
