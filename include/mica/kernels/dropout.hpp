// Random masks and noise, drawn from the counter-based generator and never stored.
#pragma once

#include <mica/namespace.hpp>
#include <mica/rng.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// What a random number is compared with to drop a share of numerator / denominator: the share in units of 2^-24, rounded.
constexpr int drop_threshold(int numerator, int denominator) {
  return denominator > 0 ? static_cast<int>(((1LL << 24) * numerator + denominator / 2) / denominator) : 0;
}

// Number i is dropped where the upper 24 bits of element i of the generator are below the threshold.
//   kept: y = x factor + shift        dropped: y = x 0 + dropped (so that NaN and infinity do not go unnoticed)
// y may be x.
template <class T>
void drop(int n, Random random, int threshold, T factor, T shift, T dropped, const T* x, T* y);
// y[i] = factor, or 0 where it is dropped.
template <class T>
void fill_kept(int n, Random random, int threshold, T factor, T* y);
// y[i] = x[i] + deviation times the normal number that is element i of the generator. y may be x.
template <class T>
void add_normal(int n, Random random, T deviation, const T* x, T* y);
// y = x; nothing is to be done where they are the same array.
template <class T>
void copy(int n, const T* x, T* y);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
