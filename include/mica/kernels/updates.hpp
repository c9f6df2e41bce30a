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

// The same on weights [rows][columns] whose gradient is a product that is stored nowhere:
//   gradient[i][j] = column[i] row[j], the weight gradient of a batch of one
template <class T>
void sgd_outer(int rows, int columns, const T* column, const T* row, T rate, T weight_decay, T* weight);
template <class T>
void sgd_momentum_outer(int rows, int columns, const T* column, const T* row, T rate, T weight_decay, T momentum,
                        bool nesterov, T* velocity, T* weight);

// How moments are kept and a weight moves by them; what depends on the step number is worked out once, for all weights.
template <class T>
struct MomentStep {
  T weight_decay;  // added to the gradient: g = gradient + weight_decay w
  T mean_decay;    // m = mean_decay m + (1 - mean_decay) g
  T square_decay;  // v = square_decay v + (1 - square_decay) g^2
  T mean_weight;   // Nadam's direction d = mean_weight m + gradient_weight g; Adam's is m
  T gradient_weight;
  T root_scale;  // w = keep w - rate d / (root_scale sqrt(v) + epsilon)
  T epsilon;
  T rate;
  T keep;
};
template <class T>
void adam(int n, const MomentStep<T>& step, T* gradient, T* mean, T* square, T* weight);
template <class T>
void nadam(int n, const MomentStep<T>& step, T* gradient, T* mean, T* square, T* weight);

// w = w - rate g / (sqrt(v) + epsilon), with v = square_decay v + square_share g^2: RMSprop, and Adagrad with 1 and 1.
template <class T>
void scaled_by_square(int n, T rate, T weight_decay, T square_decay, T square_share, T epsilon, T* gradient, T* square,
                      T* weight);
template <class T>
void rmsprop_momentum(int n, T rate, T weight_decay, T square_decay, T momentum, T epsilon, T* gradient, T* square,
                      T* velocity, T* weight);
// w = keep w - rate sign(update_decay m + (1 - update_decay) g),  m = mean_decay m + (1 - mean_decay) g
template <class T>
void lion(int n, T rate, T keep, T update_decay, T mean_decay, T* gradient, T* mean, T* weight);

// average = average + share (x - average)
template <class T>
void move_towards(int n, T share, const T* x, T* average);
// x = min(max(x, -limit), limit); NaN stays.
template <class T>
void clip(int n, T limit, T* x);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
