#pragma once

#include <mica/layers/conv2d.hpp>
#include <mica/layers/over_length.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Conv1d: a convolution along a sequence, channels last; the same loops as Conv2d over an image one row high.
//   y[i][o] = b[o] + sum over m, c of x[i s + m d - before][c] w[m][c][o]
//   dw = the same sum over i with dy,   db = sum of dy,   dx = the taps' shares of dy transposed(w), added up
// Each y is one chain of fused multiply-adds over m, c in this order; outside the sequence x is 0.
// Shape: [length][channels] -> [out length][outputs]; Padding is Valid, Same or Pad<before, after>.
// Params: weight [1][kernel][channels][outputs], bias [outputs]. Stats: none. Cache: none (backward reads the input).
// Memory: 4 (kernel channels + 1) outputs bytes of parameters; scratch for one padded row.
// Fan-in: kernel * channels. Fan-out: kernel * outputs.
// Errors: an input without two extents, or a kernel longer than the padded sequence, does not compile.
template <int outputs, int kernel, class Padding = Valid, int stride = 1, int dilation = 1,
          class WeightInitializer = Auto, class BiasInitializer = Zeros>
struct Conv1d {
  static_assert(outputs > 0 && kernel > 0 && stride > 0 && dilation > 0,
                "mica::Conv1d: outputs, kernel, stride and dilation must be at least 1.");

  template <class Input>
  static constexpr bool fits = kernel_fits_length<Input, Padding>(kernel, stride, dilation);
  using Plane = Conv2d<outputs, rectangle(1, kernel), LengthPadding<Padding>, rectangle(1, stride),
                       rectangle(1, dilation), WeightInitializer, BiasInitializer>;

  template <class Input, class T = float>
  struct On : OverLength<typename Plane::template On<decltype(row_image<Input, fits<Input>>()), T>, Input> {
    using OverImage = typename Plane::template On<decltype(row_image<Input, fits<Input>>()), T>;
    using Fuses = FusesAs<On, FusionPart::convolution>;
    static constexpr Window window = OverImage::window;
    static constexpr Fan fan = OverImage::fan;
    static_assert(Input::rank == 2, "mica::Conv1d: the input must have two extents: length and channels.");
    static_assert(fits<Input>, "mica::Conv1d: the kernel is longer than the padded sequence.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Conv1d<" << outputs << ", " << kernel << ", ";
    Padding::describe(writer);
    writer << ", " << stride << ", " << dilation << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
