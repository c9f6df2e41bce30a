// Scaled dot-product attention with several heads.
#pragma once

#include <mica/kernels/transposed.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Rows of the score matrix that are worked on at a time.
constexpr int attention_block = 16;

// Sizes for one sample. With `causal` a time step sees itself and those before it.
struct Attention {
  int time, features, heads;
  bool causal;
  constexpr int head_size() const { return features / heads; }
  constexpr int block() const { return (time < attention_block ? time : attention_block) * time; }
  constexpr int forward_scratch() const { return block() + transposed_size(time, head_size()); }
  constexpr int backward_scratch() const { return 2 * block() + 2 * transposed_size(time, head_size()); }
};

// One sample. projected [time][q | k | v], each of `features` columns, head after head; q is multiplied by
// 1 / sqrt(head_size) in place. context [time][features] = softmax(q transposed(k)) v for each head.
template <class T>
void attend(const Attention& a, T* projected, T* context, T* scratch);
// `projected` as attend left it; the softmax is computed again. Overwrites dprojected.
template <class T>
void attend_backward(const Attention& a, const T* projected, const T* dcontext, T* dprojected, T* scratch);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
