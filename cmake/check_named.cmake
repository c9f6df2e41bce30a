# Run by ctest: PAGE must name, as `name`, each of NAMES, the test programs that a board leaves out.
separate_arguments(NAMES)
file(READ ${PAGE} text)
foreach(name IN LISTS NAMES)
  message(STATUS "left out: ${name}")
  if(NOT text MATCHES "`${name}`")
    message(FATAL_ERROR "${PAGE} does not say that boards leave out ${name}.")
  endif()
endforeach()
