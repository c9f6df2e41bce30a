// Data that do not fit into RAM: from parts of a larger source, from a device of blocks, from flash behind a driver,
// and over a line that loses and changes bytes.
#include <cstring>

#include <doctest/doctest.h>

#include <mica/data/serial_dataset.hpp>
#include <mica/io/block_source.hpp>
#include <mica/io/flash.hpp>
#include <mica/io/frame.hpp>
#include <mica/io/source_part.hpp>
#include <mica/mica.hpp>
#include <mica/testing/simulated_flash.hpp>

namespace {

namespace io = mica::io;
using Digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>;
constexpr int digits = 30, pixels = 64;
constexpr std::size_t images_at = 1000, labels_at = images_at + 16 + digits * pixels + 37;

// A card on which two IDX files of digits lie somewhere.
struct Card final : io::BlockDevice {
  static constexpr std::size_t block_bytes = 64, count = 50;
  static_assert(labels_at + 8 + digits <= block_bytes * count);
  unsigned char bytes[block_bytes * count] = {};
  mutable int reads = 0;
  std::uint32_t broken = 0xffffffff;

  Card() {
    const unsigned char images[16] = {0, 0, 8, 3, 0, 0, 0, digits, 0, 0, 0, 8, 0, 0, 0, 8},
                        labels[8] = {0, 0, 8, 1, 0, 0, 0, digits};
    std::memcpy(bytes + images_at, images, sizeof images);
    std::memcpy(bytes + labels_at, labels, sizeof labels);
    for (int i = 0; i < digits; ++i) {
      bytes[labels_at + 8 + static_cast<std::size_t>(i)] =
          mica::draw_digit(mica::Random(3), static_cast<std::uint32_t>(i), 8, 8, mica::Distortion::for_height(8),
                           bytes + images_at + 16 + i * pixels);
    }
  }
  std::uint32_t blocks() const override { return count; }
  bool read_block(std::uint32_t block, void* into) const override {
    ++reads;
    if (block == broken || block >= count) return false;
    std::memcpy(into, bytes + block * block_bytes, block_bytes);
    return true;
  }
  const char* name() const override { return "the card"; }
};

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<12>, mica::ReLU, mica::Dense<10>>;
using Loss = mica::SoftmaxCrossEntropy;

// The weights after two epochs over these data.
template <class Data>
std::uint64_t train(const Data& data) {
  static mica::Model<Net> model;
  static mica::Trainer<Net, Loss, mica::SGDMomentum, 4> trainer;
  static mica::Fit<Net, Loss, mica::SGDMomentum, 4> fit;
  trainer.reset();
  model.initialize(8);
  fit.epochs = 2;
  const mica::Status status = fit.run(model, trainer, data, [](const mica::Progress&) { return true; });
  CAPTURE(status.message());
  CHECK(status.ok());
  return model.hash();
}

std::uint64_t hash_from_memory(const Card& card) {
  const io::MemorySource images(card.bytes + images_at, 16 + digits * pixels),
      labels(card.bytes + labels_at, 8 + digits);
  mica::IdxDataset<mica::Shape<8, 8, 1>> data;
  REQUIRE(data.open(images, labels).ok());
  return train(data);
}

// The other end of a line: answers questions for the card's digits; the way is spoilt as `spoil` says.
struct Line final : io::SerialPort {
  explicit Line(const Card& of) : card(of) {}
  int receive() override { return next < used ? bytes[next++] : -1; }
  bool write(const void* from, std::size_t count) override {
    const auto* const in = static_cast<const unsigned char*>(from);
    for (std::size_t i = 0; i < count; ++i) {
      if (parser.add(in[i])) answer();
    }
    return !broken;
  }
  const char* name() const override { return "the line"; }
  const char* failure() const override { return "nothing is connected"; }

  void answer() {
    ++questions;
    REQUIRE(parser.size() == 5);
    REQUIRE(parser.payload()[0] == 'q');
    const std::size_t index = parser.payload()[1];
    unsigned char payload[6 + pixels] = {'a', static_cast<unsigned char>(index)};
    payload[5] = static_cast<unsigned char>(card.bytes[labels_at + 8 + index] + wrong_label);
    std::memcpy(payload + 6, card.bytes + images_at + 16 + index * pixels, pixels);
    if (next == used) next = used = 0;
    io::MemorySink sink(bytes + used, sizeof bytes - used);
    // A false start whose frame would be longer than what follows; the answer to another question; noise.
    const unsigned char start[6] = {'M', 'i', 60, 0, check[0], check[1]};
    const std::uint32_t way = random.bits(drawn++);
    if (spoil && way % 3 == 0) REQUIRE(sink.write(start, sizeof start));
    if (spoil && way / 4 % 3 == 0) {
      payload[1] ^= 1;
      REQUIRE(io::write_frame(payload, sizeof payload, sink));
      payload[1] ^= 1;
    }
    if (spoil && way / 16 % 3 == 0) REQUIRE(io::write_frame(payload, sizeof payload - 1, sink));
    const std::size_t first = used + sink.used();
    REQUIRE(io::write_frame(payload, sizeof payload, sink));
    if (spoil && way / 64 % 3 == 0) bytes[first + random.below(sizeof payload, drawn++)] ^= 0x10;
    used += sink.used();
    if (spoil && way / 256 % 3 == 0) used -= 1 + random.below(20, drawn++);
    if (silent) used = next;
  }

