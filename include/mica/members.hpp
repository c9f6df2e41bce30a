#pragma once

#include <type_traits>
#include <utility>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The members of a plain struct, without knowing their names: how many there are, and each in turn.
constexpr int most_members = 12;

// Stands for a member of any type when members are counted.
struct AnyMember {
  template <class T>
  operator T() const;
};
template <int>
using AnyMemberAt = AnyMember;

template <class T, class Indices, class = void>
struct TakesMembers : std::false_type {};
template <class T, int... i>
struct TakesMembers<T, std::integer_sequence<int, i...>, std::void_t<decltype(T{AnyMemberAt<i>{}...})>>
    : std::true_type {};

// How many members an aggregate has: the longest list of initial values that it takes. One more than most_members means
// too many.
template <class T, int candidate = most_members + 1>
constexpr int members_of() {
  if constexpr (candidate == 0 || TakesMembers<T, std::make_integer_sequence<int, candidate>>::value) {
    return candidate;
  } else {
    return members_of<T, candidate - 1>();
  }
}

// f(member...).
template <class T, class Function>
constexpr decltype(auto) with_members(T& object, Function f) {
  constexpr int count = members_of<std::remove_const_t<T>>();
  static_assert(count >= 1 && count <= most_members, "mica: a struct of 1 to 12 members was expected here.");
  if constexpr (count == 1) {
    auto& [a] = object;
    return f(a);
  } else if constexpr (count == 2) {
    auto& [a, b] = object;
    return f(a, b);
  } else if constexpr (count == 3) {
    auto& [a, b, c] = object;
    return f(a, b, c);
  } else if constexpr (count == 4) {
    auto& [a, b, c, d] = object;
    return f(a, b, c, d);
  } else if constexpr (count == 5) {
    auto& [a, b, c, d, e] = object;
    return f(a, b, c, d, e);
  } else if constexpr (count == 6) {
    auto& [a, b, c, d, e, g] = object;
    return f(a, b, c, d, e, g);
  } else if constexpr (count == 7) {
    auto& [a, b, c, d, e, g, h] = object;
    return f(a, b, c, d, e, g, h);
  } else if constexpr (count == 8) {
    auto& [a, b, c, d, e, g, h, i] = object;
    return f(a, b, c, d, e, g, h, i);
  } else if constexpr (count == 9) {
    auto& [a, b, c, d, e, g, h, i, j] = object;
    return f(a, b, c, d, e, g, h, i, j);
  } else if constexpr (count == 10) {
    auto& [a, b, c, d, e, g, h, i, j, k] = object;
    return f(a, b, c, d, e, g, h, i, j, k);
  } else if constexpr (count == 11) {
    auto& [a, b, c, d, e, g, h, i, j, k, l] = object;
    return f(a, b, c, d, e, g, h, i, j, k, l);
  } else {
    auto& [a, b, c, d, e, g, h, i, j, k, l, m] = object;
    return f(a, b, c, d, e, g, h, i, j, k, l, m);
  }
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
