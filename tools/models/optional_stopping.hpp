#pragma once

#include <mica/fit.hpp>

namespace mica::models {

// OptionalStopping: early stopping that is chosen at run time. Memory: one model.
template <class Net>
struct OptionalStopping {
  bool wanted = false;
  EarlyStopping<Net> early;

  bool observe(const Model<Net>& model, int epoch, float loss) { return !wanted || early.observe(model, epoch, loss); }
  void finish(Model<Net>& model) const {
    if (wanted) early.finish(model);
  }
};

}  // namespace mica::models
