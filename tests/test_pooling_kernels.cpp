// The loops of pools and of moving pixels, native and scalar, between guards, bit for bit against their definition.
#include <cmath>

#include <doctest/doctest.h>

#include "../src/kernels/pooling.hpp"
#include "../src/kernels/rearrange.hpp"
#include "support.hpp"

using namespace tests;
namespace on = mica::kernels::on;
using mica::Window;
using mica::kernels::Image;

namespace {

Window random_window(Numbers& numbers) {
  Window w{};
  w.channels = 1 + numbers.below(2 * Native::lanes + 2);
  w.kernel_height = 1 + numbers.below(3);
  w.kernel_width = 1 + numbers.below(4);
  w.stride_height = 1 + numbers.below(4);
  w.stride_width = 1 + numbers.below(4);
  w.dilation_height = w.dilation_width = 1;
  w.top = numbers.below(w.kernel_height);
  w.left = numbers.below(w.kernel_width);
  w.height = w.kernel_height + numbers.below(5);
  w.width = w.kernel_width + numbers.below(12);
  // As many windows as begin inside the image.
  w.out_height = (w.height + w.top - 1) / w.stride_height + 1;
  w.out_width = (w.width + w.left - 1) / w.stride_width + 1;
  return w;
}

// Few different numbers, so that many are equal, and now and then something special.
void fill(Guarded& array, Numbers& numbers, bool special) {
  const float specials[] = {NAN, HUGE_VALF, -HUGE_VALF, 0.0f, -0.0f};
  for (int i = 0; i < array.size(); ++i) {
    array[i] = special && numbers.below(8) == 0 ? specials[numbers.below(5)] : static_cast<float>(numbers.below(7) - 3);
  }
}

int wrong_numbers(Guarded& got, Guarded& expected) {
  int wrong = got.intact() ? 0 : 1;
  for (int i = 0; i < got.size(); ++i) wrong += tests::same(got[i], expected[i]) ? 0 : 1;
  return wrong;
}

// Calls body(offset in the image) for the taps of one output that lie inside the image, in their order.
template <class Body>
void for_taps(const Window& w, int output_row, int output_column, Body body) {
  for (int m = 0; m < w.kernel_height; ++m) {
    for (int n = 0; n < w.kernel_width; ++n) {
      const int row = output_row * w.stride_height + m - w.top, column = output_column * w.stride_width + n - w.left;
      if (row >= 0 && row < w.height && column >= 0 && column < w.width) body((row * w.width + column) * w.channels);
    }
  }
}

struct Pools {
  Guarded most, mean, dmost, dmean;
  Pools(int inputs, int outputs, int offset)
      : most(outputs, offset), mean(outputs, offset + 1), dmost(inputs, offset + 2), dmean(inputs, offset + 3) {}

  int differences(Pools& other) {
    return wrong_numbers(most, other.most) + wrong_numbers(mean, other.mean) + wrong_numbers(dmost, other.dmost) +
           wrong_numbers(dmean, other.dmean);
  }
};

template <class P>
void run(const Window& w, int samples, Guarded& x, Guarded& dy, Pools& result) {
  on::max_pool<P>(w, samples, x.data(), result.most.data());
  on::average_pool<P>(w, samples, x.data(), result.mean.data());
  on::max_pool_backward<P>(w, samples, x.data(), result.most.data(), dy.data(), result.dmost.data());
  on::average_pool_backward<P>(w, samples, dy.data(), result.dmean.data());
}

void run_definition(const Window& w, int samples, Guarded& x_, Guarded& dy_, Pools& result) {
  for (int i = 0; i < result.dmost.size(); ++i) result.dmost[i] = result.dmean[i] = 0;
  const int x_size = w.height * w.width * w.channels;
  for (int output = 0; output < samples * w.out_height * w.out_width; ++output) {
    const int sample = output / (w.out_height * w.out_width);
    const int row = output / w.out_width % w.out_height, column = output % w.out_width;
    for (int k = 0; k < w.channels; ++k) {
      const float* const x = x_.data() + sample * x_size + k;
      const int at = output * w.channels + k;
      float most = -HUGE_VALF, sum = 0;
      int count = 0, first = -1;
      for_taps(w, row, column, [&](int from) {
        if (!(x[from] <= most) && !is_nan(most)) most = x[from];
        sum += x[from];
        ++count;
      });
      for_taps(w, row, column, [&](int from) { first = first < 0 && !(x[from] < most) ? from : first; });
      const float part = 1.0f / static_cast<float>(count);
      result.most[at] = most;
      result.mean[at] = part * sum;
      result.dmost[sample * x_size + first + k] += dy_[at];
      for_taps(w, row, column, [&](int from) { result.dmean[sample * x_size + from + k] += part * dy_[at]; });
    }
  }
}

}  // namespace

