// Pools, vectorised along the channels.
#pragma once

#include <mica/kernels/pooling.hpp>

#include "maximum.hpp"
#include "reductions.hpp"
#include "stencil.hpp"
#include "strip.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// One over the number of taps, which only windows at the edge have fewer of.
template <class T>
struct Share {
  explicit Share(const Window& w) : taps(w.taps()), of_all(T(1) / static_cast<T>(taps)) {}
  T of(int count) const { return count == taps ? of_all : T(1) / static_cast<T>(count); }
  int taps;
  T of_all;
};

// y of one image: start, then fold(y, x) for all taps in the order of rows and columns, then finish(y, number of taps).
template <class P, class Fold, class Finish>
inline void pool_image(const Window& w, typename P::Value start, const typename P::Value* x, typename P::Value* y,
                       Fold fold, Finish finish) {
  using T = typename P::Value;
  const long x_row = static_cast<long>(w.width) * w.channels, x_step = static_cast<long>(w.stride_width) * w.channels;
  walk<4>(forward_rows(w), forward_columns(w), [&](auto together, int row, TapSpan rows, int column, TapSpan across) {
    constexpr int positions = together();
    const T* const from = x + rows.source * x_row + static_cast<long>(across.source) * w.channels;
    T* const to = y + (static_cast<long>(row) * w.out_width + column) * w.channels;
    for_vectors<P>(w.channels, [&](int c, const auto& vector) {
      typename P::Float result[positions];
      for (auto& r : result) r = P::set(start);
      for (int u = 0; u < rows.count; ++u) {
        const T* pixel = from + u * x_row + c;
        for (int v = 0; v < across.count; ++v, pixel += w.channels) {
          MICA_UNROLL
          for (int p = 0; p < positions; ++p) result[p] = fold(result[p], vector.load(pixel + p * x_step));
        }
      }
      const int count = rows.count * across.count;
      MICA_UNROLL
      for (int p = 0; p < positions; ++p) vector.store(to + p * w.channels + c, finish(result[p], count));
    });
  });
}

// The way back: dx of one image, to which every window gives in its turn. share(vector, offset of the output, number of
// taps) begins a vector of a window and returns what gives each tap its part: give(offset of the tap). Windows that do
// not overlap need not add.
template <class P, bool overlap, class Share>
inline void give_all(const Window& w, typename P::Value* dx, Share share) {
  const long x_row = static_cast<long>(w.width) * w.channels, x_step = static_cast<long>(w.stride_width) * w.channels;
  clear<P>(w.height * x_row, dx);
  walk<4>(forward_rows(w), forward_columns(w), [&](auto together, int row, TapSpan rows, int column, TapSpan across) {
    const long first = rows.source * x_row + static_cast<long>(across.source) * w.channels;
    const long output = (static_cast<long>(row) * w.out_width + column) * w.channels;
    for_vectors<P>(w.channels, [&](int c, const auto& vector) {
      for (int p = 0; p < together(); ++p) {
        auto give = share(vector, output + static_cast<long>(p) * w.channels + c, rows.count * across.count);
        for (int u = 0; u < rows.count; ++u) {
          long at = first + p * x_step + u * x_row + c;
          for (int v = 0; v < across.count; ++v, at += w.channels) {
            const auto part = give(at);
            vector.store(dx + at, overlap ? P::add(vector.load(dx + at), part) : part);
          }
        }
      }
    });
  });
}

template <class P, class Share>
inline void give_back(const Window& w, typename P::Value* dx, Share share) {
  if (w.stride_height >= w.kernel_height && w.stride_width >= w.kernel_width) {
    give_all<P, false>(w, dx, share);
  } else {
    give_all<P, true>(w, dx, share);
  }
}

