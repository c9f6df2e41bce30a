// Chooses the port at compile time. The only file in Mica that asks which architecture this is.
//
// The choice is part of the inline namespace that holds every public name, so that objects built for different ports
// do not link with each other. Define MICA_FORCE_SCALAR to take the plain C++ port everywhere, and MICA_EXACT to have
// fused multiply-adds computed in software where the processor has none.
#pragma once

#if defined(__FMA__) || defined(__ARM_FEATURE_FMA) || defined(__FP_FAST_FMAF) || defined(__s390x__) || \
    (defined(__riscv_flen) && __riscv_flen >= 32)
#define MICA_FMA_HARDWARE 1
#else
#define MICA_FMA_HARDWARE 0
#endif

// Small processors have a floating-point unit for float alone, or none.
#if defined(__arm__) && !defined(__ARM_FP)
#define MICA_FLOAT_HARDWARE 0
#define MICA_DOUBLE_HARDWARE 0
#elif defined(__arm__) && !(__ARM_FP & 8)
#define MICA_FLOAT_HARDWARE 1
#define MICA_DOUBLE_HARDWARE 0
#elif defined(__riscv) && !defined(__riscv_flen)
#define MICA_FLOAT_HARDWARE 0
#define MICA_DOUBLE_HARDWARE 0
#elif defined(__riscv) && __riscv_flen < 64
#define MICA_FLOAT_HARDWARE 1
#define MICA_DOUBLE_HARDWARE 0
#else
#define MICA_FLOAT_HARDWARE 1
#define MICA_DOUBLE_HARDWARE 1
#endif

#if !defined(MICA_FORCE_SCALAR) && defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define MICA_PORT_NAMESPACE port_avx512
#define MICA_PORT_HEADER "avx512/port.hpp"
#define MICA_VECTOR_FLOATS 16
#define MICA_PANEL_FLOATS 8192
#elif !defined(MICA_FORCE_SCALAR) && defined(__AVX2__) && defined(__FMA__)
#define MICA_PORT_NAMESPACE port_avx2
#define MICA_PORT_HEADER "avx2/port.hpp"
#define MICA_VECTOR_FLOATS 8
#define MICA_PANEL_FLOATS 2048
#elif !defined(MICA_FORCE_SCALAR) && defined(__ARM_FEATURE_MVE) && (__ARM_FEATURE_MVE & 2)
#define MICA_PORT_NAMESPACE port_helium
#define MICA_PORT_HEADER "helium/port.hpp"
#define MICA_VECTOR_FLOATS 4
#define MICA_PANEL_FLOATS 512
#define MICA_FLUSHES_SUBNORMALS 1
#elif !defined(MICA_FORCE_SCALAR) && defined(__ARM_NEON) && defined(__ARM_FEATURE_FMA)
#define MICA_PORT_NAMESPACE port_neon
#define MICA_PORT_HEADER "neon/port.hpp"
#define MICA_VECTOR_FLOATS 4
#define MICA_PANEL_FLOATS 2048
#if defined(__aarch64__)
#define MICA_NEON_REGISTERS 32
#else
#define MICA_NEON_REGISTERS 16
#define MICA_FLUSHES_SUBNORMALS 1
#endif
#elif !defined(MICA_FORCE_SCALAR) && defined(__wasm_simd128__)
#define MICA_PORT_HEADER "wasm/port.hpp"
#define MICA_VECTOR_FLOATS 4
#define MICA_PANEL_FLOATS 2048
#ifdef MICA_EXACT
#define MICA_PORT_NAMESPACE port_wasm
#else
#define MICA_PORT_NAMESPACE port_wasm_inexact
#endif
#else
#define MICA_PORT_HEADER "scalar/native.hpp"
#define MICA_VECTOR_FLOATS 1
#define MICA_PANEL_FLOATS 0
#if MICA_FMA_HARDWARE
#define MICA_PORT_NAMESPACE port_scalar
#elif defined(MICA_EXACT)
#define MICA_PORT_NAMESPACE port_scalar_software_fma
#else
#define MICA_PORT_NAMESPACE port_scalar_inexact
#endif
#endif

#ifndef MICA_FLUSHES_SUBNORMALS
#define MICA_FLUSHES_SUBNORMALS \
  0  // 1: the vector unit takes subnormal operands as zeros and gives zeros for such results
#endif

// Clang for WebAssembly takes `a > b ? a : b` for f32.max, which orders -0 below +0, unless it cannot see what a is.
#if defined(__wasm__)
#define MICA_HIDE(x) asm("" : "+r"(x))
#else
#define MICA_HIDE(x) static_cast<void>(0)
#endif
