// Checkpoints that are cut short, flipped, newer, nonsense or another network's: each is refused with a plain sentence,
// and model, trainer and position are unchanged in every byte.
#include <mica/io/crc32.hpp>

#include "trained_checkpoint.hpp"

namespace {

bool contains(const mica::Status& status, const char* words) {
  return !status.ok() && std::strstr(status.message(), words) != nullptr;
}

// One sentence that names the source and was not cut off.
bool is_sentence(const mica::Status& status) {
  const std::size_t length = std::strlen(status.message());
  return !status.ok() && length > 20 && status.message()[length - 1] == '.' && contains(status, "memory");
}

// Tries to load these bytes into a model and trainer that must not change; returns what the loader says.
mica::Status refusal(const unsigned char* bytes, std::size_t size) {
  mica::Model<Net> model{}, before{};
  static Trainer trainer, trainer_before;
  trainer.optimizer.learning_rate = 0.5f;
  model.initialize(9);
  train(model, trainer, 1);
  TrainingPosition position = {1, 2, 3, 4, 5};
  const TrainingPosition position_before = position;
  before = model;
  std::memcpy(static_cast<void*>(&trainer_before), &trainer, sizeof trainer);

  const io::MemorySource source(bytes, size);
  const mica::Status alone = io::load(model, source);
  const mica::Status status = io::load(model, trainer, position, source);
  CHECK_FALSE(status.ok());
  if (!alone.ok()) CHECK(std::strcmp(alone.message(), status.message()) == 0);
  if (alone.ok()) model = before;
  CHECK(std::memcmp(&model, &before, sizeof model) == 0);
  CHECK(std::memcmp(&trainer, &trainer_before, sizeof trainer) == 0);
  CHECK(std::memcmp(&position, &position_before, sizeof position) == 0);
  return status;
}

void put_word(unsigned char* bytes, std::uint32_t word) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<unsigned char>(word >> 8 * i);
}
// Makes a changed header and content valid again.
void renew_checksums(unsigned char* bytes, std::size_t size, std::size_t header = 72) {
  io::Crc32 of_header, of_content;
  of_header.add(bytes, header - 4);
  put_word(bytes + header - 4, of_header.value());
  of_content.add(bytes + header, size - header - 4);
  put_word(bytes + size - 4, of_content.value());
}

}  // namespace

TEST_CASE("a checkpoint that ends at any byte is refused") {
  Trained trained;
  for (std::size_t size = 0; size < trained.size; ++size) {
    CAPTURE(size);
    const mica::Status status = refusal(trained.bytes, size);
    CHECK(is_sentence(status));
    CHECK(contains(status, "cut short"));
  }
}

TEST_CASE("a checkpoint with bytes behind it is refused") {
  Trained trained;
  trained.bytes[trained.size] = 0;
  CHECK(contains(refusal(trained.bytes, trained.size + 1), "too long"));
}

TEST_CASE("any flipped bit is found") {
  Trained trained;
  for (std::size_t bit = 0; bit < 8 * trained.size; ++bit) {
    CAPTURE(bit);
    trained.bytes[bit / 8] ^= static_cast<unsigned char>(1 << bit % 8);
    const mica::Status status = refusal(trained.bytes, trained.size);
    CHECK(is_sentence(status));
    const std::size_t byte = bit / 8;
    if (byte < 8) CHECK(contains(status, "is not a Mica checkpoint"));
    if (byte >= 16 && byte < 72) CHECK(contains(status, "The header of memory is damaged"));
    if (byte >= 72) CHECK(contains(status, "The content of memory is damaged"));
    trained.bytes[bit / 8] ^= static_cast<unsigned char>(1 << bit % 8);
  }
}

TEST_CASE("a newer format is refused by its name, even with a longer header") {
  Trained trained;
  put_word(trained.bytes + 8, 2);
  renew_checksums(trained.bytes, trained.size);
  CHECK(contains(refusal(trained.bytes, trained.size), "format 2, but this Mica reads formats up to 1"));
  put_word(trained.bytes + 12, 80);
  renew_checksums(trained.bytes, trained.size, 80);
  CHECK(contains(refusal(trained.bytes, trained.size), "format 2, but this Mica reads formats up to 1"));
}

TEST_CASE("valid checksums over nonsense do not help") {
  const struct {
    int offset;  // in the file, or from the start of the training record if below 0: -1 is its first word
    std::uint32_t word;
    const char* words;
  } cases[] = {
      {8, 0, "contradict"},           // version 0
      {12, 76, "contradict"},         // a header of another length
      {12, 4, "contradict"},          // shorter than it can be
      {12, 0xffffffff, "cut short"},  // longer than the file
      {16, 3, "contradict"},          // no such kind
      {16, 1, "contradict"},          // a model with an optimizer
      {20, 0, "contradict"},          // no batch
      {60, 1, "contradict"},          // a part of a gradient
      {64, 9, "contradict"},          // too many settings
      {48, 0xffffffff, "cut short"},
      {48, 1, "too long"},
      {-2, 0x80000000, "cannot hold"},   // steps
      {-6, 3, "cannot hold"},            // kind of schedule
      {-7, 0, "cannot hold"},            // its length
      {-9, 0x7fffffff, "cannot hold"},   // its warm-up
      {-10, 0x80000000, "cannot hold"},  // epoch
      {-19, 2, "cannot hold"},           // nesterov
  };
  constexpr std::size_t settings = io::member_count<mica::SGDMomentum>();
  for (const auto& one : cases) {
    CAPTURE(one.offset);
    Trained trained;
    const std::size_t record = trained.size - 4 - 4 * (15 + settings);
    const std::size_t offset =
        one.offset < 0 ? record + 4 * static_cast<std::size_t>(-1 - one.offset) : static_cast<std::size_t>(one.offset);
    put_word(trained.bytes + offset, one.word);
    renew_checksums(trained.bytes, trained.size, one.word == 76 ? 76 : 72);
    const mica::Status status = refusal(trained.bytes, trained.size);
    CHECK(is_sentence(status));
    CHECK(contains(status, one.words));
  }
}

