// Augmented datasets: which numbers a sample has in which epoch, that Fit validates on the data as they are, that a run
// can be resumed, and that it helps.
#include <cstdio>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;
using Digits = SyntheticDigits<Shape<8, 8, 1>>;
using Net = Sequential<Input<8, 8, 1>, Dense<64>, ReLU, Dense<10>>;
using Numbers = std::vector<float>;

TrainingSample sample_of(std::uint64_t seed, std::uint32_t epoch, int index, int partner = 0) {
  return {index, partner, 10, Random(seed).fork(4).fork(epoch).fork(static_cast<std::uint32_t>(index))};
}

template <class Data>
Numbers read_for_training(const Data& data, const TrainingSample& which) {
  Numbers numbers(Data::Sample::size);
  std::uint8_t label = 0;
  const Status status = data.read_for_training(which, numbers.data(), label);
  REQUIRE_MESSAGE(status.ok(), doctest::String(status.message()));
  return numbers;
}

template <class Data>
Numbers read(const Data& data, int index) {
  Numbers numbers(Data::Sample::size);
  std::uint8_t label = 0;
  REQUIRE(data.read(index, numbers.data(), label).ok());
  return numbers;
}

// Keeps what it was asked for, in training and else.
struct Watched {
  using Sample = Shape<8, 8, 1>;
  Digits digits = Digits::training(60, 3);
  mutable std::vector<int> plain, training, partners;
  mutable std::vector<std::uint64_t> seeds;

  int size() const { return digits.size(); }
  Status read(int index, float* sample, std::uint8_t& label) const {
    plain.push_back(index);
    return digits.read(index, sample, label);
  }
  Status read_for_training(const TrainingSample& which, float* sample, std::uint8_t& label) const {
    CHECK(which.targets == 10);
    training.push_back(which.index);
    partners.push_back(which.partner);
    seeds.push_back(which.random.seed());
    return digits.read(which.index, sample, label);
  }
};

template <int batch>
struct Run {
  Model<Net> model;
  Trainer<Net, SoftmaxCrossEntropy, SGDMomentum, batch> trainer;
  Fit<Net, SoftmaxCrossEntropy, SGDMomentum, batch> fit;

  explicit Run(int epochs) {
    model.initialize(1);
    trainer.optimizer.learning_rate = 0.02f;
    fit.seed = 5;
    fit.epochs = epochs;
  }
  template <class Data>
  void train(const Data& data) {
    const Status status = fit.run(model, trainer, data, [](const Progress&) { return true; });
    CHECK_MESSAGE(status.ok(), doctest::String(status.message()));
  }
};

float accuracy_after(std::uint64_t seed, bool shifted) {
  static Run<16> run(0);
  static Evaluator<Net, SoftmaxCrossEntropy, 64> evaluator;
  const auto few = Digits::training(300, 42), many = Digits::testing(2000, 42);
  run = Run<16>(60);
  run.model.initialize(seed);
  run.fit.seed = seed;
  if (shifted) {
    run.train(Augmented(few, Shift{1}));
  } else {
    run.train(few);
  }
  Evaluation result;
  CHECK(evaluator.run(run.model, many, result).ok());
  return result.accuracy;
}

}  // namespace

static_assert(is_dataset<Augmented<Digits, Shift>>);
static_assert(!is_dataset<Augmented<Digits, Shift>, float*>);
static_assert(reads_for_training<Augmented<Digits, Shift>, std::uint8_t&>);
static_assert(!reads_for_training<Augmented<Digits, Shift>, float*>);
static_assert(reads_for_training<Augmented<Digits, Mixup>, float*>);
static_assert(!reads_for_training<Augmented<Digits, Mixup>, std::uint8_t&>);
static_assert(!reads_for_training<Digits, std::uint8_t&>);
// One sample of 256 bytes for movements, one for Mixup; settings and little else without.
static_assert(sizeof(Augmented<Digits, Noise, Cutout>) <= 40);
static_assert(sizeof(Augmented<Digits, Shift, Rotate>) <= 256 + 56);
static_assert(sizeof(Augmented<Digits, Shift, Mixup>) <= 2 * 256 + 48);

