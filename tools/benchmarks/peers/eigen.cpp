// What a good C++ programmer writes with Eigen in a day: a stack of dense layers with ReLU between, softmax
// cross-entropy, and SGD with momentum 0.9 at 0.01, column-major, one matrix product per pass.
// usage: peer_eigen SAMPLES BATCH EPOCHS WIDTH...     prints samples per second. Subnormals are flushed to zero, because
// Eigen's momentum decays into them and is then two to three times slower.
#include <Eigen/Core>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "tools/benchmarks/training_loop.hpp"

namespace {

using Matrix = Eigen::MatrixXf;

struct DenseLayer {
  Matrix weight, gradient, velocity, output, delta;
  Eigen::VectorXf bias, bias_gradient, bias_velocity;
  bool rectify = false;

  DenseLayer(int in, int out, bool with_relu, std::mt19937& generator)
      : weight(out, in),
        gradient(out, in),
        velocity(Matrix::Zero(out, in)),
        bias(Eigen::VectorXf::Zero(out)),
        bias_gradient(out),
        bias_velocity(Eigen::VectorXf::Zero(out)),
        rectify(with_relu) {
    std::normal_distribution<float> normal(0.0f, std::sqrt(2.0f / static_cast<float>(in)));
    for (auto& w : weight.reshaped()) w = normal(generator);
  }

  template <class Input>
  void forward(const Input& x) {
    output.noalias() = weight * x;
    output.colwise() += bias;
    if (rectify) output = output.cwiseMax(0.0f);
  }

  // Turns the gradient of the output in `delta` into those of the parameters and of x.
  template <class Input>
  void backward(const Input& x, Matrix* dx) {
    if (rectify) delta = (output.array() > 0.0f).select(delta, 0.0f);
    gradient.noalias() = delta * x.transpose();
    bias_gradient = delta.rowwise().sum();
    if (dx != nullptr) dx->noalias() = weight.transpose() * delta;
  }

  void update() {
    velocity = 0.9f * velocity + gradient;
    weight -= 0.01f * velocity;
    bias_velocity = 0.9f * bias_velocity + bias_gradient;
    bias -= 0.01f * bias_velocity;
  }
};

// softmax - one-hot, over the batch.
void loss_gradient(const Matrix& scores, const std::uint8_t* labels, Matrix& delta) {
  delta = (scores.rowwise() - scores.colwise().maxCoeff()).array().exp();
  const Eigen::RowVectorXf total = delta.colwise().sum();
  delta.array().rowwise() /= total.array() * static_cast<float>(scores.cols());
  for (Eigen::Index i = 0; i < scores.cols(); ++i) delta(labels[i], i) -= 1.0f / static_cast<float>(scores.cols());
}

}  // namespace

int main(int argc, char** argv) {
  benchmarks::Samples data;
  if (argc < 6 || !benchmarks::read_samples(argv[1], data)) {
    std::fprintf(stderr, "usage: peer_eigen SAMPLES BATCH EPOCHS WIDTH WIDTH...\n");
    return 2;
  }
#if defined(__SSE2__)
  _mm_setcsr(_mm_getcsr() | 0x8040);
#endif
  std::mt19937 generator(1);
  std::vector<DenseLayer> layers;
  for (int i = 4; i + 1 < argc; ++i) {
    layers.emplace_back(std::atoi(argv[i]), std::atoi(argv[i + 1]), i + 2 < argc, generator);
  }
  const auto step = [&](const float* samples, const std::uint8_t* labels, int batch) {
    const Eigen::Map<const Matrix> x(samples, data.numbers, batch);
    layers[0].forward(x);
    for (std::size_t i = 1; i < layers.size(); ++i) layers[i].forward(layers[i - 1].output);
    loss_gradient(layers.back().output, labels, layers.back().delta);
    for (std::size_t i = layers.size() - 1; i > 0; --i) layers[i].backward(layers[i - 1].output, &layers[i - 1].delta);
    layers[0].backward(x, nullptr);
    for (DenseLayer& layer : layers) layer.update();
  };
  std::printf("%.0f\n", benchmarks::training_rate(data, std::atoi(argv[2]), std::atoi(argv[3]), step));
}
