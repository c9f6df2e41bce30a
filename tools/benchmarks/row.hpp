// One measured kernel: its time, and what it moves and computes, from which results.py tells how near the limit it is.
#pragma once

#include <algorithm>
#include <cstdio>

#include "case.hpp"
#include "timing.hpp"

namespace benchmarks {

// Measures each case and prints one line of JSON.
struct Timing {
  const char* library;

  template <class Function>
  void operator()(const Case& one, Function f) {
    const Rate calls = measure(1, f);
    const double bytes = one.read + one.written;
    std::printf("{\"library\":\"%s\",\"kernel\":\"%s\",\"model\":\"%s\",\"batch\":%d,\"shape\":\"%s\",\"unit\":\"%s\",",
                library, one.kernel, one.model, one.batch, one.shape, one.unit);
    std::printf(
        "\"units\":%.0f,\"microseconds\":%.4f,\"microseconds_median\":%.4f,\"flops\":%.0f,\"read\":%.0f,"
        "\"written\":%.0f,\"footprint\":%.0f}\n",
        one.units, 1e6 / calls.best, 1e6 / calls.median, one.flops, one.read, one.written,
        one.footprint > 0 ? one.footprint : bytes);
    std::fflush(stdout);
  }
};

}  // namespace benchmarks
