// Tensors as PyTorch names and lays them out: networks of PyTorch's loaded into Mica's, and what both answer.
#include <mica/exchange/tensor_matching.hpp>
#include <mica/io/npz.hpp>
#include <mica/io/onnx.hpp>
#include <mica/io/safetensors.hpp>
#include <mica/mica.hpp>

#include <doctest/doctest.h>

#include "tests/golden/compare.hpp"
#include "tests/golden/exchange_archives.hpp"
#include "tests/golden/exchange_networks.hpp"
#include "tests/tensor_files.hpp"

using mica::Status;
using mica::exchange::LoadOptions;
using tensor_files::SafetensorsFile;

namespace {

constexpr std::uint32_t first_stream = 10;
constexpr int most_numbers = 256;

// One for all networks, because boards have little memory.
SafetensorsFile file;
unsigned char bytes[8192];

// The tensors of a network of PyTorch's as a file.
template <class Case>
void write_case() {
  file.start();
  std::uint32_t stream = first_stream;
  for (const golden::TensorLine& line : Case::tensors) {
    if (line.rank == 0) {
      const auto batches = static_cast<std::uint64_t>(line.offset);
      file.add(line.name, "I64", 0, line.shape, &batches, 1);
    } else {
      int count = 1;
      for (int i = 0; i < line.rank; ++i) count *= line.shape[i];
      REQUIRE(count <= most_numbers);
      float numbers[most_numbers];
      golden::Draw{Case::seed, stream, 0.5f, line.offset}.fill(count, numbers);
      file.add(line.name, "F32", line.rank, line.shape, numbers, count);
    }
    ++stream;
  }
  file.finish();
}

template <class Case>
void check_answers(const mica::Model<typename Case::Net>& model) {
  using Net = typename Case::Net;
  static float x[Case::batch * Net::Input::size], y[Case::batch * Net::Output::size];
  golden::Draw{Case::seed, 1, Case::words ? 1.0f : 1.5f}.fill(Case::batch * Net::Input::size, x);
  if (Case::words) {
    for (float& index : x) index = static_cast<float>(static_cast<int>((index + 1) / 2 * 9));
  }
  static mica::Predictor<Net, Case::batch> predict;
  predict(model, {x, Case::batch}, {y, Case::batch});
  golden::check_near(Case::batch * Net::Output::size, y, Case::y, 1e-5);
}

// Counts the fates.
struct Counts : mica::exchange::TensorReport {
  int of[8] = {};
  void tensor(const mica::exchange::TensorFate& fate) override { ++of[static_cast<int>(fate.fate)]; }
  int operator[](mica::exchange::Fate fate) const { return of[static_cast<int>(fate)]; }
};

using Linear = mica::Sequential<mica::Input<3>, mica::Dense<2>>;

template <int count>
Status load_archive(mica::Model<Linear>& model, const unsigned char (&archive)[count]) {
  return mica::io::load_npz(model, mica::io::MemorySource(archive, sizeof archive, "archive.npz"));
}

bool is_archived(const mica::Model<Linear>& model) {
  const float* const numbers = model.parameters();
  bool same = true;
  for (int out = 0; out < 2; ++out) {
    for (int in = 0; in < 3; ++in) same = same && numbers[in * 2 + out] == golden::archived_weight[out * 3 + in];
    same = same && numbers[6 + out] == golden::archived_bias[out];
  }
  return same;
}

bool says(const Status& status, const char* words) {
  INFO(status.message());
  return !status.ok() && std::strstr(status.message(), words) != nullptr;
}

}  // namespace

TEST_CASE("networks of PyTorch's answer the same in Mica") {
  golden::ExchangeCases::each([](auto c) {
    using Case = decltype(c);
    write_case<Case>();
    static mica::Model<typename Case::Net> model;
    Counts counts;
    LoadOptions options;
    options.report = &counts;
    const Status status = mica::io::load_safetensors(model, file.source(), options);
    CAPTURE(status.message());
    REQUIRE(status.ok());
    CHECK(counts[mica::exchange::Fate::taken] == static_cast<int>(sizeof Case::tensors / sizeof Case::tensors[0]));
    CHECK(counts[mica::exchange::Fate::zeros] == 0);
    CHECK(counts[mica::exchange::Fate::left_over] == 0);
    check_answers<Case>(model);
  });
}