TEST_CASE("pools of random extents") {
  Numbers numbers(1);
  for (int round = 0; round < 600; ++round) {
    const Window w = random_window(numbers);
    const int samples = 1 + numbers.below(2);
    const int inputs = samples * w.height * w.width * w.channels;
    const int outputs = samples * w.out_height * w.out_width * w.channels;
    if ((w.out_height - 1) * w.stride_height - w.top >= w.height) continue;
    Guarded x(inputs, round % 8), dy(outputs, round % 5);
    fill(x, numbers, round % 2 == 0);
    for (int i = 0; i < outputs; ++i) dy[i] = numbers.even();
    Pools native(inputs, outputs, round % 8), scalar(inputs, outputs, 0), expected(inputs, outputs, 0);
    run<Native>(w, samples, x, dy, native);
    run<Scalar>(w, samples, x, dy, scalar);
    run_definition(w, samples, x, dy, expected);
    // A zero may come out with either sign from the definition, but not from one port and the other.
    CHECK(native.differences(scalar) == 0);
    for (int i = 0; i < outputs; ++i)
      expected.most[i] = native.most[i] == expected.most[i] ? native.most[i] : expected.most[i];
    CHECK(native.differences(expected) == 0);
  }
}

TEST_CASE("a mean over more pixels than a block") {
  Numbers numbers(2);
  for (const int pixels : {1, 63, 64, 65, 200}) {
    for (const int channels : {1, Native::lanes, 2 * Native::lanes + 3}) {
      Guarded x(2 * pixels * channels, 1), y(2 * channels, 2), z(2 * channels), dx(x.size(), 3);
      for (int i = 0; i < x.size(); ++i) x[i] = numbers.even();
      on::global_average<Native>(2, pixels, channels, x.data(), y.data());
      on::global_average<Scalar>(2, pixels, channels, x.data(), z.data());
      on::global_average_backward<Native>(2, pixels, channels, y.data(), dx.data());
      int wrong = wrong_numbers(y, z);
      const float part = 1.0f / static_cast<float>(pixels);
      for (int s = 0; s < 2; ++s) {
        for (int c = 0; c < channels; ++c) {
          float sum = 0;
          for (int first = 0; first < pixels; first += 64) {
            float block = 0;
            for (int p = first; p < pixels && p < first + 64; ++p) block += x[(s * pixels + p) * channels + c];
            sum += block;
          }
          wrong += y[s * channels + c] == part * sum ? 0 : 1;
          for (int p = 0; p < pixels; ++p)
            wrong += dx[(s * pixels + p) * channels + c] == part * y[s * channels + c] ? 0 : 1;
        }
      }
      CHECK(wrong == 0);
      CHECK(dx.intact());
    }
  }
}

TEST_CASE("padding, cropping and repeating pixels") {
  Numbers numbers(3);
  for (int round = 0; round < 200; ++round) {
    const Image small{1 + numbers.below(4), 1 + numbers.below(5), 1 + numbers.below(2 * Native::lanes)};
    const int top = numbers.below(3), left = numbers.below(3), samples = 1 + numbers.below(2);
    const Image large{top + small.height + numbers.below(3), left + small.width + numbers.below(3), small.channels};
    const int count = samples * static_cast<int>(small.size());
    Guarded x(count, round % 8), padded(samples * static_cast<int>(large.size()), 1), cropped(count, 2);
    for (int i = 0; i < count; ++i) x[i] = numbers.even();
    on::pad_images<Native>(small, large, top, left, samples, x.data(), padded.data());
    on::crop_images<Native>(small, large, top, left, samples, padded.data(), cropped.data());
    int wrong = wrong_numbers(cropped, x) + (padded.intact() ? 0 : 1);
    for (int i = 0; i < padded.size(); ++i) {
      const int c = i % small.channels, column = i / small.channels % large.width - left;
      const int row = i / static_cast<int>(large.row()) % large.height - top, s = i / static_cast<int>(large.size());
      const bool inside = row >= 0 && row < small.height && column >= 0 && column < small.width;
      const int from = ((s * small.height + row) * small.width + column) * small.channels + c;
      wrong += padded[i] == (inside ? x[from] : 0) ? 0 : 1;
    }

    const int down = 1 + numbers.below(3), across = 1 + numbers.below(3);
    Guarded y(count * down * across, 3), dx(count, 4), expected(count);
    on::upsample<Native>(small, down, across, samples, x.data(), y.data());
    wrong += y.intact() ? 0 : 1;
    for (int i = 0; i < y.size(); ++i) {
      const int c = i % small.channels, column = i / small.channels % (small.width * across) / across;
      const int row = i / small.channels / (small.width * across) / down;
      wrong += y[i] == x[(row * small.width + column) * small.channels + c] ? 0 : 1;
    }
    for (int i = 0; i < y.size(); ++i) y[i] = numbers.even();
    for (int i = 0; i < count; ++i) {
      const int c = i % small.channels, column = i / small.channels % small.width,
                row = i / static_cast<int>(small.row());
      float sum = 0;
      for (int t = 0; t < down * across; ++t) {
        const int from_row = row * down + t / across, from_column = column * across + t % across;
        sum += y[(from_row * small.width * across + from_column) * small.channels + c];
      }
      expected[i] = sum;
    }
    on::upsample_backward<Native>(small, down, across, samples, y.data(), dx.data());
    CHECK(wrong + wrong_numbers(dx, expected) == 0);
  }
}
