// No allocation: every way to ask for memory is counted while a network is initialised, trained, evaluated, saved,
// loaded and asked for predictions.
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include <doctest/doctest.h>

#include <mica/io/checkpoint.hpp>
#include <mica/io/file.hpp>
#include <mica/io/weights_header.hpp>
#include <mica/mica.hpp>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif

namespace {

volatile long allocations = 0;

[[maybe_unused]] void count_allocation() { allocations = allocations + 1; }

}  // namespace

#if defined(__GLIBC__) && !defined(SANITIZED)
#define COUNTS_MALLOC

// The program's own malloc family comes before the C library's, also for the C library itself and operator new.
extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* memory, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);

void* malloc(std::size_t bytes) {
  count_allocation();
  return __libc_malloc(bytes);
}
void* calloc(std::size_t count, std::size_t bytes) {
  count_allocation();
  return __libc_calloc(count, bytes);
}
void* realloc(void* memory, std::size_t bytes) {
  count_allocation();
  return __libc_realloc(memory, bytes);
}
void* memalign(std::size_t alignment, std::size_t bytes) {
  count_allocation();
  return __libc_memalign(alignment, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  count_allocation();
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t bytes) {
  count_allocation();
  *memory = __libc_memalign(alignment, bytes);
  return *memory == nullptr ? 12 : 0;
}
}

#elif !defined(SANITIZED)

