# Bare metal on a Cortex-M. A board's own toolchain file sets MICA_CPU (flags), MICA_MACHINE (QEMU's name) and
# MICA_MEMORY (a linker script in ports/boards), and includes this. What the tests print goes through semihosting, unless
# MICA_BOARD_FUNCTIONS names other files that define the functions of board.hpp.
set(CMAKE_SYSTEM_NAME Generic)
string(REGEX REPLACE ".*-mcpu=([^; ]*).*" "\\1" CMAKE_SYSTEM_PROCESSOR "${MICA_CPU}")
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_EXECUTABLE_SUFFIX_CXX .elf)

get_filename_component(MICA_BOARDS ${CMAKE_CURRENT_LIST_DIR}/../../ports/boards ABSOLUTE)
if(NOT MICA_BOARD_FUNCTIONS)
  set(MICA_BOARD_FUNCTIONS semihosting.cpp systick.cpp)
endif()
string(JOIN " " CMAKE_CXX_FLAGS_INIT -mthumb ${MICA_CPU} -fno-exceptions -fno-rtti -fno-threadsafe-statics
  -fno-asynchronous-unwind-tables -ffunction-sections -fdata-sections -Wno-psabi)
string(JOIN " " CMAKE_EXE_LINKER_FLAGS_INIT -nostartfiles -L${MICA_BOARDS} -T${MICA_MEMORY}.ld -Wl,--gc-sections)
set(CMAKE_CROSSCOMPILING_EMULATOR ${MICA_BOARDS}/emulate ${MICA_MACHINE})
