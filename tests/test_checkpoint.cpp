// Checkpoints: bit-exact round trips, resumed training, and the format itself.
#include <mica/io/crc32.hpp>

#include "trained_checkpoint.hpp"

TEST_CASE("the checksum is the one of zip and PNG, in one piece or several") {
  io::Crc32 whole, pieces;
  whole.add("123456789", 9);
  CHECK(whole.value() == 0xcbf43926);
  pieces.add("1234", 4);
  pieces.add("", 0);
  pieces.add("56789", 5);
  CHECK(pieces.value() == whole.value());
}

TEST_CASE("a model comes back with every bit") {
  mica::Model<Net> model{}, other{};
  // Not only numbers: zeros, subnormals, infinities and payloads of NaNs too.
  const std::uint32_t patterns[] = {0x80000000, 1,          0x807fffff, 0x7f800000,
                                    0x7fc12345, 0xffa00001, 0x00800000, 0x3f800000};
  for (int i = 0; i < Net::parameters; ++i) std::memcpy(model.parameters() + i, patterns + i % 8, 4);
  for (int i = 0; i < Net::statistics; ++i) std::memcpy(model.statistics() + i, patterns + 4 + i, 4);
  unsigned char bytes[256];
  io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(io::save(model, sink).ok());
  CHECK(sink.used() == 72 + 4 * (Net::parameters + Net::statistics) + 4);
  REQUIRE(io::load(other, io::MemorySource(bytes, sink.used())).ok());
  CHECK(std::memcmp(&model, &other, sizeof model) == 0);
}

TEST_CASE("a training checkpoint brings back everything, and the steps after it are the same") {
  Trained trained;
  mica::Model<Net> model{};
  Trainer trainer;
  TrainingPosition position;
  model.initialize(2);
  train(model, trainer, 1);
  trainer.gradients()[3] = 17;  // a gradient that was under way must not survive
  REQUIRE(io::load(model, trainer, position, io::MemorySource(trained.bytes, trained.size)).ok());
  CHECK(std::memcmp(&model, &trained.model, sizeof model) == 0);
  CHECK(std::memcmp(&position, &trained.position, sizeof position) == 0);
  CHECK(trainer.steps() == 5);
  CHECK(trainer.seed == trained.trainer.seed);
  CHECK(trainer.clip_norm == 0.5f);
  CHECK(trainer.optimizer.nesterov);
  CHECK(trainer.optimizer.weight_decay == 0.001f);
  CHECK(trainer.learning_rate() == trained.trainer.learning_rate());
  train(model, trainer, 20);
  train(trained.model, trained.trainer, 20);
  CHECK(model.hash() == trained.model.hash());

  SUBCASE("the model can be taken out alone") {
    Trained fresh;
    mica::Model<Net> alone{};
    REQUIRE(io::load(alone, io::MemorySource(fresh.bytes, fresh.size)).ok());
    CHECK(std::memcmp(&alone, &fresh.model, sizeof alone) == 0);
  }
}

TEST_CASE("a gradient under way is kept") {
  Trained trained;
  trained.trainer.backpropagate(trained.model, {&samples[0][0], 3}, {labels, 3});
  io::MemorySink sink(trained.bytes, sizeof trained.bytes);
  REQUIRE(io::save(trained.model, trained.trainer, {}, sink).ok());
  CHECK(sink.used() == trained.size + 4 * Net::parameters);
  mica::Model<Net> model{};
  Trainer trainer;
  TrainingPosition position;
  REQUIRE(io::load(model, trainer, position, io::MemorySource(trained.bytes, sink.used())).ok());
  train(model, trainer, 1);
  train(trained.model, trained.trainer, 1);
  CHECK(model.hash() == trained.model.hash());
}

