#include "processor.hpp"

#if defined(__arm__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

namespace mica::command {

#if defined(__x86_64__) || defined(__i386__)

const char* missing_instructions() {
  __builtin_cpu_init();
#if defined(__AVX2__)
  if (__builtin_cpu_supports("avx2") == 0) return "AVX2";
#endif
#if defined(__FMA__)
  if (__builtin_cpu_supports("fma") == 0) return "FMA";
#endif
#if defined(__AVX512F__)
  if (__builtin_cpu_supports("avx512f") == 0) return "AVX-512F";
#endif
#if defined(__AVX512DQ__)
  if (__builtin_cpu_supports("avx512dq") == 0) return "AVX-512DQ";
#endif
#if defined(__AVX512VL__)
  if (__builtin_cpu_supports("avx512vl") == 0) return "AVX-512VL";
#endif
  return nullptr;
}

#elif defined(__arm__) && defined(__linux__)

const char* missing_instructions() {
  const unsigned long has = getauxval(AT_HWCAP);
#if defined(__ARM_NEON)
  if ((has & HWCAP_NEON) == 0) return "NEON";
#endif
#if defined(__ARM_FEATURE_FMA)
  if ((has & HWCAP_VFPv4) == 0) return "VFPv4 (fused multiply-add)";
#endif
  return nullptr;
}

#else

const char* missing_instructions() { return nullptr; }

#endif

}  // namespace mica::command
