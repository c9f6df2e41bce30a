// A convolution, its ReLU and its max pool in one, a few rows at a time.
#pragma once

#include <cstdint>

#include <mica/kernels/kernel_spans.hpp>
#include <mica/kernels/part.hpp>
#include <mica/namespace.hpp>
#include <mica/window.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// PooledWindow: a convolution's window, and that of the max pool behind it, whose windows neither overlap nor reach
// outside. Between them there may be a ReLU.
//
// Backward must know which of the convolution's outputs pass a gradient on: those that their window took and the ReLU
// let through. One bit tells for each, `bits()` of them to a pixel and whole groups of 64 to a row of pixels.
// Memory: none in use; constexpr.
struct PooledWindow {
  Window convolution, pool;
  int outputs;
  bool rectified;

  constexpr int bits() const {
    int bits = kernels::whole_vector > 8 ? kernels::whole_vector : 8;
    while (bits < outputs) bits *= 2;
    return bits;
  }
  constexpr int row_bytes() const { return (convolution.out_width * bits() + 63) / 64 * 8; }
  constexpr int sample_bytes() const { return convolution.out_height * row_bytes(); }
  constexpr int input_size() const { return convolution.height * convolution.width * convolution.channels; }
  constexpr int output_size() const { return pool.out_height * pool.out_width * outputs; }

  // Rows of the convolution that `rows` rows of windows look at, and those from one strip of windows to the next.
  constexpr int rows_under(int rows) const { return (rows - 1) * pool.stride_height + pool.kernel_height; }
  constexpr int rows_between(int rows) const { return rows * pool.stride_height; }
  // Rows of the padded input that those rows need.
  constexpr int input_rows(int rows) const {
    return (rows_under(rows) - 1) * convolution.stride_height + convolution.reach_height();
  }

  // How many rows of windows are worked on at a time: as many as stay within a budget of numbers, but at least one.
  static constexpr int forward_budget = 1536, backward_budget = 1024;
  constexpr int forward_size(int rows) const {
    return (convolution.padded() ? convolution.strip_size(rows_under(rows)) : 0) +
           rows_under(rows) * convolution.out_width * outputs;
  }
  constexpr int weight_gradient_size(int rows) const {
    return convolution.strip_size(rows_under(rows)) + outputs * list_size(rows);
  }
  constexpr int input_gradient_size(int rows) const {
    return input_rows(rows) * convolution.padded_width() * input_spans().pixel;
  }
  constexpr int forward_rows() const {
    int rows = 1;
    while (rows < pool.out_height && forward_size(rows + 1) <= forward_budget) ++rows;
    return rows;
  }
  constexpr int weight_gradient_rows() const {
    int rows = 1;
    while (rows < pool.out_height && weight_gradient_size(rows + 1) <= backward_budget) ++rows;
    return rows;
  }
  constexpr int input_gradient_rows() const {
    int rows = 1;
    while (rows < pool.out_height && input_gradient_size(rows + 1) <= backward_budget) ++rows;
    return rows;
  }

  constexpr KernelSpans weight_spans() const { return KernelSpans::of(convolution, outputs, false); }
  constexpr KernelSpans input_spans() const { return KernelSpans::of(convolution, outputs, true); }

  // A count, and two numbers for each window.
  constexpr int list_size(int rows) const { return 1 + 2 * rows * pool.out_width; }

  // Numbers of scratch. Forward: padded input rows and the convolution's outputs. Gradient of weights: padded input rows
  // and what lies one vector behind them, and for each output its gradient, a sum and a list. Gradient of inputs: padded
  // rows of it, and the weights by outputs.
  constexpr int forward_scratch() const { return forward_size(forward_rows()); }
  constexpr int weight_gradient_scratch() const {
    return weight_gradient_size(weight_gradient_rows()) + kernels::whole_vector + outputs * (weight_spans().size() + 1);
  }
  constexpr int input_gradient_scratch() const {
    return input_gradient_size(input_gradient_rows()) + outputs * input_spans().size();
  }
};

namespace kernels {

// x [samples][height][width][channels], y and dy [samples][pooled height][pooled width][outputs], weight as for convolve,
// passing [samples][sample_bytes()], or null where there will be no backward. Gradients of weights and bias are added,
// that of the input is overwritten; dx may be the x of forward, once the gradient of weights is there.
// Every number is that of convolve, relu, max_pool and their gradients, with the same bits; what the pool and the ReLU
// stop takes no part in backward, so that its cost is that of the outputs that pass a gradient on. The gradient of
// weights is that of some outputs.
template <class T>
void convolve_pooled(const PooledWindow& window, int samples, const T* x, const T* weight, const T* bias, T* y,
                     std::uint8_t* passing, T* scratch);
template <class T>
void pooled_weight_gradient(const PooledWindow& window, int samples, const T* x, const T* dy,
                            const std::uint8_t* passing, T* dw, T* db, T* scratch, Part outputs);
template <class T>
void pooled_input_gradient(const PooledWindow& window, int samples, const T* dy, const std::uint8_t* passing,
                           const T* weight, T* dx, T* scratch);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
