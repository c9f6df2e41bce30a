#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <mica/data/dataset.hpp>
#include <mica/data/synthetic_digits.hpp>

using mica::Distortion;
using mica::Random;
using Large = mica::SyntheticDigits<mica::Shape<28, 28, 1>>;
using Small = mica::SyntheticDigits<mica::Shape<8, 8, 1>>;
static_assert(mica::is_dataset<Large>);
static_assert(mica::is_dataset<mica::SyntheticDigits<mica::Shape<8, 8>>>);
static_assert(sizeof(Large) == 64);

namespace {

constexpr std::uint64_t fnv_start = 0xcbf29ce484222325;
std::uint64_t fnv1a(std::uint64_t hash, const std::uint8_t* bytes, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) hash = (hash ^ bytes[i]) * 0x100000001b3;
  return hash;
}

// Image and label together.
std::uint64_t hash_digits(Random random, int first, int count, int height, int width) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(height) * static_cast<std::size_t>(width));
  std::uint64_t hash = fnv_start;
  for (int i = first; i < first + count; ++i) {
    const std::uint8_t label = mica::draw_digit(random, static_cast<std::uint32_t>(i), height, width,
                                                Distortion::for_height(height), pixels.data());
    hash = fnv1a(fnv1a(hash, pixels.data(), pixels.size()), &label, 1);
  }
  return hash;
}

}  // namespace

TEST_CASE("the digits are the same bytes on every machine") {
  CHECK(hash_digits(Random(42), 0, 100, 8, 8) == 531686833152362324u);
  CHECK(hash_digits(Random(42), 0, 100, 28, 28) == 14352167789484686932u);
  CHECK(hash_digits(Random(42), 0, 100, 31, 17) == 13300297622822775463u);
}

TEST_CASE("a digit is a function of generator and index") {
  for (int i = 0; i < 20; ++i) {
    CHECK(hash_digits(Random(3), i, 1, 28, 28) == hash_digits(Random(3), i, 1, 28, 28));
    CHECK(hash_digits(Random(3), i, 1, 28, 28) != hash_digits(Random(4), i, 1, 28, 28));
    CHECK(hash_digits(Random(3), i, 1, 28, 28) != hash_digits(Random(3), i + 10, 1, 28, 28));
  }
}

TEST_CASE("labels are balanced in every ten, in changing order") {
  int first_is[10] = {};
  for (std::uint32_t ten = 0; ten < 1000; ++ten) {
    unsigned seen = 0;
    for (std::uint32_t i = 0; i < 10; ++i) seen |= 1u << mica::digit_label(Random(5), 10 * ten + i);
    CHECK(seen == 0x3ff);
    ++first_is[mica::digit_label(Random(5), 10 * ten)];
  }
  for (const int count : first_is) CHECK(std::abs(count - 100) < 40);
}

TEST_CASE("training and test digits share no image, and none comes twice") {
  const Large training = Large::training(1500, 1), testing = Large::testing(1500, 1);
  std::vector<std::uint64_t> hashes;
  std::vector<float> sample(784);
  std::uint8_t label = 0;
  for (const Large& digits : {training, testing}) {
    for (int i = 0; i < digits.size(); ++i) {
      REQUIRE(digits.read(i, sample.data(), label).ok());
      hashes.push_back(fnv1a(fnv_start, reinterpret_cast<const std::uint8_t*>(sample.data()), 4 * sample.size()));
    }
  }
  std::sort(hashes.begin(), hashes.end());
  CHECK(std::adjacent_find(hashes.begin(), hashes.end()) == hashes.end());
}

TEST_CASE("nothing is written outside the image") {
  // Digits far too large, too thick, and pushed over the edge.
  const Distortion wild{3.0f, 0.9f, 0.9f, 2.0f, 3.0f, 2.0f, 0.5f, 0.4f, 0.9f, 0.5f, 1.0f};
  constexpr int border = 256;
  const int sizes[][2] = {{1, 1}, {1, 9}, {9, 1}, {2, 3}, {8, 8}, {5, 28}, {28, 5}, {28, 28}, {40, 33}};
  for (const auto& size : sizes) {
    const int count = size[0] * size[1];
    for (const Distortion& distortion : {Distortion::for_height(size[0]), wild}) {
      for (std::uint32_t i = 0; i < 60; ++i) {
        std::vector<std::uint8_t> poisoned(static_cast<std::size_t>(count) + 2 * border, 0xa5), again = poisoned;
        std::fill(again.begin() + border, again.end() - border, std::uint8_t{0});
        mica::draw_digit(Random(8), i, size[0], size[1], distortion, poisoned.data() + border);
        mica::draw_digit(Random(8), i, size[0], size[1], distortion, again.data() + border);
        CHECK(std::all_of(poisoned.begin(), poisoned.begin() + border, [](std::uint8_t x) { return x == 0xa5; }));
        CHECK(std::all_of(poisoned.end() - border, poisoned.end(), [](std::uint8_t x) { return x == 0xa5; }));
        // What was there before does not matter.
        CHECK(poisoned == again);
      }
    }
  }
}

