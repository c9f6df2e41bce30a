# WebAssembly (wasm32-wasi): clang-14 with lld-14, libc++-14-dev-wasm32, libc++abi-14-dev-wasm32,
# libclang-rt-14-dev-wasm32 and wasi-libc, run by node 20 or newer.
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR}/modules)  # CMake 3.25 knows no WASI
set(CMAKE_CXX_COMPILER clang++-14)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_EXECUTABLE_SUFFIX_CXX .wasm)
# doctest.h includes <csignal>. There are neither exceptions nor threads.
set(CMAKE_CXX_FLAGS_INIT "-fno-exceptions -D_WASI_EMULATED_SIGNAL")
# The stack lies below the variables: one that overflows leaves the memory and traps.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-lwasi-emulated-signal -Wl,--stack-first -Wl,-z,stack-size=262144")
get_filename_component(MICA_RUN_WASM ${CMAKE_CURRENT_LIST_DIR}/../../ports/wasm/run.mjs ABSOLUTE)
set(CMAKE_CROSSCOMPILING_EMULATOR node --no-warnings ${MICA_RUN_WASM})
