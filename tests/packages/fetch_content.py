"""FetchContent with the source archive and its sum: configured, built and run as a user's project."""
import hashlib

from support import COMPILER, VERSION, check_xor, finish, fresh, made, run, ROOT

archive = made("source") / f"mica-{VERSION}.tar.gz"
digest = hashlib.sha256(archive.read_bytes()).hexdigest()
stated = (archive.parent / "SHA256SUMS").read_text().split()[0]
assert digest == stated
kept = archive.read_bytes()
project = fresh("project")
(project / archive.name).write_bytes(kept)
(project / "CMakeLists.txt").write_text(f"""cmake_minimum_required(VERSION 3.20)
project(consumer LANGUAGES CXX)
include(FetchContent)
FetchContent_Declare(mica URL "file://{project / archive.name}" URL_HASH SHA256={digest})
FetchContent_MakeAvailable(mica)
add_executable(xor xor.cpp)
target_link_libraries(xor PRIVATE mica::mica)
""")
(project / "xor.cpp").write_text((ROOT / "tools/packages/xor.cpp").read_text())
run("cmake", "-S", project, "-B", project / "build", "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={COMPILER}",
    "-DCMAKE_POLICY_DEFAULT_CMP0135=NEW")
run("cmake", "--build", project / "build", "--target", "xor")
check_xor(run(project / "build/xor"))
finish()
