// Arrays of random numbers.
#pragma once

#include <mica/namespace.hpp>
#include <mica/rng.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Element i of the generator as a number in [low, high), or as a normal number of the given deviation. The interval is 1
// for the whole distribution; erf(c / sqrt(2)) keeps it within c deviations.
template <class T>
void fill_uniform(int n, Random random, T low, T high, T* x);
template <class T>
void fill_normal(int n, Random random, T deviation, T interval, T* x);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
