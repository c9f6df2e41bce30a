#pragma once

#include <utility>

#include <mica/diagnostics/network_report.hpp>
#include <mica/diagnostics/sentence_writer.hpp>
#include <mica/model.hpp>
#include <mica/not_finite.hpp>
#include <mica/parameter_spans.hpp>
#include <mica/unfused.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

template <class First, class... Layers>
struct LayerNames<Unfused<Sequential<First, Layers...>>> : LayerNames<Sequential<First, Layers...>> {};

// Counts the tensors of a struct of parameters, or lists which of them are weights.
struct TensorCount {
  int tensors = 0, weights = 0;
  constexpr void operator()(int, bool is_weight) {
    ++tensors;
    weights += is_weight;
  }
};
template <int capacity>
struct TensorList {
  bool is_weight[capacity > 0 ? capacity : 1] = {};
  int sizes[capacity > 0 ? capacity : 1] = {};
  int tensors = 0;
  constexpr void operator()(int count, bool weight) {
    is_weight[tensors] = weight;
    sizes[tensors++] = count;
  }
};
template <class Params>
constexpr TensorCount count_tensors() {
  TensorCount count;
  TensorsIn<Params>::each(count);
  return count;
}
template <class Params, int capacity>
constexpr TensorList<capacity> list_tensors() {
  TensorList<capacity> list;
  TensorsIn<Params>::each(list);
  return list;
}

// Diagnostics: an observer that sees each layer of a network by name: its activations, the loss's gradients by its
// activations and by its parameters, its parameters and how far they are from where they started.
//   static mica::Diagnostics<Net> look;
//   trainer.step(model, images, labels, look);           // or predict(model, images, scores, look)
//   look.layer(2).output.deviation;
//   mica::diagnose(look, text, sizeof text);
// A step that is watched has the bits of one that is not; where no observer is given there is neither code nor memory
// for one. Gradients are those before clipping; with micro_batches, what has been accumulated so far.
// A convolution that runs fused with its ReLU and max pool shows what was pooled three times over; Unfused<Net> shows
// each.
// Memory: 88 bytes per layer, 108 per tensor of parameters, one pointer; and the caller's copy of the start, if wanted.
template <class Net>
class Diagnostics {
  using Bound = typename Net::Bound;
  using Plan = typename Bound::Plan;

 public:
  static constexpr int layers = Bound::layers;
  static constexpr int tensors = count_tensors<typename Net::Params>().tensors;

  // The model that changes are measured from. It must stay where it is; without it there are none.
  void since(const Model<Net>& start) { start_ = &start; }

  const LayerReport& layer(int i) const { return layers_[i]; }
  const ParameterReport& parameter(int tensor) const { return parameters_[tensor]; }
  // Which tensors are the parameters of layer i.
  static constexpr const LayerFacts& facts(int i) { return all_facts[i]; }
  static constexpr bool is_weight(int tensor) { return all_tensors.is_weight[tensor]; }
  template <class Writer>
  static void write_name(int i, Writer& writer) {
    LayerNames<Net>::write(i, writer);
  }

  NetworkReport report() const {
    return {layers, all_facts.data, layers_, all_tensors.is_weight, parameters_, write_name<SentenceWriter>};
  }

  // The observer: what Trainer and Predictor call.
  void before_pass() {
    for (LayerReport& report : layers_) report = {};
    for (ParameterReport& report : parameters_) report = {};
  }
  template <int i, class Outputs>
  void after_layer(Outputs y) {
    layers_[i].samples = y.size;
    layers_[i].look(y.count(), all_facts[i].units, all_facts[i].own.kind, y.data);
  }
  template <int i, class Gradient>
  void before_backward(Gradient dy) {
    layers_[i].output_gradient.add(dy.count(), dy.data);
  }
  // Gradient numbers `first` and following of layer i's parameters.
  template <int i>
  void parameter_gradient(int first, int count, const float* gradient) {
    const LayerFacts& its = all_facts[i];
    int begin = 0;
    for (int t = its.first_tensor; t < its.first_tensor + its.tensors; ++t) {
      const int end = begin + all_tensors.sizes[t];
      const int from = first > begin ? first : begin, to = first + count < end ? first + count : end;
      if (from < to) parameters_[t].gradient.add(to - from, gradient + (from - first));
      begin = end;
    }
  }
  void after_pass(const Model<Net>& model) {
    const float* values = model.parameters();
    const float* start = start_ != nullptr ? start_->parameters() : nullptr;
    for (int t = 0, at = 0; t < tensors; at += all_tensors.sizes[t++]) {
      parameters_[t].value.add(all_tensors.sizes[t], values + at);
      if (start != nullptr) parameters_[t].change.add_change(all_tensors.sizes[t], values + at, start + at);
    }
  }

 private:
  struct AllFacts {
    LayerFacts data[layers];
    constexpr const LayerFacts& operator[](int i) const { return data[i]; }
  };
  template <int i>
  static constexpr LayerFacts facts_of(int first_tensor) {
    using Output = typename Bound::template LayerAt<i>::Output;
    constexpr TensorCount count = count_tensors<typename Bound::template LayerAt<i>::Params>();
    return {Output::extent(Output::rank - 1),
            first_tensor,
            count.tensors,
            Plan::properties[i].activation,
            Plan::activation_after(i, {Activation::linear, 0}),
            count.weights == 1};
  }
  template <int... i>
  static constexpr AllFacts list_facts(std::integer_sequence<int, i...>) {
    AllFacts all{};
    int first = 0;
    ((all.data[i] = facts_of<i>(first), first += all.data[i].tensors), ...);
    return all;
  }
  static constexpr AllFacts all_facts = list_facts(std::make_integer_sequence<int, layers>{});
  static constexpr TensorList<tensors> all_tensors = list_tensors<typename Net::Params, tensors>();

  LayerReport layers_[layers];
  ParameterReport parameters_[tensors > 0 ? tensors : 1];
  const Model<Net>* start_ = nullptr;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
