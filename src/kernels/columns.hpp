// Walks the columns of a matrix in strips that are a few vectors wide, and sums them in an order that is the same on
// every port.
#pragma once

#include <type_traits>

#include "reductions.hpp"
#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// ColumnStrip: `count` vectors of neighbouring columns; what belongs to a column stays in registers while the rows go by.
template <class P, int count, bool whole>
struct ColumnStrip {
  static constexpr int vectors = count;
  int first, left;

  typename P::Float load(const typename P::Value* row, int vector) const {
    const typename P::Value* const p = row + first + vector * P::lanes;
    if constexpr (whole) {
      return P::load(p);
    } else {
      return P::load_first(p, left);
    }
  }
  void store(typename P::Value* row, int vector, typename P::Float v) const {
    typename P::Value* const p = row + first + vector * P::lanes;
    if constexpr (whole) {
      P::store(p, v);
    } else {
      P::store_first(p, v, left);
    }
  }
};

// Calls body(strip) for all columns: strips of `vectors` vectors first, then of one, then a partial vector.
template <class P, int vectors, class Body>
inline void for_strips(int columns, Body body) {
  int j = 0;
  for (; j + vectors * P::lanes <= columns; j += vectors * P::lanes) body(ColumnStrip<P, vectors, true>{j, P::lanes});
  for (; j + P::lanes <= columns; j += P::lanes) body(ColumnStrip<P, 1, true>{j, P::lanes});
  if constexpr (P::lanes > 1) {
    if (j < columns) body(ColumnStrip<P, 1, false>{j, columns - j});
  }
}

// Calls body(first row, rows, strip) for all rows and columns. With wide vectors a matrix wider than one strip is
// taken a few rows at a time: those are read from their starts to their ends, where a strip of all rows would jump
// from row to row. With narrow ones arithmetic is what counts, and each patch would begin with its constants.
template <class P, int vectors, class Body>
inline void for_patches(int rows, int columns, Body body) {
  const int together = P::lanes < 8 || columns <= vectors * P::lanes ? rows : 8;
  for (int first = 0; first < rows; first += together) {
    const int here = rows - first < together ? rows - first : together;
    for_strips<P, vectors>(columns, [&](auto strip) { body(first, here, strip); });
  }
}

// totals[k][column] = the sum over the rows of `kinds` terms, in blocks of 64 rows: each block is summed from 0 in the
// order of its rows, the blocks in their order. term(sums, at, vector) adds the terms of the row that begins at `at`.
// In a narrow strip several blocks run side by side, because one chain of additions would wait for itself.
template <class P, int kinds, class Strip, class Term>
inline void sum_strip(int rows, int columns, Strip strip, Term term, typename P::Value* const (&totals)[kinds]) {
  constexpr int vectors = Strip::vectors;
  constexpr int side_by_side = vectors == 1 ? 4 : 1;
  typename P::Float all[kinds * vectors];
  for (auto& sum : all) sum = P::set(0);
  const auto add_blocks = [&](auto number_of_blocks, int first, int end) {
    constexpr int blocks = decltype(number_of_blocks)::value;
    typename P::Float sums[blocks * vectors * kinds];
    for (auto& sum : sums) sum = P::set(0);
    for (int row = first; row < end; ++row) {
      MICA_UNROLL
      for (int s = 0; s < blocks * vectors; ++s) {
        term(sums + s * kinds, static_cast<long>(row + s / vectors * row_block) * columns, s % vectors);
      }
    }
    for (int s = 0; s < blocks * vectors * kinds; ++s) {
      auto& sum = all[s % (vectors * kinds)];
      sum = P::add(sum, sums[s]);
    }
  };
  int first = 0;
  for (; first + side_by_side * row_block <= rows; first += side_by_side * row_block) {
    add_blocks(std::integral_constant<int, side_by_side>{}, first, first + row_block);
  }
  for (; first < rows; first += row_block) {
    const int end = rows - first < row_block ? rows : first + row_block;
    add_blocks(std::integral_constant<int, 1>{}, first, end);
  }
  for (int v = 0; v < vectors; ++v) {
    for (int kind = 0; kind < kinds; ++kind) strip.store(totals[kind], v, all[v * kinds + kind]);
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
