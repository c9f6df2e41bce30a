#pragma once

#include <type_traits>
#include <utility>

#include <mica/chain.hpp>
#include <mica/members.hpp>
#include <mica/namespace.hpp>
#include <mica/tensor.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ParameterSpan: parameters side by side that are alike: weights, which are tensors of two or more dimensions, or what
// is not multiplied with an input that way: biases, scales and shifts of norms, slopes. Memory: 12 bytes.
struct ParameterSpan {
  int first;
  int count;
  bool is_weight;
};

struct TypesOf {
  template <class... Member>
  constexpr TypeList<std::remove_const_t<Member>...> operator()(Member&...) const {
    return {};
  }
};

// The parts of a chain's Params are its layers'; any other struct is taken apart into its members.
template <class Indices, class... Items>
TypeList<Items...> parts_of(const Slots<Indices, Items...>*);
template <class Params, class = void>
struct PartsOf {
  using Types = decltype(with_members(std::declval<Params&>(), TypesOf{}));
};
template <class Params>
struct PartsOf<Params, std::void_t<decltype(parts_of(static_cast<const Params*>(nullptr)))>> {
  using Types = decltype(parts_of(static_cast<const Params*>(nullptr)));
};

// A struct of parameters whose tensors do not show by their dimensions what they are says so by
//   static constexpr bool is_weight[] = {true, false, ...};      one for each member
template <class Params, class = void>
constexpr bool states_is_weight = false;
template <class Params>
constexpr bool states_is_weight<Params, std::void_t<decltype(Params::is_weight)>> = true;

// Walks the tensors in a struct of parameters in the order of memory: add(count, is_weight).
template <class Params>
struct TensorsIn {
  template <class Add>
  static constexpr void each(Add& add) {
    if constexpr (std::is_arithmetic_v<Params>) {
      add(1, false);
    } else if constexpr (!std::is_empty_v<Params>) {
      each_of(add, typename PartsOf<Params>::Types{});
    }
  }
  template <class Add, class... Part>
  static constexpr void each_of(Add& add, TypeList<Part...>) {
    if constexpr (states_is_weight<Params>) {
      static_assert(sizeof(Params::is_weight) / sizeof(bool) == sizeof...(Part),
                    "mica: Params::is_weight must have one entry for each member of Params.");
      int member = 0;
      (add(static_cast<int>(sizeof(Part) / sizeof(float)), Params::is_weight[member++]), ...);
    } else {
      (TensorsIn<Part>::each(add), ...);
    }
  }
};
template <class T, int... extents>
struct TensorsIn<Tensor<T, extents...>> {
  template <class Add>
  static constexpr void each(Add& add) {
    add(Tensor<T, extents...>::size, sizeof...(extents) > 1);
  }
};

// Adds spans to a list, or only counts them; neighbours that are alike become one.
template <int capacity>
struct ParameterSpans {
  ParameterSpan spans[capacity > 0 ? capacity : 1] = {};
  int size = 0, total = 0;
  bool last_is_weight = false;

  constexpr void operator()(int count, bool is_weight) {
    if (size == 0 || is_weight != last_is_weight) {
      if (size < capacity) spans[size] = {total, 0, is_weight};
      ++size;
    }
    if (size <= capacity) spans[size - 1].count += count;
    total += count;
    last_is_weight = is_weight;
  }
};
template <class Params, int capacity>
constexpr ParameterSpans<capacity> list_parameter_spans() {
  ParameterSpans<capacity> list;
  TensorsIn<Params>::each(list);
  return list;
}

// The spans of a struct of parameters, worked out at compile time. A table in flash that only optimizers with weight
// decay on some parameters link.
template <class Params>
constexpr auto parameter_spans = list_parameter_spans<Params, list_parameter_spans<Params, 0>().size>();

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
