// Training that survives power cuts: a network trains with a checkpoint in flash after every epoch, while the power
// fails at a random word again and again. It resumes from flash each time and ends with the same bits as without any
// cut.
//
// On a board, replace SimulatedFlash by the driver of your part, a class like UserFlash below, and choose two slots in
// pages that the linker script leaves free. Everything else stays: the loop in train() is what firmware runs after
// reset.
#include <cstdio>
#include <mica/io/flash_checkpoint.hpp>
#include <mica/mica.hpp>
#include <mica/testing/simulated_flash.hpp>

namespace {

using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::ReLU, mica::Dense<10>>;
using Loss = mica::SoftmaxCrossEntropy;
using Optimizer = mica::SGDMomentum;
using Trainer = mica::Trainer<Net, Loss, Optimizer, 8>;

// What a slot must hold, known when compiling: 10 pages of 2 KB, programmed 8 bytes at a time.
constexpr int slot_pages = 10, page_bytes = 2048, word_bytes = 8;
constexpr auto content = mica::io::checkpoint_bytes(mica::io::training_checkpoint_info<Net, Loss, Optimizer, 8>());
static_assert(mica::io::flash_slot_bytes(content, word_bytes) <= slot_pages * page_bytes);

// A driver is four functions. This one has no part behind it.
class UserFlash final : public mica::io::Flash {
 public:
  UserFlash() : Flash({page_bytes, 2 * slot_pages, word_bytes}) {}
  bool read(std::uint32_t, void*, std::size_t) const override { return false; }  // memcpy from where it is mapped
  bool erase(std::uint32_t) override { return false; }                           // start, wait, look at the error bits
  bool program(std::uint32_t, const void*) override { return false; }            // the same for one word
  const char* name() const override { return "the user flash"; }
};

mica::Model<Net> model;
Trainer trainer;
mica::Fit<Net, Loss, Optimizer, 8> fit;

// From reset to the end of the training, or until the power fails.
bool train(mica::io::Flash& flash) {
  const auto digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>::training(200, /*seed*/ 42);
  mica::io::FlashCheckpoint checkpoint(flash, /*first page*/ 0, slot_pages);
  mica::io::TrainingPosition position;
  const mica::Status resumed = checkpoint.load(model, trainer, position);
  if (!resumed.ok()) {  // an empty flash, or nothing whole in it: begin
    model.initialize(/*seed*/ 42);
    trainer.reset();
    position.seed = 7;  // of the order of the samples
  }
  fit.first_epoch = static_cast<int>(position.epoch) + 1;
  fit.seed = position.seed;
  fit.epochs = 10;
  mica::Status saved;
  const mica::Status status = fit.run(model, trainer, digits, [&](const mica::Progress& progress) {
    if (!progress.epoch_ended) return true;
    position.epoch = static_cast<std::uint32_t>(progress.epoch);
    saved = checkpoint.save(model, trainer, position);
    return saved.ok();
  });
  return status.ok() && saved.ok();
}

}  // namespace

int main() {
  static mica::SimulatedFlash<2 * slot_pages, page_bytes, word_bytes> quiet, flash;
  if (!train(quiet)) return 1;
  const std::uint64_t expected = model.hash();

  const mica::Random random(/*seed*/ 1);
  std::uint32_t cuts = 0;
  for (bool ended = false; !ended && cuts < 1000;) {
    const auto how = static_cast<mica::PowerCut>(random.below(mica::power_cuts, 2 * cuts));
    flash.cut_power(static_cast<long>(random.below(3000, 2 * cuts + 1)), how, cuts);
    model = {};  // what was in RAM is gone
    trainer = {};
    ended = train(flash);
    if (!ended) ++cuts;
    flash.power_on();
  }
  std::printf("The power failed %u times. Weights %016llx, without cuts %016llx: %s\n", static_cast<unsigned>(cuts),
              static_cast<unsigned long long>(model.hash()), static_cast<unsigned long long>(expected),
              model.hash() == expected ? "the same bits" : "different");
  static UserFlash user;
  if (const mica::Status status = mica::io::FlashCheckpoint(user, 0, slot_pages).load(model); !status.ok()) {
    std::printf("%s\n", status.message());  // what firmware without a flash would hear
  }
  return model.hash() == expected && cuts > 0 ? 0 : 1;
}
