// Layers on the matrix products of algebra.hpp: what a good C++ programmer writes in a day. A batch is a matrix with
// one column a sample; images lie channels last in their column.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "algebra.hpp"

namespace peers {

class Layer {
 public:
  Layer(int in, int out) : inputs(in), outputs(out) {}
  virtual ~Layer() = default;
  virtual void forward(const float* x, int batch, bool training) = 0;
  // dy is in `delta`; dx may be null.
  virtual void backward(const float* x, int batch, float* dx) = 0;
  virtual void update() {}

  int inputs, outputs;
  Matrix y, delta;
};

// Parameters with SGD at 0.01 and momentum 0.9.
struct Learned {
  Matrix value, gradient, velocity;
  Learned(int rows, int columns, float deviation, std::mt19937& generator)
      : value(rows, columns), gradient(Matrix::Zero(rows, columns)), velocity(Matrix::Zero(rows, columns)) {
    std::normal_distribution<float> normal(0.0f, 1.0f);
    for (auto& w : value.reshaped()) w = deviation * normal(generator);
  }
  void update() {
    velocity = 0.9f * velocity + gradient;
    value -= 0.01f * velocity;
  }
  ConstView view() const { return {value.data(), value.rows(), value.cols()}; }
};

class DenseLayer : public Layer {
 public:
  DenseLayer(int in, int out, std::mt19937& generator)
      : Layer(in, out),
        weight_(out, in, std::sqrt(2.0f / static_cast<float>(in)), generator),
        bias_(out, 1, 0, generator) {}
  void forward(const float* x, int batch, bool) override {
    y.resize(outputs, batch);
    product(false, false, weight_.view(), {x, inputs, batch}, 0, {y.data(), outputs, batch});
    y.colwise() += bias_.value.col(0);
  }
  void backward(const float* x, int batch, float* dx) override {
    const ConstView dy(delta.data(), outputs, batch);
    if (batch == 1) {
      weight_.gradient.noalias() = dy * ConstView(x, inputs, 1).transpose();
    } else {
      product(false, true, dy, {x, inputs, batch}, 0, {weight_.gradient.data(), outputs, inputs});
    }
    bias_.gradient.col(0) = delta.rowwise().sum();
    if (dx != nullptr) product(true, false, weight_.view(), dy, 0, {dx, inputs, batch});
  }
  void update() override { weight_.update(), bias_.update(); }

 private:
  Learned weight_, bias_;
};

class ReluLayer : public Layer {
 public:
  explicit ReluLayer(int n) : Layer(n, n) {}
  void forward(const float* x, int batch, bool) override { y = ConstView(x, inputs, batch).cwiseMax(0.0f); }
  void backward(const float*, int batch, float* dx) override {
    View(dx, inputs, batch) = (y.array() > 0.0f).select(delta, 0.0f);
  }
};

class BatchNormLayer : public Layer {
 public:
  BatchNormLayer(int n, std::mt19937& generator)
      : Layer(n, n),
        scale_(n, 1, 0, generator),
        shift_(n, 1, 0, generator),
        running_mean_(Vector::Zero(n)),
        running_variance_(Vector::Ones(n)) {
    scale_.value.setOnes();
  }
  void forward(const float* x, int batch, bool training) override {
    const ConstView in(x, inputs, batch);
    if (!training) {
      const Vector factor = scale_.value.col(0).array() / (running_variance_.array() + 1e-5f).sqrt();
      y = (in.colwise() - running_mean_).array().colwise() * factor.array();
      y.colwise() += shift_.value.col(0);
      return;
    }
    const Vector mean = in.rowwise().mean();
    xhat_ = in.colwise() - mean;
    const Vector variance = xhat_.array().square().rowwise().mean();
    inverse_ = (variance.array() + 1e-5f).rsqrt();
    xhat_.array().colwise() *= inverse_.array();
    y = xhat_.array().colwise() * scale_.value.col(0).array();
    y.colwise() += shift_.value.col(0);
    running_mean_ = 0.9f * running_mean_ + 0.1f * mean;
    running_variance_ = 0.9f * running_variance_ + 0.1f * variance;
  }
  void backward(const float*, int batch, float* dx) override {
    shift_.gradient.col(0) = delta.rowwise().sum();
    scale_.gradient.col(0) = (delta.array() * xhat_.array()).rowwise().sum();
    const float share = 1.0f / static_cast<float>(batch);
    const Vector factor = scale_.value.col(0).array() * inverse_.array();
    View out(dx, inputs, batch);
    out = xhat_.array().colwise() * (-share * scale_.gradient.col(0).array());
    out += delta;
    out.colwise() -= share * shift_.gradient.col(0);
    out.array().colwise() *= factor.array();
  }
  void update() override { scale_.update(), shift_.update(); }

 private:
  Learned scale_, shift_;
  Vector running_mean_, running_variance_, inverse_;
  Matrix xhat_;
};

// One in five is dropped.
class DropoutLayer : public Layer {
 public:
  explicit DropoutLayer(int n) : Layer(n, n) {}
  void forward(const float* x, int batch, bool training) override {
    if (!training) {
      y = ConstView(x, inputs, batch);
      return;
    }
    kept_.resize(inputs, batch);
    for (auto& k : kept_.reshaped()) {
      state_ ^= state_ << 13, state_ ^= state_ >> 17, state_ ^= state_ << 5;
      k = state_ < 858993459u ? 0.0f : 1.25f;
    }
    y = ConstView(x, inputs, batch).cwiseProduct(kept_);
  }
  void backward(const float*, int batch, float* dx) override { View(dx, inputs, batch) = delta.cwiseProduct(kept_); }

 private:
  Matrix kept_;
  std::uint32_t state_ = 2463534242u;
};

}  // namespace peers
