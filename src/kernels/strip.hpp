// The input rows that a few output rows need, with the padding written out as zeros.
#pragma once

#include <mica/window.hpp>

#include "map.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Rows of an image or of a padded copy of some of them: the numbers that output row y (counted from the strip's first)
// needs begin at row(y).
template <class T>
struct Strip {
  const T* data;
  long row_length;
  int stride_height;
  const T* row(int y) const { return data + y * stride_height * row_length; }
};

template <class P>
inline void copy_row(long n, const typename P::Value* from, typename P::Value* to) {
  map<P>(
      static_cast<int>(n), [](auto v) { return v; }, to, from);
}

template <class P>
inline void clear(long n, typename P::Value* to) {
  long i = 0;
  for (; i + P::lanes <= n; i += P::lanes) P::store(to + i, P::set(0));
  for (; i < n; ++i) to[i] = 0;
}

// The strip for output rows first ... first + rows - 1 of one image, written out in scratch.
template <class P>
inline Strip<typename P::Value> copy_strip(const Window& w, const typename P::Value* image, int first, int rows,
                                           typename P::Value* scratch) {
  const long width = static_cast<long>(w.width) * w.channels;
  const long length = static_cast<long>(w.padded_width()) * w.channels;
  const long margin = static_cast<long>(w.left) * w.channels, before = margin < length ? margin : length;
  const long inside = length - before < width ? length - before : width;
  const int count = (rows - 1) * w.stride_height + w.reach_height();
  for (int i = 0; i < count; ++i) {
    typename P::Value* const to = scratch + i * length;
    const int row = first * w.stride_height + i - w.top;
    if (row < 0 || row >= w.height) {
      clear<P>(length, to);
      continue;
    }
    clear<P>(before, to);
    copy_row<P>(inside, image + row * width, to + before);
    clear<P>(length - before - inside, to + before + inside);
  }
  return {scratch, length, w.stride_height};
}

// An image without padding is used where it lies.
template <class P>
inline Strip<typename P::Value> make_strip(const Window& w, const typename P::Value* image, int first, int rows,
                                           typename P::Value* scratch) {
  if (w.padded()) return copy_strip<P>(w, image, first, rows, scratch);
  const long width = static_cast<long>(w.width) * w.channels;
  return {image + first * w.stride_height * width, width, w.stride_height};
}

// The outputs along one axis for which tap `tap` falls inside the image, and where the first of them falls.
struct TapRange {
  int first, count, inside;
};
inline TapRange tap_range(int tap, int dilation, int stride, int before, int size, int outputs) {
  const int offset = tap * dilation - before;
  const int first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
  const int past = size - offset <= 0 ? 0 : (size - offset - 1) / stride + 1;
  const int end = past < outputs ? past : outputs;
  return {first, end > first ? end - first : 0, first * stride + offset};
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
