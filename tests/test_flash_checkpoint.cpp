// Checkpoints in flash: what is refused and in which words, worn pages, sequence numbers, and the layout itself.
#include <mica/io/crc32.hpp>
#include <mica/io/flash_checkpoint.hpp>
#include <mica/testing/simulated_flash.hpp>

#include "trained_checkpoint.hpp"

namespace {

using SmallFlash = mica::SimulatedFlash<4, 512, 8>;
constexpr std::uint32_t second_slot = 2 * 512;
constexpr std::uint32_t content_bytes = static_cast<std::uint32_t>(
    io::checkpoint_bytes(io::training_checkpoint_info<Net, mica::SoftmaxCrossEntropy, mica::SGDMomentum, 4>()));

bool contains(const mica::Status& status, const char* words) {
  return !status.ok() && std::strstr(status.message(), words) != nullptr;
}
bool is_sentence(const mica::Status& status) {
  const std::size_t length = std::strlen(status.message());
  return !status.ok() && length > 20 && status.message()[length - 1] == '.';
}
void put_word(unsigned char* bytes, std::uint32_t word) {
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<unsigned char>(word >> 8 * i);
}

// A flash into which two checkpoints were saved, at steps 5 and 6.
struct Saved {
  Trained trained;
  SmallFlash flash;
  io::FlashCheckpoint checkpoint{flash, 0, 2};
  Saved() {
    REQUIRE(checkpoint.save(trained.model, trained.trainer, trained.position).ok());
    train(trained.model, trained.trainer, 1);
    REQUIRE(checkpoint.save(trained.model, trained.trainer, trained.position).ok());
  }
};

// The steps of what is loaded; -1 if nothing is, and then nothing may have changed.
long steps_of(io::FlashCheckpoint& checkpoint, mica::Status* status = nullptr) {
  mica::Model<Net> model{}, before{};
  static Trainer trainer, trainer_before;
  TrainingPosition position = {1, 2, 3, 4, 5};
  const TrainingPosition position_before = position;
  model.initialize(9);
  trainer.reset();
  before = model;
  std::memcpy(static_cast<void*>(&trainer_before), &trainer, sizeof trainer);
  const mica::Status loaded = checkpoint.load(model, trainer, position);
  if (status != nullptr) *status = loaded;
  if (loaded.ok()) return trainer.steps();
  CHECK(is_sentence(loaded));
  CHECK(std::memcmp(&model, &before, sizeof model) == 0);
  CHECK(std::memcmp(&trainer, &trainer_before, sizeof trainer) == 0);
  CHECK(std::memcmp(&position, &position_before, sizeof position) == 0);
  return -1;
}

// Gives the slot at `start` another word in its header and makes the header and its commit words right again.
void change_header(unsigned char* start, std::uint32_t offset, std::uint32_t word) {
  put_word(start + offset, word);
  io::Crc32 crc;
  crc.add(start, 28);
  put_word(start + 28, crc.value());
  unsigned char* const commit = start + 32 + (content_bytes + 7) / 8 * 8;
  for (int i = 0; i < 16; i += 4) put_word(commit + i, (crc.value() | 0x80000000) & 0xfffffffe);
}

}  // namespace

TEST_CASE("a training, or a model alone, comes back from flash") {
  Saved saved;
  mica::Model<Net> model{};
  Trainer trainer;
  TrainingPosition position;
  REQUIRE(saved.checkpoint.load(model, trainer, position).ok());
  CHECK(std::memcmp(&model, &saved.trained.model, sizeof model) == 0);
  CHECK(std::memcmp(&position, &saved.trained.position, sizeof position) == 0);
  CHECK(trainer.steps() == 6);
  mica::Model<Net> alone{};
  REQUIRE(saved.checkpoint.load(alone).ok());
  CHECK(alone.hash() == model.hash());

  alone.initialize(3);
  REQUIRE(saved.checkpoint.save(alone).ok());
  REQUIRE(saved.checkpoint.load(model).ok());
  CHECK(model.hash() == alone.hash());
  mica::Status status;
  CHECK(steps_of(saved.checkpoint, &status) == -1);
  CHECK(contains(status, "holds a model only"));
}

TEST_CASE("the layout stays what it is") {
  Saved saved;
  unsigned char* const slot = saved.flash.bytes();
  const unsigned char header[24] = {
      0x89, 'M', 'F', 'l', 1, 0, 0, 0, 1, 0, 0, 0, content_bytes % 256, content_bytes / 256};
  CHECK(std::memcmp(slot, header, 16) == 0);
  CHECK(slot[20] == 8);
  CHECK(slot[second_slot + 8] == 2);
  CHECK(std::memcmp(slot + 32, saved.trained.bytes, content_bytes) == 0);
  // Content and commit words are whole words; the second pair and what follows are blank.
  const std::uint32_t end = 32 + (content_bytes + 7) / 8 * 8;
  for (std::uint32_t i = 0; i < 16; i += 4) CHECK(std::memcmp(slot + end + i, slot + end, 4) == 0);
  CHECK((slot[end + 3] & 0x80) != 0);
  CHECK((slot[end] & 1) == 0);
  for (std::uint32_t i = end + 16; i < second_slot; ++i) CHECK(slot[i] == 0xff);
  CHECK(io::flash_slot_bytes(content_bytes, 8) == end + 9 * 8);
}

