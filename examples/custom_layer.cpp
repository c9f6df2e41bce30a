// A layer of your own: Scale multiplies each channel by a trained factor. docs/adding-a-layer.md walks through this file.
#include <cstdio>
#include <mica/mica.hpp>
#include <mica/testing/check_layer.hpp>

// Scale: y = s x, one factor for each channel (the last extent).
//   dx = s dy        ds += sum over samples and pixels of dy x
// Shape: any, kept. Params: factor [channels], 1 at the start. Stats, Cache: none (backward reads the input).
// Memory: 4 channels bytes of parameters.
struct Scale {
  template <class Input, class T = float>
  struct On : mica::LayerDefaults<On<Input, T>, Input, Input, T> {
    static constexpr int channels = Input::extent(Input::rank - 1);
    static constexpr bool needs_input = true;

    struct Params {
      mica::Tensor<T, channels> factor;
    };

    template <class Stats>
    static void initialize(Params& params, Stats&, mica::Activation, mica::Random) {
      for (T& factor : params.factor.values) factor = 1;
    }

    template <class Stats>
    static void infer(const Params& params, const Stats&, mica::BatchView<const T, Input> x,
                      mica::BatchView<T, Input> y, T*) {
      for (int i = 0; i < x.count(); ++i) y.data[i] = params.factor[i % channels] * x.data[i];
    }

    template <class Cache>
    static void backward(const Params& params, Params& gradient, const Cache&, mica::BatchView<const T, Input> x,
                         mica::BatchView<const T, Input>, mica::BatchView<T, Input> dy, mica::BatchView<T, Input> dx,
                         mica::StepContext<T>) {
      for (int i = 0; i < x.count(); ++i) gradient.factor[i % channels] += dy.data[i] * x.data[i];
      if (dx.data == nullptr) return;
      for (int i = 0; i < x.count(); ++i) dx.data[i] = params.factor[i % channels] * dy.data[i];
    }
  };

  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Scale";
  }
};

using Net = mica::Sequential<mica::Input<4, 4, 3>, Scale, mica::Dense<5>, mica::Tanh>;

int main() {
  // The contract as a function: numerical gradients in double, accumulation, scratch, determinism, and more.
  const mica::CheckReport alone = mica::check_layer<Scale, mica::Shape<4, 4, 3>>();
  const mica::CheckReport in_a_network = mica::check_network<Net>();
  std::printf("Scale alone: %s\n", alone.ok() ? "keeps the contract" : alone.message());
  std::printf("Scale in a network: %s\n", in_a_network.ok() ? "keeps the contract" : in_a_network.message());
  return alone.ok() && in_a_network.ok() ? 0 : 1;
}
