// How a kernel walks over an image channel by channel: what depthwise convolutions and pools have in common.
//
// Channels lie side by side, so vectors run along them. Neighbouring positions of a row are taken several at a time,
// which keeps as many sums in registers. Taps that fall outside the image do not exist.
#pragma once

#include <type_traits>

#include <mica/window.hpp>

#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Loads and stores of a whole vector, or of the first `count` lanes of one.
template <class P>
struct WholeVector {
  using T = typename P::Value;
  typename P::Float load(const T* p) const { return P::load(p); }
  void store(T* p, typename P::Float v) const { P::store(p, v); }
  int lanes() const { return P::lanes; }
};
template <class P>
struct PartOfVector {
  using T = typename P::Value;
  int count;
  typename P::Float load(const T* p) const { return P::load_first(p, count); }
  void store(T* p, typename P::Float v) const { P::store_first(p, v, count); }
  int lanes() const { return count; }
};

// Calls body(i, vector) for all vectors of n numbers.
template <class P, class Body>
inline void for_vectors(int n, Body body) {
  int i = 0;
  for (; i + P::lanes <= n; i += P::lanes) body(i, WholeVector<P>{});
  if constexpr (P::lanes > 1) {
    if (i < n) body(i, PartOfVector<P>{n - i});
  }
}

// Line: which numbers of a source reach the numbers along one axis of a destination. Position t of the line, at
// start + t step in the destination, takes source + t per_position + u per_tap for every u < taps for which that
// lies in 0 ... extent - 1; u stands for tap first_tap + u tap_step of the kernel.
struct Line {
  int start, step, count;
  int first_tap, tap_step, taps;
  int source, per_position, per_tap;
  int extent;
  int at(int t) const { return start + t * step; }
};

// Outputs from inputs: every tap reaches every output.
inline Line forward_line(int size, int kernel, int stride, int dilation, int before, int outputs) {
  return {0, 1, outputs, 0, 1, kernel, -before, stride, dilation, size};
}

// Inputs from outputs, the way back: the inputs phase, phase + stride, ... are reached by the same taps k, those for
// which phase + before - k dilation is a multiple of the stride.
inline Line backward_line(int phase, int size, int kernel, int stride, int dilation, int before, int outputs) {
  const auto reached = [=](int k) { return (phase + before - k * dilation) % stride == 0; };
  int first = 0, step = 1;
  while (first < kernel && !reached(first)) ++first;
  while (step * dilation % stride != 0) ++step;
  const int taps = first < kernel ? (kernel - 1 - first) / step + 1 : 0;
  const int count = size > phase ? (size - 1 - phase) / stride + 1 : 0;
  return {phase,
          stride,
          count,
          first,
          step,
          taps,
          (phase + before - first * dilation) / stride,
          1,
          -(step * dilation / stride),
          outputs};
}

inline Line forward_rows(const Window& w) {
  return forward_line(w.height, w.kernel_height, w.stride_height, w.dilation_height, w.top, w.out_height);
}
inline Line forward_columns(const Window& w) {
  return forward_line(w.width, w.kernel_width, w.stride_width, w.dilation_width, w.left, w.out_width);
}

// The taps that one position has: u in first ... first + count - 1, and where the first of them reads.
struct TapSpan {
  int first, count, source;
};
inline TapSpan span_at(const Line& line, int t) {
  const int source = line.source + t * line.per_position;
  const auto outside = [&](int u) { return source + u * line.per_tap < 0 || source + u * line.per_tap >= line.extent; };
  int first = 0, end = line.taps;
  while (first < end && outside(first)) ++first;
  while (end > first && outside(end - 1)) --end;
  return {first, end - first, first < end ? source + first * line.per_tap : 0};
}

// The positions that have all taps.
struct Interior {
  int first, end;
};
inline Interior interior_of(const Line& line) {
  const int reach = (line.taps - 1) * line.per_tap;
  const int lowest = line.source + (reach < 0 ? reach : 0), highest = line.source + (reach > 0 ? reach : 0);
  const int step = line.per_position;
  const int first = lowest < 0 ? (step - 1 - lowest) / step : 0;
  const int end = highest < line.extent ? (line.extent - 1 - highest) / step + 1 : 0;
  const int last = end < line.count ? end : line.count;
  return {first < last ? first : last, last};
}

template <int n>
using Together = std::integral_constant<int, n>;

// Calls body(Together<n>, row, row taps, column, column taps) for all positions of an image, row by row; row and column
// are those in the destination, and n positions of the column's line have the same taps.
template <int most, class Body>
inline void walk(const Line& rows, const Line& columns, Body body) {
  const Interior inside = interior_of(columns);
  for (int i = 0; i < rows.count; ++i) {
    const TapSpan row_taps = span_at(rows, i);
    const auto at = [&](auto together, int j) {
      body(together, rows.at(i), row_taps, columns.at(j), span_at(columns, j));
    };
    int j = 0;
    for (; j < inside.first; ++j) at(Together<1>{}, j);
    for (; j + most <= inside.end; j += most) at(Together<most>{}, j);
    for (; j < columns.count; ++j) at(Together<1>{}, j);
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