TEST_CASE("any flipped bit of the newer slot gives the older one, and of both nothing") {
  Saved saved;
  const std::uint32_t end = 32 + (content_bytes + 7) / 8 * 8;
  int refused = 0;
  for (std::uint32_t bit = 0; bit < 8 * (32 + content_bytes); ++bit) {
    CAPTURE(bit);
    const auto flip = static_cast<unsigned char>(1 << bit % 8);
    saved.flash.bytes()[second_slot + bit / 8] ^= flip;
    CHECK(steps_of(saved.checkpoint) == 5);
    saved.flash.bytes()[bit / 8] ^= flip;
    mica::Status status;
    if (steps_of(saved.checkpoint, &status) == -1) ++refused;
    CHECK(contains(status, "holds no checkpoint: the slot at page 0 "));
    saved.flash.bytes()[bit / 8] ^= flip;
    saved.flash.bytes()[second_slot + bit / 8] ^= flip;
  }
  CHECK(refused == 8 * (32 + static_cast<int>(content_bytes)));
  // One commit word may be lost, two may not.
  saved.flash.bytes()[second_slot + end] ^= 2;
  CHECK(steps_of(saved.checkpoint) == 6);
  saved.flash.bytes()[second_slot + end + 8] ^= 2;
  CHECK(steps_of(saved.checkpoint) == 5);
}

TEST_CASE("what a flash without a checkpoint holds is told in words") {
  Saved saved;
  mica::Status status;
  SmallFlash blank;
  io::FlashCheckpoint nothing(blank, 0, 2);
  CHECK(steps_of(nothing, &status) == -1);
  CHECK(std::strcmp(
            status.message(),
            "the simulated flash holds no checkpoint: the slot at page 0 is empty, the one at page 2 is empty.") == 0);
  saved.flash.bytes()[100] ^= 1;
  saved.flash.bytes()[second_slot] = 0;
  CHECK(steps_of(saved.checkpoint, &status) == -1);
  CHECK(contains(status, "page 0 is damaged, the one at page 2 holds no header of this flash."));

  saved.flash.bytes()[second_slot] = 0x89;
  change_header(saved.flash.bytes() + second_slot, 4, 2);
  std::memset(saved.flash.bytes() + 32 + (content_bytes + 7) / 8 * 8, 0xff, 16);
  CHECK(steps_of(saved.checkpoint, &status) == -1);
  CHECK(contains(status, "page 0 was not completed, the one at page 2 is of a newer Mica."));

  saved.flash.cut_power(0, mica::PowerCut::unreadable);
  CHECK_FALSE(saved.flash.erase(2));
  saved.flash.power_on();
  CHECK(steps_of(saved.checkpoint, &status) == -1);
  CHECK(contains(status, "the one at page 2 cannot be read."));
}

TEST_CASE("sizes that do not fit are refused, even with right checksums") {
  const struct {
    std::uint32_t offset, word;
  } cases[] = {{12, 0xffffffff},
               {12, 0xfffffff0},
               {12, 1024 - 32 - 72 + 1},
               {12, 0},
               {12, content_bytes - 1},
               {12, content_bytes + 8},
               {16, 0},
               {20, 0},
               {20, 16},
               {20, 0xffffffff},
               {4, 0},
               {24, 1}};
  for (const auto& one : cases) {
    CAPTURE(one.offset);
    CAPTURE(one.word);
    Saved saved;
    change_header(saved.flash.bytes() + second_slot, one.offset, one.word);
    // The reserved word is only summed up.
    CHECK(steps_of(saved.checkpoint) == (one.offset == 24 ? 6 : 5));
  }
}

TEST_CASE("sequence numbers begin again") {
  for (const std::uint32_t first : {0xffffffffu, 0xfffffffeu, 0x7fffffffu, 0u}) {
    CAPTURE(first);
    Saved saved;
    change_header(saved.flash.bytes() + second_slot, 8, first);
    change_header(saved.flash.bytes(), 8, first - 1);
    CHECK(steps_of(saved.checkpoint) == 6);
    for (int i = 0; i < 5; ++i) {
      train(saved.trained.model, saved.trained.trainer, 1);
      REQUIRE(saved.checkpoint.save(saved.trained.model, saved.trained.trainer, saved.trained.position).ok());
      CHECK(steps_of(saved.checkpoint) == 7 + i);
    }
    CHECK(saved.flash.bytes()[8] == static_cast<unsigned char>(first + 5));
  }
}

