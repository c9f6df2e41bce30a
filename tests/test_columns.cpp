// Columns with mean 0 and deviation 1: measured exactly, over the training part alone, and applied to any dataset.
#include <cmath>
#include <string>

#include <doctest/doctest.h>
#include <mica/mica.hpp>

#include "support.hpp"

namespace {

using namespace mica;

// Columns of many kinds: a large mean, a constant, tiny and huge numbers.
struct Table {
  using Sample = Shape<5>;
  int count = 1000;
  int fails_at = -1;
  int size() const { return count; }
  Status read(int index, float* x, std::uint8_t& label) const {
    if (index == fails_at) return Status::error(Status::Message() << "Row " << index << " is lost.");
    const Random random = Random(7).fork(static_cast<std::uint32_t>(index));
    x[0] = 10000 + (index % 2 == 0 ? 1.0f : -1.0f);
    x[1] = 42.7f;
    x[2] = (random.uniform(0) - 0.5f) * 1e-30f;
    x[3] = (random.uniform(1) + 3) * 1e30f;
    x[4] = static_cast<float>(index);
    label = static_cast<std::uint8_t>(index % 2);
    return {};
  }
};

struct Curve {
  using Sample = Shape<1>;
  static constexpr int targets = 3;
  int size() const { return 4; }
  Status read(int index, float* x, float* target) const {
    x[0] = static_cast<float>(index);
    for (int i = 0; i < 3; ++i) target[i] = static_cast<float>(10 * index + i);
    return {};
  }
};

}  // namespace

TEST_CASE("mean and deviation are those of two exact passes") {
  static ColumnStatistics<Table> statistics;
  const Table table;
  REQUIRE(statistics.measure(table).ok());
  const auto result = statistics.standardization();
  for (const int column : {0, 2, 3, 4}) {
    double mean = 0, variance = 0;
    for (const bool second : {false, true}) {
      for (int i = 0; i < 1000; ++i) {
        float x[5];
        std::uint8_t label;
        CHECK(table.read(i, x, label).ok());
        const double v = static_cast<double>(x[column]);
        if (second)
          variance += (v - mean) * (v - mean) / 1000;
        else
          mean += v / 1000;
      }
    }
    CHECK(static_cast<double>(result.mean[column]) == doctest::Approx(mean).epsilon(1e-6).scale(1e-30));
    CHECK(static_cast<double>(result.deviation[column]) == doctest::Approx(std::sqrt(variance)).epsilon(1e-6).scale(0));
  }
  CHECK(result.mean[0] == 10000);
  CHECK(result.deviation[0] == 1);
  CHECK(result.mean[1] == 42.7f);
  CHECK(result.deviation[1] == 0);

  // Measured once more, it begins anew.
  REQUIRE(statistics.measure(Table{2}).ok());
  CHECK(statistics.standardization().mean[4] == 0.5f);
  Table broken;
  broken.fails_at = 5;
  CHECK(std::string(statistics.measure(broken).message()) == "Row 5 is lost.");
}

TEST_CASE("the training part alone is measured") {
  static ColumnStatistics<Table> statistics;
  const Table table;
  const Split split(1000, 0.3f, 11);
  REQUIRE(statistics.measure(table, split).ok());
  double mean = 0;
  for (std::uint32_t i = 0; i < 700; ++i) mean += static_cast<double>(split(i)) / 700;
  CHECK(static_cast<double>(statistics.standardization().mean[4]) == doctest::Approx(mean).epsilon(1e-6));
  CHECK(statistics.standardization().mean[4] != 499.5f);
}

TEST_CASE("a standardised dataset has columns of mean 0 and deviation 1; a constant becomes 0") {
  static ColumnStatistics<Table> statistics;
  static ColumnStatistics<Standardized<Table>> again;
  const Table table;
  REQUIRE(statistics.measure(table).ok());
  const auto standardization = statistics.standardization();
  const Standardized standardized(table, standardization);
  REQUIRE(again.measure(standardized).ok());
  for (int column = 0; column < 5; ++column) {
    CHECK(std::fabs(again.standardization().mean[column]) < 1e-6f);
    CHECK(static_cast<double>(again.standardization().deviation[column]) ==
          doctest::Approx(column == 1 ? 0 : 1).epsilon(1e-6));
  }
  float x[5];
  std::uint8_t label = 9;
  REQUIRE(standardized.read(1, x, label).ok());
  CHECK((x[0] == -1 && x[1] == 0 && label == 1));
}

TEST_CASE("by hand, in flash, and with numbers as targets") {
  static constexpr ColumnStandardization<1> halves{{1}, {2}};
  const Curve curve;
  const Standardized standardized(curve, halves);
  static_assert(target_size<decltype(standardized)> == 3);
  float x[1], target[3];
  REQUIRE(standardized.read(3, x, target).ok());
  CHECK((x[0] == 1 && target[0] == 30 && target[2] == 32));
  static ColumnStatistics<Curve> statistics;
  REQUIRE(statistics.measure(curve).ok());
  CHECK(statistics.standardization().mean[0] == 1.5f);
  CHECK(statistics.standardization().deviation[0] == std::sqrt(1.25f));
}

TEST_CASE("augmented data stay augmented when they are standardised") {
  const Table table{10};
  const Augmented noisy(table, Noise{5});
  static constexpr ColumnStandardization<5> doubled{{0, 0, 0, 0, 0}, {0.5f, 0.5f, 0.5f, 0.5f, 0.5f}};
  const Standardized standardized(noisy, doubled);
  static_assert(reads_for_training<decltype(standardized), std::uint8_t&>);
  static_assert(!reads_for_training<Standardized<Table>, std::uint8_t&>);
  const TrainingSample which{3, 0, 2, Random(1)};
  float a[5], b[5];
  std::uint8_t label;
  REQUIRE(noisy.read_for_training(which, a, label).ok());
  REQUIRE(standardized.read_for_training(which, b, label).ok());
  for (int i = 0; i < 5; ++i) CHECK(b[i] == 2 * a[i]);
  CHECK(a[4] != 3);
}
