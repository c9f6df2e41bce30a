# mica_single.hpp, tested by the programs that test the library: <mica/...> leads to the one file, and the objects that
# they are linked with are its implementation. All are built without -ffp-contract=off, which the file brings along.
set(single ${CMAKE_CURRENT_BINARY_DIR}/single)
set(MICA_SINGLE_HEADER ${single}/mica_single.hpp)

file(GLOB_RECURSE amalgamated CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/*.hpp ${PROJECT_SOURCE_DIR}/src/*pp
  ${PROJECT_SOURCE_DIR}/ports/*.hpp)
add_custom_command(OUTPUT ${MICA_SINGLE_HEADER}
  COMMAND ${MICA_PYTHON} ${PROJECT_SOURCE_DIR}/tools/amalgamate ${MICA_SINGLE_HEADER}
  DEPENDS ${amalgamated} ${PROJECT_SOURCE_DIR}/tools/amalgamate ${PROJECT_SOURCE_DIR}/tools/packages/single/mica_single.hpp.in
  COMMENT "Writing mica_single.hpp" VERBATIM)
add_custom_target(mica_single DEPENDS ${MICA_SINGLE_HEADER})

# What makes a program take the one file for each of Mica's headers.
file(GLOB_RECURSE public RELATIVE ${PROJECT_SOURCE_DIR}/include CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/*.hpp)
foreach(header IN LISTS public)
  file(GENERATE OUTPUT ${single}/include/${header} CONTENT "#include \"${MICA_SINGLE_HEADER}\"\n")
endforeach()

function(mica_single_flags target)
  add_dependencies(${target} mica_single)
  target_compile_features(${target} PRIVATE cxx_std_17)
  target_compile_definitions(${target} PRIVATE MICA_TESTING ${MICA_PORT_DEFINITIONS} ${ARGN})
  target_include_directories(${target} PRIVATE ${single} ${single}/include ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE -O1 ${MICA_PORT_FLAGS} ${MICA_WARNINGS})
endfunction()

add_library(mica_single_objects OBJECT single_header/implementation.cpp)
mica_single_flags(mica_single_objects)
target_compile_options(mica_single_objects PRIVATE -fno-exceptions -fno-rtti)
find_package(Threads REQUIRED)

# mica_single_test(<name>): tests/test_<name>.cpp against the one file.
function(mica_single_test name)
  add_executable(single_${name} test_${name}.cpp)
  mica_single_flags(single_${name} $<TARGET_PROPERTY:mica_test_main,INTERFACE_COMPILE_DEFINITIONS>)
  target_include_directories(single_${name} SYSTEM PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/third_party)
  target_link_libraries(single_${name} PRIVATE $<TARGET_OBJECTS:mica_test_main> $<TARGET_OBJECTS:mica_single_objects>
    Threads::Threads)
  file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/work/single.${name})
  mica_add_test(single.${name} quick 120 COMMAND single_${name} --test-suite-exclude=full
    WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/work/single.${name})
endfunction()

# Every test that includes nothing of tools/ could be built this way. These cover each folder of the library and take
# a minute and a half of one core; the others (check_layer of every layer above all) take fifteen.
foreach(name bits checkpoint csv_dataset dense diagnose fit flash_checkpoint fma idx losses no_heap optimizers
        permutation recurrent_golden rng schedule sequential spatial_golden streaming sums tensor thread_pool trainer
        trainer_bits updates weights_header)
  mica_single_test(${name})
endforeach()

mica_add_test(single.examined quick 900 COMMAND ${MICA_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/single_header/examine.py
  ${PROJECT_SOURCE_DIR} ${CMAKE_CXX_COMPILER})
