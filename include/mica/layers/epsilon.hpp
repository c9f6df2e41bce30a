#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Epsilon: what a normalisation adds to the variance before it takes the root, numerator / denominator. A larger one
// keeps channels that hardly vary from being blown up; networks trained elsewhere often have 1/1000.
// Memory: none.
template <int numerator = 1, int denominator = 100000>
struct Epsilon {
  static_assert(numerator > 0 && denominator > 0, "mica::Epsilon: what is added to the variance must be above 0.");
  static constexpr float value = static_cast<float>(numerator) / static_cast<float>(denominator);
  static constexpr bool usual = value == 1e-5f;

  // As the last argument of a layer that has `others` before it; the usual one is not written.
  template <class Writer>
  static constexpr void describe_argument(Writer& writer, bool others) {
    if (usual) return;
    writer << (others ? ", " : "") << "Epsilon<" << numerator << ", " << denominator << ">";
  }
};
static_assert(Epsilon<>::usual, "mica::Epsilon: 1 / 100000 is the float 1e-5.");

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
