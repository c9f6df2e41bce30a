// The reference network `tiny` on synthetic digits: power fails at every word and in every erase of ten checkpoints, at
// each in another way, and every interrupted training ends with the bits of a quiet one.
// Memory: about 300 KB.
#include "power_cut.hpp"

namespace {

using namespace tests;

struct Tiny {
  using Net = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<32>, mica::ReLU, mica::Dense<10>>;
  using Loss = mica::SoftmaxCrossEntropy;
  using Optimizer = mica::SGD;
  static constexpr int batch = 8;
  using Flash = mica::SimulatedFlash<10, 2048, 8>;
  static constexpr std::uint32_t slot_pages = 5;

  using Data = DrawnSamples<mica::Shape<8, 8, 1>, 20>;
  static const Data& data() {
    static const Data drawn = [] {
      const auto digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>::training(20, 3);
      Data samples;
      for (int i = 0; i < 20; ++i) REQUIRE(digits.read(i, samples.numbers[i], samples.labels[i]).ok());
      return samples;
    }();
    return drawn;
  }
  template <class Trainer>
  static void prepare(Trainer& trainer) {
    trainer.reset();
    trainer.seed = 31;
    trainer.optimizer.learning_rate = 0.1f;
  }
};
static_assert(io::flash_slot_bytes(
                  io::checkpoint_bytes(io::training_checkpoint_info<Tiny::Net, Tiny::Loss, Tiny::Optimizer, 8>()), 8) <=
              5 * 2048);

}  // namespace

TEST_CASE("power fails at every word and in every erase of tiny") {
#if !defined(__unix__) && !defined(__APPLE__) && !defined(_WIN32)
  MESSAGE("skipped: emulated boards would take many minutes; test_power_cut does all of it with a smaller network");
  return;
#endif
  static Machine<Tiny, 1> machine;
  static Machine<Tiny, 0> quiet;
  REQUIRE(quiet.run());
  machine.expected_hash = quiet.model.hash();
  machine.choose = [](int checkpoint, long operation) -> Tried {
    // Loading and training on are tried everywhere, saving again at every eighth operation.
    return {1u << (operation + checkpoint) % mica::power_cuts, 1, operation % 8 == 0 ? 1 : 0};
  };
  REQUIRE(machine.run());
  CHECK(machine.model.hash() == quiet.model.hash());

  const Cuts& cuts = machine.cuts();
  MESSAGE("power cut at " << cuts.words << " words and in " << cuts.erases << " erases; " << cuts.lost
                          << " trainings lost, " << cuts.fresh << " begun again, " << cuts.older
                          << " resumed from the older and " << cuts.newer << " from the newer checkpoint");
  CHECK(cuts.lost == 0);
  CHECK(cuts.words == static_cast<long>(machine.flash.words_programmed()));
  CHECK(cuts.erases == 5 * epochs);
  CHECK(cuts.newer >= epochs);
  for (int page = 0; page < 10; ++page) CHECK(machine.flash.erases(page) == epochs / 2);
}
