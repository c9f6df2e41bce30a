#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ImageView: the numbers of one sample as an image, rows first, channels last; not owned. A sample of another shape is
// one pixel of many channels.
// Memory: a pointer and three ints.
struct ImageView {
  float* data;
  int height, width, channels;

  constexpr int size() const { return height * width * channels; }
  constexpr float* pixel(int row, int column) const { return data + (row * width + column) * channels; }
};

// Whether a shape is that of an image: height x width x channels, or height x width.
template <class Sample>
constexpr bool is_image = Sample::rank == 2 || Sample::rank == 3;

template <class Sample>
constexpr ImageView view_image(float* x) {
  if constexpr (is_image<Sample>) {
    return {x, Sample::extent(0), Sample::extent(1), Sample::extent(2)};
  } else {
    return {x, 1, 1, Sample::size};
  }
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
