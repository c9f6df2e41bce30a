// The counter-based generator on vectors: the same elements as Random::bits, as many at a time as there are lanes.
#pragma once

#include <mica/kernels/random.hpp>

#include "elementary.hpp"
#include "port_of.hpp"
#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class P>
struct RandomBlock {
  typename P::Int first, second;
};

template <class P, int by>
inline typename P::Int rotate(typename P::Int x) {
  return P::or_int(P::template shift_left<by>(x), P::template shift_right<32 - by>(x));
}

// Four rounds of Threefry-2x32.
template <class P, int group>
inline void four_rounds(typename P::Int& a, typename P::Int& b) {
  constexpr auto& by = Random::rotations[group % 2];
  a = P::add_int(a, b);
  b = P::xor_int(rotate<P, by[0]>(b), a);
  a = P::add_int(a, b);
  b = P::xor_int(rotate<P, by[1]>(b), a);
  a = P::add_int(a, b);
  b = P::xor_int(rotate<P, by[2]>(b), a);
  a = P::add_int(a, b);
  b = P::xor_int(rotate<P, by[3]>(b), a);
}

// The blocks of `lanes` consecutive counters.
template <class P>
inline RandomBlock<P> random_blocks(std::uint64_t seed, std::uint32_t counter) {
  const auto low = static_cast<std::uint32_t>(seed), high = static_cast<std::uint32_t>(seed >> 32);
  const std::uint32_t keys[] = {low, high, low ^ high ^ Random::parity};
  const auto set = [](std::uint32_t x) { return P::set_int(static_cast<std::int32_t>(x)); };
  auto a = P::add_int(P::lane_index(), set(counter + keys[0]));
  auto b = set(keys[1]);
  four_rounds<P, 0>(a, b);
  a = P::add_int(a, set(keys[1]));
  b = P::add_int(b, set(keys[2] + 1));
  four_rounds<P, 1>(a, b);
  a = P::add_int(a, set(keys[2]));
  b = P::add_int(b, set(keys[0] + 2));
  four_rounds<P, 0>(a, b);
  a = P::add_int(a, set(keys[0]));
  b = P::add_int(b, set(keys[1] + 3));
  four_rounds<P, 1>(a, b);
  a = P::add_int(a, set(keys[1]));
  b = P::add_int(b, set(keys[2] + 4));
  four_rounds<P, 0>(a, b);
  a = P::add_int(a, set(keys[2]));
  b = P::add_int(b, set(keys[0] + 5));
  return {a, b};
}

// x[i] = f(element i of the generator), f on vectors of 32 random bits.
template <class P, class Function>
inline void fill_random(int n, Random random, Function f, typename P::Value* x) {
  const auto put = [&](int i, typename P::Int bits) {
    if (i + P::lanes <= n) {
      P::store(x + i, f(bits));
    } else if (i < n) {
      P::store_first(x + i, f(bits), n - i);
    }
  };
  for (int group = 0; group < n; group += 64) {
    for (int lane = 0; lane < 32; lane += P::lanes) {
      const auto counter = static_cast<std::uint32_t>(group / 2 + lane);
      const auto both = random_blocks<P>(random.seed(), counter);
      put(group + lane, both.first);
      put(group + 32 + lane, both.second);
    }
  }
}

namespace on {

template <class P>
void fill_uniform(int n, Random random, typename P::Value low, typename P::Value high, typename P::Value* x) {
  const auto start = P::set(low);
  const auto step = P::set((high - low) * static_cast<typename P::Value>(0x1p-24));
  // Rounding may reach the open end; the closed one stands in.
  const auto end = P::set(high);
  const auto f = [=](auto bits) {
    const auto value = P::fma(P::to_float(P::template shift_right<8>(bits)), step, start);
    return P::select(P::less(value, end), value, start);
  };
  fill_random<P>(n, random, f, x);
}

// The quantile of a number in (-1, 1), an odd multiple of 2^-23, so that both tails are alike. A cut-off at `limit`
// deviations narrows that interval: nothing is drawn twice.
template <class P>
void fill_normal(int n, Random random, typename P::Value deviation, typename P::Value interval, typename P::Value* x) {
  const auto scale = P::set(deviation);
  const auto step = P::set(interval * static_cast<typename P::Value>(0x1p-23));
  const auto f = [=](auto bits) {
    const auto twice = P::template shift_left<1>(P::template shift_right<9>(bits));
    const auto odd = P::sub_int(twice, P::set_int((1 << 23) - 1));
    return P::mul(scale, Elementary<P>::normal_quantile(P::mul(P::to_float(odd), step)));
  };
  fill_random<P>(n, random, f, x);
}

}  // namespace on

template <class T>
void fill_uniform(int n, Random random, T low, T high, T* x) {
  on::fill_uniform<PortOf<T>>(n, random, low, high, x);
}
template <class T>
void fill_normal(int n, Random random, T deviation, T interval, T* x) {
  on::fill_normal<PortOf<T>>(n, random, deviation, interval, x);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/random.cpp, double in src/testing/.
#define MICA_INSTANTIATE_RANDOM(T)                      \
  template void fill_uniform<T>(int, Random, T, T, T*); \
  template void fill_normal<T>(int, Random, T, T, T*);
