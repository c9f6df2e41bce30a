#include "mlp.hpp"

#include "digits.hpp"
#include "reference_model_of.hpp"

namespace mica::models {

const ReferenceModel& mlp() {
  static const ReferenceModelOf<Mlp> model(digits28());
  return model;
}

}  // namespace mica::models
