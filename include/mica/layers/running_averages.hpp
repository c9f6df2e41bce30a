#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// How BatchNorm keeps its running averages. Memory: none.
//
// Exponential: average = (1 - w) average + w new, w = numerator / denominator (PyTorch's momentum).
template <int numerator = 1, int denominator = 10>
struct Exponential {
  static constexpr bool frozen = false;
  template <class T>
  static constexpr T weight_of_new(T) {
    return T(numerator) / T(denominator);
  }
  static constexpr bool valid = numerator > 0 && numerator <= denominator;
  static_assert(valid, "mica::Exponential: the weight of the new value must be above 0 and at most 1.");
};

// Cumulative: the plain average over all batches seen.
struct Cumulative {
  static constexpr bool frozen = false;
  template <class T>
  static constexpr T weight_of_new(T batches) {
    return T(1) / batches;
  }
};

// FrozenAverages: they do not change, and training normalises by them too: for fine-tuning with batches of any size.
struct FrozenAverages {
  static constexpr bool frozen = true;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
