// ThreadPool: every task once, in every round; and training on threads has the bits of training on one.
#include <mica/thread_pool.hpp>

#include <chrono>

#include <doctest/doctest.h>

#include "tests/shared_work.hpp"

namespace {

struct Counts {
  std::atomic<int> of[64];
};
void count(void* what, int i) { static_cast<Counts*>(what)->of[i].fetch_add(1); }

}  // namespace

TEST_CASE("Every task of every round runs once") {
  mica::ThreadPool<4> pool(4);
  CHECK(pool.threads() == 4);
  Counts counts{};
  int expected[64] = {};
  for (int round = 0; round < 20000; ++round) {
    const int tasks = round % 64 + 1;
    for (int i = 0; i < tasks; ++i) ++expected[i];
    pool.run(tasks, count, &counts);
    bool complete = true;
    for (int i = 0; i < 64; ++i) complete = complete && counts.of[i].load() == expected[i];
    REQUIRE(complete);
  }
}

TEST_CASE("Threads that sleep are woken") {
  mica::ThreadPool<3> pool(3);
  Counts counts{};
  for (int round = 1; round <= 20; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    pool.run(3, count, &counts);
    for (int i = 0; i < 3; ++i) REQUIRE(counts.of[i].load() == round);
  }
}

TEST_CASE("The number of threads is bounded by the type") {
  CHECK(mica::ThreadPool<2>(100).threads() == 2);
  CHECK(mica::ThreadPool<2>(1).threads() == 1);
  CHECK(mica::ThreadPool<64>().threads() >= 1);
}

TEST_CASE("Training on threads has the bits of training on one") {
  using namespace mica::testing;
  mica::OneThread nobody;
  mica::ThreadPool<2> two(2);
  mica::ThreadPool<5> five(5);
  const std::uint64_t products = hash_after_training<Products, mica::Adam>(&nobody);
  const std::uint64_t pooled = hash_after_training<Pooled, mica::Adam>(&nobody);
  for (int again = 0; again < 3; ++again) {
    CHECK(hash_after_training<Products, mica::Adam>(&two) == products);
    CHECK(hash_after_training<Products, mica::Adam>(&five) == products);
    CHECK(hash_after_training<Pooled, mica::Adam>(&two) == pooled);
    CHECK(hash_after_training<Pooled, mica::Adam>(&five) == pooled);
  }
}