TEST_CASE("pixels use the whole range, and the digit is in the image") {
  for (const int size : {8, 28}) {
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size * size));
    int brightest_seen = 0;
    for (std::uint32_t i = 0; i < 500; ++i) {
      mica::draw_digit(Random(6), i, size, size, Distortion::for_height(size), pixels.data());
      const auto [darkest, brightest] = std::minmax_element(pixels.begin(), pixels.end());
      CHECK(*darkest == 0);
      CHECK(*brightest > 100);
      brightest_seen = std::max(brightest_seen, static_cast<int>(*brightest));
      // Strokes cover some of the image, and never most of it.
      const auto lit = std::count_if(pixels.begin(), pixels.end(), [](std::uint8_t x) { return x > 80; });
      CHECK(lit * 40 > size * size);
      CHECK(lit * 5 < size * size * 3);
    }
    CHECK(brightest_seen == 255);
  }
}

TEST_CASE("without noise the background is black, and full ink is white") {
  Distortion plain{0.7f, 0, 0, 0, 0, 0, 0, 0.06f, 0, 0, 0};
  for (std::uint32_t i = 0; i < 40; ++i) {
    std::uint8_t pixels[784];
    mica::draw_digit(Random(2), i, 28, 28, plain, pixels);
    CHECK(*std::max_element(pixels, pixels + 784) == 255);
    // 0.7 of the height, and half a stroke and its soft edge on both ends: 24.9 of 28 rows at most.
    for (int column = 0; column < 28; ++column) {
      CHECK(pixels[column] == 0);
      CHECK(pixels[27 * 28 + column] == 0);
    }
  }
}

TEST_CASE("samples are the standardised pixels") {
  const Large digits(50, Random(9));
  std::vector<std::uint8_t> pixels(784);
  std::vector<float> sample(785, 42.0f), expected(784);
  for (const int i : {0, 7, 49}) {
    std::uint8_t label = 99;
    REQUIRE(digits.read(i, sample.data(), label).ok());
    CHECK(label == mica::draw_digit(Random(9), static_cast<std::uint32_t>(i), 28, 28, Distortion::for_height(28),
                                    pixels.data()));
    CHECK(label == mica::digit_label(Random(9), static_cast<std::uint32_t>(i)));
    mica::digit_standardization(28).apply(784, pixels.data(), expected.data());
    CHECK(std::equal(expected.begin(), expected.end(), sample.begin()));
    CHECK(sample[784] == 42.0f);
  }
  std::uint8_t label;
  CHECK(std::string(digits.read(50, sample.data(), label).message()) == "Digit 50 was asked for, but there are 50.");
  CHECK(!digits.read(-1, sample.data(), label).ok());
}

template <class Digits>
void check_moments() {
  const Digits digits = Digits::training(1000, 12);
  std::vector<float> sample(Digits::Sample::size);
  std::uint8_t label;
  double sum = 0, squares = 0;
  for (int i = 0; i < digits.size(); ++i) {
    REQUIRE(digits.read(i, sample.data(), label).ok());
    for (const float x : sample) sum += x, squares += x * x;
  }
  const double count = digits.size() * static_cast<double>(Digits::Sample::size);
  CHECK(std::fabs(sum / count) < 0.02);
  CHECK(std::fabs(squares / count - 1) < 0.02);
}

TEST_CASE("samples have mean 0 and deviation 1") {
  check_moments<Small>();
  check_moments<Large>();
}

// How many of the test digits a linear softmax classifier gets right, trained on other digits by plain descent.
template <class Digits>
double linear_accuracy(int samples, int epochs) {
  constexpr int pixels = Digits::Sample::size;
  const Digits training = Digits::training(samples, 21), testing = Digits::testing(1000, 21);
  std::vector<float> sample(pixels), weights((pixels + 1) * 10);
  std::uint8_t label = 0;
  float scores[10];
  const auto predict = [&] {
    for (int k = 0; k < 10; ++k) {
      float* const w = weights.data() + k * (pixels + 1);
      scores[k] = w[pixels];
      for (int i = 0; i < pixels; ++i) scores[k] += w[i] * sample[static_cast<std::size_t>(i)];
    }
    return std::max_element(scores, scores + 10) - scores;
  };
  for (int step = 0; step < samples * epochs; ++step) {
    REQUIRE(training.read(step % samples, sample.data(), label).ok());
    const float largest = scores[predict()];
    float total = 0;
    for (float& score : scores) total += score = std::exp(score - largest);
    const float rate = step < samples * epochs / 2 ? 0.5f / pixels : 0.1f / pixels;
    for (int k = 0; k < 10; ++k) {
      float* const w = weights.data() + k * (pixels + 1);
      const float change = rate * ((k == label ? 1.0f : 0.0f) - scores[k] / total);
      for (int i = 0; i < pixels; ++i) w[i] += change * sample[static_cast<std::size_t>(i)];
      w[pixels] += change;
    }
  }
  int right = 0;
  for (int i = 0; i < testing.size(); ++i) {
    REQUIRE(testing.read(i, sample.data(), label).ok());
    right += predict() == label ? 1 : 0;
  }
  return 0.001 * right;
}

TEST_CASE("a linear classifier learns the digits, but not well") {
  const double accuracy = linear_accuracy<Small>(4000, 3);
  CAPTURE(accuracy);
  CHECK(accuracy > 0.7);
  CHECK(accuracy < 0.9);
}

TEST_CASE("a linear classifier stays below 90 % on large digits" * doctest::test_suite("full")) {
  const double accuracy = linear_accuracy<Large>(20000, 6);
  CAPTURE(accuracy);
  CHECK(accuracy > 0.7);
  CHECK(accuracy < 0.9);
}
