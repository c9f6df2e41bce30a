// The generated data of the reference models: the same bits on every port, balanced classes, parts that share nothing,
// numbers of ordinary size, and pictures that show the sample.
#include <cmath>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <mica/data/dataset.hpp>
#include <mica/model.hpp>

#include "support.hpp"
#include "tools/models/body_motion.hpp"
#include "tools/models/generated.hpp"
#include "tools/models/machine_sound.hpp"
#include "tools/models/spoken_words.hpp"
#include "tools/models/textured_shapes.hpp"

using namespace mica::models;

namespace {

template <class Source>
std::uint64_t hash_of(const Generated<Source>& data, int first, int count) {
  static float sample[Source::Sample::size];
  mica::WeightsHash hash;
  for (int i = first; i < first + count; ++i) {
    std::uint8_t label = 0;
    REQUIRE(data.read(i, sample, label).ok());
    const float as_number = label;
    hash.add(sample, Source::Sample::size);
    hash.add(&as_number, 1);
  }
  return hash.value;
}

template <class Source>
void check_bits(std::uint64_t training, std::uint64_t test) {
  constexpr int count = 60;
  const std::uint64_t found[] = {hash_of(Generated<Source>(Part::training), 0, count),
                                 hash_of(Generated<Source>(Part::test), 0, count)};
  std::printf("%-70s %-8s %s %s\n", Source::description, tests::Native::name, tests::Hex(found[0]).text,
              tests::Hex(found[1]).text);
  if (tests::fused) {
    CHECK(found[0] == training);
    CHECK(found[1] == test);
  } else {
    std::printf("  not compared: this build has no fused multiply-add\n");
  }
}

// Every class once in as many samples as there are classes, not always in the same order.
template <class Source>
void check_classes(Part part, int classes) {
  const Generated<Source> data(part);
  std::set<int> first;
  for (int group = 0; group < 100; ++group) {
    std::vector<int> seen(static_cast<std::size_t>(classes));
    for (int i = 0; i < classes; ++i) {
      const int label = data.label(classes * group + i);
      REQUIRE(label < classes);
      ++seen[static_cast<std::size_t>(label)];
      if (i == 0) first.insert(label);
    }
    for (const int count : seen) CHECK(count == 1);
  }
  CHECK(static_cast<int>(first.size()) == classes);
}

template <class Source>
void check_samples_of(const Generated<Source>& data, double mean_range, double least, double largest) {
  static float sample[Source::Sample::size];
  constexpr int count = 240;
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) {
    REQUIRE(data.read(i, sample).ok());
    for (const float x : sample) {
      sum += static_cast<double>(x);
      squares += static_cast<double>(x) * static_cast<double>(x);
    }
  }
  // A NaN or an infinity would be in both.
  REQUIRE(std::isfinite(squares));
  const double numbers = static_cast<double>(count) * Source::Sample::size, mean = sum / numbers;
  CHECK(std::abs(mean) < mean_range);
  CHECK(std::sqrt(squares / numbers - mean * mean) > least);
  CHECK(std::sqrt(squares / numbers - mean * mean) < largest);
}

// Of the size it says, neither black nor white all over, and another one for each sample.
template <class Source>
void check_pictures(int height, int width, int channels) {
  const Generated<Source> data(Part::test);
  static float sample[Source::Sample::size];
  std::set<std::vector<std::uint8_t>> pictures;
  for (int i = 0; i < 20; ++i) {
    REQUIRE(data.read(i, sample).ok());
    const Picture picture = Source::picture(sample);
    CHECK(picture.height == height);
    CHECK(picture.width == width);
    CHECK(picture.channels == channels);
    REQUIRE(picture.pixels.size() == static_cast<std::size_t>(height * width * channels));
    const std::set<std::uint8_t> tones(picture.pixels.begin(), picture.pixels.end());
    CHECK(*tones.rbegin() - *tones.begin() > 50);
    pictures.insert(picture.pixels);
  }
  CHECK(pictures.size() == 20);
}

