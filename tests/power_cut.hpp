// Machines that train with checkpoints in flash, and what becomes of them when power fails at every operation of the
// flash. No files, no heap, and static memory only: the same tests run on boards.
#pragma once

#include <cstdint>
#include <cstring>

#include <doctest/doctest.h>

#include <mica/io/flash_checkpoint.hpp>
#include <mica/mica.hpp>
#include <mica/testing/simulated_flash.hpp>

namespace tests {

namespace io = mica::io;
using mica::PowerCut;

constexpr int epochs = 10;  // with a checkpoint at the end of each
constexpr std::uint64_t seed = 77;

struct Cuts {
  long words = 0, erases = 0;
  long lost = 0;   // a finished checkpoint was gone, or the final bits differ
  long fresh = 0;  // began again, before the first checkpoint was whole
  long older = 0, newer = 0;
};

// Which power cuts are tried at an operation, as a set of bits 1 << PowerCut; each with how many random numbers; and
// how many checkpoints the machine that boots then saves before it trains on without.
struct Tried {
  unsigned ways = 0;
  int times = 1;
  int saves = epochs;  // how many checkpoints it saves after it was loaded
};
using Choose = Tried (*)(int checkpoint, long operation);

// Samples that are drawn once.
template <class Shape, int count>
struct DrawnSamples {
  using Sample = Shape;
  float numbers[count][Shape::size];
  std::uint8_t labels[count];

  int size() const { return count; }
  mica::Status read(int index, float* sample, std::uint8_t& label) const {
    std::memcpy(sample, numbers[index], sizeof numbers[index]);
    label = labels[index];
    return {};
  }
};

// Machine: one board with its memory. Before each operation on its flash, a copy of the flash goes to the machine
// behind it, power fails there in this operation, and that machine boots and trains to the end. `level` machines stand
// behind. Setup: Net, Loss, Optimizer, batch, Flash, slot_pages, data(), prepare(trainer).
template <class Setup, int level>
class Machine {
  using Net = typename Setup::Net;
  using Flash = typename Setup::Flash;
  using Behind = Machine<Setup, (level > 0 ? level - 1 : 0)>;

  struct WatchedFlash final : Flash {
    bool erase(std::uint32_t page) override {
      machine->before_operation(true, [page](Flash& other) { return other.erase(page); });
      return Flash::erase(page);
    }
    bool program(std::uint32_t offset, const void* word) override {
      machine->before_operation(false, [=](Flash& other) { return other.program(offset, word); });
      return Flash::program(offset, word);
    }
    Machine* machine = nullptr;
  };

 public:
  WatchedFlash flash;
  mica::Model<Net> model{};
  mica::Trainer<Net, typename Setup::Loss, typename Setup::Optimizer, Setup::batch> trainer;
  int loaded = 0;      // the one that was loaded; 0: a fresh start
  int saves = epochs;  // how many checkpoints it saves after it was loaded
  int secured = 0;     // the one that must not be lost any more
  std::uint64_t expected_hash = 0;

  Choose choose = nullptr;
  Choose choose_behind = nullptr;

  Machine() { flash.machine = this; }

  // Loads what the flash holds, or begins anew, and trains to the end; false if power fails before.
  bool run() {
    io::FlashCheckpoint checkpoint(flash, 0, Setup::slot_pages);
    // Whatever the memory held before is gone.
    model.initialize(12345);
    trainer.reset();
    trainer.seed = 1;
    trainer.optimizer.learning_rate = 100;
    io::TrainingPosition position;
    const std::uint64_t before = model.hash();
    saving_ = secured + 1;
    operation_ = 0;
    const mica::Status found = checkpoint.load(model, trainer, position);
    if (!flash.powered()) return false;
    loaded = static_cast<int>(position.epoch);
    if (!found.ok()) {
      intact_ = intact_ && model.hash() == before && position.epoch == 0;
      Setup::prepare(trainer);
      model.initialize(5);
      position.seed = seed;
    }
    lost_ = lost_ || loaded < secured;
    secured = loaded;
    fit_.first_epoch = loaded + 1;
    fit_.epochs = epochs;
    fit_.seed = position.seed;
    bool saved = true;
    const mica::Status status = fit_.run(model, trainer, Setup::data(), [&](const mica::Progress& progress) {
      if (!progress.epoch_ended || progress.epoch > loaded + saves) return true;
      io::TrainingPosition reached;
      reached.epoch = static_cast<std::uint32_t>(progress.epoch);
      reached.seed = fit_.seed;
      operation_ = 0;
      saving_ = progress.epoch;
      saved = checkpoint.save(model, trainer, reached).ok();
      if (saved) secured = progress.epoch;
      return saved;
    });
    return status.ok() && saved;
  }

  // Makes this the machine that has gone through nothing, with another flash.
  void take(const Flash& other, int checkpoint) {
    static_cast<Flash&>(flash) = other;
    secured = checkpoint;
    lost_ = false;
    intact_ = true;
    choose = nullptr;
  }

  // Whether run() came to the right end, from a checkpoint that was to be expected.
  bool right() const { return !lost_ && intact_ && model.hash() == expected_hash && !flash.programmed_twice(); }

  static Cuts& cuts() {
    static Cuts counted;
    return counted;
  }

 private:
  template <class Operation>
  void before_operation(bool erases, Operation operation) {
    if constexpr (level > 0) {
      const Tried tried = choose == nullptr ? Tried{} : choose(saving_, operation_);
      for (int how = 0; how < mica::power_cuts; ++how) {
        const int times = (tried.ways >> how & 1) != 0 ? tried.times : 0;
        for (int i = 0; i < times; ++i) cut(erases, static_cast<PowerCut>(how), tried, operation);
      }
      ++operation_;
    }
  }

  template <class Operation>
  void cut(bool erases, PowerCut how, const Tried& tried, Operation operation) {
    static Behind behind;
    behind.take(flash, secured);
    behind.flash.cut_power(0, how, static_cast<std::uint64_t>(cuts().words + cuts().erases));
    static_cast<void>(operation(behind.flash));
    behind.flash.power_on();
    behind.expected_hash = expected_hash;
    behind.choose = choose_behind;
    behind.saves = tried.saves;
    const bool finished = behind.run();
    Cuts& counted = cuts();
    (erases ? counted.erases : counted.words) += 1;
    if (!finished || !behind.right() || behind.loaded > saving_) counted.lost += 1;
    counted.fresh += behind.loaded == 0 ? 1 : 0;
    (behind.loaded == saving_ ? counted.newer : counted.older) += 1;
  }

  mica::Fit<Net, typename Setup::Loss, typename Setup::Optimizer, Setup::batch> fit_;
  int saving_ = 0;
  long operation_ = 0;
  bool intact_ = true, lost_ = false;  // of all runs since take()
};

}  // namespace tests