TEST_CASE("a sample has the same numbers whenever its seed, epoch and index are the same, and else others") {
  const auto digits = Digits::training(60, 3);
  const Augmented varied(digits, Shift{1}, Rotate{20}, Scale{0.8f, 1.2f}, HorizontalFlip{}, Noise{0.1f}, Cutout{3});
  const Augmented again(digits, Shift{1}, Rotate{20}, Scale{0.8f, 1.2f}, HorizontalFlip{}, Noise{0.1f}, Cutout{3});
  const Numbers one = read_for_training(varied, sample_of(1, 1, 7));
  CHECK(read_for_training(varied, sample_of(1, 2, 7)) != one);
  CHECK(read_for_training(varied, sample_of(2, 1, 7)) != one);
  CHECK(read_for_training(varied, sample_of(1, 1, 8)) != one);
  CHECK(read_for_training(varied, sample_of(1, 1, 7, /*partner*/ 9)) == one);
  CHECK(read_for_training(again, sample_of(1, 1, 7)) == one);
  CHECK(read(varied, 7) == read(digits, 7));
  CHECK(read_for_training(varied, sample_of(1, 1, 7)) == one);
}

TEST_CASE("what is added behind the list does not change the draws before it") {
  const auto digits = Digits::training(60, 3);
  const Augmented moved(digits, Shift{2}, Rotate{20});
  const Augmented covered(digits, Shift{2}, Rotate{20}, Cutout{1, 99});
  for (int index = 0; index < 60; ++index) {
    const Numbers a = read_for_training(moved, sample_of(1, 1, index));
    const Numbers b = read_for_training(covered, sample_of(1, 1, index));
    int other = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      other += a[i] != b[i] ? 1 : 0;
      CHECK((a[i] == b[i] || b[i] == 99));
    }
    CHECK(other == 1);
  }
}

TEST_CASE("outside the image is the black of the data, or what the user sets") {
  const auto digits = Digits::training(60, 3);
  Augmented far(digits, Scale{1e-6f, 1e-6f});
  const float black = digit_standardization(8).shift();
  CHECK(digits.black() == black);
  CHECK(read_for_training(far, sample_of(1, 1, 0)) == Numbers(64, black));
  far.fill_with(0.5f);
  CHECK(read_for_training(far, sample_of(1, 1, 0)) == Numbers(64, 0.5f));
  CHECK(read(far, 0) == read(digits, 0));

  // A dataset that does not know its black, in colour.
  struct Colour {
    using Sample = Shape<2, 2, 3>;
    int size() const { return 1; }
    Status read(int, float* sample, std::uint8_t& label) const {
      for (int i = 0; i < 12; ++i) sample[i] = 1;
      label = 0;
      return {};
    }
  };
  const Colour colour;
  Augmented gone(colour, Scale{1e-6f, 1e-6f});
  CHECK(read_for_training(gone, sample_of(1, 1, 0)) == Numbers(12, 0));
  gone.fill_with({1, 2, 3});
  CHECK(read_for_training(gone, sample_of(1, 1, 0)) == Numbers{1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3});
}

TEST_CASE("an augmentation of one's own takes part like the others") {
  struct Brightness {
    float range;
    void change(ImageView image, Random random) const {
      for (int i = 0; i < image.size(); ++i) image.data[i] = image.data[i] + range * (2 * random.uniform(0) - 1);
    }
  };
  struct Left {
    void move(AffineMap& map, Random) const { map.shift(0, -1); }
  };
  const auto digits = Digits::training(60, 3);
  const Augmented varied(digits, Left{}, Brightness{0.5f});
  const Numbers before = read(digits, 0), after = read_for_training(varied, sample_of(1, 1, 0));
  const float added = 0.5f * (2 * sample_of(1, 1, 0).random.fork(1).uniform(0) - 1);
  for (std::size_t i = 0; i < 64; ++i) {
    CHECK(after[i] == (i % 8 == 7 ? digits.black() : before[i + 1]) + added);
  }
}

TEST_CASE("errors of the data come through, in training and else") {
  const auto digits = Digits::training(10, 3);
  const Augmented varied(digits, Shift{1});
  const Augmented mixed(digits, Mixup{});
  float sample[64], target[10];
  std::uint8_t label;
  CHECK(!varied.read(10, sample, label).ok());
  CHECK(!varied.read_for_training(sample_of(1, 1, 10), sample, label).ok());
  CHECK(std::string(mixed.read_for_training(sample_of(1, 1, 10), sample, target).message()) ==
        "Digit 10 was asked for, but there are 10.");
  CHECK(!mixed.read_for_training(sample_of(1, 1, 1, 11), sample, target).ok());
  TrainingSample nine = sample_of(1, 1, 0, 1);
  nine.targets = 1;
  const std::string message = mixed.read_for_training(nine, sample, target).message();
  CHECK(message.find("but the network has 1 classes, counted from 0.") != std::string::npos);
}

