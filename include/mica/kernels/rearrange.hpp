// Kernels that move numbers to other places.
#pragma once

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// y = x; nothing is done where they are the same memory.
template <class T>
void move(int n, const T* x, T* y);

// y[row][column] = x[row][column] for a block of columns out of rows that lie x_row and y_row numbers apart.
template <class T>
void copy_columns(int rows, int columns, const T* x, int x_row, T* y, int y_row);

// Image: the extents of one channels-last image.
struct Image {
  int height, width, channels;
  constexpr long row() const { return static_cast<long>(width) * channels; }
  constexpr long size() const { return height * row(); }
};

// pad_images puts images into the middle of larger ones that are zero elsewhere; crop_images cuts them out again.
template <class T>
void pad_images(Image small, Image large, int top, int left, int samples, const T* x, T* y);
template <class T>
void crop_images(Image small, Image large, int top, int left, int samples, const T* x, T* y);

// upsample writes every pixel down x across times; upsample_backward adds these up again, row by row from the first.
template <class T>
void upsample(Image small, int down, int across, int samples, const T* x, T* y);
template <class T>
void upsample_backward(Image small, int down, int across, int samples, const T* dy, T* dx);

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