template <class Source>
void check_source() {
  static_assert(mica::is_dataset<Generated<Source>>);
  const Generated<Source> training(Part::training), test(Part::test);
  CHECK(training.size() == Source::training_samples);
  CHECK(test.size() == Source::test_samples);
  CHECK(Source::training_samples % Source::training_classes == 0);
  CHECK(Source::test_samples % Source::classes == 0);
  check_classes<Source>(Part::training, Source::training_classes);
  check_classes<Source>(Part::test, Source::classes);
  // A sample is a function of part and index, whatever was drawn before and however many there are.
  CHECK(hash_of(training, 5, 1) == hash_of(Generated<Source>(Part::training, 6), 5, 1));
  std::set<std::uint64_t> hashes;
  for (int i = 0; i < 50; ++i) hashes.insert({hash_of(training, i, 1), hash_of(test, i, 1)});
  CHECK(hashes.size() == 100);

  static float sample[Source::Sample::size];
  std::uint8_t label = 0;
  CHECK(!training.read(-1, sample, label).ok());
  const mica::Status status = Generated<Source>(Part::test, 10).read(10, sample, label);
  CHECK(std::string(status.message()) == "Sample 10 was asked for, but there are 10.");
}

}  // namespace

TEST_CASE("spoken words") {
  check_source<SpokenWords>();
  check_bits<SpokenWords>(0x2df70f9f0401ba0c, 0x4c1fbed32d7471e4);
  check_samples_of(Generated<SpokenWords>(Part::training), 0.1, 0.9, 1.1);
  check_pictures<SpokenWords>(20, 49, 1);
}

TEST_CASE("body motion") {
  check_source<BodyMotion>();
  check_bits<BodyMotion>(0xb3f073d8a39a4e1e, 0xf044f9e97901ce86);
  check_samples_of(Generated<BodyMotion>(Part::training), 0.2, 0.4, 0.6);
  check_pictures<BodyMotion>(48, 64, 1);
}

TEST_CASE("machine sound, anomalous in the test part alone") {
  check_source<MachineSound>();
  check_bits<MachineSound>(0x5cc826bef4e774fe, 0xdf4f0e907f375e82);
  check_samples_of(Generated<MachineSound>(Part::training), 0.1, 0.9, 1.1);
  check_pictures<MachineSound>(20, 64, 1);
  const Generated<MachineSound> training(Part::training);
  for (int i = 0; i < 1000; ++i) CHECK(training.label(i) == 0);
}

TEST_CASE("textured shapes") {
  check_source<TexturedShapes>();
  check_bits<TexturedShapes>(0x39e49cc05f0bd062, 0x84b3279798d8e5c3);
  check_samples_of(Generated<TexturedShapes>(Part::training), 0.1, 0.9, 1.2);
  check_pictures<TexturedShapes>(32, 32, 3);
}

TEST_CASE("the sine and the bell that they are drawn with") {
  double worst = 0;
  for (int i = -3000; i <= 3000; ++i) {
    const float turns = static_cast<float>(i) / 1000;
    worst = std::max(worst, std::abs(static_cast<double>(sine(turns)) - std::sin(6.283185307179586 * turns)));
  }
  CHECK(worst < 4e-6);
  CHECK(std::abs(cosine(0.0f) - 1.0f) < 4e-6f);
  CHECK(bell(0.0f) == 1.0f);
  CHECK(bell(1.0f) == 0.0f);
  CHECK(bell(-5.0f) == 0.0f);
  CHECK(bell(0.5f) == 0.5625f);
}

TEST_CASE("a plot draws each curve around its mean, with the neighbouring columns joined") {
  // Two curves over four points: one jumps up, one is flat.
  const float values[] = {-1, 7, -1, 7, 1, 7, 1, 7};
  const Picture picture = plot(values, 4, 2, 1, 3, 1.0f);
  const std::vector<std::uint8_t> expected = {0,   0,   255, 255,  // the jump
                                              0,   0,   255, 0,    //
                                              255, 255, 0,   0,    //
                                              0,   0,   0,   0,    // the flat one
                                              255, 255, 255, 255,  //
                                              0,   0,   0,   0};
  CHECK(picture.height == 6);
  CHECK(picture.width == 4);
  CHECK(picture.pixels == expected);
}
