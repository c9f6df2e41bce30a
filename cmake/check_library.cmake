# Run by ctest: in LIBRARY only the objects whose names match EXCEPT may ask for arithmetic on double that the processor
# does not have. NM lists what each object asks for.
execute_process(COMMAND ${NM} -A --undefined-only ${LIBRARY} OUTPUT_VARIABLE symbols RESULT_VARIABLE result)
if(NOT result EQUAL 0 OR NOT symbols MATCHES "moments\\.cpp")
  message(FATAL_ERROR "${LIBRARY} is not Mica's library.")
endif()
include(${CMAKE_CURRENT_LIST_DIR}/double_arithmetic.cmake)
string(REPLACE "\n" ";" lines "${symbols}")
list(FILTER lines INCLUDE REGEX " U (${double_arithmetic})$")
list(FILTER lines EXCLUDE REGEX ":(${EXCEPT})\\.cpp")
if(lines)
  string(REPLACE ";" "\n  " lines "${lines}")
  message(FATAL_ERROR "These objects ask for arithmetic on double:\n  ${lines}")
endif()
