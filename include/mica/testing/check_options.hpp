#pragma once

#include <cstdint>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// CheckOptions: what check_layer draws, and how much it allows.
struct CheckOptions {
  std::uint64_t seed = 1;
  float low = -2, high = 2;          // the inputs are even between these
  int indices = 0;                   // above 0: the inputs are whole numbers below this, and have no gradient
  double gradient_tolerance = 1e-6;  // between backward and the numerical gradient, in double
  double float_tolerance = 1e-4;     // between float and double
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
