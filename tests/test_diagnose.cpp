// diagnose(): for each trouble a network that has it, and the sentence that must come.
#include <algorithm>
#include <cstring>
#include <string>

#include <doctest/doctest.h>

#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;

constexpr int batch = 32;

template <class Net>
struct Patient {
  Model<Net> model, start;
  Trainer<Net, SoftmaxCrossEntropy, SGD, batch> trainer;
  Diagnostics<Net> look;
  DataBatch<Net, SoftmaxCrossEntropy, batch> data;
  char text[2000] = {};

  Patient() {
    model.initialize(7);
    start = model;
    look.since(start);
    trainer.optimizer.learning_rate = 0.01f;
    const auto digits = SyntheticDigits<typename Net::Input>::training(batch, 1);
    const Status status = data.gather(digits, 0, batch, [](std::uint32_t i) { return i; });
    REQUIRE(status.ok());
  }
  Diagnosis examine() {
    trainer.step(model, data.x(), data.target(), look);
    return diagnose(look, text, sizeof text);
  }
  bool says(const char* words) const { return std::strstr(text, words) != nullptr; }
};

// `depth` times Dense<20> and an activation, then the outputs.
template <int depth, class Init, class Act, class... Layers>
struct Deep : Deep<depth - 1, Init, Act, Dense<20, Init>, Act, Layers...> {};
template <class Init, class Act, class... Layers>
struct Deep<0, Init, Act, Layers...> {
  using Net = Sequential<Input<8, 8, 1>, Layers..., Dense<10>>;
};

}  // namespace

TEST_CASE("a healthy network is called healthy") {
  static Patient<Sequential<Input<8, 8, 1>, Dense<40>, ReLU, Dense<40>, ReLU, Dense<10>>> patient;
  const Diagnosis diagnosis = patient.examine();
  CHECK(diagnosis.healthy());
  CHECK(std::string(patient.text) == "No trouble found in 5 layers.\n");
}

TEST_CASE("zero weights: the layers that do not learn are named") {
  static Patient<Sequential<Input<8, 8, 1>, Dense<40, Zeros>, ReLU, Dense<10, Zeros>>> patient;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("Layer 1, Dense<40"));
  CHECK(patient.says("the gradient of its weights is exactly 0, as in 2 of 2 layers"));
  CHECK(patient.says("all its weights are 0"));
}

TEST_CASE("1/n under ReLU: the signal vanishes, and the variance is to blame") {
  static Patient<Deep<40, VarianceScaling<1>, ReLU>::Net> patient;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("times smaller than those of layer 1: the signal vanishes"));
  CHECK(patient.says("/n, the ReLU family wants 2/n"));
  static Patient<Deep<20, KaimingNormal<>, ReLU>::Net> well;
  CHECK(well.examine().healthy());
}

TEST_CASE("6/n under ReLU: the signal explodes") {
  static Patient<Deep<40, VarianceScaling<6>, ReLU>::Net> patient;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("the signal explodes"));
  CHECK(patient.says("the ReLU family wants 2/n"));
}

TEST_CASE("sigmoid with small weights: the gradient vanishes") {
  static Patient<Deep<10, VarianceScaling<1>, Sigmoid>::Net> patient;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("Layer 1, Dense<20"));
  CHECK(patient.says("times smaller than that of layer 21: vanishing"));
  CHECK(patient.says("a sigmoid wants 16/n"));
}

TEST_CASE("a norm behind a layer of tiny weights: the gradient explodes") {
  using Big = VarianceScaling<200>;
  static Patient<Sequential<Input<8, 8, 1>, Dense<40, Normal<1, 100>>, LayerNorm<>, ReLU, Dense<40, Big>, LayerNorm<>,
                            ReLU, Dense<40, Big>, LayerNorm<>, ReLU, Dense<10>>>
      patient;
  // The norm behind it divides the first layer's small outputs by their deviation, and multiplies their gradient by it.
  float* const weights = patient.model.parameters();
  for (int i = 0; i < 64 * 40; ++i) weights[i] *= 1e-5f;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("times larger than that of layer 10: exploding"));
}

TEST_CASE("every gradient next to nothing, and every gradient huge") {
  using Net = Sequential<Input<8, 8, 1>, Dense<40>, ReLU, Dense<10>>;
  static Patient<Net> patient;
  for (int i = 0; i < Net::parameters; ++i) patient.model.parameters()[i] *= 1e-9f;
  auto x = patient.data.x();
  for (int i = 0; i < x.count(); ++i) const_cast<float*>(x.data)[i] *= 1e-5f;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("in every layer next to nothing: vanishing"));

  static Patient<Net> huge;
  x = huge.data.x();
  for (int i = 0; i < x.count(); ++i) const_cast<float*>(x.data)[i] *= 1e14f;
  CHECK_FALSE(huge.examine().healthy());
  INFO(huge.text);
  CHECK(huge.says(": exploding"));
}

