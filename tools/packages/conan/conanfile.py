from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, get


class MicaConan(ConanFile):
    name = "mica"
    version = "@VERSION@"
    description = "@DESCRIPTION@"
    license = "MIT"
    homepage = "@URL@"
    url = "@URL@"
    topics = ("neural-network", "machine-learning", "embedded")
    package_type = "static-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"port": ["native", "scalar", "avx2", "avx512", "neon"], "exact": [True, False]}
    default_options = {"port": "native", "exact": False}

    def validate(self):
        check_min_cppstd(self, 17)
        if self.settings.compiler == "msvc":
            raise ConanInvalidConfiguration("Mica needs a compiler with GCC's built-in functions: GCC or Clang.")

    def layout(self):
        cmake_layout(self, src_folder="src")

    def source(self):
        get(self, **self.conan_data["sources"][self.version], strip_root=True)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["MICA_PORT"] = str(self.options.port)
        toolchain.cache_variables["MICA_EXACT"] = bool(self.options.exact)
        for part in ("TESTS", "TOOLS", "LABS", "EXAMPLES"):
            toolchain.cache_variables[f"MICA_BUILD_{part}"] = False
        toolchain.cache_variables["MICA_WARNINGS_AS_ERRORS"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, f"{self.package_folder}/licenses")
        CMake(self).install()

    def package_info(self):
        # Mica's own config file carries the flags that its headers are compiled with.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = ["lib/cmake/mica"]
        self.cpp_info.libs = ["mica"]