TEST_CASE("the members of an optimizer are counted") {
  struct None {};
  struct One {
    float a = 1;
  };
  struct Eight {
    float a, b;
    bool c;
    int d;
    float e;
    bool f, g;
    int h;
  };
  static_assert(io::member_count<None>() == 0);
  static_assert(io::member_count<One>() == 1);
  static_assert(io::member_count<Eight>() == 8);
  const Eight eight = {1, 2, true, 4, 5, false, true, -8};
  std::uint32_t words[8];
  io::SettingsToWords to{words};
  io::visit_members(eight, to);
  Eight read{};
  io::SettingsFromWords from{words};
  io::visit_members(read, from);
  CHECK(from.valid);
  CHECK(read.b == 2);
  CHECK(read.c);
  CHECK(read.e == 5);
  CHECK_FALSE(read.f);
  CHECK(read.h == -8);
}

TEST_CASE("an optimizer without state") {
  mica::Model<Net> model{}, other{};
  SGDTrainer trainer, second;
  model.initialize(3);
  trainer.optimizer.learning_rate = 0.125f;
  train(model, trainer, 3);
  unsigned char bytes[512];
  io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(io::save(model, trainer, {}, sink).ok());
  TrainingPosition position;
  REQUIRE(io::load(other, second, position, io::MemorySource(bytes, sink.used())).ok());
  CHECK(second.optimizer.learning_rate == 0.125f);
  CHECK(second.steps() == 3);
  CHECK(other.hash() == model.hash());
}

TEST_CASE("training stopped at an epoch's end goes on bit for bit") {
  using Digits = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<12>, mica::ReLU, mica::Dense<10>>;
  using Loop = mica::Fit<Digits, mica::SoftmaxCrossEntropy, mica::SGDMomentum, 8>;
  static mica::Model<Digits> whole, resumed;
  static mica::Trainer<Digits, mica::SoftmaxCrossEntropy, mica::SGDMomentum, 8> trainer, second, third;
  static Loop fit;
  static unsigned char bytes[12000];
  const auto data = mica::SyntheticDigits<mica::Shape<8, 8, 1>>::training(100, 5);  // 12 whole batches and a half one
  trainer.schedule = mica::Schedule::step(10, 0.5f).warm_up(4);
  trainer.clip_norm = 1;
  trainer.seed = 11;
  fit.seed = 77;
  fit.validation_share = 0.1f;

  second = trainer;
  fit.epochs = 4;
  whole.initialize(6);
  const auto go_on = [](const mica::Progress&) { return true; };
  REQUIRE(fit.run(whole, trainer, data, go_on).ok());

  fit.epochs = 2;
  resumed.initialize(6);
  REQUIRE(fit.run(resumed, second, data, go_on).ok());
  io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(io::save(resumed, second, {2, 0, fit.seed, 0, 0}, sink).ok());
  CHECK(resumed.hash() != whole.hash());

  resumed.initialize(1234);
  TrainingPosition position;
  REQUIRE(io::load(resumed, third, position, io::MemorySource(bytes, sink.used())).ok());
  fit.first_epoch = static_cast<int>(position.epoch) + 1;
  fit.seed = position.seed;
  fit.epochs = 4;
  REQUIRE(fit.run(resumed, third, data, go_on).ok());
  CHECK(resumed.hash() == whole.hash());
  CHECK(third.steps() == trainer.steps());
  CHECK(std::memcmp(third.state(), trainer.state(), sizeof(float) * trainer.state_count) == 0);
}

TEST_CASE("inspect tells what a checkpoint holds") {
  Trained trained;
  io::CheckpointInfo info;
  REQUIRE(io::inspect(info, io::MemorySource(trained.bytes, trained.size)).ok());
  CHECK(info.version == 1);
  CHECK(info.kind == io::CheckpointKind::training);
  CHECK(info.fingerprint == Net::fingerprint());
  CHECK(info.parameters == Net::parameters);
  CHECK(info.statistics == Net::statistics);
  CHECK(info.batch == 4);
  CHECK(info.optimizer_state == Net::parameters);
  CHECK(info.optimizer_settings == io::member_count<mica::SGDMomentum>());
  CHECK(info.gradients == 0);
  CHECK(info.steps == 5);
  CHECK(info.position.epoch == 7);
  CHECK(info.position.seed == 0x123456789abcdef0);

  CHECK_FALSE(io::inspect(info, io::MemorySource(trained.bytes, trained.size - 1)).ok());
  CHECK(info.steps == 5);
}

