#pragma once

#include <mica/kernels/updates.hpp>
#include <mica/model.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// ExponentialAverage: a running average of a model's parameters over the steps, which often generalises better than the
// last weights do. Call update() after every step, for instance in Fit's callback, and use model().
//   a = a + (1 - d) (w - a),   d = min(decay, (1 + t) / (10 + t)) at update t = 1, 2, ...; before the first, a = w
// so that early weights are soon forgotten. Running statistics are copied, not averaged. What decays becomes exactly 0.
// Memory: one model. Paper: Polyak, Juditsky, 1992, doi:10.1137/0330046; the form: Tan, Le, 2019, arXiv:1905.11946.
template <class Net>
class ExponentialAverage {
 public:
  float decay = 0.999f;

  void update(const Model<Net>& model) {
    if (updates_ == 0) average_ = model;
    ++updates_;
    const float t = static_cast<float>(updates_);
    const float warm_up = (1 + t) / (10 + t);
    kernels::move_towards(Net::parameters, 1 - (decay < warm_up ? decay : warm_up), model.parameters(),
                          average_.parameters());
    for (int i = 0; i < Net::statistics; ++i) average_.statistics()[i] = model.statistics()[i];
  }
  // Starts over with the next update.
  void reset() { updates_ = 0; }

  const Model<Net>& model() const { return average_; }
  Model<Net>& model() { return average_; }
  long updates() const { return updates_; }
  // Goes on with a model that was saved after so many updates.
  void resume_at(long updates) { updates_ = updates; }

 private:
  Model<Net> average_{};
  long updates_ = 0;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
