// What a gradient adds under a whole kernel: a few stretches of memory, a small block of which lives in registers.
#pragma once

#include <type_traits>

#include <mica/kernels/kernel_spans.hpp>
#include <mica/kernels/part.hpp>

#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Vectors of a few lines, in registers.
template <class P, int lines_, int vectors_>
struct SpanTile {
  using T = typename P::Value;
  static constexpr int lines = lines_, vectors = vectors_;
  typename P::Float sum[lines * vectors];

  SpanTile(const T* from, long step) {
    MICA_UNROLL
    for (int line = 0; line < lines; ++line, from += step) {
      MICA_UNROLL
      for (int v = 0; v < vectors; ++v) sum[line * vectors + v] = P::load(from + v * P::lanes);
    }
  }
  void store(T* to, long step) const {
    MICA_UNROLL
    for (int line = 0; line < lines; ++line, to += step) {
      MICA_UNROLL
      for (int v = 0; v < vectors; ++v) P::store(to + v * P::lanes, sum[line * vectors + v]);
    }
  }
  // sum += factor from
  void add(T factor, const T* from, long step) {
    const auto f = P::set(factor);
    MICA_UNROLL
    for (int line = 0; line < lines; ++line, from += step) {
      MICA_UNROLL
      for (int v = 0; v < vectors; ++v) {
        auto& s = sum[line * vectors + v];
        s = P::fma(f, P::load(from + v * P::lanes), s);
      }
    }
  }
};

// Stands for a type of SpanTile.
template <class P, int lines, int vectors>
struct SpanTileOf {
  using Type = SpanTile<P, lines, vectors>;
};

// Calls body(SpanTileOf) for at most `lines` lines of at most `vectors` vectors, as many as there is a tile for.
struct TileSize {
  int lines, vectors;
};
template <class P, int lines, int vectors, class Body>
inline TileSize call_tile(Body body) {
  body(SpanTileOf<P, lines, vectors>{});
  return {lines, vectors};
}
template <class P, int vectors, class Body>
inline TileSize with_tile_of(int lines, Body body) {
  constexpr int most = vectors <= 2 ? 5 : vectors <= 4 ? 3 : 2;
  if (lines >= most) return call_tile<P, most, vectors>(body);
  if constexpr (most == 5 && P::lanes > 1) {
    if (lines >= 3) return call_tile<P, 3, vectors>(body);
  }
  return call_tile<P, 1, vectors>(body);
}
template <class P, class Body>
inline TileSize with_tile(int lines, int vectors, Body body) {
  if constexpr (P::lanes > 1) {
    if (vectors >= 5) return with_tile_of<P, 5>(lines, body);
    if (vectors == 3) return with_tile_of<P, 3>(lines, body);
    if (vectors == 2) return with_tile_of<P, 2>(lines, body);
  }
  return vectors >= 4 ? with_tile_of<P, 4>(lines, body) : with_tile_of<P, 1>(lines, body);
}

// Calls body(SpanTileOf, line, number in the line) for tiles that cover all lines under a kernel. Those further left in a
// line come first.
template <class P, class Body>
inline void for_span_tiles(const KernelSpans& spans, Body body) {
  constexpr int most = P::lanes > 1 ? 5 : 4;
  const int lines = spans.rows * spans.segments, vectors = spans.padded / P::lanes;
  TileSize taken{};
  for (int v = 0; v < vectors; v += taken.vectors) {
    const int left = vectors - v, parts = (left + most - 1) / most;
    for (int line = 0; line < lines; line += taken.lines) {
      const int together = spans.segments > 1 ? 1 : lines - line;
      taken = with_tile<P>(together, (left + parts - 1) / parts, [&](auto tile) { body(tile, line, v * P::lanes); });
    }
  }
}

// Calls body(number in the weights, number in the turned weights) for all of a part's channels, from `first` on, and some
// outputs.
template <class Body>
inline void for_turned(const Window& w, int outputs, Part part, const KernelSpans& spans, int first, Body body) {
  const int channels = w.channels - first < spans.channels ? w.channels - first : spans.channels;
  for (int tap = 0; tap < w.taps(); ++tap) {
    const int row = tap / w.kernel_width, column = tap % w.kernel_width;
    const int turned = spans.segments > 1 ? tap * spans.padded : row * spans.padded + column * spans.pixel;
    const int weight = (tap * w.channels + first) * outputs;
    for (int c = 0; c < channels; ++c) {
      for (int o = part.first; o < part.end(); ++o) body(weight + c * outputs + o, o * spans.size() + turned + c);
    }
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
