// The kernels of kernels.hpp for one number type, to be listed once per library: float in src/kernels, double in
// src/testing.
#pragma once

#define MICA_INSTANTIATE_MATMUL(T)                                                           \
  template void matmul<T>(int, int, int, const T*, const T*, Start<T>, T*, T*);              \
  template void matmul_transposed_a<T>(int, int, int, const T*, const T*, Start<T>, T*, T*); \
  template void matmul_transposed_b<T>(int, int, int, const T*, const T*, Start<T>, T*, T*);

#define MICA_INSTANTIATE_ACTIVATIONS(T)                                 \
  template void exp<T>(int, const T*, T*);                              \
  template void log<T>(int, const T*, T*);                              \
  template void relu<T>(int, const T*, T*);                             \
  template void relu_backward<T>(int, const T*, const T*, T*);          \
  template void leaky_relu<T>(int, T, const T*, T*);                    \
  template void leaky_relu_backward<T>(int, T, const T*, const T*, T*); \
  template void sigmoid<T>(int, const T*, T*);                          \
  template void sigmoid_backward<T>(int, const T*, const T*, T*);       \
  template void tanh<T>(int, const T*, T*);                             \
  template void tanh_backward<T>(int, const T*, const T*, T*);          \
  template void prelu<T>(int, int, const T*, const T*, T*);             \
  template void prelu_backward<T>(int, int, const T*, const T*, const T*, T*, T*);

#define MICA_INSTANTIATE_REDUCTIONS(T)         \
  template T sum<T>(int, const T*);            \
  template T sum_of_squares<T>(int, const T*); \
  template void add_rows<T>(int, int, const T*, T*);

#define MICA_INSTANTIATE_SOFTMAX(T)                                                                        \
  template void softmax<T>(int, int, const T*, T*);                                                        \
  template void softmax_backward<T>(int, int, const T*, const T*, T*);                                     \
  template int softmax_cross_entropy<T, std::uint8_t>(int, int, const T*, const std::uint8_t*, T, T*, T*); \
  template int softmax_cross_entropy<T, std::uint16_t>(int, int, const T*, const std::uint16_t*, T, T*, T*);

#define MICA_INSTANTIATE_UPDATES(T)                              \
  template void sgd<T>(int, T, T, T*, T*);                       \
  template void sgd_momentum<T>(int, T, T, T, bool, T*, T*, T*); \
  template void scale<T>(int, T, T*);                            \
  template void affine<T>(int, T, T, const T*, T*);              \
  template void subtract<T>(int, T, const T*, const T*, T*);

#define MICA_INSTANTIATE_RANDOM(T)                      \
  template void fill_uniform<T>(int, Random, T, T, T*); \
  template void fill_normal<T>(int, Random, T, T, T*);

#define MICA_INSTANTIATE_ORTHONORMALIZE(T) template void orthonormalize<T>(int, int, T*);

#define MICA_INSTANTIATE_CONVOLUTION(T)                                                           \
  template void convolve<T>(const Window&, int, int, const T*, const T*, const T*, T*, T*);       \
  template void convolve_weight_gradient<T>(const Window&, int, int, const T*, const T*, T*, T*); \
  template void convolve_input_gradient<T>(const Window&, int, int, const T*, const T*, T*, T*);