TEST_CASE("dead units are counted") {
  using Net = Sequential<Input<8, 8, 1>, Dense<40>, ReLU, Dense<10>>;
  static Patient<Net> patient;
  float* const biases = patient.model.parameters() + 64 * 40;
  for (int i = 0; i < 30; ++i) biases[i] = -1000;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("Layer 2, ReLU: 30 of 40 units are 0 for all 32 samples: dead"));
  for (int i = 0; i < 30; ++i) biases[i] = i < 15 ? -1000.0f : 0.1f;
  CHECK(patient.examine().healthy());
}

TEST_CASE("saturated units are counted") {
  static Patient<Sequential<Input<8, 8, 1>, Dense<40, VarianceScaling<1000>>, Tanh, Dense<10>>> patient;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("Layer 2, Tanh: "));
  CHECK(patient.says(" % of its outputs are saturated, |z| beyond 4"));
}

TEST_CASE("units that are all alike are found") {
  static Patient<Sequential<Input<8, 8, 1>, Dense<40, Constant<1, 100>>, ReLU, Dense<10, Constant<1, 10>>>> patient;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("Layer 1, Dense<40"));
  CHECK(patient.says("all 40 units give the same output in every sample"));
}

TEST_CASE("NaN and infinity are found where they begin") {
  using Net = Sequential<Input<8, 8, 1>, Dense<40>, ReLU, Dense<10>>;
  const float nan = tests::from_bits(0x7fc00000);
  static Patient<Net> input, parameters, gradient;
  const_cast<float*>(input.data.x().data)[0] = nan;
  CHECK(input.examine().troubles == 1);
  INFO(input.text);
  // Its parameters hold NaN after the step as well; what is said is where they come from cannot be told any more.
  CHECK(input.says("Layer 1, Dense<40>: "));
  CHECK(input.says("NaN and "));

  static Predictor<Net, batch> predict;
  static float y[batch * 10];
  input.model.initialize(1);
  predict(input.model, input.data.x(), {y, batch}, input.look);
  CHECK(diagnose(input.look, input.text, sizeof input.text).troubles == 1);
  CHECK(input.says(
      "Layer 1, Dense<40>: the outputs hold 40 NaN and 0 infinite of 1280; this is the first layer with such outputs"));

  parameters.model.parameters()[64 * 40 + 40 + 3] = nan;
  CHECK(parameters.examine().troubles == 1);
  INFO(parameters.text);
  CHECK(parameters.says("Dense<"));

  // A layer that spoils only what goes back.
  gradient.examine();
  LayerReport reports[3];
  NetworkReport report = gradient.look.report();
  for (int i = 0; i < 3; ++i) reports[i] = report.reports[i];
  reports[1].output_gradient.add(1, &nan);
  report.reports = reports;
  CHECK(diagnose(report, gradient.text, sizeof gradient.text).troubles == 1);
  CHECK(gradient.says("Layer 2, ReLU: the gradient that comes back to it holds 1 NaN and 0 infinite of 1281"));
}

TEST_CASE("weights that have run away are found") {
  using Net = Sequential<Input<8, 8, 1>, Dense<40>, ReLU, Dense<10>>;
  static Patient<Net> patient;
  for (int i = 0; i < Net::parameters; ++i) patient.model.parameters()[i] *= 20;
  CHECK_FALSE(patient.examine().healthy());
  INFO(patient.text);
  CHECK(patient.says("the norm of its weights has grown to "));
}

TEST_CASE("what does not fit into the buffer is left out whole and counted") {
  static Patient<Sequential<Input<8, 8, 1>, Dense<40, Zeros>, ReLU, Dense<10, Zeros>>> patient;
  const Diagnosis all = patient.examine();
  CHECK(all.left_out == 0);
  const std::string text = patient.text;
  const auto lines = std::count(text.begin(), text.end(), '\n');
  CHECK(lines == all.troubles);
  for (int capacity = 0; capacity <= static_cast<int>(text.size()) + 2; ++capacity) {
    char guarded[2000];
    std::memset(guarded, 'x', sizeof guarded);
    const Diagnosis part = diagnose(patient.look, guarded, capacity);
    CHECK(part.troubles == all.troubles);
    CHECK(guarded[capacity] == 'x');
    if (capacity == 0) continue;
    const std::string kept = guarded;
    CHECK((kept.empty() || kept.back() == '\n'));
    CHECK(std::count(kept.begin(), kept.end(), '\n') + part.left_out == lines);
  }
}

TEST_CASE("numbers are written with two digits") {
  const struct {
    float number;
    const char* text;
  } cases[] = {{0, "0"},         {1, "1"},           {1.96f, "2"},        {0.31f, "0.31"},
               {0.5f, "0.5"},    {0.034f, "0.034"},  {3.1e-9f, "3.1e-9"}, {1e6f, "1e6"},
               {99.6f, "100"},   {12, "12"},         {4321, "4300"},      {-2.5f, "-2.5"},
               {9.96e7f, "1e8"}, {0.0099f, "0.0099"}};
  for (const auto& one : cases) {
    char text[20];
    SentenceWriter writer(text, sizeof text);
    writer << one.number;
    CHECK(std::string(text) == one.text);
  }
  char text[40];
  SentenceWriter writer(text, sizeof text);
  writer << -2147483647 - 1 << ' ' << 0;
  CHECK(std::string(text) == "-2147483648 0");
}