void* operator new(std::size_t bytes) {
  count_allocation();
  return std::malloc(bytes);
}
void* operator new[](std::size_t bytes) {
  count_allocation();
  return std::malloc(bytes);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

#endif

namespace {

namespace io = mica::io;
using Net =
    mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<16>, mica::ReLU, mica::Dense<12>, mica::PReLU, mica::Dense<10>>;
using Loss = mica::SoftmaxCrossEntropy;
using Optimizer = mica::SGDMomentum;
using Digits = mica::SyntheticDigits<mica::Shape<8, 8, 1>>;

mica::Model<Net> model, copy;
mica::Trainer<Net, Loss, Optimizer, 8> trainer;
mica::Fit<Net, Loss, Optimizer, 8, mica::EarlyStopping> fit;
mica::Evaluator<Net, Loss, 32> evaluator;
mica::Predictor<Net> predict;
unsigned char bytes[32 * 1024];

// How many allocations `work` makes. Nothing of doctest runs meanwhile.
template <class Work>
long allocations_in(Work work) {
  const long before = allocations;
  work();
  return allocations - before;
}

#ifdef SANITIZED
const bool counting = false;
#else
const bool counting = true;
#endif

}  // namespace

TEST_CASE("the counter counts") {
  if (!counting) {
    MESSAGE("skipped: a sanitizer has its own allocator, so nothing is counted in this build");
    return;
  }
  CHECK(allocations_in([] {
          int* volatile one = new int(1);
          delete one;
        }) == 1);
  CHECK(allocations_in([] {
          int* volatile some = new int[3];
          delete[] some;
        }) == 1);
#ifdef COUNTS_MALLOC
  CHECK(allocations_in([] {
          void* volatile memory = std::malloc(10);
          memory = std::realloc(memory, 20);
          std::free(memory);
          memory = std::calloc(2, 5);
          std::free(memory);
          memory = std::aligned_alloc(64, 64);
          std::free(memory);
        }) == 4);
  // An allocation inside the C library is seen too.
  CHECK(allocations_in([] {
          std::FILE* const file = std::fopen("/dev/null", "r");
          if (file != nullptr) std::fclose(file);
        }) >= 1);
#else
  MESSAGE("only operator new is counted: this C library does not let malloc be replaced");
#endif
}

TEST_CASE("initialising, training, evaluating and predicting allocate nothing") {
  mica::Status trained, evaluated;
  mica::Evaluation result;
  mica::Tensor<float, 10> scores;
  float sum = 0;
  const long counted = allocations_in([&] {
    const Digits training = Digits::training(203, 1), testing = Digits::testing(50, 1);
    model.initialize(42);
    trainer.schedule = mica::Schedule::cosine(100).warm_up(5);
    trainer.clip_norm = 1;
    fit.epochs = 3;
    fit.validation_share = 0.1f;
    trained = fit.run(model, trainer, training, [](const mica::Progress&) { return true; });
    evaluated = evaluator.run(model, testing, result);
    float sample[64];
    std::uint8_t label = 0;
    if (!testing.read(7, sample, label).ok()) return;
    predict(model, {sample, 1}, {scores.data(), 1});
    for (const float score : scores.values) sum += score * score;
  });
  CHECK(counted == 0);
  CHECK(trained.ok());
  CHECK(evaluated.ok());
  CHECK(result.loss > 0);
  CHECK(sum > 0);
  CHECK(trainer.steps() == 3 * 23);
}

TEST_CASE("augmented data, and a table read from CSV, allocate nothing") {
  mica::Status trained, loaded, refused, measured;
  static mica::Trainer<Net, mica::SoftTargetCrossEntropy, Optimizer, 8> mixing_trainer;
  static mica::Fit<Net, mica::SoftTargetCrossEntropy, Optimizer, 8> mixing_fit;
  using Table = mica::CsvDataset<mica::Shape<2>, 4>;
  static Table table;
  static mica::ColumnStatistics<Table> statistics;
  const char csv[] = "length,mass,kind\n1.5,2e-7,0\n0.1234567890123456789,3,1\n";
  const long counted = allocations_in([&] {
    const Digits digits = Digits::training(40, 1);
    const mica::Augmented varied(digits, mica::Shift{1}, mica::Rotate{10}, mica::Scale{0.9f, 1.1f},
                                 mica::HorizontalFlip{}, mica::Noise{0.1f}, mica::Cutout{2}, mica::Mixup{});
    mixing_fit.validation_share = 0.1f;
    trained = mixing_fit.run(model, mixing_trainer, varied, [](const mica::Progress&) { return true; });
    loaded = table.load(io::MemorySource(csv, sizeof csv - 1));
    measured = statistics.measure(table);
    refused = table.load(io::MemorySource(csv, 20));
  });
  CHECK(counted == 0);
  CHECK(trained.ok());
  CHECK(loaded.ok());
  CHECK(measured.ok());
  CHECK_FALSE(refused.ok());
}

TEST_CASE("saving and loading in memory, and writing a header, allocate nothing") {
  model.initialize(42);
  mica::Status saved, loaded, refused, wrote;
  io::TrainingPosition position;
  const long counted = allocations_in([&] {
    io::MemorySink sink(bytes, sizeof bytes);
    saved = io::save(model, trainer, position, sink);
    loaded = io::load(copy, trainer, position, io::MemorySource(bytes, sink.used()));
    refused = io::load(copy, io::MemorySource(bytes, sink.used() - 1));
    io::MemorySink header(bytes, sizeof bytes);
    wrote = io::write_weights_header(model, "digits", header);
  });
  CHECK(counted == 0);
  CHECK(saved.ok());
  CHECK(loaded.ok());
  CHECK_FALSE(refused.ok());
  CHECK(wrote.ok());
  CHECK(copy.hash() == model.hash());
}

#if __has_include(<sys/mman.h>)
TEST_CASE("saving to and loading from a file allocate nothing") {
  model.initialize(43);
  mica::Status status, refused;
  const long counted = allocations_in([&] {
    io::FileSink sink;
    status = sink.open("no_heap.mica");
    if (status.ok()) status = io::save(model, sink);
    if (status.ok()) status = sink.commit();
    io::FileSource source;
    if (status.ok()) status = source.open("no_heap.mica");
    if (status.ok()) status = io::load(copy, source);
    refused = source.open("no_such_file.mica");
  });
  CHECK(counted == 0);
  CHECK(std::strcmp(status.message(), "") == 0);
  CHECK_FALSE(refused.ok());
  CHECK(copy.hash() == model.hash());
  std::remove("no_heap.mica");
}
#endif
