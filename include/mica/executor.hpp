#pragma once

#include <type_traits>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The executor contract: who does the parts of a layer's work side by side. A type with
//   most_threads           how many parts there are at most (static constexpr int)
//   threads()              how many parts are worth making now, 1 to most_threads
//   run(count, task, what) calls task(what, i) for i = 0 ... count - 1, each once, in any order and on any thread, and
//                          returns when all are done
// Parts differ in which outputs they compute, never in the order of any sum: the bits are the same for any number of
// threads.
// ThreadPool (thread_pool.hpp) is one for hosts; a board with two cores writes its own.
//
// OneThread: the executor of those who have none. Memory: none.
struct OneThread {
  static constexpr int most_threads = 1;
};

// Crew: an executor whose type is forgotten, and the scratch of its threads but the first, as a layer sees them.
// Memory: 32 bytes.
template <class T>
class Crew {
 public:
  using Task = void (*)(void* what, int part);

  Crew() = default;
  // `numbers` has room for `stride` numbers for each thread but the first.
  template <class Executor>
  Crew(Executor& executor, T* numbers, int stride)
      : executor_(&executor),
        run_([](void* its, int count, Task task, void* what) { static_cast<Executor*>(its)->run(count, task, what); }),
        numbers_(numbers),
        stride_(stride),
        threads_(executor.threads()) {}

  int threads() const { return threads_; }
  T* numbers_of(int part) const { return numbers_ + (part - 1) * stride_; }
  void run(int count, Task task, void* what) const { run_(executor_, count, task, what); }

 private:
  void* executor_ = nullptr;
  void (*run_)(void*, int, Task, void*) = nullptr;
  T* numbers_ = nullptr;
  int stride_ = 0, threads_ = 1;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
