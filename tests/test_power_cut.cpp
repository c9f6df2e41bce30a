// Power fails at every word and in every erase of ten checkpoints of a very small network, in every way; and again
// while the interrupted checkpoint is made good. Nothing may be lost, and the final weights are those of a quiet run.
// Memory: about 80 KB, and half a minute in an emulated board, so that boards run all of it.
#include "power_cut.hpp"

namespace {

using namespace tests;

template <int word_bytes>
struct Small {
  using Net = mica::Sequential<mica::Input<4>, mica::Dense<3>, mica::ReLU, mica::Dropout<1, 4>, mica::Dense<2>>;
  using Loss = mica::SoftmaxCrossEntropy;
  using Optimizer = mica::SGDMomentum;
  static constexpr int batch = 2;
  using Flash = mica::SimulatedFlash<2 * (word_bytes < 16 ? 2 : 3), 256, word_bytes>;
  static constexpr std::uint32_t slot_pages = word_bytes < 16 ? 2 : 3;

  static const DrawnSamples<mica::Shape<4>, 5>& data() {
    static const DrawnSamples<mica::Shape<4>, 5> drawn = {
        {{1, -2, 3, 0}, {0, 1, 0, -1}, {-1, 0.5f, 2, 1}, {3, 3, -3, 0.25f}, {-2, 0, 0, 1}}, {0, 1, 1, 0, 1}};
    return drawn;
  }
  template <class Trainer>
  static void prepare(Trainer& trainer) {
    trainer.reset();
    trainer.seed = 31;
    trainer.clip_norm = 1;
    trainer.optimizer.learning_rate = 0.05f;
    trainer.schedule = mica::Schedule::cosine(30, 0.1f).warm_up(4);
  }
};

constexpr unsigned every_way = (1u << mica::power_cuts) - 1;

template <int word_bytes>
void cut_everywhere() {
  using Setup = Small<word_bytes>;
  static Machine<Setup, 1> machine;
  static Machine<Setup, 0> quiet;
  REQUIRE(quiet.run());
  CHECK(quiet.loaded == 0);
  machine.expected_hash = quiet.model.hash();
  machine.choose = [](int, long) -> Tried { return {every_way}; };
  REQUIRE(machine.run());
  CHECK(machine.model.hash() == quiet.model.hash());

  const Cuts& cuts = machine.cuts();
  constexpr int ways = mica::power_cuts;
  MESSAGE("words of " << word_bytes << " bytes: power cut at " << cuts.words / ways << " words and in "
                      << cuts.erases / ways << " erases, each in " << ways << " ways; " << cuts.lost
                      << " trainings lost, " << cuts.fresh << " begun again, " << cuts.older
                      << " resumed from the older and " << cuts.newer << " from the newer checkpoint");
  CHECK(cuts.lost == 0);
  CHECK(cuts.words == ways * static_cast<long>(machine.flash.words_programmed()));
  long erases = 0;
  for (std::uint32_t page = 0; page < 2 * Setup::slot_pages; ++page) {
    erases += machine.flash.erases(static_cast<int>(page));
    CHECK(machine.flash.erases(static_cast<int>(page)) == epochs / 2);
  }
  CHECK(cuts.erases == ways * erases);
  CHECK(cuts.words + cuts.erases == cuts.older + cuts.newer);
  // A fresh start only before the first checkpoint was whole; the newer one only behind its first commit word.
  CHECK(cuts.fresh > 0);
  CHECK(cuts.fresh <= (cuts.words + cuts.erases) / epochs);
  CHECK(cuts.newer >= epochs * (ways + 1));
  CHECK(cuts.newer <= epochs * 2 * ways);
}

}  // namespace

TEST_CASE("power fails at every word and in every erase") {
  SUBCASE("words of 4 bytes") { cut_everywhere<4>(); }
  SUBCASE("words of 8 bytes") { cut_everywhere<8>(); }
  SUBCASE("words of 16 bytes") { cut_everywhere<16>(); }
  SUBCASE("words of 32 bytes") { cut_everywhere<32>(); }
}

constexpr unsigned unstable = 1u << static_cast<int>(PowerCut::unstable);
// Of the 52 operations of a checkpoint: the end of the content and the commit words.
constexpr long last_operations = 48;

TEST_CASE("power fails again at every operation after it has failed at any") {
  using Setup = Small<8>;
  static Machine<Setup, 2> machine;
  static Machine<Setup, 0> quiet;
  Machine<Setup, 1>::cuts() = {};
  REQUIRE(quiet.run());
  machine.expected_hash = quiet.model.hash();
  // Unstable bits of the first cut are still there at the second: in checkpoint 3 at every operation, in checkpoint 5
  // many times at the last ones, which make it valid. The second cut is in every operation up to the next checkpoint.
  machine.choose = [](int checkpoint, long operation) -> Tried {
    if (checkpoint == 3) return {unstable};
    return {checkpoint == 5 && operation >= last_operations ? unstable : 0, 20};
  };
  machine.choose_behind = [](int checkpoint, long) -> Tried { return {checkpoint <= 6 ? unstable : 0}; };
  REQUIRE(machine.run());
  const Cuts &first = machine.cuts(), &second = Machine<Setup, 1>::cuts();
  MESSAGE("second cuts: " << second.words << " words, " << second.erases << " erases; " << second.lost << " lost");
  CHECK(first.lost == 0);
  CHECK(second.lost == 0);
  CHECK(second.fresh == 0);
  CHECK(first.words > 40);
  CHECK(second.words > first.words * 40);
  CHECK(second.erases > first.words);
}

TEST_CASE("power fails again and again, at random") {
  using Setup = Small<4>;
  static Machine<Setup, 0> machine, quiet;
  REQUIRE(quiet.run());
  const mica::Random random(2024);
  std::uint32_t drawn = 0;
  int boots = 0, finished = 0, lost = 0;
  for (int training = 0; training < 20; ++training) {
    machine = {};
    machine.flash.machine = &machine;
    bool ended = false;
    while (!ended && boots < 10000) {
      const auto how = static_cast<PowerCut>(random.below(mica::power_cuts, drawn));
      machine.flash.cut_power(static_cast<long>(random.below(250, drawn + 1)), how, drawn);
      drawn += 2;
      ++boots;
      ended = machine.run();
      machine.flash.power_on();
    }
    if (ended) ++finished;
    machine.expected_hash = quiet.model.hash();
    if (!machine.right()) ++lost;
  }
  MESSAGE("20 trainings took " << boots << " boots");
  CHECK(finished == 20);
  CHECK(lost == 0);
  CHECK(boots > 100);
}