  const Card& card;
  bool spoil = false, silent = false, broken = false;
  unsigned char wrong_label = 0;
  int questions = 0;
  unsigned char check[2] = {};
  mica::Random random{5};
  std::uint32_t drawn = 0;
  std::size_t next = 0, used = 0;
  unsigned char bytes[2000];
  unsigned char question[32];
  io::FrameParser parser{question, sizeof question};
};

}  // namespace

TEST_CASE("a block device gives the bytes it holds, and reads neighbours once") {
  static Card card;
  const io::BlockSource<Card::block_bytes> source(card);
  CHECK(source.size() == sizeof card.bytes);
  unsigned char bytes[300];
  for (const std::size_t offset : {0, 1, 63, 64, 65, 990, 1016}) {
    for (const std::size_t count : {0, 1, 63, 64, 65, 128, 129, 300}) {
      REQUIRE(source.read(offset, bytes, count));
      CHECK(std::memcmp(bytes, card.bytes + offset, count) == 0);
    }
  }
  CHECK(source.read(sizeof card.bytes - 5, bytes, 5));
  CHECK_FALSE(source.read(sizeof card.bytes - 5, bytes, 6));
  CHECK_FALSE(source.read(~std::uint64_t{0}, bytes, 2));
  CHECK(source.read(sizeof card.bytes, bytes, 0));

  card.reads = 0;
  for (std::size_t i = 0; i < Card::block_bytes; ++i) CHECK(source.read(128 + i, bytes, 1));
  CHECK(card.reads == 1);
  card.broken = 3;
  CHECK_FALSE(source.read(200, bytes, 1));
  CHECK_FALSE(source.read(128, bytes, 100));
  // A block that failed is not taken for the one that was held before.
  CHECK_FALSE(source.read(200, bytes, 1));
  CHECK(source.read(130, bytes, 1));
  card.broken = 0xffffffff;
  CHECK(source.read(200, bytes, 1));
  CHECK(bytes[0] == card.bytes[200]);
}

