// tiny-dnn with its own layers, loss and training loop. Each step is one call of that loop, which forgets the momentum
// of the call before: as much work as with it. No mlp_bn: left to libraries that train it.
#define CNN_SINGLE_THREAD
#define CNN_USE_AVX
#include <tiny_dnn/tiny_dnn.h>

#include "../contest.hpp"
#include "network.hpp"

namespace {

using benchmarks::LayerSpec;
namespace activation = tiny_dnn::activation;
using tiny_dnn::core::backend_t;

class Network : public benchmarks::Contestant {
 public:
  explicit Network(const std::string& model) {
    optimizer_.alpha = 0.01f;
    optimizer_.mu = 0.9f;
    std::size_t side = static_cast<std::size_t>(benchmarks::input_side(model)), channels = 1;
    std::size_t size = side * side;
    inputs_ = size;
    const auto specs = benchmarks::network_of(model);
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const auto outputs = static_cast<std::size_t>(specs[i].outputs);
      const auto kernel = static_cast<std::size_t>(specs[i].kernel);
      if (specs[i].kind == LayerSpec::dense) {
        if (i + 1 < specs.size()) {
          net_ << tiny_dnn::fully_connected_layer<activation::relu>(size, outputs, true, backend_t::avx);
        } else {
          net_ << tiny_dnn::fully_connected_layer<activation::softmax>(size, outputs, true, backend_t::avx);
        }
        size = outputs;
      } else if (specs[i].kind == LayerSpec::convolution) {
        // Its AVX code for kernels of 5 x 5 writes behind its memory.
        const auto backend = kernel == 5 ? backend_t::internal : backend_t::avx;
        const auto padding = specs[i].same ? tiny_dnn::padding::same : tiny_dnn::padding::valid;
        net_ << tiny_dnn::convolutional_layer<activation::relu>(side, side, kernel, channels, outputs, padding, true, 1,
                                                                1, backend);
        side = specs[i].same ? side : side - kernel + 1;
        channels = outputs;
        size = side * side * channels;
      } else if (specs[i].kind == LayerSpec::max_pool) {
        net_ << tiny_dnn::max_pooling_layer<activation::identity>(side, side, channels, 2);
        side /= 2;
        size = side * side * channels;
      }
    }
    net_.weight_init(tiny_dnn::weight_init::he());
  }
  void step(const float* x, const std::uint8_t* labels, int batch) override {
    const auto size = static_cast<std::size_t>(batch);
    images_.resize(size);
    labels_.assign(labels, labels + size);
    for (std::size_t i = 0; i < size; ++i) images_[i].assign(x + i * inputs_, x + (i + 1) * inputs_);
    net_.train<tiny_dnn::cross_entropy_multiclass>(
        optimizer_, images_, labels_, size, 1, [] {}, [] {});
  }
  void predict(const float* x, int size, float* scores) override {
    for (int i = 0; i < size; ++i, x += inputs_) {
      const tiny_dnn::vec_t y = net_.predict(tiny_dnn::vec_t(x, x + inputs_));
      std::copy(y.begin(), y.end(), scores + i * 10);
    }
  }

 private:
  tiny_dnn::network<tiny_dnn::sequential> net_;
  tiny_dnn::momentum optimizer_;
  std::size_t inputs_ = 0;
  std::vector<tiny_dnn::vec_t> images_;
  std::vector<tiny_dnn::label_t> labels_;
};

std::unique_ptr<benchmarks::Contestant> make(const std::string& model, int, bool) {
  const auto specs = benchmarks::network_of(model);
  for (const LayerSpec& spec : specs) {
    if (spec.kind == LayerSpec::batch_norm || spec.kind == LayerSpec::dropout) return nullptr;
  }
  if (specs.empty()) return nullptr;
  return std::make_unique<Network>(model);
}

}  // namespace

int main(int argc, char** argv) {
  _mm_setcsr(_mm_getcsr() | 0x8040);  // subnormals are zeros
  return benchmarks::hold_contest("tiny-dnn", argc, argv, make);
}
