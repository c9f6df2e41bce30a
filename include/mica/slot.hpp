#pragma once

#include <type_traits>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Slot: the numbered part of a struct that is put together from many by inheritance. An empty item takes no bytes, so
// that the parts of a chain's Params lie side by side as one block of numbers; Owner, the struct, keeps empty slots of a
// struct within a struct apart, which would otherwise have to lie at different addresses.
// Memory: sizeof(Item), or nothing if Item is empty.
template <int number, class Item, class Owner = void, bool empty = std::is_empty_v<Item>>
struct Slot {
  Item item;
};
template <int number, class Item, class Owner>
struct Slot<number, Item, Owner, true> {
  static inline Item item{};
};

// The item in slot `number` of a struct that inherits it.
template <int number, class Item, class Owner>
constexpr Item& item_at(Slot<number, Item, Owner>& slot) {
  return slot.item;
}
template <int number, class Item, class Owner>
constexpr const Item& item_at(const Slot<number, Item, Owner>& slot) {
  return slot.item;
}

// Values: `count` numbers, or nothing at all.
// Memory: count * sizeof(T).
template <class T, int count>
struct Values {
  T values[count];
  constexpr T* data() { return values; }
  constexpr const T* data() const { return values; }
};
template <class T>
struct Values<T, 0> {
  constexpr T* data() const { return nullptr; }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
