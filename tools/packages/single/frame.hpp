// Mica @VERSION@ in one file: small neural networks, trained and run with the same bits everywhere. MIT licence, below.
// Written by tools/amalgamate from Mica's headers, ports and sources; change those, not this.
//
// Include it wherever Mica is used. In one .cpp file, and only there, put this line before the include:
//
//   #define MICA_IMPLEMENTATION
//
// Flags: C++17. On x86 -mavx2 -mfma (or -mfma alone with MICA_FORCE_SCALAR); on Armv7-A -mfpu=neon-vfpv4, and with
// Clang there also -fno-vectorize -fno-slp-vectorize; elsewhere none. -ffp-contract=off is good custom for your own
// arithmetic; Mica's is compiled without contraction whether the flag is given or not. Use the same flags and
// macros in all files: objects of different ports do not link.
//
// Macros, all of them optional:
//   MICA_FORCE_SCALAR   plain C++, whatever the processor has
//   MICA_EXACT          fused multiply-adds in software where the processor has none: slow, and the bits of all others
//   MICA_ASSERT(x)      what to do with a wrong call; nothing by default
//   MICA_NO_FILES       leaves out FileSource and FileSink; without POSIX they are left out anyway
//   MICA_THREADS 0 or 1 whether there is mica::ThreadPool; by default on Unix systems
//   MICA_TESTING        also check_layer and its neighbours, which compute in double
#ifndef MICA_SINGLE_HPP
#define MICA_SINGLE_HPP

#if !defined(__GNUC__)
#error "Mica needs a compiler with GCC's built-in functions: GCC or Clang."
#endif
#if __cplusplus < 201703L
#error "Mica needs C++17: compile with -std=c++17 or -std=gnu++17, or later."
#endif
#if defined(__FAST_MATH__)
#error "Mica's results are defined to the bit: compile without -ffast-math and -Ofast."
#endif
#if defined(__i386__) && !defined(__SSE_MATH__)
#error "x87 rounds twice: compile with -msse2 -mfpmath=sse."
#endif
#if (defined(__x86_64__) || defined(__i386__)) && !defined(__FMA__) && !defined(MICA_EXACT) && !defined(MICA_FORCE_SCALAR)
#if defined(__AVX2__)
#error "-mavx2 was given without -mfma: compile with both."
#else
#error "Compile with -mavx2 -mfma; for an older processor define MICA_EXACT (the same bits, slow) or MICA_FORCE_SCALAR."
#endif
#endif

// On 32-bit systems the numbers of files need more bits; this must be said before the first header of the system.
#if defined(MICA_IMPLEMENTATION) && !defined(MICA_NO_FILES) && !defined(_FILE_OFFSET_BITS)
#define _FILE_OFFSET_BITS 64
#endif

#ifndef MICA_THREADS
#if defined(__unix__) || defined(__APPLE__)
#define MICA_THREADS 1
#else
#define MICA_THREADS 0
#endif
#endif

@STANDARD@
#if MICA_THREADS
@STANDARD_OF_THREADS@
#endif
#ifdef MICA_TESTING
@STANDARD_OF_TESTING@
#endif

// Rounds after each operation, as the numerical contract says, until the end of this file.
#if defined(__clang__)
#pragma float_control(push)
#pragma STDC FP_CONTRACT OFF
#else
#pragma GCC push_options
#pragma GCC optimize("fp-contract=off", "no-math-errno")
#if defined(__ARM_FEATURE_MVE)
#pragma GCC optimize("no-tree-vectorize", "no-if-conversion2")
#endif
#endif
@HEADERS@

#if MICA_THREADS
@HEADERS_OF_THREADS@
#endif  // MICA_THREADS

#ifdef MICA_TESTING
@HEADERS_OF_TESTING@
#endif  // MICA_TESTING

#if defined(__clang__)
#pragma float_control(pop)
#else
#pragma GCC pop_options
#endif

#endif  // MICA_SINGLE_HPP

#if defined(MICA_IMPLEMENTATION) && !defined(MICA_SINGLE_IMPLEMENTED)
#define MICA_SINGLE_IMPLEMENTED

@STANDARD_OF_SOURCES@
#ifdef MICA_TESTING
@STANDARD_OF_SOURCES_OF_TESTING@
#endif

#if defined(__clang__)
#pragma float_control(push)
#pragma STDC FP_CONTRACT OFF
#else
#pragma GCC push_options
#pragma GCC optimize("fp-contract=off", "no-math-errno")
#if defined(__ARM_FEATURE_MVE)
#pragma GCC optimize("no-tree-vectorize", "no-if-conversion2")
#endif
#endif
@SOURCES@

#ifdef MICA_TESTING
@SOURCES_OF_TESTING@
#endif  // MICA_TESTING

#if defined(__clang__)
#pragma float_control(pop)
#else
#pragma GCC pop_options
#endif

#endif  // MICA_IMPLEMENTATION

/*
@LICENCE@
*/
