// For hosts: a program that includes this needs the standard library's threads.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include <mica/executor.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ThreadPool: an executor (executor.hpp) of up to `most` threads, the caller's included.
//   static mica::ThreadPool<4> pool;                                  // as many threads as there are cores, at most 4
//   static mica::Trainer<Net, Loss, Optimizer, 128, mica::IgnoreNotFinite, mica::ThreadPool<4>> trainer;
//   trainer.executor = &pool;
// A thread that has nothing to do looks for work for some microseconds before it sleeps. One pool serves one caller at a
// time. Memory: that of the threads, whose stacks the system provides, and 64 bytes a thread.
template <int most>
class ThreadPool {
 public:
  static_assert(most > 0, "mica::ThreadPool: there must be at least one thread.");
  static constexpr int most_threads = most;

  // threads = 0: one for each core.
  explicit ThreadPool(int threads = 0) : threads_(chosen(threads)) {
    for (int i = 1; i < threads_; ++i) {
      others_[i] = std::thread([this] { serve(); });
    }
  }
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ends_.store(true);
    }
    wake_.notify_all();
    for (int i = 1; i < threads_; ++i) others_[i].join();
  }

  int threads() const { return threads_; }

  void run(int count, void (*task)(void*, int), void* what) {
    task_ = task;
    what_ = what;
    done_.store(0, std::memory_order_relaxed);
    const std::uint64_t round = (tickets_.load(std::memory_order_relaxed) >> 32) + 1;
    tickets_.store(round << 32 | static_cast<std::uint64_t>(count) << 16);
    if (sleepers_.load() > 0) {
      // Whoever is about to sleep holds the mutex until it does.
      { const std::lock_guard<std::mutex> lock(mutex_); }
      wake_.notify_all();
    }
    work();
    while (done_.load(std::memory_order_acquire) != count) std::this_thread::yield();
  }

 private:
  static constexpr int looks_before_sleep = 20000;

  static int chosen(int threads) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    const int wanted = threads > 0 ? threads : cores > 0 ? cores : 1;
    return wanted < most ? wanted : most;
  }

  // tickets_: the round in the upper half, then how many tasks it has, then how many of them are taken.
  static constexpr std::uint64_t field = 0xffff;
  bool has_work() const {
    const std::uint64_t tickets = tickets_.load();
    return (tickets & field) < (tickets >> 16 & field);
  }

  // Takes tasks until there are none. Who holds a ticket may read task_ and what_: the round cannot end before that
  // task has.
  void work() {
    std::uint64_t tickets = tickets_.load();
    while ((tickets & field) < (tickets >> 16 & field)) {
      if (!tickets_.compare_exchange_weak(tickets, tickets + 1)) continue;
      task_(what_, static_cast<int>(tickets & field));
      done_.fetch_add(1, std::memory_order_release);
      tickets = tickets_.load();
    }
  }

  void serve() {
    while (!ends_.load()) {
      for (int look = 0; look < looks_before_sleep && !has_work(); ++look) {
      }
      if (has_work()) {
        work();
        continue;
      }
      std::unique_lock<std::mutex> lock(mutex_);
      sleepers_.fetch_add(1);
      wake_.wait(lock, [&] { return ends_.load() || has_work(); });
      sleepers_.fetch_sub(1);
    }
  }

  const int threads_;
  std::thread others_[most];
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<std::uint64_t> tickets_{0};
  std::atomic<int> done_{0}, sleepers_{0};
  std::atomic<bool> ends_{false};
  void (*task_)(void*, int) = nullptr;
  void* what_ = nullptr;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
