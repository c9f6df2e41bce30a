#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <mica/data/permutation.hpp>

using mica::Permutation;
using mica::Random;

// Usable in constant expressions.
static_assert(Permutation(1, Random(0))(0) == 0);
static_assert(sizeof(Permutation) == 20);

namespace {

std::vector<std::uint32_t> elements(std::uint32_t size, Random random) {
  const Permutation permutation(size, random);
  std::vector<std::uint32_t> order(size);
  for (std::uint32_t i = 0; i < size; ++i) order[i] = permutation(i);
  return order;
}

// How far counts are from being equal: about `cells - 1` for chance, with a deviation of sqrt(2 cells).
double chi_square(const std::vector<int>& counts, int total) {
  const double expected = static_cast<double>(total) / static_cast<double>(counts.size());
  double sum = 0;
  for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

}  // namespace

TEST_CASE("every size is a bijection") {
  std::vector<std::uint32_t> sizes{1000, 1024, 4095, 4096, 4097, 60000, 65535, 65536, 65537, 100000};
  for (std::uint32_t size = 1; size <= 300; ++size) sizes.push_back(size);
  for (const std::uint32_t size : sizes) {
    std::vector<std::uint32_t> order = elements(size, Random(size).fork(7));
    std::sort(order.begin(), order.end());
    bool whole = true;
    for (std::uint32_t i = 0; i < size; ++i) whole = whole && order[i] == i;
    CHECK_MESSAGE(whole, size);
  }
}

TEST_CASE("indices outside the range stay where they are") {
  const Permutation permutation(10, Random(1));
  CHECK(permutation(10) == 10);
  CHECK(permutation(0xffffffff) == 0xffffffff);
  CHECK(Permutation(0, Random(1))(0) == 0);
}

TEST_CASE("the largest sizes stay in range and do not repeat") {
  for (const std::uint32_t size : {0xffffffffu, 0x80000001u, 0xfffe0002u}) {
    const Permutation permutation(size, Random(3));
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < 2000; ++i) order.push_back(permutation(i * 7919u));
    for (std::uint32_t i = 0; i < 2000; ++i) order.push_back(permutation(size - 1 - i * 7919u));
    std::sort(order.begin(), order.end());
    CHECK(order.back() < size);
    CHECK(std::adjacent_find(order.begin(), order.end()) == order.end());
  }
}

TEST_CASE("the order is the same on every machine") {
  CHECK(elements(10, Random(42)) == std::vector<std::uint32_t>{3, 8, 6, 1, 2, 9, 0, 4, 7, 5});
  const std::vector<std::uint32_t> order = elements(60000, Random(42).fork(1));
  CHECK(std::vector<std::uint32_t>(order.begin(), order.begin() + 6) ==
        std::vector<std::uint32_t>{2297, 36938, 15102, 40231, 32388, 41574});
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a, by number instead of by byte
  for (const std::uint32_t element : order) hash = (hash ^ element) * 0x100000001b3;
  CHECK(hash == 7696697781710553089u);
}

TEST_CASE("seeds give different orders") {
  const std::vector<std::uint32_t> one = elements(60000, Random(1)), two = elements(60000, Random(2));
  int same = 0, fixed = 0, neighbours = 0;
  for (std::uint32_t i = 0; i < 60000; ++i) {
    same += one[i] == two[i] ? 1 : 0;
    fixed += one[i] == i ? 1 : 0;
    neighbours += i > 0 && one[i] == one[i - 1] + 1 ? 1 : 0;
  }
  // Each is about 1 by chance.
  CHECK(same <= 8);
  CHECK(fixed <= 8);
  CHECK(neighbours <= 8);
}

TEST_CASE("every index reaches every place equally often") {
  for (const std::uint32_t size : {2u, 3u, 7u, 10u, 32u}) {
    const int draws = 6000;
    std::vector<int> counts(size * size);
    for (int draw = 0; draw < draws; ++draw) {
      const Permutation permutation(size, Random(99).fork(static_cast<std::uint32_t>(draw)));
      for (std::uint32_t i = 0; i < size; ++i) ++counts[i * size + permutation(i)];
    }
    const double freedom = (size - 1.0) * (size - 1.0);
    CHECK_MESSAGE(chi_square(counts, draws * static_cast<int>(size)) < freedom + 5 * std::sqrt(2 * freedom) + 5, size);
  }
}

TEST_CASE("every order of a few elements comes equally often") {
  // 5! = 120 orders, numbered by sorting: 119 on average, deviation 15.
  const int draws = 12000;
  std::vector<int> counts(120);
  for (int draw = 0; draw < draws; ++draw) {
    const auto order = elements(5, Random(5).fork(static_cast<std::uint32_t>(draw)));
    std::size_t number = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      std::size_t smaller = 0;
      for (std::size_t j = i + 1; j < 5; ++j) smaller += order[j] < order[i] ? 1 : 0;
      number = number * (5 - i) + smaller;
    }
    ++counts[number];
  }
  CHECK(chi_square(counts, draws) < 119 + 5 * 15);
}

TEST_CASE("neighbours of the data set end up in unrelated places") {
  const std::uint32_t size = 60000;
  const auto order = elements(size, Random(11));
  // Where sixteenths of the indices and the steps between neighbours go, in sixteenths of the range.
  std::vector<int> places(256), steps(256);
  for (std::uint32_t i = 0; i < size; ++i) {
    ++places[i * 16 / size * 16 + order[i] * 16 / size];
    ++steps[order[i] * 16 / size * 16 + order[(i + 1) % size] * 16 / size];
  }
  CHECK(chi_square(places, static_cast<int>(size)) < 225 + 5 * 22);
  CHECK(chi_square(steps, static_cast<int>(size)) < 255 + 5 * 23);
}
