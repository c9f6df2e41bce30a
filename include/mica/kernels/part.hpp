#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Part: `count` of some things from `first` on, for kernels whose outputs several threads share. Memory: two ints.
struct Part {
  int first, count;
  constexpr int end() const { return first + count; }
};

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
