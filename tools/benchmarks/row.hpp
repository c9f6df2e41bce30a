// One measured kernel: its time beside the limit that applies to it.
#pragma once

#include <algorithm>
#include <cstdio>

#include "case.hpp"
#include "machine.hpp"

namespace benchmarks {

struct Limit {
  const char* name;
  double seconds;
};

// The roofline: a call takes as long as its arithmetic at the peak, or its bytes at the bandwidth of the level in which
// they lie, whichever is longer. Bytes that are written are counted at the rate of reading and writing alike.
inline Limit limit_of(const Machine& machine, const Case& one) {
  const Level& level = machine.level_of(one.footprint > 0 ? one.footprint : one.read + one.written);
  const double arithmetic = one.flops / machine.peak;
  const double updated = 2 * std::min(one.read, one.written);
  const double moved = updated / level.update + (one.read + one.written - updated) / level.read;
  if (arithmetic >= moved) return {"fma", arithmetic};
  return {level.name, moved};
}

// Measures each case and prints one line of JSON.
struct Timing {
  const Machine& machine;
  const char* library;

  template <class Function>
  void operator()(const Case& one, Function f) {
    const Rate calls = measure(1, f);
    const Limit limit = limit_of(machine, one);
    const double bytes = one.read + one.written;
    std::printf("{\"library\":\"%s\",\"kernel\":\"%s\",\"model\":\"%s\",\"batch\":%d,\"shape\":\"%s\",\"unit\":\"%s\",",
                library, one.kernel, one.model, one.batch, one.shape, one.unit);
    std::printf(
        "\"microseconds\":%.4f,\"microseconds_median\":%.4f,\"gflops\":%.2f,\"gbytes_per_second\":%.2f,"
        "\"ns_per_unit\":%.5f,\"flops_per_byte\":%.3f,\"limit\":\"%s\",\"share_of_limit\":%.3f}\n",
        1e6 / calls.best, 1e6 / calls.median, one.flops * calls.best / 1e9, bytes * calls.best / 1e9,
        1e9 / (calls.best * std::max(1.0, one.units)), one.flops / std::max(1.0, bytes), limit.name,
        limit.seconds * calls.best);
    std::fflush(stdout);
  }
};

}  // namespace benchmarks
