# Turns MICA_PORT and MICA_EXACT into MICA_PORT_NAME (scalar, avx2, avx512, neon, helium or wasm), MICA_PORT_FLAGS
# and MICA_PORT_DEFINITIONS.
include(CheckCXXSourceRuns)

set(MICA_PORT native CACHE STRING
  "native (the best this CPU or the cross compiler's target has), scalar, avx2, avx512, neon, helium or wasm")
set_property(CACHE MICA_PORT PROPERTY STRINGS native scalar avx2 avx512 neon helium wasm)
if(NOT MICA_PORT MATCHES "^(native|scalar|avx2|avx512|neon|helium|wasm)$")
  message(FATAL_ERROR "MICA_PORT is \"${MICA_PORT}\"; it must be native, scalar, avx2, avx512, neon, helium or wasm.")
endif()

# F has the arithmetic and the masks of the port; DQ and VL let the compiler use them, and the upper sixteen registers,
# for logic on numbers and for what is shorter than a register. Every processor with AVX-512 has the three but Xeon Phi.
set(mica_avx512_flags -mavx512f -mavx512dq -mavx512vl -mfma)

set(mica_cpu other)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64|i.86)$")
  set(mica_cpu x86)
  if(NOT CMAKE_CROSSCOMPILING)
    check_cxx_source_runs("int main() { return !__builtin_cpu_supports(\"fma\"); }" MICA_CPU_HAS_FMA)
    check_cxx_source_runs("int main() { return !__builtin_cpu_supports(\"avx2\"); }" MICA_CPU_HAS_AVX2)
    check_cxx_source_runs("
      int main() {
        return !(__builtin_cpu_supports(\"avx512f\") && __builtin_cpu_supports(\"avx512dq\") &&
                 __builtin_cpu_supports(\"avx512vl\"));
      }" MICA_CPU_HAS_AVX512)
  endif()
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  set(mica_cpu aarch64)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(arm|armv7.*|armv8l)$" AND CMAKE_SYSTEM_NAME STREQUAL Linux)
  set(mica_cpu armv7)
elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL cortex-m55)
  set(mica_cpu helium)
elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL wasm32)
  set(mica_cpu wasm)
endif()

set(MICA_PORT_NAME ${MICA_PORT})
if(MICA_PORT STREQUAL native)
  set(MICA_PORT_NAME scalar)
  if(mica_cpu STREQUAL x86 AND MICA_CPU_HAS_FMA AND MICA_CPU_HAS_AVX2)
    set(MICA_PORT_NAME avx2)
  elseif(mica_cpu MATCHES "^(aarch64|armv7)$")
    set(MICA_PORT_NAME neon)
  elseif(mica_cpu MATCHES "^(helium|wasm)$")
    set(MICA_PORT_NAME ${mica_cpu})
  endif()
endif()

set(MICA_PORT_FLAGS "")
set(MICA_PORT_DEFINITIONS "")
if(MICA_PORT_NAME STREQUAL scalar)
  set(MICA_PORT_DEFINITIONS MICA_FORCE_SCALAR)
endif()
if(MICA_EXACT)
  list(APPEND MICA_PORT_DEFINITIONS MICA_EXACT)
endif()

if(mica_cpu STREQUAL x86)
  if(MICA_PORT_NAME STREQUAL avx512)
    list(APPEND MICA_PORT_FLAGS ${mica_avx512_flags})
  elseif(MICA_PORT_NAME STREQUAL avx2)
    list(APPEND MICA_PORT_FLAGS -mavx2 -mfma)
  elseif(MICA_CPU_HAS_FMA)
    list(APPEND MICA_PORT_FLAGS -mfma)  # a fused step is one instruction instead of a library call
  endif()
  if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    list(APPEND MICA_PORT_FLAGS -msse2 -mfpmath=sse)  # x87 rounds twice
  endif()
elseif(mica_cpu STREQUAL armv7)
  if(MICA_PORT_NAME STREQUAL neon)
    list(APPEND MICA_PORT_FLAGS -march=armv7-a -mfpu=neon-vfpv4 -mfloat-abi=hard)
  else()
    list(APPEND MICA_PORT_FLAGS -march=armv7-a -mfpu=vfpv4 -mfloat-abi=hard)
  endif()
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    # Clang moves plain C++ to NEON, which flushes subnormals there.
    list(APPEND MICA_PORT_FLAGS -fno-vectorize -fno-slp-vectorize)
  endif()
elseif(mica_cpu STREQUAL wasm)
  list(APPEND MICA_PORT_FLAGS -msimd128)
elseif(mica_cpu STREQUAL helium)
  # Plain C++ stays in the scalar unit: Helium flushes subnormals.
  list(APPEND MICA_PORT_FLAGS -fno-tree-vectorize)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # GCC writes a conversion on condition "not equal" as vcvtne, which the assembler takes for another instruction.
    list(APPEND MICA_PORT_FLAGS -fno-if-conversion2)
  endif()
endif()
message(STATUS "Mica port: ${MICA_PORT_NAME} ${MICA_PORT_FLAGS}")
# Measured gains over avx2 are small where a unit of 512 bits is two halves: see docs/performance.md.
if(MICA_PORT STREQUAL native AND MICA_CPU_HAS_AVX512)
  message(STATUS "This CPU has AVX-512 as well: -DMICA_PORT=avx512 gives the same bits")
endif()
