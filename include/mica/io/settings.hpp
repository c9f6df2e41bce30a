// The members of an optimizer are its settings: here they become 32-bit words of a file and come back from them.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

constexpr int most_settings = 8;

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

// How many members an aggregate has: the longest list of initial values that it takes.
template <class T, int candidate = most_settings + 1>
constexpr int member_count() {
  static_assert(std::is_aggregate_v<T>, "mica: an optimizer is a struct whose members are all public: its settings.");
  if constexpr (candidate == 0 || TakesMembers<T, std::make_integer_sequence<int, candidate>>::value) {
    return candidate;
  } else {
    return member_count<T, candidate - 1>();
  }
}

// Calls visit(member) for each in turn.
template <class T, class Visitor>
void visit_members(T& object, Visitor& visit) {
  constexpr int count = member_count<std::remove_const_t<T>>();
  static_assert(count <= most_settings, "mica: a checkpoint holds at most 8 settings of an optimizer.");
  const auto visit_all = [&visit](auto&... member) { (visit(member), ...); };
  if constexpr (count == 1) {
    auto& [a] = object;
    visit_all(a);
  } else if constexpr (count == 2) {
    auto& [a, b] = object;
    visit_all(a, b);
  } else if constexpr (count == 3) {
    auto& [a, b, c] = object;
    visit_all(a, b, c);
  } else if constexpr (count == 4) {
    auto& [a, b, c, d] = object;
    visit_all(a, b, c, d);
  } else if constexpr (count == 5) {
    auto& [a, b, c, d, e] = object;
    visit_all(a, b, c, d, e);
  } else if constexpr (count == 6) {
    auto& [a, b, c, d, e, f] = object;
    visit_all(a, b, c, d, e, f);
  } else if constexpr (count == 7) {
    auto& [a, b, c, d, e, f, g] = object;
    visit_all(a, b, c, d, e, f, g);
  } else if constexpr (count == 8) {
    auto& [a, b, c, d, e, f, g, h] = object;
    visit_all(a, b, c, d, e, f, g, h);
  }
}

// SettingsToWords: writes each member as one word. Memory: a pointer.
struct SettingsToWords {
  std::uint32_t* next;

  template <class T>
  void operator()(const T& member) {
    static_assert(std::is_same_v<T, float> || std::is_same_v<T, int> || std::is_same_v<T, bool>,
                  "mica: the settings of an optimizer are float, int or bool.");
    if constexpr (std::is_same_v<T, bool>) {
      *next = member ? 1 : 0;
    } else {
      std::memcpy(next, &member, sizeof *next);
    }
    ++next;
  }
};

// SettingsFromWords: the way back; `valid` ends up false if a word is none of its member's values. Memory: two words.
struct SettingsFromWords {
  const std::uint32_t* next;
  bool valid = true;

  template <class T>
  void operator()(T& member) {
    if constexpr (std::is_same_v<T, bool>) {
      valid = valid && *next <= 1;
      member = *next == 1;
    } else {
      std::memcpy(&member, next, sizeof *next);
    }
    ++next;
  }
};

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
