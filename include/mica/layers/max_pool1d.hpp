#pragma once

#include <mica/layers/max_pool2d.hpp>
#include <mica/layers/over_length.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// MaxPool1d: the largest number of each window of a sequence, channel by channel.
//   y[i][c] = max over m of x[i s + m - before][c],   dx = dy for the first number of the window that equals y, else 0
// NaN, padding and overlapping windows: as in MaxPool2d, whose loops this runs over an image one row high.
// Shape: [length][channels] -> [out length][channels]; Padding is Valid, Same, Pad<before, after> or DropBorder.
// Params, Stats, Cache: none (backward reads the input and the output). Memory: none.
// Errors: an input without two extents, a kernel longer than the padded sequence, a window that holds only padding, and
// windows that leave out the end of the sequence (say DropBorder if that is meant) do not compile.
template <int kernel, int stride = kernel, class Padding = Valid>
struct MaxPool1d {
  static_assert(kernel > 0 && stride > 0, "mica::MaxPool1d: kernel and stride must be at least 1.");

  template <class Input>
  static constexpr bool fits = kernel_fits_length<Input, Padding>(kernel, stride, 1);
  template <class Input>
  static constexpr bool reads_end = reads_end_of_length<Input, kernel, stride, Padding>();
  using Plane = MaxPool2d<rectangle(1, kernel), rectangle(1, stride), LengthPadding<Padding>>;

  template <class Input, class T = float>
  struct On : OverLength<typename Plane::template On<decltype(row_image<Input, fits<Input> && reads_end<Input>>()), T>,
                         Input> {
    static constexpr Window window =
        Plane::template On<decltype(row_image < Input, fits<Input>&& reads_end < Input >> ()), T>::window;
    using Fuses = FusesAs<On, windows_apart_and_inside(window) ? FusionPart::max_pool : FusionPart::none>;
    static_assert(Input::rank == 2, "mica::MaxPool1d: the input must have two extents: length and channels.");
    static_assert(fits<Input>, "mica::MaxPool1d: the kernel is longer than the padded sequence.");
    static_assert(
        !fits<Input> || reads_end<Input>,
        "mica::MaxPool1d: the end of the sequence would be left out. Say DropBorder for the padding if that is "
        "meant, or choose Same, Pad<...> or another kernel or stride.");
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "MaxPool1d<" << kernel << ", " << stride << ", ";
    Padding::describe(writer);
    writer << ">";
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