TEST_CASE("a part of a source ends where it ends") {
  const unsigned char bytes[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  const io::MemorySource whole(bytes, 10);
  const io::SourcePart part(whole, 3, 4), beyond(whole, 8, 100), nothing(whole, 11, 1);
  unsigned char found[4] = {};
  CHECK(part.size() == 4);
  CHECK(part.read(0, found, 4));
  CHECK(std::memcmp(found, bytes + 3, 4) == 0);
  CHECK_FALSE(part.read(1, found, 4));
  CHECK_FALSE(part.read(~std::uint64_t{0}, found, 2));
  CHECK(beyond.size() == 2);
  CHECK(nothing.size() == 0);
}

TEST_CASE("training from a card or from flash behind a driver gives the bits of training from memory") {
  static Card card;
  const std::uint64_t expected = hash_from_memory(card);
  mica::IdxDataset<mica::Shape<8, 8, 1>> data;
  {
    const io::BlockSource<Card::block_bytes> source(card);
    const io::SourcePart images(source, images_at, 16 + digits * pixels), labels(source, labels_at, 8 + digits);
    REQUIRE(data.open(images, labels).ok());
    CHECK(train(data) == expected);
    card.broken = 20;
    float sample[pixels];
    std::uint8_t label = 0;
    int failed = 0;
    for (int i = 0; i < digits; ++i) failed += data.read(i, sample, label).ok() ? 0 : 1;
    CHECK(failed == 2);  // the digits that lie in that block
    card.broken = 0xffffffff;
  }
  static mica::SimulatedFlash<13, 256, 4> flash;
  std::memcpy(flash.bytes(), card.bytes, sizeof card.bytes);
  const io::FlashSource images(flash, images_at, 16 + digits * pixels), labels(flash, labels_at, 8 + digits);
  REQUIRE(data.open(images, labels).ok());
  CHECK(train(data) == expected);
}

TEST_CASE("training over a line gives the same bits, also if the line spoils most answers") {
  static Card card;
  const std::uint64_t expected = hash_from_memory(card);
  static Line line(card);
  static const mica::SerialDataset<mica::Shape<8, 8, 1>> data(line, digits);
  CHECK(train(data) == expected);
  CHECK(line.questions == 2 * digits);

  unsigned char header[70];
  const unsigned char payload[60] = {};
  io::MemorySink sink(header, sizeof header);
  REQUIRE(io::write_frame(payload, sizeof payload, sink));
  std::memcpy(line.check, header + 4, 2);
  line.spoil = true;
  int right = 0, refused = 0;
  for (int i = 0; i < 40 * digits; ++i) {
    float sample[pixels], wanted[pixels];
    std::uint8_t label = 0;
    if (!data.read(i % digits, sample, label).ok()) {
      ++refused;
      continue;
    }
    mica::mnist_standardization.apply(pixels, card.bytes + images_at + 16 + i % digits * pixels, wanted);
    const bool same = std::memcmp(sample, wanted, sizeof sample) == 0 &&
                      label == card.bytes[labels_at + 8 + static_cast<std::size_t>(i % digits)];
    CHECK(same);
    right += same ? 1 : 0;
  }
  MESSAGE("a line that spoils most answers: " << right << " samples, " << refused << " given up, " << line.questions
                                              << " questions");
  CHECK(right > 1000);
  CHECK(line.questions > 2 * digits + right + 300);
}

TEST_CASE("a line that does not answer is reported") {
  static Card card;
  static Line line(card);
  const mica::SerialDataset<mica::Shape<8, 8, 1>> data(line, digits);
  float sample[pixels];
  std::uint8_t label = 0;
  const auto says = [&](int index, const char* words) {
    const mica::Status status = data.read(index, sample, label);
    return !status.ok() && std::strstr(status.message(), words) != nullptr;
  };
  CHECK(data.read(0, sample, label).ok());
  CHECK(says(-1, "Sample -1 was asked for, but there are 30."));
  CHECK(says(30, "Sample 30 was asked for, but there are 30."));
  line.wrong_label = 10;
  CHECK(says(1, "the network has 10 classes"));
  line.wrong_label = 0;
  line.silent = true;
  line.questions = 0;
  CHECK(says(2, "the line gave no right answer to 4 questions for sample 2, 0 bytes were dropped so far."));
  CHECK(line.questions == 4);
  line.broken = true;
  CHECK(says(2, "the line could not be asked for sample 2: nothing is connected."));
}

TEST_CASE("frames are found behind anything") {
  unsigned char stream[400], buffer[60], frame[60];
  io::MemorySink sink(frame, sizeof frame);
  const unsigned char payload[] = {'M', 'i', 'c', 'a', 0, 0xff, 'M'};
  REQUIRE(io::write_frame(payload, sizeof payload, sink));
  CHECK(sink.used() == sizeof payload + io::frame_overhead);
  const unsigned char golden[] = {'M', 'i', 7, 0};
  CHECK(std::memcmp(frame, golden, sizeof golden) == 0);

  const mica::Random random(9);
  int found = 0;
  for (std::uint32_t round = 0; round < 300; ++round) {
    // The frame, cut short or not, behind the beginnings of others, and then whole.
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < 5; ++i) {
      const std::size_t part = random.below(static_cast<std::uint32_t>(sink.used()), 8 * round + i);
      std::memcpy(stream + count, frame, part);
      count += part;
    }
    std::memcpy(stream + count, frame, sink.used());
    count += sink.used();
    io::FrameParser parser(buffer, sizeof buffer);
    bool whole = false;
    for (std::size_t i = 0; i < count; ++i) whole = parser.add(stream[i]);
    if (!whole) whole = parser.skip();
    if (whole && parser.size() == sizeof payload && std::memcmp(parser.payload(), payload, sizeof payload) == 0)
      ++found;
    CHECK(parser.dropped() == count - sink.used());
  }
  CHECK(found == 300);

  // Beginnings that claim to be longer, one in another, before a frame: it is found once nothing more comes.
  unsigned char start[60];
  io::MemorySink longer(start, sizeof start);
  REQUIRE(io::write_frame(stream, 45, longer));
  io::FrameParser parser(buffer, sizeof buffer);
  bool early = false;
  for (int i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < io::frame_header_bytes; ++j) early = parser.add(start[j]) || early;
  }
  for (std::size_t i = 0; i < sink.used(); ++i) early = parser.add(frame[i]) || early;
  CHECK_FALSE(early);
  CHECK(parser.skip());
  CHECK(parser.size() == sizeof payload);
  CHECK(parser.dropped() == 3 * io::frame_header_bytes);
  CHECK_FALSE(parser.skip());
  CHECK_FALSE(parser.skip());

  // Longer than the buffer, longer than a frame, and a buffer with no room at all.
  io::FrameParser narrow(buffer, sizeof payload + io::frame_overhead - 1), none(buffer, 5);
  bool any = false;
  for (std::size_t i = 0; i < sink.used(); ++i) any = narrow.add(frame[i]) || none.add(frame[i]) || any;
  CHECK_FALSE(any);
  CHECK_FALSE(io::write_frame(stream, io::longest_payload + 1, sink));
}
