# One test per file in tests/compile_fail: ok_*.cpp must compile, every other one must be refused in the words of its
# first line, "// expect: <regex>".
list(TRANSFORM MICA_PORT_DEFINITIONS PREPEND -D OUTPUT_VARIABLE definitions)
string(JOIN " " MICA_COMPILE_FLAGS ${CMAKE_CXX_FLAGS} -std=c++17 ${MICA_PORT_FLAGS} -ffp-contract=off ${definitions}
  "-I\"${PROJECT_SOURCE_DIR}/include\"")

# Clang spells out the way to an error at more length than GCC.
set(MICA_ERROR_LINES 14)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  set(MICA_ERROR_LINES 30)
endif()

file(GLOB files CONFIGURE_DEPENDS compile_fail/*.cpp)
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME_WE)
  string(JOIN " " flags ${MICA_COMPILE_FLAGS} -fsyntax-only)
  if(name MATCHES "^ok_")
    set(expected -DMUST_COMPILE=ON)
    string(JOIN " " flags ${flags} ${MICA_WARNINGS})
  else()
    set(expected -DMUST_COMPILE=OFF)
  endif()
  mica_add_test(compile_fail.${name} quick 300 COMMAND ${CMAKE_COMMAND} -DCOMPILER=${CMAKE_CXX_COMPILER} -DSOURCE=${file}
    -DFLAGS=${flags} -DMAX_LINES=${MICA_ERROR_LINES} ${expected} -P ${PROJECT_SOURCE_DIR}/cmake/compile_one.cmake)
endforeach()
