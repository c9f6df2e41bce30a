# MICA_WARNINGS: what Mica's own code is compiled with. None of it reaches a user's code or a user's build.
set(MICA_WARNINGS "")
if(MICA_TOP_LEVEL)
  list(APPEND MICA_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    list(APPEND MICA_WARNINGS -Wno-sign-conversion)  # GCC's -Wconversion leaves it out as well
  endif()
endif()
if(MICA_WARNINGS_AS_ERRORS)
  list(APPEND MICA_WARNINGS -Werror)
endif()
