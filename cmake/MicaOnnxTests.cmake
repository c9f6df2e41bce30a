# What `mica import` makes of ONNX models, compiled and run: see tests/onnx.
list(TRANSFORM MICA_PORT_DEFINITIONS PREPEND -D OUTPUT_VARIABLE definitions)
string(JOIN " " compiler ${CMAKE_CXX_COMPILER} ${CMAKE_CXX_FLAGS} -std=c++17 ${MICA_PORT_FLAGS} ${definitions}
  -ffp-contract=off -Wall -Wextra -Wpedantic -Werror "-I\"${PROJECT_SOURCE_DIR}/include\"" "-I\"${PROJECT_SOURCE_DIR}\"")
file(GLOB programs CONFIGURE_DEPENDS onnx/*_tests.cpp)
foreach(program IN LISTS programs)
  get_filename_component(name ${program} NAME_WE)
  add_executable(onnx_${name} ${program})
  target_include_directories(onnx_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(onnx_${name} PRIVATE mica_onnx)
  target_compile_options(onnx_${name} PRIVATE -O1 ${MICA_WARNINGS})
endforeach()

mica_add_test(onnx.nodes full 600 COMMAND onnx_node_tests /usr/share/libonnx-testdata/data
  ${CMAKE_CURRENT_BINARY_DIR}/work/onnx_nodes ${compiler} $<TARGET_FILE:mica>)
set_tests_properties(${MICA_TEST_PREFIX}onnx.nodes PROPERTIES SKIP_RETURN_CODE 77)
mica_add_test(onnx.torch full 600 COMMAND onnx_torch_tests ${CMAKE_CURRENT_SOURCE_DIR}/onnx/models
  ${CMAKE_CURRENT_BINARY_DIR}/work/onnx_torch ${compiler} $<TARGET_FILE:mica>)
