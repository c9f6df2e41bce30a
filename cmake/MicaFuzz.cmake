# tests/fuzz/fuzz_<name>.cpp is one libFuzzer program that starts from the files in tests/fuzz/corpus/<name>, if any.
if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang OR NOT CMAKE_CXX_FLAGS MATCHES fuzzer-no-link)
  message(FATAL_ERROR "MICA_FUZZ needs clang and -fsanitize=fuzzer-no-link: use `cmake --preset fuzz`.")
endif()
set(MICA_FUZZ_SECONDS 20 CACHE STRING "How long each fuzz target runs under ctest")

file(GLOB programs CONFIGURE_DEPENDS fuzz/fuzz_*.cpp)
foreach(program IN LISTS programs)
  string(REGEX REPLACE ".*/fuzz_(.*)\\.cpp$" "\\1" name ${program})
  add_executable(fuzz_${name} ${program})
  target_include_directories(fuzz_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(fuzz_${name} PRIVATE mica)
  if(name STREQUAL onnx)
    target_link_libraries(fuzz_${name} PRIVATE mica_onnx)
  endif()
  target_compile_options(fuzz_${name} PRIVATE ${MICA_WARNINGS})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)

  # What it finds is kept in the first folder; the seeds are only read.
  set(work ${CMAKE_CURRENT_BINARY_DIR}/work/fuzz.${name})
  set(seeds ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
  file(MAKE_DIRECTORY ${work}/corpus)
  if(NOT IS_DIRECTORY ${seeds})
    set(seeds "")
  endif()
  add_test(NAME ${MICA_TEST_PREFIX}${name}
    COMMAND fuzz_${name} -max_total_time=${MICA_FUZZ_SECONDS} -timeout=10 -print_final_stats=1 corpus ${seeds}
    WORKING_DIRECTORY ${work})
  math(EXPR limit "${MICA_FUZZ_SECONDS} * 2 + 60")
  set_tests_properties(${MICA_TEST_PREFIX}${name} PROPERTIES LABELS full TIMEOUT ${limit})
endforeach()
