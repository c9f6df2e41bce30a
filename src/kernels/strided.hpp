// How the operands of a matrix product are read.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// A matrix read through strides: element (i, k) lies at data[i * outer + k * inner].
template <class T>
struct Strided {
  const T* data;
  long outer, inner;
  Strided from(long i, long k) const { return {data + i * outer + k * inner, outer, inner}; }
};

// How far k runs: `segments` times `depth` steps; a jumps by `jump` from one segment's start to the next, b goes on.
struct Depth {
  int segments;
  long jump;
  int depth;
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
