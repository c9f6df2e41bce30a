// Tables of rows, and the encoding of positions.
#pragma once

#include <mica/kernels/embedding.hpp>

#include "map.hpp"
#include "port_of.hpp"
#include "sine.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// The row of an index. The comparisons are such that a NaN becomes row 0.
template <class T>
inline long row_of(T index, int rows) {
  if (!(index > 0)) return 0;
  return index < static_cast<T>(rows - 1) ? static_cast<long>(index) : rows - 1;
}

namespace on {

template <class P>
void look_up(int count, int columns, int rows, const typename P::Value* indices, const typename P::Value* table,
             typename P::Value* y) {
  for (int i = 0; i < count; ++i, y += columns) {
    map<P>(
        columns, [](auto v) { return v; }, y, table + row_of(indices[i], rows) * columns);
  }
}

template <class P>
void look_up_backward(int count, int columns, int rows, const typename P::Value* indices, const typename P::Value* dy,
                      typename P::Value* dtable) {
  for (int i = 0; i < count; ++i, dy += columns) {
    typename P::Value* const to = dtable + row_of(indices[i], rows) * columns;
    map<P>(
        columns, [](auto a, auto b) { return P::add(a, b); }, to, to, dy);
  }
}

template <class P>
void add_positions(int samples, int time, int columns, const std::uint32_t* turns, const typename P::Value* x,
                   typename P::Value* y) {
  constexpr int most = 32;
  typename P::Value wave[most];
  const long sample = static_cast<long>(time) * columns;
  for (int t = 0; t < time; ++t) {
    for (int j = 0; j < columns; j += most) {
      const int count = columns - j < most ? columns - j : most;
      for (int c = 0; c < count; ++c) {
        // A cosine is a sine a quarter of a turn later.
        const std::uint32_t begin = (j + c) % 2 == 0 ? 0 : 1u << 30;
        wave[c] = quarter_turns<typename P::Value>(begin + static_cast<std::uint32_t>(t) * turns[j + c]);
      }
      map<P>(
          count, [](auto v) { return sine_of_quarters<P>(v); }, wave, wave);
      for (int s = 0; s < samples; ++s) {
        const long at = s * sample + static_cast<long>(t) * columns + j;
        map<P>(
            count, [](auto a, auto b) { return P::add(a, b); }, y + at, x + at, wave);
      }
    }
  }
}

}  // namespace on

template <class T>
void look_up(int count, int columns, int rows, const T* indices, const T* table, T* y) {
  on::look_up<PortOf<T>>(count, columns, rows, indices, table, y);
}
template <class T>
void look_up_backward(int count, int columns, int rows, const T* indices, const T* dy, T* dtable) {
  on::look_up_backward<PortOf<T>>(count, columns, rows, indices, dy, dtable);
}
template <class T>
void add_positions(int samples, int time, int columns, const std::uint32_t* turns, const T* x, T* y) {
  on::add_positions<PortOf<T>>(samples, time, columns, turns, x, y);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/embedding.cpp, double in src/testing/.
#define MICA_INSTANTIATE_EMBEDDING(T)                                       \
  template void look_up<T>(int, int, int, const T*, const T*, T*);          \
  template void look_up_backward<T>(int, int, int, const T*, const T*, T*); \
  template void add_positions<T>(int, int, int, const std::uint32_t*, const T*, T*);
