"""The vcpkg port, against what vcpkg's documentation asks for, and its portfile run with vcpkg's functions played by
others that do the same work: https://learn.microsoft.com/vcpkg/reference/vcpkg-json and .../maintainers/functions."""
import json
import re

from support import COMPILER, VERSION, WORK, check, finish, fresh, made, run

port = made("vcpkg") / "mica"
port = port.rename(fresh("port") / "mica")
manifest = json.loads((port / "vcpkg.json").read_text())
check(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", manifest["name"]), "the name of a port is lower case, digits and hyphens")
check([key for key in manifest if key.startswith("version")] == ["version"], "one field with the version is allowed")
check(manifest["version"] == VERSION and manifest["license"] == "MIT", "version or licence")
known = {"name", "version", "description", "homepage", "license", "supports", "dependencies"}
check(set(manifest) <= known, f"unknown fields: {set(manifest) - known}")
for dependency in manifest["dependencies"]:
    check(dependency["host"] is True, "the helpers of vcpkg run on the host")

archive = made("source") / f"mica-{VERSION}.tar.gz"
archive = archive.rename(fresh("downloads") / archive.name)
work = fresh("work")
(work / "play.cmake").write_text(f"""
cmake_minimum_required(VERSION 3.20)
set(VERSION {VERSION})
set(PORT mica)
set(CURRENT_PACKAGES_DIR {work}/packages)
function(vcpkg_check_linkage)
endfunction()
function(vcpkg_download_distfile out)
  cmake_parse_arguments(PARSE_ARGV 1 a "" "FILENAME;SHA512" "URLS")
  file(SHA512 {archive.parent}/${{a_FILENAME}} found)
  if(NOT found STREQUAL a_SHA512 OR NOT a_URLS MATCHES "^https://")
    message(FATAL_ERROR "${{a_FILENAME}} has another sum, or no address: ${{a_URLS}}")
  endif()
  set(${{out}} {archive.parent}/${{a_FILENAME}} PARENT_SCOPE)
endfunction()
function(vcpkg_extract_source_archive out)
  cmake_parse_arguments(PARSE_ARGV 1 a "" "ARCHIVE" "")
  file(ARCHIVE_EXTRACT INPUT ${{a_ARCHIVE}} DESTINATION {work}/source)
  set(${{out}} {work}/source/mica-{VERSION} PARENT_SCOPE)
endfunction()
function(vcpkg_cmake_configure)
  cmake_parse_arguments(PARSE_ARGV 0 a "" "SOURCE_PATH" "OPTIONS")
  execute_process(COMMAND ${{CMAKE_COMMAND}} -S ${{a_SOURCE_PATH}} -B {work}/build -G Ninja ${{a_OPTIONS}}
    -DCMAKE_CXX_COMPILER={COMPILER} -DCMAKE_INSTALL_PREFIX=${{CURRENT_PACKAGES_DIR}} -DCMAKE_INSTALL_LIBDIR=lib
    COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_cmake_install)
  # What would be installed, without compiling it.
  execute_process(COMMAND ${{CMAKE_COMMAND}} -E touch {work}/build/libmica.a {work}/build/libmica_testing.a)
  execute_process(COMMAND ${{CMAKE_COMMAND}} --install {work}/build COMMAND_ERROR_IS_FATAL ANY)
endfunction()
function(vcpkg_cmake_config_fixup)
  cmake_parse_arguments(PARSE_ARGV 0 a "" "CONFIG_PATH" "")
  if(NOT EXISTS ${{CURRENT_PACKAGES_DIR}}/${{a_CONFIG_PATH}}/mica-config.cmake)
    message(FATAL_ERROR "There is no ${{a_CONFIG_PATH}}/mica-config.cmake.")
  endif()
endfunction()
function(vcpkg_fixup_pkgconfig)
endfunction()
function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 a "" "" "FILE_LIST")
  file(INSTALL ${{a_FILE_LIST}} DESTINATION ${{CURRENT_PACKAGES_DIR}}/share/mica)
endfunction()
include({port}/portfile.cmake)
""")
run("cmake", "-P", work / "play.cmake")
for name in ("share/mica/usage", "share/mica/LICENSE", f"include/mica-{VERSION}/include/mica/mica.hpp",
             "lib/pkgconfig/mica.pc"):
    check((work / "packages" / name).exists(), f"{name} was not installed")
finish()
