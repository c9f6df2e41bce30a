// The generator: known answers, streams that do not meet, the layout of the elements, and what the kernels make of them.
#include <cmath>
#include <set>
#include <vector>

#include <doctest/doctest.h>
#include <mica/rng.hpp>

#include "../src/kernels/random.hpp"
#include "support.hpp"

using namespace tests;
using mica::Random;
namespace on = mica::kernels::on;

namespace {

constexpr std::uint64_t key_of(std::uint32_t first, std::uint32_t second) {
  return first | static_cast<std::uint64_t>(second) << 32;
}

// Mean, variance, skewness, excess kurtosis.
struct Moments {
  double mean = 0, variance = 0, skewness = 0, kurtosis = 0;
};
Moments moments_of(const std::vector<float>& x) {
  Moments m;
  const double n = static_cast<double>(x.size());
  for (const float v : x) m.mean += static_cast<double>(v) / n;
  for (const float v : x) {
    const double d = static_cast<double>(v) - m.mean;
    m.variance += d * d / n;
    m.skewness += d * d * d / n;
    m.kurtosis += d * d * d * d / n;
  }
  m.skewness /= std::pow(m.variance, 1.5);
  m.kurtosis = m.kurtosis / (m.variance * m.variance) - 3;
  return m;
}

constexpr int many = 1 << 20;

}  // namespace

// From the file kat_vectors of the Random123 distribution, "threefry2x32 20".
TEST_CASE("known answers") {
  struct Answer {
    std::uint32_t counter[2], key[2], block[2];
  };
  const Answer answers[] = {
      {{0, 0}, {0, 0}, {0x6b200159, 0x99ba4efe}},
      {{0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}, {0x1cb996fc, 0xbb002be7}},
      {{0x243f6a88, 0x85a308d3}, {0x13198a2e, 0x03707344}, {0xc4923a9c, 0x483df7a0}},
  };
  for (const Answer& answer : answers) {
    const Random random(key_of(answer.key[0], answer.key[1]));
    const Random::Block block = random.block({answer.counter[0], answer.counter[1]});
    CHECK(block.first == answer.block[0]);
    CHECK(block.second == answer.block[1]);
  }
}

TEST_CASE("usable in constant expressions") {
  constexpr Random random(key_of(0x13198a2e, 0x03707344));
  static_assert(random.block({0x243f6a88, 0x85a308d3}).first == 0xc4923a9c, "");
  static_assert(random.seed() == 0x0370734413198a2e, "");
  static_assert(random.fork(3).seed() == key_of(random.block({3, 1}).first, random.block({3, 1}).second), "");
  static_assert(Random(1).below(10, 5) < 10, "");
  static_assert(sizeof(Random) == 8, "");
}

TEST_CASE("element i is word (i / 32) mod 2 of block (32 (i / 64) + i mod 32, 0)") {
  const Random random(42);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const Random::Block block = random.block({32 * (i / 64) + i % 32, 0});
    CHECK(random.bits(i) == (i / 32 % 2 == 0 ? block.first : block.second));
    CHECK(random.uniform(i) == static_cast<float>(random.bits(i) >> 8) / 16777216.0f);
  }
  // No two elements come from the same word.
  std::set<std::uint64_t> seen;
  for (std::uint32_t i = 0; i < 4096; ++i) seen.insert(key_of(32 * (i / 64) + i % 32, i / 32 % 2));
  CHECK(seen.size() == 4096);
}

TEST_CASE("ranges of uniform and below") {
  const Random random(7);
  int counts[10] = {};
  for (std::uint32_t i = 0; i < 100000; ++i) {
    const float u = random.uniform(i);
    REQUIRE((u >= 0.0f && u < 1.0f));
    const std::uint32_t digit = random.below(10, i);
    REQUIRE(digit < 10);
    ++counts[digit];
    REQUIRE(random.below(1, i) == 0);
    REQUIRE(random.below(0xffffffff, i) < 0xffffffff);
  }
  double chi_squared = 0;
  for (const int count : counts) chi_squared += (count - 10000.0) * (count - 10000.0) / 10000.0;
  CHECK(chi_squared < 27.9);  // 9 degrees of freedom: one seed in a thousand is above
}

TEST_CASE("seeds and forks give streams that have nothing in common") {
  std::set<std::uint32_t> firsts;
  std::set<std::uint64_t> keys;
  for (std::uint32_t stream = 0; stream < 1000; ++stream) {
    keys.insert(Random(1).fork(stream).seed());
    keys.insert(Random(2).fork(stream).seed());
    keys.insert(Random(1).fork(5).fork(stream).seed());
    firsts.insert(Random(stream).bits(0));
  }
  CHECK(keys.size() == 3000);
  CHECK(firsts.size() >= 999);
  // Streams side by side are not correlated: 1 / sqrt(n) is the deviation of what chance gives.
  const std::uint32_t n = 20000;
  const Random streams[] = {Random(1), Random(2), Random(1).fork(0), Random(1).fork(1), Random(std::uint64_t{1} << 32)};
  for (const Random& a : streams) {
    for (const Random& b : streams) {
      for (const std::uint32_t lag : {0u, 1u, 32u, 64u}) {
        if (a.seed() == b.seed() && lag == 0) continue;
        double sum = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
          sum += (static_cast<double>(a.uniform(i)) - 0.5) * (static_cast<double>(b.uniform(i + lag)) - 0.5) * 12;
        }
        CHECK(std::fabs(sum / n) < 5 / std::sqrt(static_cast<double>(n)));
      }
    }
  }
}

