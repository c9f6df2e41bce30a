// Convolutions by the matrix of patches, one sample at a time so that it stays in the cache, and max pooling.
#pragma once

#include <algorithm>

#include "layers.hpp"

namespace peers {

struct ImageShape {
  int side, channels;
  int pixels() const { return side * side; }
  int size() const { return pixels() * channels; }
};

class ConvolutionLayer : public Layer {
 public:
  ConvolutionLayer(ImageShape in, int channels, int kernel, bool same, std::mt19937& generator)
      : Layer(in.size(), 0),
        in_(in),
        out_{same ? in.side : in.side - kernel + 1, channels},
        kernel_(kernel),
        before_(same ? kernel / 2 : 0),
        taps_(kernel * kernel * in.channels),
        weight_(channels, taps_, std::sqrt(2.0f / static_cast<float>(taps_)), generator),
        bias_(channels, 1, 0, generator),
        patches_(taps_, out_.pixels()),
        dpatches_(taps_, out_.pixels()) {
    outputs = out_.size();
  }
  ImageShape out() const { return out_; }

  void forward(const float* x, int batch, bool) override {
    y.resize(outputs, batch);
    for (int n = 0; n < batch; ++n) {
      gather(x + static_cast<long>(n) * inputs);
      View one(y.col(n).data(), out_.channels, out_.pixels());
      product(false, false, weight_.view(), {patches_.data(), taps_, out_.pixels()}, 0, one);
      one.colwise() += bias_.value.col(0);
    }
  }
  void backward(const float* x, int batch, float* dx) override {
    bias_.gradient.setZero();
    for (int n = 0; n < batch; ++n) {
      const ConstView dy(delta.col(n).data(), out_.channels, out_.pixels());
      gather(x + static_cast<long>(n) * inputs);
      product(false, true, dy, {patches_.data(), taps_, out_.pixels()}, n == 0 ? 0.0f : 1.0f,
              {weight_.gradient.data(), out_.channels, taps_});
      bias_.gradient.col(0) += dy.rowwise().sum();
      if (dx == nullptr) continue;
      product(true, false, weight_.view(), dy, 0, {dpatches_.data(), taps_, out_.pixels()});
      scatter(dx + static_cast<long>(n) * inputs);
    }
  }
  void update() override { weight_.update(), bias_.update(); }

 private:
  // Calls use(place in the image, place in the patch, numbers) for each row of the kernel at each output pixel, as far
  // as it lies inside the image.
  template <class Use>
  void for_rows(Use use) const {
    const int c = in_.channels, row = kernel_ * c;
    for (int oy = 0, pixel = 0; oy < out_.side; ++oy) {
      for (int ox = 0; ox < out_.side; ++ox, ++pixel) {
        const int left = std::max(0, before_ - ox), right = std::min(kernel_, in_.side + before_ - ox);
        for (int ky = 0; ky < kernel_; ++ky) {
          const int iy = oy + ky - before_;
          if (iy < 0 || iy >= in_.side) continue;
          use((iy * in_.side + ox - before_ + left) * c, pixel * taps_ + ky * row + left * c, (right - left) * c);
        }
      }
    }
  }
  void gather(const float* x) {
    if (before_ > 0) patches_.setZero();
    float* const to = patches_.data();
    for_rows([&](int from, int at, int n) { std::copy(x + from, x + from + n, to + at); });
  }
  void scatter(float* dx) {
    std::fill(dx, dx + inputs, 0.0f);
    const float* const from = dpatches_.data();
    for_rows([&](int to, int at, int n) {
      for (int i = 0; i < n; ++i) dx[to + i] += from[at + i];
    });
  }

  ImageShape in_, out_;
  int kernel_, before_, taps_;
  Learned weight_, bias_;
  Matrix patches_, dpatches_;
};

// Windows of 2 x 2 that do not overlap.
class MaxPoolLayer : public Layer {
 public:
  explicit MaxPoolLayer(ImageShape in) : Layer(in.size(), in.size() / 4), in_(in) {}
  ImageShape out() const { return {in_.side / 2, in_.channels}; }

  void forward(const float* x, int batch, bool) override {
    y.resize(outputs, batch);
    const int c = in_.channels, half = in_.side / 2;
    for (int n = 0; n < batch; ++n) {
      for (int row = 0; row < half; ++row) {
        for (int column = 0; column < half; ++column) {
          const float* const p = x + static_cast<long>(n) * inputs + (2 * row * in_.side + 2 * column) * c;
          const float* const q = p + in_.side * c;
          float* const to = y.col(n).data() + (row * half + column) * c;
          for (int i = 0; i < c; ++i) to[i] = std::max(std::max(p[i], p[i + c]), std::max(q[i], q[i + c]));
        }
      }
    }
  }
  void backward(const float* x, int batch, float* dx) override {
    const int c = in_.channels, half = in_.side / 2;
    std::fill(dx, dx + static_cast<long>(inputs) * batch, 0.0f);
    for (int n = 0; n < batch; ++n) {
      for (int row = 0; row < half; ++row) {
        for (int column = 0; column < half; ++column) {
          const long at = static_cast<long>(n) * inputs + (2 * row * in_.side + 2 * column) * c;
          const long places[4] = {at, at + c, at + in_.side * c, at + in_.side * c + c};
          for (int i = 0; i < c; ++i) {
            const int o = (row * half + column) * c + i;
            const float most = y(o, n);
            int k = 0;
            while (k < 3 && x[places[k] + i] != most) ++k;
            dx[places[k] + i] = delta(o, n);
          }
        }
      }
    }
  }

 private:
  ImageShape in_;
};

}  // namespace peers
