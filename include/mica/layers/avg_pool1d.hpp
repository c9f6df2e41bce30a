#pragma once

#include <mica/layers/avg_pool2d.hpp>
#include <mica/layers/over_length.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// AvgPool1d: the mean of each window of a sequence, channel by channel.
//   y[i][c] = (sum over m of x[i s + m - before][c]) * (1 / count),   dx = the sum of dy * (1 / count) over the windows
// The count leaves out padding, as in AvgPool2d, whose loops this runs over an image one row high.
// Shape: [length][channels] -> [out length][channels]; Padding is Valid, Same, Pad<before, after> or DropBorder.
// Params, Stats, Cache: none. Memory: none.
// Errors: an input without two extents, a kernel longer than the padded sequence, a window that holds only padding, and
// windows that leave out the end of the sequence (say DropBorder if that is meant) do not compile.
template <int kernel, int stride = kernel, class Padding = Valid>
struct AvgPool1d {
  static_assert(kernel > 0 && stride > 0, "mica::AvgPool1d: kernel and stride must be at least 1.");

  template <class Input>
  static constexpr bool fits = kernel_fits_length<Input, Padding>(kernel, stride, 1);
  template <class Input>
  static constexpr bool reads_end = reads_end_of_length<Input, kernel, stride, Padding>();
  using Plane = AvgPool2d<rectangle(1, kernel), rectangle(1, stride), LengthPadding<Padding>>;

  template <class Input, class T = float>
  struct On : OverLength<typename Plane::template On<decltype(row_image<Input, fits<Input> && reads_end<Input>>()), T>,
                         Input> {
    static_assert(Input::rank == 2, "mica::AvgPool1d: the input must have two extents: length and channels.");
    static_assert(fits<Input>, "mica::AvgPool1d: the kernel is longer than the padded sequence.");
    static_assert(
        !fits<Input> || reads_end<Input>,
        "mica::AvgPool1d: the end of the sequence would be left out. Say DropBorder for the padding if that is "
        "meant, or choose Same, Pad<...> or another kernel or stride.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "AvgPool1d<" << kernel << ", " << stride << ", ";
    Padding::describe(writer);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
