// One measured kernel: its figure beside the limit that applies to it.
#pragma once

#include <algorithm>
#include <cstdio>

#include "machine.hpp"

namespace benchmarks {

// What one call of a kernel costs at least.
struct Work {
  double flops;
  double read, written;  // bytes
  double footprint = 0;  // bytes of all arrays where some are both read and written
};

struct Limit {
  const char* name;
  double seconds;
};

// The roofline: a call takes as long as its arithmetic at the peak, or its bytes at the bandwidth of the level in which
// they lie, whichever is longer. Bytes that are written are counted at the rate of reading and writing alike.
inline Limit limit_of(const Machine& machine, const Work& work) {
  const Level& level = machine.level_of(work.footprint > 0 ? work.footprint : work.read + work.written);
  const double arithmetic = work.flops / machine.peak;
  const double updated = 2 * std::min(work.read, work.written);
  const double moved = updated / level.update + (work.read + work.written - updated) / level.read;
  if (arithmetic >= moved) return {"fma", arithmetic};
  return {level.name, moved};
}

// Measures f and prints one line of JSON. `identity` are the members that say what it is.
template <class Function>
void print_kernel(const Machine& machine, const char* identity, const Work& work, double elements, Function f) {
  const Rate calls = measure(1, f);
  const Limit limit = limit_of(machine, work);
  std::printf(
      "{%s,\"microseconds\":%.3f,\"microseconds_median\":%.3f,\"gflops\":%.2f,\"gbytes_per_second\":%.2f,"
      "\"ns_per_element\":%.4f,\"flops_per_byte\":%.3f,\"limit\":\"%s\",\"share_of_limit\":%.3f}\n",
      identity, 1e6 / calls.best, 1e6 / calls.median, work.flops * calls.best / 1e9,
      (work.read + work.written) * calls.best / 1e9, elements > 0 ? 1e9 / (calls.best * elements) : 0.0,
      work.flops / std::max(1.0, work.read + work.written), limit.name, limit.seconds * calls.best);
  std::fflush(stdout);
}

}  // namespace benchmarks
