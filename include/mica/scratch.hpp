#pragma once

#include <mica/executor.hpp>
#include <mica/namespace.hpp>
#include <mica/slot.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Scratch: the numbers that a layer may work in, and the threads, if any, that it may share its work with. It is used like
// a T*; a layer that shares nothing takes it as one.
// Memory: two pointers.
template <class T>
class Scratch {
 public:
  Scratch(T* numbers, const Crew<T>* crew = nullptr) : numbers_(numbers), crew_(crew) {}
  operator T*() const { return numbers_; }
  // The same behind `count` numbers.
  Scratch after(long count) const { return {numbers_ + count, crew_}; }

  // Calls body(first, n, numbers) for stretches of 0 ... count - 1 that cover them, side by side where there are threads
  // and the work, of `steps` multiply-adds for each, is worth waking them. Each has scratch of its own: that
  // which is here, or what the layer's shared_scratch asks for.
  template <class Body>
  void share(int count, long long steps, Body body) const {
    const int parts = crew_ == nullptr ? 1 : parts_of(count, steps);
    if (parts == 1) return body(0, count, numbers_);
    Work<Body> work{body, *this, count, parts};
    crew_->run(parts, Work<Body>::run, &work);
  }

 private:
  // What one thread does in about the time that it takes to wake another and to wait for it.
  static constexpr long long worth_sharing = 100000;

  template <class Body>
  struct Work {
    Body& body;
    const Scratch& scratch;
    int count, parts;
    static void run(void* what, int part) {
      const Work& work = *static_cast<const Work*>(what);
      const auto begin_of = [&](int p) {
        return static_cast<int>(static_cast<long long>(work.count) * p / work.parts);
      };
      T* const numbers = part == 0 ? work.scratch.numbers_ : work.scratch.crew_->numbers_of(part);
      work.body(begin_of(part), begin_of(part + 1) - begin_of(part), numbers);
    }
  };

  int parts_of(int count, long long steps) const {
    const long long worth = count * steps / worth_sharing;
    const int most = crew_->threads() < count ? crew_->threads() : count;
    return worth < 2 ? 1 : worth < most ? static_cast<int>(worth) : most;
  }

  T* numbers_;
  const Crew<T>* crew_;
};

// ScratchMemory: `own` numbers of scratch, and `shared` more for each thread of an executor but the first.
// Memory: sizeof(ScratchMemory); with OneThread only the `own` numbers.
template <class Executor, int own, int shared>
class ScratchMemory {
 public:
  Executor* executor = nullptr;  // null: everything on the caller's thread

 protected:
  float* numbers() { return own_.data(); }
  Scratch<float> scratch() {
    if (executor == nullptr) return numbers();
    crew_ = Crew<float>(*executor, others_.data(), shared);
    return {numbers(), &crew_};
  }

 private:
  Crew<float> crew_;
  Values<float, own> own_;
  Values<float, (Executor::most_threads - 1) * shared> others_;
};
template <int own, int shared>
class ScratchMemory<OneThread, own, shared> {
 protected:
  float* numbers() { return own_.data(); }
  Scratch<float> scratch() { return numbers(); }

 private:
  Values<float, own> own_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