TEST_CASE("models come back bit for bit, from safetensors and from npz") {
  golden::ExchangeCases::each([](auto c) {
    using Net = typename decltype(c)::Net;
    static mica::Model<Net> model, from_safetensors, from_npz;
    model.initialize(7);
    // Numbers that a copy could lose: signed zeros, NaN with a payload, subnormals, and remainders of running means.
    for (int i = 0; i < Net::statistics; ++i) model.statistics()[i] = static_cast<float>(i % 5);
    const std::uint32_t odd[] = {0x80000000u, 0x7fc01234u, 0x00000001u, 0xff800000u};
    std::memcpy(model.parameters(), odd, sizeof odd);
    mica::io::MemorySink safetensors(bytes, sizeof bytes);
    Status status = mica::io::save_safetensors(model, safetensors);
    CAPTURE(status.message());
    REQUIRE(status.ok());
    REQUIRE(mica::io::load_safetensors(from_safetensors, mica::io::MemorySource(bytes, safetensors.used())).ok());
    CHECK(from_safetensors.hash() == model.hash());

    mica::io::MemorySink npz(bytes, sizeof bytes);
    REQUIRE(mica::io::save_npz(model, npz).ok());
    status = mica::io::load_npz(from_npz, mica::io::MemorySource(bytes, npz.used()));
    CAPTURE(status.message());
    REQUIRE(status.ok());
    CHECK(from_npz.hash() == model.hash());

    mica::io::MemorySink small(bytes, npz.used() - 1);
    CHECK(says(mica::io::save_npz(model, small), "no room left"));
  });
}

TEST_CASE("a frozen network has the names of the network") {
  using Net = golden::Paths::Net;
  using Tuned = mica::FreezeFirst<2, Net>;
  static mica::Model<Net> model;
  static mica::Model<Tuned> tuned, loaded;
  model.initialize(3);
  mica::copy_weights(model, tuned);
  static unsigned char frozen[sizeof bytes];
  mica::io::MemorySink first(bytes, sizeof bytes), second(frozen, sizeof frozen);
  REQUIRE(mica::io::save_safetensors(model, first).ok());
  REQUIRE(mica::io::save_safetensors(tuned, second).ok());
  REQUIRE(first.used() == second.used());
  CHECK(std::memcmp(bytes, frozen, first.used()) == 0);
  REQUIRE(mica::io::load_safetensors(loaded, mica::io::MemorySource(bytes, first.used())).ok());
  CHECK(loaded.hash() == tuned.hash());
}

TEST_CASE("archives are taken as numpy.savez writes them") {
  static mica::Model<Linear> model;
  CHECK(load_archive(model, golden::plain_archive).ok());
  CHECK(is_archived(model));
  for (int form = 0; form < 3; ++form) {
    model.initialize(1);
    const Status status = form == 0   ? load_archive(model, golden::fortran_archive)
                          : form == 1 ? load_archive(model, golden::doubles_archive)
                                      : load_archive(model, golden::halves_archive);
    CAPTURE(status.message());
    CHECK(status.ok());
    CHECK(is_archived(model));
  }
  CHECK(says(load_archive(model, golden::large_doubles_archive), "too large for 32 bits"));
  CHECK(says(load_archive(model, golden::big_endian_archive), "holds numbers of a type that is not taken"));
  CHECK(says(load_archive(model, golden::compressed_archive), "numpy.savez in place of numpy.savez_compressed"));
  CHECK(is_archived(model));
}

