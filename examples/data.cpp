// Data sets: one of your own, one that is changed at random while it is trained on, and one from CSV text. docs/data.md
// walks through this file.
#include <cstdio>
#include <mica/io/file.hpp>
#include <mica/mica.hpp>

namespace {

// Half of the samples are a pulse somewhere in noise, the other half only the noise.
struct Pulses {
  using Sample = mica::Shape<32>;
  int size() const { return 400; }
  mica::Status read(int index, float* sample, std::uint8_t& label) const {
    const mica::Random random = mica::Random(7).fork(static_cast<std::uint32_t>(index));
    for (std::uint32_t i = 0; i < 32; ++i) sample[i] = random.uniform(i) - 0.5f;
    label = index % 2 == 0 ? 1 : 0;
    if (label == 1) sample[random.below(32, 32)] += 2;
    return {};
  }
};
static_assert(mica::is_dataset<Pulses>);

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<64>, mica::ReLU, mica::Dense<10>>;
using Digits = mica::SyntheticDigits<Net::Input>;

mica::Model<Net> model;
mica::Evaluator<Net, mica::SoftmaxCrossEntropy, 32> evaluator;
const auto digits = Digits::training(300, /*seed*/ 42);
const auto unseen = Digits::testing(2000, /*seed*/ 42);

// Trains on `data` from the same start; returns the share of unseen digits that are recognised.
template <class Loss, class Data>
float accuracy_after(const Data& data) {
  static mica::Trainer<Net, Loss, mica::SGDMomentum, 16> trainer;
  static mica::Fit<Net, Loss, mica::SGDMomentum, 16> fit;
  model.initialize(/*seed*/ 1);
  trainer.reset();
  trainer.optimizer.learning_rate = 0.02f;
  fit.epochs = 60;
  mica::Status status = fit.run(model, trainer, data, [](const mica::Progress&) { return true; });
  mica::Evaluation result;
  if (status.ok()) status = evaluator.run(model, unseen, result);
  if (!status.ok()) std::puts(status.message());
  return result.accuracy;
}

void compare_augmentations() {
  const mica::Augmented shifted(digits, mica::Shift{1});
  const mica::Augmented varied(digits, mica::Shift{1}, mica::Rotate{10}, mica::Scale{0.9f, 1.1f}, mica::Noise{0.2f});
  const mica::Augmented mixed(digits, mica::Shift{1}, mica::Mixup{0.2f});

  const float plain = accuracy_after<mica::SoftmaxCrossEntropy>(digits);
  const float by_one = accuracy_after<mica::SoftmaxCrossEntropy>(shifted);
  const float in_many_ways = accuracy_after<mica::SoftmaxCrossEntropy>(varied);
  const float in_pairs = accuracy_after<mica::SoftTargetCrossEntropy>(mixed);
  std::printf(
      "unseen digits recognised after training on 300: %.1f %%; shifted: %.1f %%; moved, scaled, with noise: "
      "%.1f %%; shifted and mixed: %.1f %%\n",
      100 * static_cast<double>(plain), 100 * static_cast<double>(by_one), 100 * static_cast<double>(in_many_ways),
      100 * static_cast<double>(in_pairs));
}

// A changed brightness: the same number is added to the whole sample.
struct Brightness {
  float range;
  void change(mica::ImageView image, mica::Random random) const {
    const float added = range * (2 * random.uniform(0) - 1);
    for (int i = 0; i < image.size(); ++i) image.data[i] += added;
  }
};
const mica::Augmented brighter_or_darker(digits, mica::HorizontalFlip{}, Brightness{0.3f}, mica::Cutout{3});

// What a file could hold.
constexpr char plants[] =
    "number,leaf length,leaf width,stem,kind\n"
    "1,51,35,1.4,\"moss rose\"\n"
    "2,49,30,1.4,\"moss rose\"\n"
    "3,70,32,4.7,dill\n"
    "4,64,32,4.5,dill\n"
    "5,63,33,6.0,hops\n"
    "6,58,27,5.1,hops\n"
    "7,47,32,1.3,\"moss rose\"\n"
    "8,69,31,4.9,dill\n"
    "9,71,30,5.9,hops\n";

mica::CsvDataset<mica::Shape<3>, 100> table;  // room for 100 samples of 3 numbers and a class: 1.3 KB

mica::Status load_table(const mica::io::ByteSource& source) {
  static constexpr const char* kinds[] = {"moss rose", "dill", "hops"};  // classes 0, 1, 2
  static constexpr mica::CsvColumn ignored[] = {"number"};
  mica::CsvOptions options;
  options.target = "kind";
  options.classes = kinds;
  options.ignored = ignored;
  return table.load(source, options);
}

using TableNet = mica::Sequential<mica::Input<3>, mica::Dense<8>, mica::Tanh, mica::Dense<3>>;
mica::Model<TableNet> table_model;
mica::Trainer<TableNet, mica::SoftmaxCrossEntropy, mica::Adam, 4> table_trainer;
mica::Fit<TableNet, mica::SoftmaxCrossEntropy, mica::Adam, 4> table_fit;
mica::ColumnStatistics<decltype(table)> statistics;

mica::Status train_on_table() {
  table_fit.validation_share = 0.2f;
  table_fit.epochs = 60;
  table_trainer.optimizer.learning_rate = 0.05f;
  mica::Status status = statistics.measure(table, table_fit.split(table.size()));
  if (!status.ok()) return status;
  const auto standardization = statistics.standardization();  // keep it with the model
  const mica::Standardized standardized(table, standardization);
  table_model.initialize(/*seed*/ 1);
  return table_fit.run(table_model, table_trainer, standardized, [](const mica::Progress& p) {
    if (p.epoch_ended && p.epoch == p.epochs) std::printf("loss %.3f\n", static_cast<double>(p.training.loss));
    return true;
  });
}

}  // namespace

int main(int count, char** arguments) {
  float pulse[32];
  std::uint8_t label = 0;
  if (!Pulses().read(0, pulse, label).ok() || label != 1) return 1;

  compare_augmentations();
  float digit[64];
  const mica::Random random = mica::Random(/*seed*/ 1).fork(/*epoch*/ 1).fork(/*index*/ 5);
  if (!brighter_or_darker.read_for_training({5, 0, 10, random}, digit, label).ok()) return 1;

  mica::Status status;
  if (count > 1) {
    mica::io::FileSource file;
    status = file.open(arguments[1]);
    if (status.ok()) status = load_table(file);
  } else {
    status = load_table(mica::io::MemorySource(plants, sizeof plants - 1, "plants.csv"));
  }
  if (status.ok()) status = train_on_table();
  if (!status.ok()) return std::puts(status.message()), 1;
}