TEST_CASE("the numbers of all augmentations together are the same on every port") {
  using Large = SyntheticDigits<Shape<28, 28, 1>>;
  const auto digits = Large::training(200, 42);
  const Augmented varied(digits, Shift{2}, Rotate{180}, Scale{0.5f, 2}, VerticalFlip{}, Noise{0.25f}, Cutout{9},
                         Mixup{0.4f});
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto add = [&hash](const float* x, int n) {
    for (int i = 0; i < n; ++i) hash = (hash ^ tests::bits_of(x[i])) * 0x100000001b3;
  };
  for (int index = 0; index < 200; ++index) {
    float sample[784], target[10];
    REQUIRE(varied.read_for_training(sample_of(42, 1, index, 199 - index), sample, target).ok());
    add(sample, 784);
    add(target, 10);
  }
  std::printf("augmented digits, %s: %s\n", tests::Native::name, tests::Hex(hash).text);
  if (tests::fused) CHECK(hash == 0xd88531dbec153f16);
}

TEST_CASE("Fit hands over draws that depend on seed, epoch and sample, and partners of the training part alone") {
  static Run<8> a(2);
  static Run<32> b(2);
  Watched first, second;
  a.fit.validation_share = b.fit.validation_share = 0.25f;
  a.train(first);
  b.train(second);
  // 45 samples to train on, 15 to validate, in both epochs.
  REQUIRE(first.training.size() == 90);
  CHECK(first.plain.size() == 30);
  CHECK(first.training == second.training);
  CHECK(first.partners == second.partners);
  CHECK(first.seeds == second.seeds);
  std::vector<bool> validated(60);
  const Split split = a.fit.split(60);
  CHECK(split.training() == 45);
  for (const int index : first.plain) validated[static_cast<std::size_t>(index)] = true;
  for (std::uint32_t i = 0; i < 60; ++i) CHECK(validated[split(i)] == (i >= 45));
  int itself = 0;
  for (std::size_t i = 0; i < 90; ++i) {
    const int index = first.training[i];
    CHECK(!validated[static_cast<std::size_t>(index)]);
    CHECK(!validated[static_cast<std::size_t>(first.partners[i])]);
    CHECK(first.seeds[i] == sample_of(5, i < 45 ? 1 : 2, index).random.seed());
    itself += index == first.partners[i] ? 1 : 0;
  }
  CHECK(itself < 10);
}

TEST_CASE("validation and evaluation see the samples as they are") {
  static Run<8> plain(1), varied(1);
  plain.fit.validation_share = varied.fit.validation_share = 0.5f;
  plain.trainer.optimizer.learning_rate = varied.trainer.optimizer.learning_rate = 0;  // the weights stay
  const auto digits = Digits::training(200, 3);
  const Augmented augmented(digits, Rotate{180}, Noise{3});
  Evaluation a, b, trained_a, trained_b;
  CHECK(plain.fit
            .run(plain.model, plain.trainer, digits,
                 [&](const Progress& p) {
                   a = p.validation, trained_a = p.training;
                   return true;
                 })
            .ok());
  CHECK(varied.fit
            .run(varied.model, varied.trainer, augmented,
                 [&](const Progress& p) {
                   b = p.validation, trained_b = p.training;
                   return true;
                 })
            .ok());
  CHECK(a.loss == b.loss);
  CHECK(a.accuracy == b.accuracy);
  CHECK(trained_a.loss != trained_b.loss);
  static Evaluator<Net, SoftmaxCrossEntropy, 32> evaluator;
  CHECK(evaluator.run(plain.model, digits, a).ok());
  CHECK(evaluator.run(plain.model, augmented, b).ok());
  CHECK(a.loss == b.loss);
}

TEST_CASE("a run that is resumed at first_epoch goes on bit for bit") {
  static Run<8> whole(5), parts(2);
  const auto digits = Digits::training(100, 3);
  const Augmented varied(digits, Shift{1}, Rotate{20}, Noise{0.1f}, Cutout{2});
  whole.train(varied);
  parts.train(varied);
  CHECK(parts.model.hash() != whole.model.hash());
  parts.fit.first_epoch = 3;
  parts.fit.epochs = 5;
  parts.train(varied);
  CHECK(parts.model.hash() == whole.model.hash());
  static Run<8> plain(5);
  plain.train(digits);
  CHECK(plain.model.hash() != whole.model.hash());
}

TEST_CASE("with few digits, shifting them makes a network better at those it has not seen") {
  for (const unsigned seed : {1u, 2u, 3u}) {
    const float plain = accuracy_after(seed, false), shifted = accuracy_after(seed, true);
    std::printf("300 digits, seed %d: %.4f, shifted %.4f\n", static_cast<int>(seed), static_cast<double>(plain),
                static_cast<double>(shifted));
    CHECK(plain > 0.75f);
    CHECK(shifted > plain + 0.05f);
    if (tests::on_board) {
      std::printf("left out on a board: two more seeds, which give the same bits as elsewhere\n");
      break;
    }
    CHECK(accuracy_after(seed, true) == shifted);
  }
}