TEST_CASE("a worn cell is reported by page and byte, and the older checkpoint stays") {
  Saved saved;
  mica::Status status;
  const auto save = [&saved] {
    train(saved.trained.model, saved.trained.trainer, 1);
    return saved.checkpoint.save(saved.trained.model, saved.trained.trainer, saved.trained.position);
  };
  SUBCASE("in the header") {
    saved.flash.wear_out(4, 1, 0);
    status = save();
    CHECK(contains(
        status, "Page 0 of the simulated flash was programmed with 0x01 at byte 4, but reads as 0x00: the checkpoint"));
  }
  SUBCASE("in the content") {
    saved.flash.wear_out(33, 0, 0x80);
    status = save();
    CHECK(contains(
        status,
        "Page 0 of the simulated flash was programmed with 0x4d at byte 33, but reads as 0xcd: the checkpoint"));
  }
  SUBCASE("in a commit word") {
    saved.flash.wear_out(32 + (content_bytes + 7) / 8 * 8, 0, 1);
    status = save();
    CHECK(contains(status, "before this one stays valid."));
  }
  CHECK(is_sentence(status));
  CHECK(steps_of(saved.checkpoint) == 6);
  CHECK(is_sentence(save()));
  CHECK(steps_of(saved.checkpoint) == 6);
}

TEST_CASE("a part that reports failures") {
  struct Failing final : SmallFlash {
    bool erase(std::uint32_t page) override { return page != bad_page && SmallFlash::erase(page); }
    bool program(std::uint32_t offset, const void* word) override {
      return offset != bad_word && SmallFlash::program(offset, word);
    }
    std::uint32_t bad_page = 100, bad_word = 1;
  };
  Trained trained;
  static Failing flash;
  flash = Failing();
  io::FlashCheckpoint checkpoint(flash, 0, 2);
  flash.bad_page = 0;
  CHECK(std::strcmp(checkpoint.save(trained.model).message(),
                    "Page 0 of the simulated flash could not be erased: there is no checkpoint.") == 0);
  flash.bad_page = 100;
  REQUIRE(checkpoint.save(trained.model).ok());
  flash.bad_word = second_slot + 40;
  CHECK(contains(checkpoint.save(trained.model),
                 "Page 2 of the simulated flash could not be programmed at byte 40: the"));
  mica::Model<Net> model{};
  REQUIRE(checkpoint.load(model).ok());
  CHECK(model.hash() == trained.model.hash());
}

TEST_CASE("slots that cannot be are refused before anything is erased") {
  Trained trained;
  const auto refusal = [&trained](io::Flash& flash, std::uint32_t first, std::uint32_t pages) {
    io::FlashCheckpoint checkpoint(flash, first, pages);
    const mica::Status status = checkpoint.save(trained.model, trained.trainer, trained.position);
    CHECK(is_sentence(status));
    return status;
  };
  static SmallFlash flash;
  CHECK(contains(refusal(flash, 1, 2),
                 "Two slots of 2 pages from page 1 on do not fit the simulated flash, which has 4 pages of 512"));
  CHECK(contains(refusal(flash, 0, 0), "Two slots of 0 pages"));
  CHECK(contains(refusal(flash, 0xffffffff, 0xffffffff), "do not fit"));
  static mica::SimulatedFlash<4, 128, 4> small;
  CHECK(contains(refusal(small, 0, 2), "but a slot of 2 pages has 256."));
  static mica::SimulatedFlash<4, 512, 2> halves;
  CHECK(contains(refusal(halves, 0, 2), "has words of 2 bytes and pages of 512, but words must be"));
  CHECK(flash.words_programmed() + small.words_programmed() + halves.words_programmed() == 0);
  for (int page = 0; page < 4; ++page) CHECK(flash.erases(page) + small.erases(page) + halves.erases(page) == 0);

  // Nor is anything erased for a training that cannot be saved.
  Saved saved;
  saved.trained.position.epoch = 0xffffffff;
  CHECK(is_sentence(saved.checkpoint.save(saved.trained.model, saved.trained.trainer, saved.trained.position)));
  CHECK(saved.flash.erases(0) == 1);
}

TEST_CASE("another network in the newest slot is refused by its name, and not looked past") {
  Saved saved;
  using Other = mica::Sequential<mica::Input<3>, mica::Dense<2>>;
  mica::Model<Other> other{};
  CHECK(contains(saved.checkpoint.load(other), "the simulated flash holds the network"));
  REQUIRE(saved.checkpoint.save(other).ok());
  mica::Status status;
  CHECK(steps_of(saved.checkpoint, &status) == -1);
  CHECK(contains(status, "holds the network"));
}
