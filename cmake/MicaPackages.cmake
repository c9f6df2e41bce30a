# One test for each kind of package: tests/packages/<name>.py makes it with tools/package and builds with it, or holds it
# against the rules of its format where no tool for it can be had.
foreach(name arduino cmsis conan deb espidf fetch_content meson pkgconfig platformio vcpkg version zephyr)
  mica_add_test(package.${name} quick 900 COMMAND ${MICA_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/packages/${name}.py
    ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR} ${CMAKE_CXX_COMPILER} ${CMAKE_CURRENT_BINARY_DIR}/work/package.${name})
  set_tests_properties(${MICA_TEST_PREFIX}package.${name} PROPERTIES SKIP_RETURN_CODE 77)
endforeach()
