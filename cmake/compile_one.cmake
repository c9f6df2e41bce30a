# Run by ctest: compiles SOURCE with COMPILER and FLAGS (and LIBRARIES after the source). With MUST_COMPILE it has to
# succeed, also without exceptions and RTTI. Otherwise it has to fail with output that matches EXPECT (default: the
# regex in the first line of SOURCE) and is at most MAX_LINES long.
separate_arguments(flags UNIX_COMMAND "${FLAGS}")
if(NOT DEFINED MAX_LINES)
  set(MAX_LINES 14)
endif()

macro(compile)
  execute_process(COMMAND ${COMPILER} ${flags} ${ARGN} ${SOURCE} ${LIBRARIES}
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
endmacro()

if(MUST_COMPILE)
  foreach(variant "" "-fno-exceptions;-fno-rtti")
    compile(${variant})
    if(NOT result EQUAL 0)
      message(FATAL_ERROR "${SOURCE} must compile (${variant}):\n${output}")
    endif()
  endforeach()
  return()
endif()

if(NOT DEFINED EXPECT)
  file(READ ${SOURCE} text)
  if(NOT text MATCHES "^// expect: ([^\n]+)")
    message(FATAL_ERROR "The first line of ${SOURCE} must be \"// expect: <regex>\".")
  endif()
  set(EXPECT "${CMAKE_MATCH_1}")
endif()

compile()
string(REGEX REPLACE "[^\n]" "" newlines "${output}")
string(LENGTH "${newlines}" lines)
message(STATUS "${lines} lines of output, exit status ${result}:\n${output}")
if(result EQUAL 0)
  message(FATAL_ERROR "${SOURCE} must not compile, but it does.")
elseif(NOT output MATCHES "${EXPECT}")
  message(FATAL_ERROR "The output above does not match \"${EXPECT}\".")
elseif(lines GREATER MAX_LINES)
  message(FATAL_ERROR "The output above is ${lines} lines long; at most ${MAX_LINES} are allowed.")
endif()