TEST_CASE("every bit is set half of the time") {
  int set[32] = {};
  const Random random(9);
  const std::uint32_t n = 100000;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (int bit = 0; bit < 32; ++bit) set[bit] += static_cast<int>(random.bits(i) >> bit & 1);
  }
  for (const int count : set) CHECK(std::fabs(count - n / 2.0) < 5 * std::sqrt(n / 4.0));
}

TEST_CASE("fill_uniform and fill_normal give the generator's elements, for every length and offset") {
  const Random random(42);
  const int reach = Native::lanes > 8 ? Native::lanes : 8;
  const float low = -0.3f, high = 0.7f, deviation = 1.5f;
  for (int n = 0; n <= 200; n += n < 3 * reach || n > 60 ? 1 : 7) {
    for (int offset = 0; offset < (n < 3 * reach ? reach : 1); ++offset) {
      Guarded unit(n, offset), x(n, offset), y(n, offset), normal(n, offset), z(n, offset);
      on::fill_uniform<Native>(n, random, 0.0f, 1.0f, unit.data());
      on::fill_uniform<Native>(n, random, low, high, x.data());
      on::fill_uniform<Scalar>(n, random, low, high, y.data());
      on::fill_normal<Native>(n, random, deviation, 1.0f, normal.data());
      on::fill_normal<Scalar>(n, random, deviation, 1.0f, z.data());
      int wrong = 0;
      for (int i = 0; i < n; ++i) {
        const std::uint32_t bits = random.bits(static_cast<std::uint32_t>(i));
        wrong += bits_of(unit[i]) == bits_of(random.uniform(static_cast<std::uint32_t>(i))) ? 0 : 1;
        wrong += bits_of(x[i]) == bits_of(y[i]) ? 0 : 1;
        wrong += std::fabs(x[i] - (low + random.uniform(static_cast<std::uint32_t>(i)))) < 1e-6f ? 0 : 1;
        const float odd = static_cast<float>(2 * static_cast<int>(bits >> 9) + 1 - (1 << 23)) * 0x1p-23f;
        const float quantile = deviation * mica::kernels::Elementary<Scalar>::normal_quantile(odd);
        wrong += bits_of(normal[i]) == bits_of(quantile) && bits_of(z[i]) == bits_of(quantile) ? 0 : 1;
      }
      CAPTURE(n);
      CHECK(wrong == 0);
      CHECK((unit.intact() && x.intact() && normal.intact()));
    }
  }
}

TEST_CASE("fill_uniform never reaches its open end") {
  // Between 1 and the next float but one there is hardly room: most values would be rounded up to the end.
  std::vector<float> x(10000);
  const float high = 1 + 0x1p-22f;
  on::fill_uniform<Native>(static_cast<int>(x.size()), Random(3), 1.0f, high, x.data());
  for (const float v : x) REQUIRE((v >= 1.0f && v < high));
  on::fill_uniform<Native>(static_cast<int>(x.size()), Random(3), -high, -1.0f, x.data());
  for (const float v : x) REQUIRE((v >= -high && v < -1.0f));
}

TEST_CASE("moments of a million uniform numbers") {
  std::vector<float> x(many);
  on::fill_uniform<Native>(many, Random(11), -1.0f, 1.0f, x.data());
  const Moments m = moments_of(x);
  CHECK(std::fabs(m.mean) < 5 * std::sqrt(1.0 / 3 / many));
  CHECK(std::fabs(m.variance - 1.0 / 3) < 5 * std::sqrt(4.0 / 45 / many));
  CHECK(std::fabs(m.kurtosis + 1.2) < 0.01);
}

TEST_CASE("moments and tails of a million normal numbers") {
  std::vector<float> x(many);
  on::fill_normal<Native>(many, Random(12), 1.0f, 1.0f, x.data());
  const Moments m = moments_of(x);
  CHECK(std::fabs(m.mean) < 5 / std::sqrt(static_cast<double>(many)));
  CHECK(std::fabs(m.variance - 1) < 5 * std::sqrt(2.0 / many));
  CHECK(std::fabs(m.skewness) < 5 * std::sqrt(6.0 / many));
  CHECK(std::fabs(m.kurtosis) < 5 * std::sqrt(24.0 / many));
  // The share beyond each limit, on both sides.
  for (const double limit : {1.0, 2.0, 3.0, 4.0}) {
    const double share = std::erfc(limit / std::sqrt(2.0)) / 2;
    int below = 0, above = 0;
    for (const float v : x) below += static_cast<double>(v)<-limit, above += static_cast<double>(v)> limit;
    CHECK(std::fabs(below - share * many) < 5 * std::sqrt(share * many) + 1);
    CHECK(std::fabs(above - share * many) < 5 * std::sqrt(share * many) + 1);
  }
}

TEST_CASE("a normal distribution cut off at two deviations") {
  std::vector<float> x(many);
  const double within = std::erf(std::sqrt(2.0));
  on::fill_normal<Native>(many, Random(13), 3.0f, static_cast<float>(within), x.data());
  for (const float v : x) REQUIRE(std::fabs(v) <= 6.0f);
  const Moments m = moments_of(x);
  CHECK(std::fabs(m.mean) < 0.02);
  CHECK(std::fabs(std::sqrt(m.variance) - 3 * 0.87962566) < 0.01);
}
