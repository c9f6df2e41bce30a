// The loops behind the layers, with sizes known at run time, compiled once for the port the library is built for.
// T is float; the library mica_testing adds the same kernels in double for check_layer.
#pragma once

#include <mica/namespace.hpp>
#include <mica/rng.hpp>
#include <mica/window.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Numbers of scratch that a matrix product may use to bring a panel of its second operand into order.
constexpr int panel_size = MICA_PANEL_FLOATS;

// What each chain of fused multiply-adds starts from.
template <class T>
struct Start {
  const T* values;  // null: zero
  int stride;       // from one row of the result to the next; 0: the same row for all
  static constexpr Start zero() { return {nullptr, 0}; }
  static constexpr Start row(const T* row) { return {row, 0}; }
  static constexpr Start matrix(const T* values, int stride) { return {values, stride}; }
};

// Matrix products, row-major: c[m][n] = start + sum over k of a * b, k increasing, one fused multiply-add per term.
// The panel holds panel_size numbers; it may be null, which is slower for large m and gives the same bits.
//   matmul               a[m][k]  b[k][n]   a layer's output:        y  = x w
//   matmul_transposed_a  a[k][m]  b[k][n]   its weights' gradient:   dw = transposed(x) dy
//   matmul_transposed_b  a[m][k]  b[n][k]   its input's gradient:    dx = dy transposed(w)
template <class T>
void matmul(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel);
template <class T>
void matmul_transposed_a(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel);
template <class T>
void matmul_transposed_b(int m, int n, int k, const T* a, const T* b, Start<T> start, T* c, T* panel);

// Convolutions: x [samples][height][width][channels], y [samples][out height][out width][outputs],
// weight [kernel height][kernel width][channels][outputs]. The scratch holds window.scratch() numbers, the panel
// panel_size; weight gradients are added, input gradients overwritten.
template <class T>
void convolve(const Window& window, int outputs, int samples, const T* x, const T* weight, const T* bias, T* y,
              T* scratch);
template <class T>
void convolve_weight_gradient(const Window& window, int outputs, int samples, const T* x, const T* dy, T* dw,
                              T* scratch);
template <class T>
void convolve_input_gradient(const Window& window, int outputs, int samples, const T* dy, const T* weight, T* dx,
                             T* panel);

// total[j] += sum over rows i of x[i][j], in blocks of 64 rows.
template <class T>
void add_rows(int rows, int columns, const T* x, T* total);

// Sums over all elements: 32 virtual lanes and a fixed tree over blocks of 1024, pairwise over the blocks.
template <class T>
T sum(int n, const T* x);
template <class T>
T sum_of_squares(int n, const T* x);

// Element-wise functions and what they do to a gradient. x and y may be the same array, and so may dy and dx.
template <class T>
void exp(int n, const T* x, T* y);
template <class T>
void log(int n, const T* x, T* y);
template <class T>
void relu(int n, const T* x, T* y);
template <class T>
void relu_backward(int n, const T* y, const T* dy, T* dx);
template <class T>
void leaky_relu(int n, T slope, const T* x, T* y);
template <class T>
void leaky_relu_backward(int n, T slope, const T* y, const T* dy, T* dx);
template <class T>
void sigmoid(int n, const T* x, T* y);
template <class T>
void sigmoid_backward(int n, const T* y, const T* dy, T* dx);
template <class T>
void tanh(int n, const T* x, T* y);
template <class T>
void tanh_backward(int n, const T* y, const T* dy, T* dx);

// One slope per channel, the fastest varying extent; the slopes' gradient is accumulated.
template <class T>
void prelu(int rows, int channels, const T* slope, const T* x, T* y);
template <class T>
void prelu_backward(int rows, int channels, const T* slope, const T* x, const T* dy, T* dx, T* dslope);

// Each row on its own. Terms more than softmax_range below the row's largest count as exactly 0.
constexpr float softmax_range = 44.0f;
template <class T>
void softmax(int rows, int columns, const T* x, T* y);
template <class T>
void softmax_backward(int rows, int columns, const T* y, const T* dy, T* dx);
// Writes (softmax(x) - one_hot(label)) * scale to dx and each row's -log softmax(x)[label] to losses; returns how many
// rows have their largest entry at the label. dx may be x.
template <class T, class Label>
int softmax_cross_entropy(int rows, int columns, const T* x, const Label* labels, T scale, T* losses, T* dx);

// Optimizer steps: consume the gradient (it is 0 afterwards). Values below smallest_kept in magnitude become 0.
constexpr float smallest_kept = 0x1p-100f;
template <class T>
void sgd(int n, T rate, T weight_decay, T* gradient, T* weight);
template <class T>
void sgd_momentum(int n, T rate, T weight_decay, T momentum, bool nesterov, T* gradient, T* velocity, T* weight);

// x *= factor.
template <class T>
void scale(int n, T factor, T* x);
// y = factor x + shift.
template <class T>
void affine(int n, T factor, T shift, const T* x, T* y);
// y = factor (a - b).
template <class T>
void subtract(int n, T factor, const T* a, const T* b, T* y);

// Element i of the generator as a number in [low, high), or as a normal number of the given deviation. The interval is 1
// for the whole distribution; erf(c / sqrt(2)) keeps it within c deviations.
template <class T>
void fill_uniform(int n, Random random, T low, T high, T* x);
template <class T>
void fill_normal(int n, Random random, T deviation, T interval, T* x);

// Makes the columns of a matrix (or its rows, if there are fewer) orthonormal.
template <class T>
void orthonormalize(int rows, int columns, T* x);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
