#pragma once

#include <type_traits>

#include <mica/model.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// How many numbers the layers of a network hold, one by one, in the order in which they lie in Params and in Stats. A
// layer made of layers says so by Parts.
template <class Bound, class = void>
struct LayerNumbers {
  template <class Visit>
  static constexpr void each(Visit& visit) {
    if (parameter_count<Bound> + statistic_count < Bound >> 0) visit(parameter_count<Bound>, statistic_count<Bound>);
  }
};
template <class Parts>
struct NumbersOfParts;
template <class... Bound>
struct NumbersOfParts<TypeList<Bound...>> {
  template <class Visit>
  static constexpr void each(Visit& visit) {
    (LayerNumbers<Bound>::each(visit), ...);
  }
};
template <class Bound>
struct LayerNumbers<Bound, std::void_t<typename Bound::Parts>> : NumbersOfParts<typename Bound::Parts> {};

struct LayerNumberCount {
  int layers = 0;
  constexpr void operator()(int, int) { ++layers; }
};
template <int capacity>
struct LayerNumberTable {
  int layers = 0;
  int parameters[capacity + 1] = {}, statistics[capacity + 1] = {};
  constexpr void operator()(int its_parameters, int its_statistics) {
    parameters[layers] = its_parameters;
    statistics[layers++] = its_statistics;
  }
};
template <class Bound>
constexpr auto layer_numbers() {
  LayerNumberCount count;
  LayerNumbers<Bound>::each(count);
  return count.layers;
}
template <class Bound>
constexpr auto layer_number_table() {
  LayerNumberTable<layer_numbers<Bound>()> table;
  LayerNumbers<Bound>::each(table);
  return table;
}
template <class From, class To>
constexpr bool same_layer_numbers() {
  constexpr auto from = layer_number_table<From>(), to = layer_number_table<To>();
  if (from.layers != to.layers) return false;
  for (int i = 0; i < from.layers; ++i) {
    if (from.parameters[i] + from.statistics[i] != to.parameters[i] + to.statistics[i]) return false;
  }
  return true;
}

// copy_weights: copies all numbers of a model into one of a network that differs from the first only in which layers
// are Frozen, or in how BatchNorm takes its averages: a network trained on a PC goes on with its first layers frozen, and
// back again.
//   using Tuned = mica::FreezeFirst<6, Net>;
//   mica::copy_weights(model, tuned);
// Memory: a table of two numbers per layer.
// Errors: networks whose layers do not hold the same counts of numbers do not compile.
template <class From, class To>
void copy_weights(const Model<From>& from, Model<To>& to) {
  static_assert(same_layer_numbers<typename From::Bound, typename To::Bound>(),
                "mica::copy_weights: the two networks must be the same but for Frozen.");
  static constexpr auto from_table = layer_number_table<typename From::Bound>();
  static constexpr auto to_table = layer_number_table<typename To::Bound>();
  const float *parameters = from.parameters(), *statistics = from.statistics();
  float *to_parameters = to.parameters(), *to_statistics = to.statistics();
  for (int layer = 0; layer < from_table.layers; ++layer) {
    // A layer's numbers are its parameters, then its statistics; a Frozen one's are all statistics, in the same order.
    const int count = from_table.parameters[layer] + from_table.statistics[layer];
    for (int i = 0; i < count; ++i) {
      const float number = i < from_table.parameters[layer] ? *parameters++ : *statistics++;
      *(i < to_table.parameters[layer] ? to_parameters : to_statistics)++ = number;
    }
  }
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
