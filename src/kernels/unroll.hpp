// Asks the compiler to unroll the loop that follows completely: its body works on registers, not on an array.
#pragma once

#if defined(__clang__)
#define MICA_UNROLL _Pragma("unroll")
#else
#define MICA_UNROLL _Pragma("GCC unroll 32")
#endif
