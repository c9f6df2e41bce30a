#pragma once

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
  return std::memcmp(&a, &b, sizeof(T)) == 0;
}

// Guarded: up to `capacity` numbers between two guard zones.
// Memory: (capacity + 128) numbers.
template <class T, int capacity>
class Guarded {
 public:
  // Takes `count` numbers into use, all of them unwritten; everything around them becomes guard.
  T* open(int count) {
    count_ = count;
    for (T& number : all_) number = guard_number<T>();
    for (int i = 0; i < count; ++i) data()[i] = unwritten<T>();
    return data();
  }
  T* open(int count, const T* values) {
    open(count);
    for (int i = 0; i < count; ++i) data()[i] = values[i];
    return data();
  }

  T* data() { return all_ + zone; }
  int count() const { return count_; }

  // Where a guard was written, counted from the first number in use; 0 stands for nowhere, so what lies behind the
  // numbers counts from 1 and what lies before them from -1.
  int damage() const {
    for (int i = 0; i < zone; ++i) {
      if (!same_bits(all_[zone - 1 - i], guard_number<T>())) return -1 - i;
    }
    for (int i = zone + count_; i < capacity + 2 * zone; ++i) {
      if (!same_bits(all_[i], guard_number<T>())) return i - zone - count_ + 1;
    }
    return 0;
  }

 private:
  static constexpr int zone = 64;
  T all_[capacity + 2 * zone];
  int count_ = 0;
};

// Sealed: a struct between two guard zones.
// Memory: sizeof(Item) + 1 KB.
template <class Item>
class Sealed {
 public:
  Item& operator*() { return item_; }

  // Everything but the item becomes guard; the item's bytes become 0xff, which is NaN for every floating-point type.
  void open() {
    std::memset(before_, guard_byte, zone);
    std::memset(after_, guard_byte, zone);
    if constexpr (!std::is_empty_v<Item>) std::memset(static_cast<void*>(&item_), 0xff, sizeof(Item));
  }
  void open(const Item& item) {
    open();
    if constexpr (!std::is_empty_v<Item>) std::memcpy(static_cast<void*>(&item_), &item, sizeof(Item));
  }
  bool equals(const Item& other) const {
    return std::is_empty_v<Item> || std::memcmp(&item_, &other, sizeof(Item)) == 0;
  }
  bool intact() const {
    bool whole = true;
    for (int i = 0; i < zone; ++i) whole = whole && before_[i] == guard_byte && after_[i] == guard_byte;
    return whole;
  }

 private:
  static constexpr int zone = 512;
  static constexpr unsigned char guard_byte = 0xa5;
  alignas(Item) unsigned char before_[zone];
  Item item_;
  unsigned char after_[zone];
};

// The numbers of a Params, Stats or Cache struct as an array.
template <class T, class Numbers>
T* numbers_of(Numbers& numbers) {
  return reinterpret_cast<T*>(&numbers);
}

}  // namespace testing
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
