# Run by ctest: PROGRAM with ARGUMENT must succeed and print what is in the file EXPECTED.
execute_process(COMMAND ${PROGRAM} ${ARGUMENT} OUTPUT_VARIABLE output RESULT_VARIABLE result)
file(READ ${EXPECTED} expected)
if(NOT result EQUAL 0 OR NOT output STREQUAL expected)
  message(FATAL_ERROR "${EXPECTED} is not what this prints (exit status ${result}): ${PROGRAM} ${ARGUMENT} > ${EXPECTED}")
endif()
