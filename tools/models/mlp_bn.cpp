#include "mlp_bn.hpp"

#include "digits.hpp"
#include "reference_model_of.hpp"

namespace mica::models {

const ReferenceModel& mlp_bn() {
  static const ReferenceModelOf<MlpBn> model(digits28());
  return model;
}

}  // namespace mica::models
