#pragma once

#include "network_of.hpp"
#include "reference_model.hpp"
#include "text_writer.hpp"

namespace mica::models {

// The layers of a network one by one.
template <class Net>
struct LayersOf;
template <class First, class... Layers>
struct LayersOf<Sequential<First, Layers...>> {
  using Bound = typename Sequential<First, Layers...>::Bound;

  static std::vector<LayerFacts> facts() { return facts(std::make_integer_sequence<int, Bound::layers>{}); }

 private:
  template <int... i>
  static std::vector<LayerFacts> facts(std::integer_sequence<int, i...>) {
    return {LayerFacts{
        described<Layers>(), described<typename AsWritten<typename Bound::template LayerAt<i>>::Output>(),
        parameter_count<typename Bound::template LayerAt<i>>, statistic_count<typename Bound::template LayerAt<i>>}...};
  }
};

// ReferenceModelOf: a ReferenceModel made of one of the structs in networks.hpp.
template <class Reference>
class ReferenceModelOf final : public ReferenceModel {
  using Net = typename Reference::Net;
  using ItsTrainer = Trainer<Net, typename Reference::Loss, typename Reference::Optimizer, Reference::batch>;

 public:
  explicit ReferenceModelOf(const Task& task) : task_(task) {}

  ModelFacts facts() const override {
    ModelFacts facts;
    facts.name = Reference::name;
    facts.summary = Reference::summary;
    facts.goal = goal_of<Net, typename Reference::Loss>;
    facts.network = described<Net>();
    facts.input = described<typename Net::Input>();
    facts.layers = LayersOf<Net>::facts();
    facts.loss = described<typename Reference::Loss>();
    facts.optimizer = described<typename Reference::Optimizer>();
    facts.fingerprint = Net::fingerprint();
    facts.parameters = Net::parameters;
    facts.statistics = Net::statistics;
    facts.inputs = Net::Input::size;
    facts.outputs = Net::Output::size;
    facts.bytes_model = sizeof(Model<Net>);
    facts.bytes_inference = sizeof(Model<Net>) + Predictor<Net>::memory_bytes;
    facts.bytes_training = sizeof(Model<Net>) + sizeof(ItsTrainer);
    facts.batch = Reference::batch;
    facts.epochs = Reference::epochs;
    facts.learning_rate = Reference::optimizer.learning_rate;
    return facts;
  }
  const Task& task() const override { return task_; }
  std::unique_ptr<Network> create() const override { return std::make_unique<NetworkOf<Reference>>(); }

 private:
  const Task& task_;
};

}  // namespace mica::models
