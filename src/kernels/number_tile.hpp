// The register tile of a port with one lane. What counts there are instructions: every number loaded should come with the
// step of its pointer, or from a fixed distance to a pointer that is there anyway, so the ways in which the operands can
// lie are told apart at compile time.
#pragma once

#include <mica/kernels/matmul.hpp>

#include "strided.hpp"
#include "unroll.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

template <class T>
struct NumberProduct {
  Depth depth;
  Strided<T> a, b;
  Start<T> start;
  T* c;
  long c_stride;

  NumberProduct from(int i, int j) const {
    Start<T> at = start;
    if (at.values != nullptr) at.values += static_cast<long>(i) * start.stride + j;
    return {depth, a.from(i, 0), b.from(j, 0), at, c + i * c_stride + j, c_stride};
  }
};

// How an operand lies: the numbers of one row or column one behind the other as k runs, or those for one k side by side.
enum class Lies { along_k, side_by_side };

// How many pointers walk along an operand.
constexpr int walkers(bool along_k, int count) { return along_k ? count : 1; }

// c = start + a b for `rows` x `columns` numbers.
template <class P, int rows, int columns, Lies a_lies, Lies b_lies>
[[gnu::noinline]] void number_tile(const NumberProduct<typename P::Value>& p) {
  using T = typename P::Value;
  constexpr bool a_along = a_lies == Lies::along_k, b_along = b_lies == Lies::along_k;
  constexpr int lefts = walkers(a_along, rows), rights = walkers(b_along, columns);
  T sum[rows][columns];
  MICA_UNROLL
  for (int i = 0; i < rows; ++i) {
    MICA_UNROLL
    for (int j = 0; j < columns; ++j) {
      sum[i][j] = p.start.values == nullptr ? 0 : p.start.values[i * static_cast<long>(p.start.stride) + j];
    }
  }
  const T* right[rights];
  MICA_UNROLL
  for (int j = 0; j < rights; ++j) right[j] = p.b.data + j * p.b.outer;
  for (int segment = 0; segment < p.depth.segments; ++segment) {
    const T* left[lefts];
    MICA_UNROLL
    for (int i = 0; i < lefts; ++i) left[i] = p.a.data + segment * p.depth.jump + i * p.a.outer;
    for (int k = p.depth.depth; k > 0; --k) {
      T row[rows];
      MICA_UNROLL
      for (int i = 0; i < rows; ++i) row[i] = a_along ? *left[i]++ : left[0][i];
      MICA_UNROLL
      for (int j = 0; j < columns; ++j) {
        const T column = b_along ? *right[j]++ : right[0][j];
        MICA_UNROLL
        for (int i = 0; i < rows; ++i) sum[i][j] = P::fma(row[i], column, sum[i][j]);
      }
      if (!a_along) left[0] += p.a.inner;
      if (!b_along) right[0] += p.b.inner;
    }
  }
  MICA_UNROLL
  for (int i = 0; i < rows; ++i) {
    MICA_UNROLL
    for (int j = 0; j < columns; ++j) p.c[i * p.c_stride + j] = sum[i][j];
  }
}

// One block of columns and any number of rows, in tiles of at most P::tile_rows, evenly split.
template <class P, int columns, Lies a_lies, Lies b_lies>
inline void number_rows(int rows, const NumberProduct<typename P::Value>& p) {
  constexpr int most = P::tile_rows;
  static_assert(most == 4 || most == 2, "");
  const int tiles = (rows + most - 1) / most;
  for (int t = 0, i = 0; t < tiles; ++t) {
    const int now = (rows - i + tiles - t - 1) / (tiles - t);
    const auto at = p.from(i, 0);
    if constexpr (most == 4) {
      if (now == 4) number_tile<P, 4, columns, a_lies, b_lies>(at);
      if (now == 3) number_tile<P, 3, columns, a_lies, b_lies>(at);
    }
    if (now == 2) number_tile<P, 2, columns, a_lies, b_lies>(at);
    if (now == 1) number_tile<P, 1, columns, a_lies, b_lies>(at);
    i += now;
  }
}

template <class P, Lies a_lies, Lies b_lies>
inline void number_blocks(int rows, int columns, const NumberProduct<typename P::Value>& p) {
  constexpr int width = P::tile_vectors, row_width = P::row_vectors;
  int j = 0;
  if constexpr (a_lies == Lies::along_k && b_lies == Lies::side_by_side) {
    for (; rows == 1 && j + row_width <= columns; j += row_width) {
      number_tile<P, 1, row_width, a_lies, b_lies>(p.from(0, j));
    }
  }
  for (; j + width <= columns; j += width) number_rows<P, width, a_lies, b_lies>(rows, p.from(0, j));
  // A single column is all of its k in b's steps.
  for (; j < columns; ++j) number_rows<P, 1, a_lies, Lies::side_by_side>(rows, p.from(0, j));
}

// Any number of rows and columns, however the operands lie.
template <class P>
[[gnu::noinline]] void number_tiles(int rows, int columns, const NumberProduct<typename P::Value>& p) {
  const bool b_beside = p.b.outer == 1 || columns == 1;
  if (p.a.inner == 1 && b_beside) return number_blocks<P, Lies::along_k, Lies::side_by_side>(rows, columns, p);
  if (p.a.inner == 1 && p.b.inner == 1) return number_blocks<P, Lies::along_k, Lies::along_k>(rows, columns, p);
  if (p.a.outer == 1 && b_beside) return number_blocks<P, Lies::side_by_side, Lies::side_by_side>(rows, columns, p);
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) number_tile<P, 1, 1, Lies::side_by_side, Lies::side_by_side>(p.from(i, j));
  }
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