namespace {

using Tiny = mica::Sequential<mica::Input<2>, mica::Dense<1>>;
// Settings of every kind, which no change to Mica's own optimizers can touch.
struct Settings {
  float learning_rate = 0;
  bool yes = false;
  int count = 0;
  bool no = true;
  template <int count>
  struct State {
    float velocity[count];
  };
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Settings";
  }
};
using TinyTrainer = mica::Trainer<Tiny, mica::MeanSquaredError, Settings, 2>;

// A whole training checkpoint, as any Mica on any machine must write and read it.
const unsigned char golden[] = {
    0x89, 0x4d, 0x69, 0x63, 0x61, 0x0d, 0x0a, 0x1a, 0x01, 0x00, 0x00, 0x00, 0x48, 0x00, 0x00, 0x00, 0x02, 0x00,
    0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0xda, 0x8f, 0xb8, 0x7e, 0x78, 0xdb, 0xa8, 0x72, 0xc8, 0xc2, 0x04, 0xb4,
    0xa2, 0x8a, 0x8b, 0x9d, 0x41, 0x07, 0x37, 0x0c, 0x3a, 0xf0, 0x6b, 0x61, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x8f, 0x66, 0xdb, 0x9f,
    0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x3f, 0x00, 0x00, 0x80, 0x3e, 0x00, 0x00,
    0x00, 0x80, 0x00, 0x00, 0x40, 0x40, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x18, 0x17, 0x16, 0x15,
    0x14, 0x13, 0x12, 0x11, 0x00, 0x00, 0x80, 0x40, 0x01, 0x00, 0x00, 0x00, 0x64, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x3f, 0x0a, 0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x28, 0x27, 0x26, 0x25,
    0x24, 0x23, 0x22, 0x21, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x3f, 0x00, 0x00, 0x00, 0x3e, 0x01, 0x00,
    0x00, 0x00, 0xfe, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xa0, 0xaa, 0xf0, 0x4e,
};

}  // namespace

TEST_CASE("the format stays what it is") {
  mica::Model<Tiny> model{};
  TinyTrainer trainer;
  const float weights[] = {1, -2, 0.5f};
  const float state[] = {0.25f, -0.0f, 3};
  std::memcpy(model.parameters(), weights, sizeof weights);
  std::memcpy(trainer.state(), state, sizeof state);
  trainer.resume_at(9);
  trainer.seed = 0x1112131415161718;
  trainer.clip_norm = 4;
  trainer.schedule = mica::Schedule::step(100, 0.5f).warm_up(10);
  trainer.optimizer = {0.125f, true, -2, false};
  const TrainingPosition position = {3, 1, 0x2122232425262728, 2, 0.5f};

  unsigned char bytes[sizeof golden + 1];
  io::MemorySink sink(bytes, sizeof bytes);
  REQUIRE(io::save(model, trainer, position, sink).ok());
  REQUIRE(sink.used() == sizeof golden);
  CHECK(std::memcmp(bytes, golden, sizeof golden) == 0);

  mica::Model<Tiny> read{};
  TinyTrainer reader;
  TrainingPosition found;
  REQUIRE(io::load(read, reader, found, io::MemorySource(golden, sizeof golden)).ok());
  CHECK(std::memcmp(read.parameters(), weights, sizeof weights) == 0);
  CHECK(std::memcmp(reader.state(), state, sizeof state) == 0);
  CHECK(std::memcmp(&found, &position, sizeof found) == 0);
  CHECK(reader.steps() == 9);
  CHECK(reader.learning_rate() == trainer.learning_rate());
  CHECK(reader.optimizer.yes);
  CHECK(reader.optimizer.count == -2);
  CHECK_FALSE(reader.optimizer.no);
}
