# tests/consumer is a project of its own. It is built against an installed Mica and with Mica as a subfolder, and its
# program must not link when compiled for another port than the library.
if(CMAKE_CROSSCOMPILING OR CMAKE_CXX_FLAGS MATCHES sanitize)
  return()
endif()
set(work ${CMAKE_CURRENT_BINARY_DIR}/work)
set(consumer ${CMAKE_CURRENT_SOURCE_DIR}/consumer)

mica_add_test(consumer.install quick 120
  COMMAND ${CMAKE_COMMAND} -DBUILD=${PROJECT_BINARY_DIR} -DPREFIX=${work}/install -P ${consumer}/install.cmake)
set_tests_properties(${MICA_TEST_PREFIX}consumer.install PROPERTIES FIXTURES_SETUP installed)

# mica_consumer_test(<name> <how the project finds Mica>)
function(mica_consumer_test name)
  mica_add_test(consumer.${name} quick 600 COMMAND ${CMAKE_CTEST_COMMAND} --build-and-test ${consumer} ${work}/${name}
    --build-generator ${CMAKE_GENERATOR} --build-makeprogram ${CMAKE_MAKE_PROGRAM}
    --build-options -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} -DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE} ${ARGN}
    --test-command consumer)
endfunction()
mica_consumer_test(find_package -DCMAKE_PREFIX_PATH=${work}/install -DMICA_SOURCE=)
set_tests_properties(${MICA_TEST_PREFIX}consumer.find_package PROPERTIES FIXTURES_REQUIRED installed)
mica_consumer_test(add_subdirectory -DMICA_SOURCE=${PROJECT_SOURCE_DIR} -DMICA_PORT=${MICA_PORT})

set(other_port -DMICA_FORCE_SCALAR)
if(MICA_PORT_NAME STREQUAL scalar)
  set(other_port "")
  if(mica_cpu STREQUAL x86)
    set(other_port -mavx2 -mfma)
  endif()
endif()
if(other_port)
  string(JOIN " " flags -std=c++17 "-I\"${PROJECT_SOURCE_DIR}/include\"" ${other_port} -o "\"${work}/mixed_ports\"")
  mica_add_test(consumer.mixed_ports quick 120 COMMAND ${CMAKE_COMMAND} -DCOMPILER=${CMAKE_CXX_COMPILER}
    -DSOURCE=${consumer}/main.cpp -DFLAGS=${flags} -DLIBRARIES=$<TARGET_FILE:mica>
    "-DEXPECT=undefined reference to [^\n]*port_" -DMAX_LINES=100 -P ${PROJECT_SOURCE_DIR}/cmake/compile_one.cmake)
endif()