TEST_CASE("two biases of a gate are added up") {
  using Net = mica::Sequential<mica::Input<2, 1>, mica::GRU<1>>;
  static mica::Model<Net> model;
  file.start();
  const int weights[] = {3, 1};
  const float numbers[] = {1, 2, 3}, first[] = {0.25f, -0.5f, 8}, second[] = {1, -0.5f, 16};
  file.add("0.bias_hh_l0", "F32", 1, weights, second, 3);
  file.add("0.weight_ih_l0", "F32", 2, weights, numbers, 3);
  file.add("0.weight_hh_l0", "F32", 2, weights, numbers, 3);
  file.add("0.bias_ih_l0", "F32", 1, weights, first, 3);
  file.finish();
  REQUIRE(mica::io::load_safetensors(model, file.source()).ok());
  const float expected[] = {1, 2, 3, 1, 2, 3, 1.25f, -1, 8, 16};
  for (int i = 0; i < Net::parameters; ++i) CHECK(model.parameters()[i] == expected[i]);
}

TEST_CASE("names may have a prefix and be changed, and a part of a model may be replaced") {
  static mica::Model<Linear> model;
  file.start();
  const int shape[] = {2, 3};
  const float weight[] = {1, 2, 3, 4, 5, 6};
  file.add("net.fc.weight", "F32", 2, shape, weight, 6);
  file.finish();
  model.initialize(1);
  const std::uint64_t before = model.hash();
  CHECK(says(mica::io::load_safetensors(model, file.source()), "0.weight is missing."));
  CHECK(model.hash() == before);

  const mica::exchange::NameChange changes[] = {{"fc", "0"}};
  Counts counts;
  LoadOptions options;
  options.report = &counts;
  options.prefix = "net.";
  options.changes = changes;
  options.change_count = 1;
  REQUIRE(mica::io::load_safetensors(model, file.source(), options).ok());
  CHECK(counts[mica::exchange::Fate::zeros] == 1);
  const float expected[] = {1, 4, 2, 5, 3, 6, 0, 0};
  for (int i = 0; i < 8; ++i) CHECK(model.parameters()[i] == expected[i]);

  model.parameters()[7] = 9;
  options.keep_others = true;
  REQUIRE(mica::io::load_safetensors(model, file.source(), options).ok());
  CHECK(counts[mica::exchange::Fate::kept] == 1);
  CHECK(model.parameters()[7] == 9);
}

TEST_CASE("all problems are told, and the model stays") {
  static mica::Model<golden::Image::Net> model;
  write_case<golden::Length>();
  model.initialize(5);
  const std::uint64_t before = model.hash();
  Counts counts;
  LoadOptions options;
  options.report = &counts;
  const Status status = mica::io::load_safetensors(model, file.source(), options);
  CHECK(says(status, "tensors.safetensors does not fit the network: 0.weight has another shape, and 2 more problems."));
  CHECK(counts[mica::exchange::Fate::other_shape] == 3);
  CHECK(counts[mica::exchange::Fate::taken] == 6);
  CHECK(model.hash() == before);
}

namespace {

struct Unknown : mica::ReLU {
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "mine::Unknown";
  }
};

}  // namespace

TEST_CASE("a layer that ONNX cannot express is refused by its name, before anything is written") {
  mica::io::MemorySink sink(bytes, sizeof bytes);
  static mica::Model<mica::Sequential<mica::Input<3>, mica::Dense<2>, mica::Softplus<1, 1, 10>>> early;
  CHECK(says(mica::io::save_onnx(early, sink), "Softplus<1, 1, 10> cannot be written to ONNX: ONNX's Softplus has no"));
  static mica::Model<mica::Sequential<mica::Input<3>, mica::Dense<2>, Unknown>> own;
  CHECK(says(mica::io::save_onnx(own, sink), "mine::Unknown cannot be written to ONNX: nothing says which operators"));
  CHECK(sink.used() == 0);
  static mica::Model<Linear> model;
  mica::io::MemorySink small(bytes, 40);
  CHECK(says(mica::io::save_onnx(model, small), "memory could not be written: there is no room left."));
}

TEST_CASE("a count of batches that is none is refused") {
  static mica::Model<golden::Image::Net> model;
  model.initialize(5);
  model.statistics()[9] = 2.5f;
  mica::io::MemorySink sink(bytes, sizeof bytes);
  CHECK(says(mica::io::save_safetensors(model, sink), "1.num_batches_tracked is no whole number of batches"));
  CHECK(sink.used() == 0);
}
