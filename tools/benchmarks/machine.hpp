// What the machine can do at most: fused multiply-adds per second on the native port.
#pragma once

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

}  // namespace benchmarks
