#pragma once

#include <mica/kernels/updates.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// What Adam and its relatives work out once per step for all parameters: rates corrected for moments that began at 0.
// decay^step comes from squaring in integers, as multiples of 2^-63, alike on every machine, right after any number of
// steps, and quick where a processor has no double.
//   adam_step    rate / (1 - beta1^t),  root_scale = 1 / sqrt(1 - beta2^t)
//   nadam_step   mu_t = beta1 (1 - 0.96^(0.004 t) / 2) and the product of all mu so far
kernels::MomentStep<float> adam_step(float rate, float beta1, float beta2, float epsilon, long step);
kernels::MomentStep<float> nadam_step(float rate, float beta1, float beta2, float epsilon, long step);

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