namespace on {

template <class P>
void max_pool(const Window& w, int samples, const typename P::Value* x, typename P::Value* y) {
  const long x_size = static_cast<long>(w.height) * w.width * w.channels;
  const long y_size = static_cast<long>(w.out_height) * w.out_width * w.channels;
  for (int n = 0; n < samples; ++n) {
    pool_image<P>(
        w, -infinity<P>(), x + n * x_size, y + n * y_size, [](auto most, auto v) { return max_or_nan<P>(most, v); },
        [](auto most, int) { return most; });
  }
}

// The first tap that is not below y takes all of dy, and leaves zero for those after it.
template <class P>
void max_pool_backward(const Window& w, int samples, const typename P::Value* x, const typename P::Value* y,
                       const typename P::Value* dy, typename P::Value* dx) {
  const long x_size = static_cast<long>(w.height) * w.width * w.channels;
  const long y_size = static_cast<long>(w.out_height) * w.out_width * w.channels;
  for (int n = 0; n < samples; ++n, x += x_size, y += y_size, dy += y_size, dx += x_size) {
    give_back<P>(w, dx, [=](const auto& vector, long output, int) {
      return [=, most = vector.load(y + output), left = vector.load(dy + output)](long at) mutable {
        const auto below = P::less(vector.load(x + at), most);
        const auto given = P::select(below, P::set(0), left);
        left = P::select(below, left, P::set(0));
        return given;
      };
    });
  }
}

template <class P>
void average_pool(const Window& w, int samples, const typename P::Value* x, typename P::Value* y) {
  const Share<typename P::Value> share(w);
  const long x_size = static_cast<long>(w.height) * w.width * w.channels;
  const long y_size = static_cast<long>(w.out_height) * w.out_width * w.channels;
  for (int n = 0; n < samples; ++n) {
    pool_image<P>(
        w, 0, x + n * x_size, y + n * y_size, [](auto sum, auto v) { return P::add(sum, v); },
        [share](auto sum, int count) { return P::mul(P::set(share.of(count)), sum); });
  }
}

template <class P>
void average_pool_backward(const Window& w, int samples, const typename P::Value* dy, typename P::Value* dx) {
  const Share<typename P::Value> share(w);
  const long x_size = static_cast<long>(w.height) * w.width * w.channels;
  const long y_size = static_cast<long>(w.out_height) * w.out_width * w.channels;
  for (int n = 0; n < samples; ++n, dy += y_size, dx += x_size) {
    give_back<P>(w, dx, [=](const auto& vector, long output, int count) {
      return [part = P::mul(P::set(share.of(count)), vector.load(dy + output))](long) { return part; };
    });
  }
}

template <class P>
void global_average(int samples, int pixels, int channels, const typename P::Value* x, typename P::Value* y) {
  using T = typename P::Value;
  const auto factor = P::set(T(1) / static_cast<T>(pixels));
  clear<P>(static_cast<long>(samples) * channels, y);
  for (int n = 0; n < samples; ++n) {
    on::add_rows<P>(pixels, channels, x + static_cast<long>(n) * pixels * channels, y + n * channels);
  }
  map<P>(
      samples * channels, [factor](auto sum) { return P::mul(factor, sum); }, y, y);
}

template <class P>
void global_average_backward(int samples, int pixels, int channels, const typename P::Value* dy,
                             typename P::Value* dx) {
  using T = typename P::Value;
  const auto factor = P::set(T(1) / static_cast<T>(pixels));
  for (int n = 0; n < samples; ++n, dy += channels) {
    for (int pixel = 0; pixel < pixels; ++pixel, dx += channels) {
      map<P>(
          channels, [factor](auto d) { return P::mul(factor, d); }, dx, dy);
    }
  }
}

}  // namespace on

template <class T>
void max_pool(const Window& window, int samples, const T* x, T* y) {
  on::max_pool<PortOf<T>>(window, samples, x, y);
}
template <class T>
void max_pool_backward(const Window& window, int samples, const T* x, const T* y, const T* dy, T* dx) {
  on::max_pool_backward<PortOf<T>>(window, samples, x, y, dy, dx);
}
template <class T>
void average_pool(const Window& window, int samples, const T* x, T* y) {
  on::average_pool<PortOf<T>>(window, samples, x, y);
}
template <class T>
void average_pool_backward(const Window& window, int samples, const T* dy, T* dx) {
  on::average_pool_backward<PortOf<T>>(window, samples, dy, dx);
}
template <class T>
void global_average(int samples, int pixels, int channels, const T* x, T* y) {
  on::global_average<PortOf<T>>(samples, pixels, channels, x, y);
}
template <class T>
void global_average_backward(int samples, int pixels, int channels, const T* dy, T* dx) {
  on::global_average_backward<PortOf<T>>(samples, pixels, channels, dy, dx);
}

}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica

// All of them for one number type: float in src/kernels/pooling.cpp, double in src/testing/.
#define MICA_INSTANTIATE_POOLING(T)                                                         \
  template void max_pool<T>(const Window&, int, const T*, T*);                              \
  template void max_pool_backward<T>(const Window&, int, const T*, const T*, const T*, T*); \
  template void average_pool<T>(const Window&, int, const T*, T*);                          \
  template void average_pool_backward<T>(const Window&, int, const T*, T*);                 \
  template void global_average<T>(int, int, int, const T*, T*);                             \
  template void global_average_backward<T>(int, int, int, const T*, T*);
