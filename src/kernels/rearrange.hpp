// Moving numbers about, row by row.
#pragma once

#include <mica/kernels/rearrange.hpp>

#include "port_of.hpp"
#include "strip.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {
namespace on {

template <class P>
void pad_images(Image small, Image large, int top, int left, int samples, const typename P::Value* x,
                typename P::Value* y) {
  const long above = top * large.row(), before = static_cast<long>(left) * large.channels;
  const long behind = large.row() - before - small.row();
  for (int n = 0; n < samples; ++n) {
    clear<P>(above, y);
    y += above;
    for (int i = 0; i < small.height; ++i, x += small.row(), y += large.row()) {
      clear<P>(before, y);
      copy_row<P>(small.row(), x, y + before);
      clear<P>(behind, y + before + small.row());
    }
    const long below = large.size() - above - small.height * large.row();
    clear<P>(below, y);
    y += below;
  }
}

template <class P>
void crop_images(Image small, Image large, int top, int left, int samples, const typename P::Value* x,
                 typename P::Value* y) {
  for (int n = 0; n < samples; ++n, x += large.size()) {
    const typename P::Value* from = x + top * large.row() + static_cast<long>(left) * large.channels;
    for (int i = 0; i < small.height; ++i, from += large.row(), y += small.row()) copy_row<P>(small.row(), from, y);
  }
}

template <class P>
void upsample(Image small, int down, int across, int samples, const typename P::Value* x, typename P::Value* y) {
  const long row = small.row() * across;
  for (int i = 0; i < samples * small.height; ++i) {
    for (int j = 0; j < small.width; ++j, x += small.channels) {
      for (int t = 0; t < across; ++t, y += small.channels) copy_row<P>(small.channels, x, y);
    }
    for (int t = 1; t < down; ++t, y += row) copy_row<P>(row, y - row, y);
  }
}

template <class P>
void upsample_backward(Image small, int down, int across, int samples, const typename P::Value* dy,
                       typename P::Value* dx) {
  const auto add = [](auto sum, auto d) { return P::add(sum, d); };
  const long row = small.row() * across;
  for (int i = 0; i < samples * small.height; ++i, dy += down * row) {
    for (int j = 0; j < small.width; ++j, dx += small.channels) {
      const typename P::Value* const first = dy + static_cast<long>(j) * across * small.channels;
      copy_row<P>(small.channels, first, dx);
      for (int t = 1; t < down * across; ++t) {
        map<P>(small.channels, add, dx, dx, first + t / across * row + static_cast<long>(t % across) * small.channels);
      }
    }
  }
}

}  // namespace on

template <class T>
void move(int n, const T* x, T* y) {
  if (x != y) copy_row<PortOf<T>>(n, x, y);
}
template <class T>
void copy_columns(int rows, int columns, const T* x, int x_row, T* y, int y_row) {
  for (int i = 0; i < rows; ++i, x += x_row, y += y_row) copy_row<PortOf<T>>(columns, x, y);
}
template <class T>
void pad_images(Image small, Image large, int top, int left, int samples, const T* x, T* y) {
  on::pad_images<PortOf<T>>(small, large, top, left, samples, x, y);
}
template <class T>
void crop_images(Image small, Image large, int top, int left, int samples, const T* x, T* y) {
  on::crop_images<PortOf<T>>(small, large, top, left, samples, x, y);
}
template <class T>
void upsample(Image small, int down, int across, int samples, const T* x, T* y) {
  on::upsample<PortOf<T>>(small, down, across, samples, x, y);
}
template <class T>
void upsample_backward(Image small, int down, int across, int samples, const T* dy, T* dx) {
  on::upsample_backward<PortOf<T>>(small, down, across, samples, dy, dx);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/rearrange.cpp, double in src/testing/.
#define MICA_INSTANTIATE_REARRANGE(T)                                      \
  template void move<T>(int, const T*, T*);                                \
  template void copy_columns<T>(int, int, const T*, int, T*, int);         \
  template void pad_images<T>(Image, Image, int, int, int, const T*, T*);  \
  template void crop_images<T>(Image, Image, int, int, int, const T*, T*); \
  template void upsample<T>(Image, int, int, int, const T*, T*);           \
  template void upsample_backward<T>(Image, int, int, int, const T*, T*);
