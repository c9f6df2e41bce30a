// What the machine can do at most: fused multiply-adds per second on the native port, bytes per second of each level.
#pragma once

#include "case.hpp"
#include "ports/native.hpp"
#include "src/kernels/unroll.hpp"
#include "timing.hpp"

namespace benchmarks {

// Ten independent chains hide the latency of every processor Mica has a port for. Their number is a template argument
// of the loop's body so that the accumulators stay in registers.
template <class P>
Rate peak_flops() {
  constexpr int chains = 10;
  constexpr int steps = 20000;
  static float sink[P::lanes];
  const auto run = [] {
    using Float = typename P::Float;
    Float a0 = P::set(0.1f), a1 = P::set(0.2f), a2 = P::set(0.3f), a3 = P::set(0.4f), a4 = P::set(0.5f);
    Float a5 = P::set(0.6f), a6 = P::set(0.7f), a7 = P::set(0.8f), a8 = P::set(0.9f), a9 = P::set(1.0f);
    const Float factor = P::set(0.999999f), term = P::load(sink);
    for (int i = 0; i < steps; ++i) {
      a0 = P::fma(a0, factor, term), a1 = P::fma(a1, factor, term), a2 = P::fma(a2, factor, term);
      a3 = P::fma(a3, factor, term), a4 = P::fma(a4, factor, term), a5 = P::fma(a5, factor, term);
      a6 = P::fma(a6, factor, term), a7 = P::fma(a7, factor, term), a8 = P::fma(a8, factor, term);
      a9 = P::fma(a9, factor, term);
    }
    const Float all = P::add(P::add(P::add(a0, a1), P::add(a2, a3)), P::add(P::add(a4, a5), P::add(a6, a7)));
    P::store(sink, P::mul(P::set(0.0f), P::add(all, P::add(a8, a9))));
  };
  return measure(2.0 * chains * steps * P::lanes, run);
}

// Bytes per second of an array of n numbers that is read from its start to its end.
template <class P>
Rate read_rate(int n) {
  constexpr int chains = 8;
  Numbers numbers(static_cast<std::size_t>(n), 1.0f);
  static volatile float sink;
  const auto run = [&] {
    const float* const p = numbers.data();
    typename P::Float sum[chains];
    MICA_UNROLL
    for (int c = 0; c < chains; ++c) sum[c] = P::set(0);
    for (int i = 0; i + chains * P::lanes <= n; i += chains * P::lanes) {
      MICA_UNROLL
      for (int c = 0; c < chains; ++c) sum[c] = P::add(sum[c], P::load(p + i + c * P::lanes));
    }
    MICA_UNROLL
    for (int c = 1; c < chains; ++c) sum[0] = P::add(sum[0], sum[c]);
    float all[P::lanes];
    P::store(all, sum[0]);
    sink = all[0];
    static_cast<void>(sink);
  };
  return measure(4.0 * n, run);
}

// Bytes read and written per second when every number of an array changes.
template <class P>
Rate update_rate(int n) {
  constexpr int together = 4;
  Numbers numbers(static_cast<std::size_t>(n), 1.0f);
  float factor = 0.999f;
  const auto run = [&] {
    float* const p = numbers.data();
    const auto f = P::set(factor);
    for (int i = 0; i + together * P::lanes <= n; i += together * P::lanes) {
      MICA_UNROLL
      for (int v = 0; v < together; ++v) P::store(p + i + v * P::lanes, P::mul(f, P::load(p + i + v * P::lanes)));
    }
    factor = 1 / factor;
  };
  return measure(8.0 * n, run);
}

// The levels of memory, each measured with an array that fits it and nothing nearer.
struct Level {
  const char* name;
  int numbers;
  double read, update;
};

struct Machine {
  double peak = 0;  // floating-point operations per second
  Level levels[4] = {{"L1", 4096, 0, 0}, {"L2", 100352, 0, 0}, {"L3", 1 << 20, 0, 0}, {"memory", 1 << 25, 0, 0}};
};

template <class P>
Machine measure_machine() {
  Machine machine;
  machine.peak = peak_flops<P>().best;
  for (Level& level : machine.levels) {
    level.read = read_rate<P>(level.numbers).best;
    level.update = update_rate<P>(level.numbers).best;
  }
  return machine;
}

}  // namespace benchmarks
