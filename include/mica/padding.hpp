#pragma once

#include <mica/namespace.hpp>
#include <mica/shape.hpp>
#include <mica/window.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// rectangle(height, width): a size, stride or dilation that differs between the two directions, written where one
// number would stand: Conv2d<8, rectangle(3, 5)>. A single number n stands for n x n.
constexpr int rectangle(int height, int width) { return height * 65536 + width; }
constexpr int height_of(int size) { return size >= 65536 ? size / 65536 : size; }
constexpr int width_of(int size) { return size >= 65536 ? size % 65536 : size; }

// Writes a size the way it was written.
template <class Writer>
constexpr void describe_size(Writer& writer, int size) {
  if (size < 65536) {
    writer << size;
  } else {
    writer << "rectangle(" << height_of(size) << ", " << width_of(size) << ")";
  }
}

// How many zeros are put in front of and behind the `size` numbers of one direction.
struct Margin {
  int before, after;
};

// Valid: no padding; the kernel stays inside the image.
struct Valid {
  static constexpr Margin vertical(int, int, int) { return {0, 0}; }
  static constexpr Margin horizontal(int, int, int) { return {0, 0}; }
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Valid";
  }
};

// DropBorder: no padding, and for a pool leave to drop the rows and columns behind the last window.
struct DropBorder {
  static constexpr Margin vertical(int, int, int) { return {0, 0}; }
  static constexpr Margin horizontal(int, int, int) { return {0, 0}; }
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "DropBorder";
  }
};
template <class Padding>
constexpr bool drops_border = false;
template <>
inline constexpr bool drops_border<DropBorder> = true;

// Same: as much padding as gives ceil(size / stride) outputs; an odd number has the extra one behind.
struct Same {
  static constexpr Margin vertical(int size, int reach, int stride) {
    const int outputs = (size + stride - 1) / stride;
    const int total = (outputs - 1) * stride + reach - size;
    return total > 0 ? Margin{total / 2, total - total / 2} : Margin{0, 0};
  }
  static constexpr Margin horizontal(int size, int reach, int stride) { return vertical(size, reach, stride); }
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Same";
  }
};

// Pad: a stated number of zeros on each side; with one number the same on all four.
template <int top, int bottom = top, int left = top, int right = left>
struct Pad {
  static_assert(top >= 0 && bottom >= 0 && left >= 0 && right >= 0, "mica::Pad: padding cannot be negative.");
  static constexpr Margin vertical(int, int, int) { return {top, bottom}; }
  static constexpr Margin horizontal(int, int, int) { return {left, right}; }
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Pad<" << top << ", " << bottom << ", " << left << ", " << right << ">";
  }
};

// An extent of an image, 1 where Input is no image (height, width, channels): a layer reports that in its own words.
template <class Input>
constexpr int image_extent(int dimension) {
  if constexpr (Input::rank == 3) {
    return Input::extent(dimension);
  } else {
    return 1;
  }
}

// How often a kernel fits along one direction; at least once, so that a layer reports a kernel that does not fit.
constexpr int kernel_positions(int padded_size, int reach, int stride) {
  return padded_size < reach ? 1 : (padded_size - reach) / stride + 1;
}

// The window of a kernel over an image of Input's shape.
template <class Input, class Padding>
constexpr Window make_window(int kernel, int stride, int dilation) {
  Window w{};
  w.height = image_extent<Input>(0);
  w.width = image_extent<Input>(1);
  w.channels = image_extent<Input>(2);
  w.kernel_height = height_of(kernel);
  w.kernel_width = width_of(kernel);
  w.stride_height = height_of(stride);
  w.stride_width = width_of(stride);
  w.dilation_height = height_of(dilation);
  w.dilation_width = width_of(dilation);
  const Margin vertical = Padding::vertical(w.height, w.reach_height(), w.stride_height);
  const Margin horizontal = Padding::horizontal(w.width, w.reach_width(), w.stride_width);
  w.top = vertical.before;
  w.left = horizontal.before;
  w.out_height = kernel_positions(w.height + vertical.before + vertical.after, w.reach_height(), w.stride_height);
  w.out_width = kernel_positions(w.width + horizontal.before + horizontal.after, w.reach_width(), w.stride_width);
  return w;
}

// Whether the kernel fits into the padded image at all.
template <class Input, class Padding>
constexpr bool kernel_fits(int kernel, int stride, int dilation) {
  if (Input::rank != 3) return true;
  const int reach_height = (height_of(kernel) - 1) * height_of(dilation) + 1;
  const int reach_width = (width_of(kernel) - 1) * width_of(dilation) + 1;
  const Margin vertical = Padding::vertical(image_extent<Input>(0), reach_height, height_of(stride));
  const Margin horizontal = Padding::horizontal(image_extent<Input>(1), reach_width, width_of(stride));
  return reach_height <= image_extent<Input>(0) + vertical.before + vertical.after &&
         reach_width <= image_extent<Input>(1) + horizontal.before + horizontal.after;
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
