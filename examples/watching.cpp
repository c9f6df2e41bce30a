// Watches a training step of a network that cannot learn, and says why.
#include <cstdio>

#include <mica/mica.hpp>

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32, mica::Zeros>, mica::ReLU, mica::Dense<10>>;

static mica::Model<Net> model, start;
static mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGD, 16> trainer;
static mica::DataBatch<Net, mica::SoftmaxCrossEntropy, 16> batch;
static mica::Diagnostics<Net> look;

// Counts how often each layer has run.
struct Calls : mica::Observer {
  int forward[Net::Bound::layers] = {};
  template <int i, class Values>
  void after_layer(Values) {
    ++forward[i];
  }
};

int main() {
  const auto digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>::training(16, 1);
  if (!batch.gather(digits, 0, 16, [](std::uint32_t i) { return i; }).ok()) return 1;

  model.initialize(42);
  start = model;
  look.since(start);
  trainer.step(model, batch.x(), batch.target(), look);

  char text[2000];
  const mica::Diagnosis diagnosis = mica::diagnose(look, text, sizeof text);
  std::printf("%s", text);

  for (int i = 0; i < look.layers; ++i) {
    const mica::LayerReport& layer = look.layer(i);
    std::printf("layer %d: mean %g, deviation %g, share of zeros %g, dead units %d\n", i + 1,
                static_cast<double>(layer.output.mean), static_cast<double>(layer.output.deviation),
                static_cast<double>(layer.output.share_of_zeros()), layer.dead_units);
  }

  Calls calls;
  trainer.step(model, batch.x(), batch.target(), calls);
  return diagnosis.healthy() || calls.forward[2] != 1 ? 1 : 0;
}
