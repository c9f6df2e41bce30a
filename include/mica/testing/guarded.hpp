#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <mica/namespace.hpp>
#include <mica/slot.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace testing {

// Two NaNs that no arithmetic produces: one stands for "never written", one for "not yours to write".
template <class T>
T nan_with(std::uint32_t payload) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  static_assert(sizeof(Bits) == sizeof(T));
  const Bits quiet_nan = Bits{sizeof(T) == 4 ? 0x1ff : 0xfff} << (sizeof(T) == 4 ? 22 : 51);
  const Bits bits = quiet_nan | payload;
  T value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
template <class T>
T unwritten() {
  return nan_with<T>(0x0badc0);
}
template <class T>
T guard_number() {
  return nan_with<T>(0x0fe4ce);
}

template <class T>
bool same_bits(const T& a, const T& b) {
  return std::memcmp(static_cast<const void*>(&a), static_cast<const void*>(&b), sizeof(T)) == 0;
}

// GuardedNumbers: the numbers of a Guarded, whatever its capacity.
// Memory: two pointers and an int.
template <class T>
class GuardedNumbers {
 public:
  static constexpr int zone = 64;
  constexpr GuardedNumbers(T* all, int capacity, int* count) : all_(all), capacity_(capacity), count_(count) {}

  // Takes `count` numbers into use, all of them unwritten; everything around them becomes guard.
  void open(int count) const {
    *count_ = count;
    for (int i = 0; i < capacity_ + 2 * zone; ++i) all_[i] = guard_number<T>();
    for (int i = 0; i < count; ++i) data()[i] = unwritten<T>();
  }
  void open(int count, const T* values) const {
    open(count);
    for (int i = 0; i < count; ++i) data()[i] = values[i];
  }

  T* data() const { return all_ + zone; }
  int count() const { return *count_; }

  // Where a guard was written, counted from the first number in use; 0 stands for nowhere, so what lies behind the
  // numbers counts from 1 and what lies before them from -1.
  int damage() const {
    for (int i = 0; i < zone; ++i) {
      if (!same_bits(all_[zone - 1 - i], guard_number<T>())) return -1 - i;
    }
    for (int i = zone + count(); i < capacity_ + 2 * zone; ++i) {
      if (!same_bits(all_[i], guard_number<T>())) return i - zone - count() + 1;
    }
    return 0;
  }

 private:
  T* all_;
  int capacity_;
  int* count_;
};

// Guarded: up to `capacity` numbers between two guard zones.
// Memory: (capacity + 128) numbers.
template <class T, int capacity>
class Guarded {
 public:
  GuardedNumbers<T> numbers() { return {all_, capacity, &count_}; }
  T* data() { return all_ + GuardedNumbers<T>::zone; }
  int count() const { return count_; }

 private:
  T all_[capacity + 2 * GuardedNumbers<T>::zone];
  int count_ = 0;
};

// SealedBytes: the bytes of a Sealed, whatever its item; `size` is 0 for an empty one, which is like any other then.
// Memory: three pointers and a size.
struct SealedBytes {
  static constexpr int zone = 512;

  unsigned char* before;
  void* item;
  unsigned char* after;
  std::size_t size;

  // Everything but the item becomes guard; the item's bytes become 0xff, which is NaN for every floating-point type.
  void open() const {
    std::memset(before, guard_byte, zone);
    std::memset(after, guard_byte, zone);
    std::memset(item, 0xff, size);
  }
  void open(const void* bytes) const {
    open();
    if (size > 0) std::memcpy(item, bytes, size);
  }
  bool equals(const void* bytes) const { return size == 0 || std::memcmp(item, bytes, size) == 0; }
  bool intact() const {
    bool whole = true;
    for (int i = 0; i < zone; ++i) whole = whole && before[i] == guard_byte && after[i] == guard_byte;
    return whole;
  }

 private:
  static constexpr unsigned char guard_byte = 0xa5;
};

// Sealed: a struct between two guard zones.
// Memory: sizeof(Item) + 1 KB.
template <class Item>
class Sealed {
 public:
  Item& operator*() { return item_; }
  SealedBytes bytes() { return {before_, &item_, after_, std::is_empty_v<Item> ? 0 : sizeof(Item)}; }

 private:
  alignas(Item) unsigned char before_[SealedBytes::zone];
  Item item_;
  unsigned char after_[SealedBytes::zone];
};

// The numbers of a Params, Stats or Cache struct as an array.
template <class T, class Numbers>
T* numbers_of(Numbers& numbers) {
  return reinterpret_cast<T*>(&numbers);
}

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
