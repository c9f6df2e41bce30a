// Makes the columns of a matrix (or its rows, if there are fewer) orthonormal.
#pragma once

#include <mica/kernels/orthonormalize.hpp>

#include "port_of.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {
namespace on {

// Modified Gram-Schmidt, each vector swept twice: once more is enough for orthogonality to rounding. `stride` leads from
// one number of a vector to the next, `next` from one vector to the next. Plain numbers in a fixed order: it runs once.
template <class P>
void gram_schmidt(int vectors, int length, long next, long stride, typename P::Value* x) {
  using T = typename P::Value;
  const auto dot = [=](const T* a, const T* b) {
    typename P::Float sum = P::set(0);
    for (int i = 0; i < length; ++i) sum = P::fma(P::set(a[i * stride]), P::set(b[i * stride]), sum);
    T result;
    P::store_first(&result, sum, 1);
    return result;
  };
  for (int v = 0; v < vectors; ++v) {
    T* const current = x + v * next;
    for (int sweep = 0; sweep < 2; ++sweep) {
      for (int u = 0; u < v; ++u) {
        const T* const earlier = x + u * next;
        const T share = dot(current, earlier);
        for (int i = 0; i < length; ++i) current[i * stride] = current[i * stride] - share * earlier[i * stride];
      }
      T norm;
      P::store_first(&norm, P::sqrt(P::set(dot(current, current))), 1);
      for (int i = 0; i < length; ++i) current[i * stride] = current[i * stride] / norm;
    }
  }
}

template <class P>
void orthonormalize(int rows, int columns, typename P::Value* x) {
  if (rows >= columns) {
    gram_schmidt<P>(columns, rows, 1, columns, x);
  } else {
    gram_schmidt<P>(rows, columns, columns, 1, x);
  }
}

}  // namespace on

template <class T>
void orthonormalize(int rows, int columns, T* x) {
  on::orthonormalize<PortOf<T>>(rows, columns, x);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/orthonormalize.cpp, double in src/testing/.
#define MICA_INSTANTIATE_ORTHONORMALIZE(T) template void orthonormalize<T>(int, int, T*);
