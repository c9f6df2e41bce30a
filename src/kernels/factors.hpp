// The number that multiplies a whole vector, in the way that costs least on a port.
#pragma once

#include <type_traits>
#include <utility>

#include "strided.hpp"
#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// A number in every lane, or the number itself where the port multiplies vectors by numbers: P::Factor, if there is one,
// is what P::fma takes in the place of its first vector.
template <class P, class = void>
struct FactorOf {
  static typename P::Float of(typename P::Value x) { return P::set(x); }
};
template <class P>
struct FactorOf<P, std::void_t<typename P::Factor>> {
  static typename P::Factor of(typename P::Value x) { return x; }
};
template <class P>
inline auto factor(typename P::Value x) {
  return FactorOf<P>::of(x);
}

// Whether the port multiplies by one lane of a vector: fma_lane<l>(a, b, c) = a[l] b + c. One load then brings in
// several factors, and none has to be spread over a vector.
template <class P, class = void>
constexpr bool multiplies_by_lane = false;
template <class P>
constexpr bool multiplies_by_lane<P, std::void_t<decltype(P::template fma_lane<0>(P::set(0), P::set(0), P::set(0)))>> =
    true;

// Vectors of half the lanes, P::Half, if the port has them, for what is left of a row and fits into one.
template <class P, class = void>
struct HalfOf {
  using Type = P;
  static constexpr bool exists = false;
};
template <class P>
struct HalfOf<P, std::void_t<typename P::Half>> {
  using Type = typename P::Half;
  static constexpr bool exists = true;
};

// The columns of `lanes` rows that lie `stride` apart: P::load_transposed, if there is one, or loads and P::transpose.
template <class P, class = void>
struct TransposedLoad {
  [[gnu::always_inline]] static void of(const typename P::Value* from, long stride,
                                        typename P::Float (&block)[P::lanes]) {
    MICA_UNROLL
    for (int l = 0; l < P::lanes; ++l) block[l] = P::load(from + l * stride);
    P::transpose(block);
  }
};
template <class P>
struct TransposedLoad<
    P, std::void_t<decltype(P::load_transposed(nullptr, 0L, std::declval<typename P::Float (&)[P::lanes]>()))>> {
  [[gnu::always_inline]] static void of(const typename P::Value* from, long stride,
                                        typename P::Float (&block)[P::lanes]) {
    P::load_transposed(from, stride, block);
  }
};

template <class Body, int... i>
inline void for_constants(std::integer_sequence<int, i...>, Body body) {
  (body(std::integral_constant<int, i>{}), ...);
}
// Calls body(std::integral_constant<int, i>) for i = 0 ... n - 1.
template <int n, class Body>
inline void for_constants(Body body) {
  for_constants(std::make_integer_sequence<int, n>{}, body);
}

// Adds as many of the `k` products as come in whole vectors of factors: `lanes` steps of k at a time where a's numbers
// follow each other along k, `lanes` rows at a time where its rows lie side by side. What is done is taken off k.
// Vector v of columns lies at(v) from the first.
template <class P, int rows, int vectors, class At, class LoadRight>
inline void add_by_lanes(typename P::Float (&sum)[rows][vectors], int& k, const typename P::Value*& left,
                         Strided<typename P::Value> a, const typename P::Value*& right, long right_step, At at,
                         LoadRight load_right) {
  using Float = typename P::Float;
  constexpr int lanes = P::lanes;
  if (a.inner == 1) {
    for (; k >= lanes; k -= lanes, left += lanes) {
      Float factors[rows];
      MICA_UNROLL
      for (int i = 0; i < rows; ++i) factors[i] = P::load(left + i * a.outer);
      for_constants<lanes>([&](auto lane) {
        MICA_UNROLL
        for (int v = 0; v < vectors; ++v) {
          const Float column = load_right(right + at(v));
          MICA_UNROLL
          for (int i = 0; i < rows; ++i) {
            sum[i][v] = P::template fma_lane<decltype(lane)::value>(factors[i], column, sum[i][v]);
          }
        }
        right += right_step;
      });
    }
  } else if (rows >= lanes && a.outer == 1) {
    constexpr int whole = rows / lanes;
    for (; k > 0; --k, left += a.inner, right += right_step) {
      Float factors[whole > 0 ? whole : 1];
      MICA_UNROLL
      for (int q = 0; q < whole; ++q) factors[q] = P::load(left + q * lanes);
      Float columns[vectors];
      MICA_UNROLL
      for (int v = 0; v < vectors; ++v) columns[v] = load_right(right + at(v));
      for_constants<rows>([&](auto row) {
        constexpr int i = decltype(row)::value;
        if constexpr (i < whole * lanes) {
          MICA_UNROLL
          for (int v = 0; v < vectors; ++v) {
            sum[i][v] = P::template fma_lane<i % lanes>(factors[i / lanes], columns[v], sum[i][v]);
          }
        } else {
          const Float spread = P::set(left[i]);
          MICA_UNROLL
          for (int v = 0; v < vectors; ++v) sum[i][v] = P::fma(spread, columns[v], sum[i][v]);
        }
      });
    }
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