TEST_CASE("another network, optimizer, loss or batch is refused by its name") {
  Trained trained;
  const io::MemorySource source(trained.bytes, trained.size);
  TrainingPosition position;

  using Wider = mica::Sequential<mica::Input<3>, mica::Dense<5>, mica::Tanh, Watch, mica::Dense<2>>;
  static mica::Model<Wider> wider;
  mica::Status status = io::load(wider, source);
  CHECK(is_sentence(status));
  CHECK(contains(status, "holds the network"));
  CHECK(contains(status, "(14 parameters, 2 statistics)"));
  CHECK(contains(status, "(32, 5)"));
  // As many numbers, but another activation.
  using Other = mica::Sequential<mica::Input<3>, mica::Dense<2>, mica::ReLU, Watch, mica::Dense<2>>;
  static mica::Model<Other> other;
  CHECK(contains(io::load(other, source), "holds the network"));

  mica::Model<Net> model{};
  static SGDTrainer sgd;
  status = io::load(model, sgd, position, source);
  CHECK(is_sentence(status));
  CHECK(contains(status, "another optimizer"));
  CHECK(contains(status, "this trainer's SGD "));
  static mica::Trainer<Net, mica::MeanSquaredError, mica::SGDMomentum, 4> another_loss;
  CHECK(contains(io::load(model, another_loss, position, source), "another loss"));
  static mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGDMomentum, 8> another_batch;
  CHECK(contains(io::load(model, another_batch, position, source), "batches of 4, but this trainer's hold 8"));
  CHECK(model.hash() == mica::Model<Net>{}.hash());

  io::MemorySink sink(trained.bytes, sizeof trained.bytes);
  REQUIRE(io::save(trained.model, sink).ok());
  status = refusal(trained.bytes, sink.used());
  CHECK(is_sentence(status));
  CHECK(contains(status, "holds a model only"));
}

namespace {

// A device that fails at read number `last`.
struct FailingSource final : io::ByteSource {
  FailingSource(const Trained& trained, int count) : all(trained.bytes, trained.size), left(count) {}
  std::uint64_t size() const override { return all.size(); }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    return left-- > 0 && all.read(offset, into, count);
  }
  const char* name() const override { return "memory"; }
  io::MemorySource all;
  mutable int left;
};

}  // namespace

TEST_CASE("a device that fails while the checkpoint is verified changes nothing, and one that fails later says so") {
  Trained trained;
  static Trainer trainer;
  int unchanged = 0, in_part = 0;
  mica::Status status;
  for (int reads = 0; reads < 100; ++reads) {
    mica::Model<Net> model{};
    TrainingPosition position;
    status = io::load(model, trainer, position, FailingSource(trained, reads));
    if (status.ok()) break;
    CHECK(is_sentence(status));
    CHECK(contains(status, "read at byte"));
    if (contains(status, "in part overwritten")) {
      ++in_part;
    } else {
      ++unchanged;
      CHECK(model.hash() == mica::Model<Net>{}.hash());
      CHECK(position.epoch == 0);
    }
  }
  CHECK(status.ok());
  // The header, it again with its checksum, the content with its checksum, the training record.
  CHECK(unchanged == 6);
  CHECK(in_part == 3);
}

TEST_CASE("a sink that is too small at any byte is reported") {
  Trained trained;
  unsigned char bytes[512];
  for (std::size_t capacity = 0; capacity < trained.size; ++capacity) {
    io::MemorySink sink(bytes, capacity);
    const mica::Status status = io::save(trained.model, trained.trainer, trained.position, sink);
    CHECK(is_sentence(status));
    CHECK(contains(status, "there is no room left"));
  }
}

TEST_CASE("a position that could not be loaded again is not saved") {
  Trained trained;
  trained.position.epoch = 0xffffffff;
  io::MemorySink sink(trained.bytes, sizeof trained.bytes);
  const mica::Status status = io::save(trained.model, trained.trainer, trained.position, sink);
  CHECK(is_sentence(status));
  CHECK(sink.used() == 0);
}

TEST_CASE("a long path leaves room for the sentence") {
  char path[400] = {};
  std::memset(path, 'x', sizeof path - 6);
  std::strcat(path, ".mica");
  Trained trained;
  mica::Model<Net> model{};
  trained.bytes[100] ^= 1;
  const mica::Status status = io::load(model, io::MemorySource(trained.bytes, trained.size, path));
  CHECK(contains(status, "...xxx"));
  CHECK(contains(status, "x.mica is damaged: its checksum is "));
  CHECK(status.message()[std::strlen(status.message()) - 1] == '.');
}
