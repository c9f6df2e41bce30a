// Eigen, or with MICA_PEER_BLAS a BLAS under the same code. Its name is MICA_PEER_NAME.
#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "../contest.hpp"
#include "image_layers.hpp"
#include "network.hpp"

namespace {

using namespace peers;
using benchmarks::LayerSpec;

class Network : public benchmarks::Contestant {
 public:
  explicit Network(const std::string& model) {
    std::mt19937 generator(1);
    ImageShape image{benchmarks::input_side(model), 1};
    int size = image.size();
    for (const LayerSpec& spec : benchmarks::network_of(model)) {
      std::unique_ptr<Layer> layer;
      switch (spec.kind) {
        case LayerSpec::dense:
          layer = std::make_unique<DenseLayer>(size, spec.outputs, generator);
          break;
        case LayerSpec::relu:
          layer = std::make_unique<ReluLayer>(size);
          break;
        case LayerSpec::batch_norm:
          layer = std::make_unique<BatchNormLayer>(size, generator);
          break;
        case LayerSpec::dropout:
          layer = std::make_unique<DropoutLayer>(size);
          break;
        case LayerSpec::convolution: {
          auto made = std::make_unique<ConvolutionLayer>(image, spec.outputs, spec.kernel, spec.same, generator);
          image = made->out();
          layer = std::move(made);
          break;
        }
        case LayerSpec::max_pool: {
          auto made = std::make_unique<MaxPoolLayer>(image);
          image = made->out();
          layer = std::move(made);
          break;
        }
      }
      size = layer->outputs;
      layers_.push_back(std::move(layer));
    }
  }

  void step(const float* x, const std::uint8_t* labels, int batch) override {
    forward(x, batch, true);
    loss_gradient(labels);
    for (std::size_t i = layers_.size(); i-- > 0;) {
      float* dx = nullptr;
      if (i > 0) {
        layers_[i - 1]->delta.resize(layers_[i]->inputs, batch);
        dx = layers_[i - 1]->delta.data();
      }
      layers_[i]->backward(i > 0 ? layers_[i - 1]->y.data() : x, batch, dx);
    }
    for (const auto& layer : layers_) layer->update();
  }
  void predict(const float* x, int batch, float* scores) override {
    forward(x, batch, false);
    const Matrix& y = layers_.back()->y;
    std::copy(y.data(), y.data() + y.size(), scores);
  }

 private:
  void forward(const float* x, int batch, bool training) {
    for (const auto& layer : layers_) {
      layer->forward(x, batch, training);
      x = layer->y.data();
    }
  }
  // (softmax - one-hot) / batch
  void loss_gradient(const std::uint8_t* labels) {
    const Matrix& y = layers_.back()->y;
    Matrix& dy = layers_.back()->delta;
    dy = (y.rowwise() - y.colwise().maxCoeff()).array().exp();
    const Eigen::RowVectorXf total = dy.colwise().sum();
    dy.array().rowwise() /= total.array() * static_cast<float>(y.cols());
    for (Eigen::Index i = 0; i < y.cols(); ++i) dy(labels[i], i) -= 1.0f / static_cast<float>(y.cols());
  }

  std::vector<std::unique_ptr<Layer>> layers_;
};

std::unique_ptr<benchmarks::Contestant> make(const std::string& model, int, bool) {
  if (benchmarks::network_of(model).empty()) return nullptr;
  return std::make_unique<Network>(model);
}

}  // namespace

int main(int argc, char** argv) {
#if defined(__SSE2__)
  _mm_setcsr(_mm_getcsr() | 0x8040);  // subnormals are zeros, or the momentum that decays into them slows everything
#endif
  return benchmarks::hold_contest(MICA_PEER_NAME, argc, argv, make);
}
