// Optimizer steps.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Optimizer steps: consume the gradient (it is 0 afterwards). Values below smallest_kept in magnitude become 0.
constexpr float smallest_kept = 0x1p-100f;
template <class T>
void sgd(int n, T rate, T weight_decay, T* gradient, T* weight);
template <class T>
void sgd_momentum(int n, T rate, T weight_decay, T momentum, bool nesterov, T* gradient, T* velocity, T* weight);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
